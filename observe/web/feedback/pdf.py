"""Released letters as PDF/UA-1, one or a term of them, byte for byte the same each time."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from observe.core.feedback.letter import Letter, plan_of
from observe.core.feedback.quoting import ended
from observe.core.feedback.spoken import day, listed
from observe.core.feedback.summary import Version
from observe.core.feedback.targets import TargetState
from observe.services.term_pack import Pack
from observe.services.term_pack import Told as InPack
from observe.storage.targets import Event
from observe.web.dates import local, term_name
from observe.web.printing import FONTS, printed
from observe.web.words import gettext as _

SOURCE = Path(__file__).with_name("summary.typ")
Told = dict[str, Any]


def letter_pdf(version: Version) -> bytes:
    """The letter of a version on A4."""
    letter = version.letter
    told = _paper(_title(letter), letter.observers, letter.on, [_told(version)])
    return printed(SOURCE, told, at=version.released_at)


def pack_pdf(pack: Pack) -> bytes:
    """Every letter of a term, each on a page of its own, after a list of them."""
    title = _("Your summaries, %(term)s", term=term_name(pack.term))
    owner = _("For %(teacher)s", teacher=pack.teacher)
    told = [{**_told(each.version), "after": _after(each)} for each in pack.told]
    newest = max(_latest(each) for each in pack.told)
    paper = _paper(title, [pack.teacher], newest.date(), told)
    cover = [_listed(each) for each in pack.told]
    return printed(SOURCE, {**paper, "owner": owner, "cover": cover}, at=newest)


def _paper(title: str, authors: Sequence[str], on: date, letters: Sequence[Told]) -> Told:
    return {
        "title": title,
        "authors": list(authors),
        "on": [on.year, on.month, on.day],
        "language": "en",
        "fonts": list(FONTS),
        "words": _words(),
        "owner": "",
        "cover": [],
        "letters": list(letters),
    }


def _told(version: Version) -> Told:
    letter = version.letter
    return {
        "title": _title(letter),
        "sender": _sender(letter),
        "footer": _(
            "For %(teacher)s. Version %(number)s.", teacher=letter.teacher, number=version.number
        ),
        "opening": [line.text for line in letter.opening],
        "strengths": [line.text for line in letter.strengths],
        "next_steps": [line.text for line in letter.next_steps],
        "target": _target(letter),
        "questions": [line.text for line in letter.questions],
        "after": [],
    }


def _title(letter: Letter) -> str:
    return _("Your lesson: %(title)s", title=letter.title)


def _after(told: InPack) -> list[Told]:
    """What became of the target, what was said, and what was added, under a heading each."""
    became = [" · ".join(filter(None, (_became(event), event.reason))) for event in told.became]
    said = [f"{reply.by}, {_on(reply.at)}: {reply.text}" for reply in told.replies]
    added = [f"{_on(one.at)}: {one.text}" for one in told.added]
    headed = (
        (_("What became of the target"), became),
        (_("Replies"), said),
        (_("What you added"), added),
    )
    return [{"heading": heading, "lines": lines} for heading, lines in headed if lines]


def _became(event: Event) -> str:
    by = f", {event.by}" if event.by else ""
    return f"{_on(event.at)}{by}: {_states()[event.state]}"


def _on(moment: datetime) -> str:
    """`Tuesday 17 November 2026`, where the school is, whenever it is printed."""
    there = local(moment)
    return _with_year(there.date() if isinstance(there, datetime) else there)


def _with_year(on: date) -> str:
    """Paper outlives the year."""
    return f"{day(on)} {on.year}"


def _states() -> dict[TargetState, str]:
    return {
        TargetState.PROPOSED: _("proposed"),
        TargetState.TAKEN: _("taken"),
        TargetState.SEEN_AGAIN: _("seen again in a lesson"),
        TargetState.NOT_YET: _("not seen yet in a lesson"),
        TargetState.MET: _("met"),
        TargetState.CARRIED_ON: _("carried on"),
        TargetState.DROPPED: _("dropped"),
    }


def _listed(told: InPack) -> str:
    letter = told.version.letter
    return _("%(day)s: %(title)s", day=day(letter.on), title=letter.title)


def _latest(told: InPack) -> datetime:
    became, said = [event.at for event in told.became], [reply.at for reply in told.replies]
    return max([told.version.released_at, *became, *said, *(one.at for one in told.added)])


def _sender(letter: Letter) -> str:
    names, on = listed(letter.observers), _with_year(letter.on)
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
