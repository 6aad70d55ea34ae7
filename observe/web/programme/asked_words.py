"""What a stage of a programme asks for, and who signs it off, in short sentences."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from observe.core.assessing import Moment
from observe.core.exercises import Mode
from observe.core.programme import Beside, Counts, EvidenceKind, Signer, Stage, Where
from observe.core.rubric import LessonKind
from observe.web.programme.assessing_words import moment_words
from observe.web.words import gettext as _
from observe.web.words import ngettext

NO_TITLES: Mapping[str, str] = MappingProxyType({})


def what_counts(stage: Stage, titles: Mapping[str, str] = NO_TITLES) -> list[str]:
    """What a stage asks for, in short sentences; `titles` of rubrics are by the id that a file names."""
    counts = stage.counts
    return [
        _asked(stage),
        *_kind(counts, titles),
        *_place(counts),
        *_company(counts),
        *_quality(counts),
        *_of_exercise(counts),
    ]


def _asked(stage: Stage) -> str:
    num, counts = stage.needed, stage.counts
    if counts.evidence in (EvidenceKind.LESSON, EvidenceKind.PAIR, EvidenceKind.SUMMARY):
        return _of_lessons(counts, num)
    return {
        EvidenceKind.EXERCISE: ngettext(
            "%(num)d exercise, finished.", "%(num)d exercises, finished.", num
        ),
        EvidenceKind.ATTENDANCE: ngettext(
            "Being there at %(num)d workshop.", "Being there at %(num)d workshops.", num
        ),
        EvidenceKind.SELF_EVALUATION: _("A self-evaluation of one's own observing, sealed."),
        EvidenceKind.ASSESSMENT: _("An assessment of one's observing by somebody else, sealed."),
        EvidenceKind.TRAINING: _("A programme that one leads, with people in it."),
    }[counts.evidence]


def _of_lessons(counts: Counts, num: int) -> str:
    """Lessons, or looks at pupils' work; a pair counts when both have sealed."""
    if counts.lesson_kind == LessonKind.WORK_SAMPLE:
        return ngettext(
            "%(num)d look at pupils' work, recorded and sealed.",
            "%(num)d looks at pupils' work, recorded and sealed.",
            num,
        )
    if counts.evidence is EvidenceKind.PAIR:
        return ngettext(
            "%(num)d lesson observed in a pair, sealed by all.",
            "%(num)d lessons observed in pairs, sealed by all.",
            num,
        )
    return ngettext(
        "%(num)d lesson, observed and sealed.", "%(num)d lessons, observed and sealed.", num
    )


def _kind(counts: Counts, titles: Mapping[str, str]) -> Iterator[str]:
    """What was observed, with which rubric and for which moment, as far as the file asks for it."""
    only = {
        LessonKind.FEEDBACK_TALK: _("Only feedback talks count."),
        LessonKind.OBSERVING: _("Only watching somebody observe counts."),
        LessonKind.LEADERSHIP: _("Only watching somebody lead counts."),
    }
    if counts.lesson_kind in only:
        yield only[counts.lesson_kind]
    if counts.lesson_kind == LessonKind.WORK_SAMPLE and counts.evidence is EvidenceKind.PAIR:
        yield _("In a pair: each records alone.")
    if counts.rubric:
        yield _("With the rubric “%(rubric)s”.", rubric=titles.get(counts.rubric, counts.rubric))
    if counts.moment:
        yield _("Of the moment “%(moment)s”.", moment=moment_words(Moment(counts.moment)))


def _place(counts: Counts) -> Iterator[str]:
    if counts.where is Where.OWN:
        yield _("In one's own school.")
    if counts.where is Where.OTHER:
        yield _("In another school than one's own.")
    if counts.different_schools:
        yield _("Each at a different school.")


def _company(counts: Counts) -> Iterator[str]:
    """Who may be there besides; all of them, as far as the file names any."""
    named = {
        Beside.HEAD: _("a head"),
        Beside.LEADER: _("a team leader"),
        Beside.ADVISER: _("an adviser"),
        Beside.OTHER: _("a visitor"),
    }
    names = _(" or ").join(words for each, words in named.items() if each in counts.beside)
    if Beside.NOBODY not in counts.beside:
        if names:
            yield _("Beside %(names)s.", names=names)
    elif names:
        yield _("Alone, or beside %(names)s.", names=names)
    else:
        yield _("Alone.")


def _quality(counts: Counts) -> Iterator[str]:
    if counts.closed:
        yield _("Both have talked it over and closed the pair.")
    if counts.evidence is EvidenceKind.SUMMARY:
        yield _("The teacher's summary is released.")


def _of_exercise(counts: Counts) -> Iterator[str]:
    if counts.mode and (words := _modes().get(counts.mode)):
        yield words
    if counts.same:
        yield _("At least %(share)d %% of criteria as in the reference.", share=counts.same)


def _modes() -> Mapping[Mode, str]:
    return {
        Mode.PRACTICE: _("Taken for practice."),
        Mode.TEST: _("Taken as a test."),
        Mode.GROUP: _("Taken in a group."),
    }


def signer(stage: Stage) -> str:
    """Who signs a stage off, in a sentence; empty where it counts by itself."""
    if stage.signed_off_by is None:
        return ""
    return {
        Signer.ADVISER: _("An adviser of the school signs it off."),
        Signer.FACILITATOR: _("The facilitator signs it off."),
        Signer.LEAD: _("Whoever leads the group signs it off."),
    }[stage.signed_off_by]
