"""What becomes of a target: proposed, taken, looked for at later lessons, met, carried on or dropped."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from observe.core.feedback import targets
from observe.core.feedback.summary import Summary
from observe.core.feedback.targets import Target, TargetState
from observe.core.lesson import Lesson
from observe.core.permissions import Person, RoleKind, Thing
from observe.storage import history, records, suggestions, summaries
from observe.storage import targets as kept
from observe.storage.database import NetworkSession
from observe.storage.targets import Event, Followed

WEEKS = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Life:
    """A target with all that became of it, the latest first."""

    followed: Followed
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class DueList:
    """Targets by the day on which they are due: one's own open ones, those one follows, and what ended."""

    own: tuple[Followed, ...]
    followed: tuple[Followed, ...]
    suggested: tuple[Followed, ...]
    ended: tuple[Followed, ...]


def thing(session: NetworkSession, target_id: UUID) -> Thing:
    """A target as permissions see it: as the summary, or as the suggestion, of which it came.

    Whoever leads its teacher now follows it; the summary stays with who led them then.
    """
    summary_id = kept.row(session, target_id).summary_id
    if summary_id is not None:
        return _where_it_is(session, target_id, summaries.thing(session, summary_id))
    suggested = suggestions.of_target(session, target_id)
    return Thing(
        network_id=session.network_id,
        author_id=suggested.by,
        teacher_id=suggested.person_id,
        released=True,
    )


def _where_it_is(session: NetworkSession, target_id: UUID, then: Thing) -> Thing:
    home = kept.at_home(session, [kept.find(session, target_id)])[target_id]
    if home is None or (home.school_id, home.team_id) == (then.school_id, then.team_id):
        return then
    return replace(then, school_id=home.school_id, team_id=home.team_id, reader_ids=frozenset())


def source(session: NetworkSession, target_id: UUID) -> Thing | None:
    """The summary of which a target came, as permissions see it; None for one that was suggested."""
    summary_id = kept.row(session, target_id).summary_id
    return summaries.thing(session, summary_id) if summary_id else None


def life(session: NetworkSession, target_id: UUID) -> Life:
    """A target and its history; Missing where there is none."""
    return Life(kept.find(session, target_id), tuple(kept.events(session, target_id)))


def due_list(session: NetworkSession, person: Person) -> DueList:
    """What somebody tries, what the teachers they lead try, and what they suggested to others."""
    mine = kept.owned(session, person.id)
    teams, schools = person.teams(RoleKind.LEADER), person.schools(RoleKind.HEAD)
    near = kept.led(session, teams, schools, but=person.id) if teams or schools else []
    return DueList(
        own=tuple(each for each in mine if each.target.is_open),
        followed=tuple(near),
        suggested=tuple(kept.suggested(session, person.id)),
        ended=tuple(each for each in reversed(mine) if not each.target.is_open),
    )


def propose(session: NetworkSession, summary: Summary, *, by: UUID, at: datetime) -> None:
    """The target of a summary that is released, if it has one."""
    line = summary.letter.target
    if line is None:
        return
    target = targets.proposed(line, summary.id, due=summary.on + WEEKS)
    target_id = kept.propose(
        session, target, teacher_id=summary.teacher_id, summary_id=summary.id, at=at
    )
    kept.happened(session, target_id, target, reason="", by=by, lesson_id=None, at=at)


def take_suggested(
    session: NetworkSession, target: Target, *, teacher_id: UUID, at: datetime
) -> UUID:
    """Keep a target that came of a suggestion and not of a summary; its id."""
    target_id = kept.propose(session, target, teacher_id=teacher_id, summary_id=None, at=at)
    kept.happened(session, target_id, target, reason="", by=teacher_id, lesson_id=None, at=at)
    return target_id


def became(
    session: NetworkSession,
    target_id: UUID,
    target: Target,
    *,
    reason: str = "",
    by: UUID | None,
    at: datetime,
    lesson_id: UUID | None = None,
) -> None:
    """Keep how a target stands now, and that it came to; words that changed are in the history too."""
    before = kept.find(session, target_id).target
    if target == before:
        return
    kept.change(session, target_id, target, at=at)
    kept.happened(
        session, target_id, target, reason=reason.strip(), by=by, lesson_id=lesson_id, at=at
    )
    told = {"before": before.text, "now": target.text} if before.text != target.text else {}
    did = f"target {target.state}"
    of = ("summary", target.summary_id) if target.summary_id else ("target", target_id)
    history.wrote(session, did, *of, by=by, at=at, **told)


def decide(
    session: NetworkSession,
    target_id: UUID,
    state: TargetState,
    *,
    reason: str,
    due_on: date | None,
    by: Person,
    at: datetime,
) -> Target:
    """Say that a target is met, carried on or dropped; the target as it stands then."""
    found = kept.find(session, target_id).target
    now = targets.decided(found, state, reason=reason, due_on=due_on, today=at.date())
    became(session, target_id, now, reason=reason, by=by.id, at=at)
    return now


def follow(session: NetworkSession, lesson: Lesson, *, at: datetime) -> None:
    """What the observers of a lesson said of the teacher's open targets now stands with the targets."""
    told: dict[UUID, list[str]] = defaultdict(list)
    for seat in lesson.observers:
        for target, answer in records.read(session, seat.observation_id).targets.items():
            told[UUID(target)].append(answer)
    found = {target: targets.looked_for(answers) for target, answers in told.items()}
    looked_for(session, lesson.id, lesson.teacher_id, found, at=at)


def looked_for(
    session: NetworkSession,
    lesson_id: UUID,
    teacher_id: UUID,
    found: Mapping[UUID, TargetState],
    *,
    at: datetime,
) -> None:
    """How this teacher's open targets stood in a lesson; nobody else's and none that ended."""
    for target_id, target in kept.open_of(session, teacher_id, found.keys()).items():
        seen = replace(target, state=found[target_id])
        kept.change(session, target_id, seen, at=at)
        kept.happened(session, target_id, seen, reason="", by=None, lesson_id=lesson_id, at=at)
