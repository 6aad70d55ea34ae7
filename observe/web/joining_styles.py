"""Joins a style sheet with those that it imports into one file, for browsers that should ask once."""

import posixpath
import re
from collections.abc import Callable, Mapping

IMPORT = re.compile(r'^@import "(\./[^"\n]+)";\n', re.M)


def entries(texts: Mapping[str, str]) -> list[str]:
    """Names of the style sheets that pages ask for: those that no other imports."""
    inner = {taken for name, text in texts.items() for taken in _taken(name, text)}
    return sorted(set(texts) - inner)


def join(entry: str, read: Callable[[str], str]) -> str:
    """The text of a style sheet with what it imports in its place; `read(name)` gives a text."""
    return IMPORT.sub(lambda found: join(_beside(entry, found[1]), read), read(entry))


def _taken(name: str, text: str) -> list[str]:
    return [_beside(name, address) for address in IMPORT.findall(text)]


def _beside(name: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), address))
