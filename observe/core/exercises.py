"""Exercises: lessons that many look at, each rated against the reference that two experts made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from observe.core.counting import is_pooled
from observe.core.errors import Invalid, TooLarge
from observe.core.observation import NOT_APPLICABLE, NOT_SEEN
from observe.core.rubric import Criterion, Rubric
from observe.core.typed import level_in

LONGEST_TITLE, LONGEST_LINK, LONGEST_MINUTES = 120, 2000, 240
LONGEST_NOTE, LONGEST_REASON = 2000, 1000
MOST_TEXT = 200 * 1024

Value = int | str | None


def read_value(text: str) -> Value:
    """What a text gives: a level, a word such as `not_seen`, or nothing."""
    level = level_in(text)
    return text or None if level is None else level


def spelled(value: Value) -> str:
    """The text that gives this value."""
    return "" if value is None else str(value)


class Use(StrEnum):
    """For what an exercise is offered to everybody; a group can take each of them."""

    PRACTICE = "practice"
    TEST = "test"
    GROUP = "group"


class Mode(StrEnum):
    """In what way somebody takes an exercise."""

    REFERENCE = "reference"
    PRACTICE = "practice"
    TEST = "test"
    GROUP = "group"


class Stage(StrEnum):
    """How far an exercise is."""

    RATING = "rating"
    SETTLING = "settling"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Shown(StrEnum):
    """What somebody sees of the reference of one criterion."""

    NOTHING = "nothing"
    GAP = "how far apart"
    ALL = "level and reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One version of an exercise without its text; `criteria` are keys in the rubric's order."""

    id: UUID
    title: str
    link: str
    has_text: bool
    rubric_digest: str
    criteria: tuple[str, ...]
    minutes: int
    use: Use
    version: int
    mends: UUID | None
    experts: tuple[UUID, UUID]
    made_by: UUID
    made_at: datetime
    published_at: datetime | None
    withdrawn_at: datetime | None
    withdraw_reason: str

    @property
    def is_offered(self) -> bool:
        """Whether people can take it now."""
        return self.published_at is not None and self.withdrawn_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What a facilitator says of a new exercise."""

    title: str
    link: str
    text: str
    rubric_digest: str
    criteria: tuple[str, ...]
    minutes: int
    use: Use
    experts: tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Settled:
    """The reference of one criterion: a level of the rubric's scale, and why it is that one."""

    level: int
    reason: str
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Given:
    """What one person gave one criterion; `value` is a level, "not_seen", "not_applicable" or None."""

    value: Value = None
    note: str = ""
    fixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """One person at one exercise; `knew` says that they had seen the reference before."""

    id: UUID
    exercise_id: UUID
    person_id: UUID
    mode: Mode
    group_id: UUID | None
    attempt: int
    knew: bool
    begun_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People who take an exercise together on a day; sealed until it is revealed."""

    id: UUID
    exercise_id: UUID
    held_on: date
    code: str
    opened_by: UUID
    opened_at: datetime
    revealed_at: datetime | None
    called_off_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether people can still take part."""
        return self.revealed_at is None and self.called_off_at is None


def versions_before(exercise: Exercise, known: Mapping[UUID, Exercise]) -> Iterator[Exercise]:
    """The versions that it mends, the latest first, as far as they are among those that are known."""
    while (before := known.get(exercise.mends) if exercise.mends else None) is not None:
        yield before
        exercise = before


def stage(exercise: Exercise, *, sealed: int) -> Stage:
    """How far an exercise is, of which so many experts have sealed their ratings."""
    if exercise.withdrawn_at is not None:
        return Stage.WITHDRAWN
    if exercise.published_at is not None:
        return Stage.PUBLISHED
    return Stage.SETTLING if sealed == len(exercise.experts) else Stage.RATING


def shown(mode: Mode, *, fixed: bool, finished: bool, revealed: bool) -> Shown:
    """What is seen of the reference: nothing in a test but the gap, all in a group once revealed."""
    if mode is Mode.PRACTICE and fixed:
        return Shown.ALL
    if mode is Mode.GROUP and revealed:
        return Shown.ALL
    return Shown.GAP if mode is Mode.TEST and finished else Shown.NOTHING


def may_be_rated(criterion: Criterion) -> bool:
    """Whether an exercise can ask for it: one level for the whole, which a reference can have."""
    return is_pooled(criterion)


def offered_values(criterion: Criterion) -> tuple[int | str, ...]:
    """All that somebody may give a criterion."""
    words = (NOT_SEEN, NOT_APPLICABLE) if criterion.not_applicable else (NOT_SEEN,)
    return (*(level.value for level in criterion.scale.levels), *words)


def check_value(criterion: Criterion, value: Value) -> None:
    """Invalid unless this can be given to the criterion; None takes a rating back."""
    if value is not None and value not in offered_values(criterion):
        raise Invalid(f"Choose a level of {criterion.title}.")


def check_making(making: Making, rubric: Rubric) -> None:
    """Invalid, with the field that is to mend, unless an exercise can be made of this."""
    _check_words(making)
    _check_link(making.link)
    _check_what_is_rated(making, rubric)
    if making.experts[0] == making.experts[1]:
        raise Invalid("The two experts have to be two people.", field="second")


def _check_words(making: Making) -> None:
    if not 0 < len(making.title) <= LONGEST_TITLE:
        raise Invalid(f"Give it a title of at most {LONGEST_TITLE} letters.", field="title")
    if not making.link and not making.text.strip():
        raise Invalid("Give the address of a video, or a text to read.", field="link")
    if len(making.text.encode("utf-8", "replace")) > MOST_TEXT:
        raise TooLarge("A text of at most 200 kB can be kept. Make it shorter.", field="text")


def _check_link(link: str) -> None:
    if link and (len(link) > LONGEST_LINK or not is_web_address(link)):
        said = "This is no address of a web page. It begins with https:// or http://."
        raise Invalid(said, field="link")


def is_web_address(link: str) -> bool:
    """Whether an address leads to a web page, and to nothing that runs on this one."""
    if any(sign.isspace() or not sign.isprintable() for sign in link):
        return False
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username


def _check_what_is_rated(making: Making, rubric: Rubric) -> None:
    fit = {each.criterion for each in rubric.criteria() if may_be_rated(each)}
    if not making.criteria or not set(making.criteria) <= fit:
        raise Invalid("Choose at least one criterion of this rubric.", field="criteria")
    if not 1 <= making.minutes <= LONGEST_MINUTES:
        raise Invalid(f"Say how many minutes it takes: 1 to {LONGEST_MINUTES}.", field="minutes")
