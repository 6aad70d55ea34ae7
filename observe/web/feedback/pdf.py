"""A released letter as PDF/UA-1, byte for byte the same each time."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import typst

from observe.core.feedback.letter import Letter, plan_of
from observe.core.feedback.quoting import ended
from observe.core.feedback.spoken import day, listed
from observe.core.feedback.summary import Version
from observe.web.words import gettext as _

SOURCE = Path(__file__).with_name("summary.typ")
BOX = "\u25a1"
UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
SHAPELESS = ("Cc", "Co", "Cn", "Cs")
FONTS = ("Libertinus Serif", "Noto Serif", "Liberation Serif", "DejaVu Serif", "DejaVu Sans")


def letter_pdf(version: Version) -> bytes:
    """The letter of a version on A4; a sign that no font of this machine has becomes a box."""
    told = json.dumps(_plain(_told(version)), ensure_ascii=False)
    while True:
        try:
            return _compiled(told, at=int(version.released_at.timestamp()))
        except typst.TypstError as refusal:
            told = _without_unshown(told, refusal)


def _compiled(told: str, *, at: int) -> bytes:
    made = typst.compile(
        str(SOURCE),
        root=str(SOURCE.parent),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"letter": told},
        timestamp=at,
    )
    return bytes(made)


def _without_unshown(told: str, refusal: typst.TypstError) -> str:
    """The words with a box for the text that the refusal names; the refusal again if it names none."""
    found = UNSHOWN.search(str(refusal))
    unshown = _as_it_was(found[1]) if found else ""
    if not unshown or unshown not in told:
        raise refusal
    return told.replace(unshown, BOX)


def _as_it_was(quoted: str) -> str:
    """The text that the refusal shows with its escapes."""
    return ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), quoted)


def _plain(told: Any) -> Any:
    """The words without signs that have no shape: controls, and places that Unicode left empty."""
    if isinstance(told, str):
        return "".join(sign for sign in told if unicodedata.category(sign) not in SHAPELESS)
    if isinstance(told, dict):
        return {name: _plain(part) for name, part in told.items()}
    return [_plain(part) for part in told] if isinstance(told, list | tuple) else told


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
