"""A released letter as PDF/UA-1, byte for byte the same each time."""

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

from observe.core.feedback.letter import Letter, plan_of
from observe.core.feedback.quoting import ended
from observe.core.feedback.spoken import day, listed
from observe.core.feedback.summary import Version
from observe.web.words import gettext as _

SOURCE = Path(__file__).with_name("summary.typ")
BOX = "\u25a1"
UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
MOST_SIGNS = 20
RARE = re.compile(f"[^\\x00-\u024f\u2010-\u2027{BOX}]")
SHAPELESS = ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp")
Told = dict[str, Any]
FONTS = ("Libertinus Serif", "Noto Serif", "Liberation Serif", "DejaVu Serif", "DejaVu Sans")


def letter_pdf(version: Version) -> bytes:
    """The letter of a version on A4; a sign that no font of this machine has becomes a box.

    Such signs are found one by one; where there are very many, all rare ones become boxes.
    """
    from typst import TypstError

    told = _each(_told(version), _without_shapeless)
    at = int(version.released_at.timestamp())
    for _try in range(MOST_SIGNS):
        try:
            return _compiled(told, at=at)
        except TypstError as refusal:
            told = _each(told, _boxer(str(refusal)))
    return _compiled(_each(told, _without_rare), at=at)


def _compiled(told: Told, *, at: int) -> bytes:
    import typst

    made = typst.compile(
        str(SOURCE),
        root=str(SOURCE.parent),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"letter": json.dumps(told, ensure_ascii=False)},
        timestamp=at,
    )
    return bytes(made)


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


def _told(version: Version) -> dict[str, Any]:
    letter = version.letter
    return {
        "title": _("Your lesson: %(title)s", title=letter.title),
        "language": "en",
        "fonts": list(FONTS),
        "on": [letter.on.year, letter.on.month, letter.on.day],
        "observers": list(letter.observers),
        "sender": _sender(letter),
        "footer": _(
            "For %(teacher)s. Version %(number)s.", teacher=letter.teacher, number=version.number
        ),
        "opening": [line.text for line in letter.opening],
        "strengths": [line.text for line in letter.strengths],
        "next_steps": [line.text for line in letter.next_steps],
        "target": _target(letter),
        "questions": [line.text for line in letter.questions],
        "words": _words(),
    }


def _sender(letter: Letter) -> str:
    names, on = listed(letter.observers), day(letter.on)
    return _("From %(names)s. Lesson on %(day)s", names=names, day=on)


def _target(letter: Letter) -> dict[str, Any] | None:
    if letter.target is None:
        return None
    plan = plan_of(letter.target)
    facts = (
        (_("When"), plan.when),
        (_("By"), day(plan.due) if plan.due else ""),
        (_("We will know"), plan.see),
    )
    return {"try": ended(plan.try_), "facts": [fact for fact in facts if fact[1]]}


def _words() -> dict[str, str]:
    return {
        "strengths": _("What worked"),
        "next_step": _("A next step"),
        "target": _("Your target"),
        "question": _("A question for you"),
    }
