"""Makes scripts and styles short, in a process of its own: its library leaves no trace in the server.

The library brings the runtime of another language with it: some 9 MB, and threads that do not survive
a fork. Run as a program, it reads {name: text} as JSON from standard input and writes the same, minified.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import PurePosixPath

TYPES = {".mjs": "application/javascript", ".js": "application/javascript", ".css": "text/css"}


def minified(texts: Mapping[str, str]) -> dict[str, str]:
    """The same texts by name, as short as they can be; a name tells by its end what its text is.

    RuntimeError with the library's own words if a text is not well formed.
    """
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-P", __file__],
        input=json.dumps(texts).encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"Static files were not minified: {done.stderr.decode()[-2000:]}")
    return dict(json.loads(done.stdout))


def main() -> None:
    """Minify what comes in."""
    import minify

    texts = json.load(sys.stdin.buffer)
    short = {name: minify.string(TYPES[PurePosixPath(name).suffix], t) for name, t in texts.items()}
    json.dump(short, sys.stdout)


if __name__ == "__main__":
    main()
