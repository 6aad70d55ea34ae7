"""What the teacher does with a summary: read it, answer it, take its target."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from observe.core.errors import Invalid, Missing
from observe.core.feedback import review, targets
from observe.core.feedback.review import State
from observe.core.feedback.summary import Addition, Reply, Summary, Version
from observe.core.feedback.targets import Target
from observe.core.permissions import Person
from observe.core.retention import kept_until
from observe.services import target_life
from observe.storage import history, lessons, people, readings, replies, retentions, summaries
from observe.storage import targets as kept_targets
from observe.storage.database import NetworkSession
from observe.storage.readings import Opened

LONGEST_REPLY = 8_000
TAKEN_BACK = (
    "This summary was taken back before it was read. It comes to you again when it is ready."
)


@dataclass(frozen=True, slots=True)
class Post:
    """A released summary as its teacher finds it, with who can read it and what was answered."""

    summary: Summary
    version: Version
    target: Target | None
    replies: tuple[Reply, ...]
    added: tuple[Addition, ...]
    readers: tuple[str, ...]
    can_read: tuple[str, ...]
    opened: tuple[Opened, ...]
    kept_until: date


@dataclass(frozen=True, slots=True)
class Shelf:
    """What somebody finds under Feedback: what to write, to read for others, and what they were told."""

    to_write: tuple[Summary, ...]
    with_reader: tuple[Summary, ...]
    released: tuple[Summary, ...]
    of_partners: tuple[Summary, ...]
    to_read: tuple[Summary, ...]
    released_near: tuple[Summary, ...]
    received: tuple[Summary, ...]
    targets: tuple[Target, ...]
    answered: Mapping[UUID, bool]
    to_answer: tuple[tuple[Summary, date], ...]


def post(session: NetworkSession, summary_id: UUID) -> Post:
    """A released summary with all that stands around it."""
    summary = summaries.find(session, summary_id)
    lesson = lessons.find(session, summary.lesson_id)
    asked = summaries.readers(session, lesson, summary.author_id)
    readers = tuple(sorted(people.names(session, asked).values()))
    near = dict.fromkeys((summary.teacher, *summary.observers, summary.author, *readers))
    version = summaries.version(session, summary_id)
    return Post(
        summary=summary,
        version=version,
        target=kept_targets.of_summary(session, summary_id),
        replies=tuple(replies.of_summary(session, summary_id)),
        added=tuple(replies.added(session, summary_id)),
        readers=readers,
        can_read=tuple(near),
        opened=tuple(readings.of_summary(session, summary_id)),
        kept_until=kept_until(version.released_at.date(), years=retentions.years(session)),
    )


def is_noted(session: NetworkSession, summary_id: UUID, *, by: Person, at: datetime) -> bool:
    """Whether it is known already that somebody read it in this hour."""
    return readings.is_noted(session, summary_id, by=by.id, at=at)


def check_not_taken_back(session: NetworkSession, summary_id: UUID, *, by: Person) -> None:
    """Missing, in a sentence for the teacher, where the summary was taken back before it was read."""
    row = summaries.row(session, summary_id)
    was_released = row.state != State.RELEASED and summaries.latest_number(session, summary_id)
    if was_released and row.teacher_id == by.id:
        raise Missing(TAKEN_BACK)


def opened(session: NetworkSession, summary_id: UUID, *, by: Person, at: datetime) -> None:
    """Note that somebody is about to read it; from the teacher's first reading on it cannot be recalled.

    Missing where it was taken back in this moment.
    """
    row = summaries.row(session, summary_id)
    if row.state != State.RELEASED:
        raise Missing(TAKEN_BACK)
    if row.teacher_id == by.id and row.read_at is None:
        row.read_at = at
    history.read(session, "summary", summary_id, by=by.id, at=at)


def take_target(session: NetworkSession, summary_id: UUID, *, by: Person, at: datetime) -> None:
    """Take the target as it is."""
    _change(session, summary_id, targets.taken(_target(session, summary_id)), by=by, at=at)


def change_target(
    session: NetworkSession,
    summary_id: UUID,
    *,
    text: str,
    when: str,
    see: str,
    due_on: date,
    by: Person,
    at: datetime,
) -> None:
    """Take the target in other words or to another day."""
    found = _target(session, summary_id)
    changed = targets.adjusted(found, text=text, when=when, see=see, due_on=due_on)
    _change(session, summary_id, changed, by=by, at=at)


def shelf_of(session: NetworkSession, person: Person) -> Shelf:
    """Everything that is somebody's under Feedback."""
    written = summaries.of_author(session, person.id)
    received = summaries.released_to(session, person.id)
    near = summaries.released_near(session, person)
    return Shelf(
        to_write=tuple(each for each in written if each.state in review.WITH_AUTHOR),
        with_reader=tuple(each for each in written if each.state in review.WITH_REVIEWER),
        released=tuple(each for each in written if each.state == State.RELEASED),
        of_partners=tuple(
            each for each in summaries.of_observer(session, person.id) if each not in near
        ),
        to_read=tuple(summaries.waiting_for(session, person)),
        released_near=tuple(near),
        received=tuple(received),
        targets=tuple(kept_targets.of_teacher(session, person.id)),
        answered=replies.answered(session, [each.id for each in (*written, *received, *near)]),
        to_answer=tuple(_to_answer(session, person)),
    )


def _to_answer(session: NetworkSession, person: Person) -> list[tuple[Summary, date]]:
    """What teachers said that waits for somebody's answer, the soonest promised first."""
    waiting = replies.waiting_for(session, person.id)
    found = [(summaries.find(session, each), by) for each, by in waiting.items()]
    return sorted(found, key=lambda pair: pair[1])


def _target(session: NetworkSession, summary_id: UUID) -> Target:
    found = kept_targets.of_summary(session, summary_id)
    if found is None:
        raise Invalid("This summary has no target.")
    return found


def _change(
    session: NetworkSession, summary_id: UUID, target: Target, *, by: Person, at: datetime
) -> None:
    target_id = kept_targets.id_of_summary(session, summary_id)
    target_life.became(session, target_id, target, by=by.id, at=at)
