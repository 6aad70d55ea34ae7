"""A stage of a programme in words: what it asks for, how far somebody is, by when, what to do next."""

from collections.abc import Mapping
from datetime import date

from flask import url_for

from observe.core.programme import (
    EvidenceKind,
    GroupSize,
    Programme,
    Stage,
    StageKind,
)
from observe.core.programme_json import programme_digest
from observe.core.programme_standing import Evidence, StageState, Standing
from observe.core.rubric import LessonKind
from observe.core.workshop import Workshop
from observe.services.programme_progress import StageCount
from observe.web.dates import day
from observe.web.guard import is_open
from observe.web.programme.asked_words import signer as signer
from observe.web.programme.asked_words import what_counts as what_counts
from observe.web.words import gettext as _
from observe.web.words import ngettext

Link = tuple[str, str]
SIGNS: Mapping[StageState, str] = {
    StageState.DONE: "done",
    StageState.TO_SIGN: "eye",
    StageState.OVERDUE: "warn",
    StageState.SOON: "info",
}


def state(standing: Standing) -> str:
    """How a stage stands, in one or two words."""
    return {
        StageState.DONE: _("Done"),
        StageState.TO_SIGN: _("Waits for a sign-off"),
        StageState.OVERDUE: _("Overdue"),
        StageState.SOON: _("Due soon"),
        StageState.OPEN: _("Under way") if standing.done else _("To do"),
        StageState.LATER: _("Later"),
    }[standing.state]


def by_when(standing: Standing) -> str:
    """Until when there is time, or when it was done, in a sentence."""
    if standing.state is StageState.DONE and standing.done_on:
        return _("Done on %(day)s.", day=day(standing.done_on))
    if standing.state is StageState.TO_SIGN:
        return _("All is there; it waits for a sign-off.")
    if standing.state is StageState.OVERDUE:
        return _("It was due on %(day)s.", day=day(standing.due))
    return _("Due by %(day)s.", day=day(standing.due))


def how_far(standing: Standing) -> str:
    """`2 of 3 lessons`; nothing where one thing is asked for and it is not there."""
    if standing.needed == 1:
        return ""
    told = {"done": standing.done}
    return {
        EvidenceKind.LESSON: ngettext(
            "%(done)d of %(num)d lesson", "%(done)d of %(num)d lessons", standing.needed, **told
        ),
        EvidenceKind.PAIR: ngettext(
            "%(done)d of %(num)d paired lesson",
            "%(done)d of %(num)d paired lessons",
            standing.needed,
            **told,
        ),
        EvidenceKind.SUMMARY: ngettext(
            "%(done)d of %(num)d summary", "%(done)d of %(num)d summaries", standing.needed, **told
        ),
        EvidenceKind.EXERCISE: ngettext(
            "%(done)d of %(num)d exercise", "%(done)d of %(num)d exercises", standing.needed, **told
        ),
        EvidenceKind.ATTENDANCE: ngettext(
            "%(done)d of %(num)d workshop", "%(done)d of %(num)d workshops", standing.needed, **told
        ),
    }.get(
        standing.stage.counts.evidence,
        _("%(done)d of %(needed)d", done=standing.done, needed=standing.needed),
    )


def short(standing: Standing) -> str:
    """How a stage stands in the least of words: `done`, `1 of 3`, `overdue, 1 of 3`."""
    far = _("%(done)d of %(needed)d", done=standing.done, needed=standing.needed)
    several = standing.needed > 1
    if standing.state is StageState.OVERDUE:
        return _("overdue, %(far)s", far=far) if several else _("overdue")
    if standing.state in (StageState.SOON, StageState.OPEN):
        return far if several else _("to do")
    return {
        StageState.DONE: _("done"),
        StageState.TO_SIGN: _("to sign"),
        StageState.LATER: _("later"),
    }[standing.state]


def counted(found: StageCount) -> str:
    """`9 of 11 done, 2 overdue`."""
    done = found.by_state[StageState.DONE]
    words = _("%(done)d of %(all)d done", done=done, all=found.joined)
    late, sign = found.by_state[StageState.OVERDUE], found.by_state[StageState.TO_SIGN]
    more = [_("%(num)d overdue", num=late)] if late else []
    more += [_("%(num)d to sign", num=sign)] if sign else []
    return ", ".join([words, *more])


def evidence(found: Evidence, *, own: bool) -> tuple[str, str]:
    """What counted, in words, and the address of it for whoever did it."""
    told = {"day": day(found.day)}
    if found.kind is EvidenceKind.LESSON:
        words = _("Lesson on %(day)s", **told)
        if found.lesson_kind == LessonKind.WORK_SAMPLE:
            words = _("Pupils' work on %(day)s", **told)
        elif not found.at_own_school:
            words = _("Lesson on %(day)s, in another school", **told)
        return words, url_for("capture.lesson", lesson_id=found.id) if own and found.id else ""
    if found.kind is EvidenceKind.ATTENDANCE:
        address = url_for("programme.workshop", workshop_id=found.id) if own and found.id else ""
        return _("Workshop on %(day)s", **told), address
    return {
        EvidenceKind.EXERCISE: _("Exercise on %(day)s", **told),
        EvidenceKind.SELF_EVALUATION: _("Self-evaluation on %(day)s", **told),
        EvidenceKind.ASSESSMENT: _("Assessment on %(day)s", **told),
    }.get(found.kind, _("Begun on %(day)s", **told)), ""


def to_do(standing: Standing, workshop: Workshop | None) -> tuple[str, Link | None]:
    """What somebody does next for a stage of theirs, and where; None where it is not theirs to do."""
    if standing.state in (StageState.DONE, StageState.TO_SIGN):
        return "", None
    if standing.stage.counts.evidence is EvidenceKind.ATTENDANCE:
        return _for_workshop(workshop, standing.stage.title)
    sentence, endpoint, words = _step(standing.stage)
    return sentence, (url_for(endpoint), words) if endpoint and is_open(endpoint) else None


def _for_workshop(workshop: Workshop | None, stage: str) -> tuple[str, Link | None]:
    """A workshop that is called like its stage is told by its day alone."""
    if workshop is None:
        return _("No workshop for it is planned yet. You will find it here."), None
    named, when = workshop.title != stage, day(workshop.day)
    sentence = (
        _("%(title)s, %(day)s.", title=workshop.title, day=when)
        if named
        else _("It is on %(day)s.", day=when)
    )
    address = url_for("programme.workshop", workshop_id=workshop.id)
    return sentence, (address, _("See the workshop"))


def _step(stage: Stage) -> tuple[str, str, str]:
    """What to do, where, and words of the link, by what is counted before the kind of stage."""
    if stage.counts.evidence is EvidenceKind.SUMMARY:
        sentence = _(
            "Write the teacher's summary of a lesson that you observed; released, it counts."
        )
        return sentence, "feedback.index", _("Feedback")
    if stage.counts.evidence is EvidenceKind.ASSESSMENT:
        return _steps()[StageKind.ASSESSMENT]
    return _steps()[stage.kind]


def _steps() -> Mapping[StageKind, tuple[str, str, str]]:
    """(what to do, where, words of the link) for each kind of stage that is no workshop."""
    plan = ("capture.plan", _("Plan a lesson"))
    look = ("programme.assessments", _("Observing well"))
    return {
        StageKind.SELF_EVALUATION: (_("Say how you observe, criterion by criterion."), *look),
        StageKind.ASSESSMENT: (_("Whoever advises or trains you does this."), "", ""),
        StageKind.WORKSHOP: ("", "programme.workshops", _("Workshops")),
        StageKind.PRACTICE_LESSON: (_("Observe a lesson in your own school and seal it."), *plan),
        StageKind.PAIRED_LESSON: (_("Plan a lesson that two of you observe, each alone."), *plan),
        StageKind.WORK_SCRUTINY: (_("Look at pupils' work with its own rubric."), *plan),
        StageKind.VISIT: (
            _("Arrange a visit: whoever leads the other school plans it with you."),
            "capture.planner",
            _("See the planner"),
        ),
        StageKind.EXERCISE: (
            _("Take the exercise and finish it."),
            "calibration.practice",
            _("Practice"),
        ),
        StageKind.FINAL_ASSESSMENT: (_("Look at your observing again, at the end."), *look),
        StageKind.TRAINING_OTHERS: (
            _("Begin a programme for the team leaders of your school."),
            "programme.begin",
            _("Begin a programme"),
        ),
    }


def size(programme: Programme, people: int) -> str:
    """How many people are in a group, and what it was made for where that differs."""
    words = ngettext("%(num)d person is in it.", "%(num)d people are in it.", people)
    if programme.size(people) is GroupSize.FITS:
        return words
    made = _("It was made for %(least)d to %(most)d.", least=programme.least, most=programme.most)
    return f"{words} {made}"


def address(programme: Programme) -> str:
    """Where somebody begins a programme."""
    return url_for("programme.begin_one", digest=programme_digest(programme))


def span(first: date, last: date) -> str:
    """`From Monday 7 September 2026 to Friday 9 July 2027`."""
    return _("From %(first)s to %(last)s", first=day(first), last=day(last))
