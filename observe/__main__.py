"""`python -m observe` is `observe`."""

from observe.cli.main import main

main()
