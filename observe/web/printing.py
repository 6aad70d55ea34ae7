"""Paper: what a typst file says of data, as PDF/UA-1, byte for byte the same each time."""

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

BOX = "\u25a1"
UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
MOST_SIGNS = 20
RARE = re.compile(f"[^\\x00-\u024f\u2010-\u2027{BOX}]")
SHAPELESS = ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp")
FONTS = ("Libertinus Serif", "Noto Serif", "Liberation Serif", "DejaVu Serif", "DejaVu Sans")
Told = dict[str, Any]


def printed(source: Path, told: Told, *, at: datetime) -> bytes:
    """A4 as PDF/UA-1; a sign that no font of this machine has becomes a box.

    Such signs are found one by one; where there are very many, all rare ones become boxes.
    """
    from typst import TypstError

    told, moment = _each(told, _without_shapeless), int(at.timestamp())
    for _try in range(MOST_SIGNS):
        try:
            return _compiled(source, told, at=moment)
        except TypstError as refusal:
            told = _each(told, _boxer(str(refusal)))
    return _compiled(source, _each(told, _without_rare), at=moment)


def _compiled(source: Path, told: Told, *, at: int) -> bytes:
    import typst

    made = typst.compile(
        str(source),
        root=str(source.parent),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"paper": json.dumps(told, ensure_ascii=False)},
        timestamp=at,
        font_paths=_fonts(),
    )
    return bytes(made)


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """The fonts of this machine, looked for once: looking takes longer than printing."""
    import typst

    return typst.Fonts()


def _boxer(refusal: str) -> Callable[[str], str]:
    """Puts a box for the text that the refusal names; for all rare signs if it names none."""
    found = UNSHOWN.search(refusal)
    if found is None:
        return _without_rare
    unshown = _as_it_was(found[1])
    return lambda text: text.replace(unshown, BOX)


def _without_rare(text: str) -> str:
    return RARE.sub(BOX, text)


def _as_it_was(quoted: str) -> str:
    """The text that the refusal shows with its escapes."""
    return ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), quoted)


def _each(told: Any, change: Callable[[str], str]) -> Any:
    """The same with every text in it changed."""
    if isinstance(told, str):
        return change(told)
    if isinstance(told, dict):
        return {name: _each(part, change) for name, part in told.items()}
    return [_each(part, change) for part in told] if isinstance(told, list | tuple) else told


def _without_shapeless(text: str) -> str:
    """Without signs that have no shape, at some of which the typesetter breaks down."""
    return "".join(map(_shape, text))


def _shape(sign: str) -> str:
    """The sign; a space for what separates lines, nothing for what cannot be seen."""
    if unicodedata.category(sign) not in SHAPELESS:
        return sign
    return " " if sign.isspace() else ""
