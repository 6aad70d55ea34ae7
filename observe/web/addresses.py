"""What an address says after its question mark."""

from typing import Any


def said(**named: object) -> dict[str, Any]:
    """What is given, as an address holds it; what is empty or None is left out."""
    return {name: str(value) for name, value in named.items() if value}
