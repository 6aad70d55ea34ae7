"""One summary on its way, as the pages need it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from uuid import UUID

from observe.core.feedback.facts import Evidence, Line
from observe.core.feedback.letter import Letter
from observe.core.feedback.review import State, days_left

_TITLES = """
    mr mrs ms miss mx dr prof professor rev revd sir dame lord lady fr father sister brother br
    canon imam rabbi pastor lt col capt major sgt cllr
"""
_PARTICLES = """
    van von de der den la le du di da al el st ap ab ben bin mac mc
"""
_OFFICES = """
    head headteacher teacher deputy assistant principal executive coach
"""
TITLES, PARTICLES = frozenset(_TITLES.split()), frozenset(_PARTICLES.split())
OFFICES = frozenset(_OFFICES.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The working text of a summary with all that decides what may be done with it."""

    id: UUID
    lesson_id: UUID
    title: str
    teacher_id: UUID
    teacher: str
    author_id: UUID
    author: str
    observers: tuple[str, ...]
    state: State
    on: date
    due_on: date
    revision: int
    lines: tuple[Line, ...]
    missing: tuple[str, ...] = ()
    changed_at: datetime
    submitted_at: datetime | None = None
    steps_up: int = 0
    escalated_at: datetime | None = None
    release_on: date | None = None
    released_at: datetime | None = None
    read_at: datetime | None = None
    holidays: frozenset[date] = frozenset()

    def days_left(self, today: date) -> int:
        """School days until it is due: 0 on that day, below 0 when it is late."""
        return days_left(self.due_on, today, self.holidays)

    @property
    def first_name(self) -> str:
        """What the teacher is called in a letter."""
        return first_name(self.teacher)

    @property
    def letter(self) -> Letter:
        """The text as it would be read now."""
        return Letter(self.title, self.teacher, self.on, self.observers, self.lines)


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody says about a line or about the whole, and what was answered.

    The author notes when they have seen to it.
    """

    id: UUID
    line: str | None
    by_id: UUID
    by: str
    at: datetime
    text: str
    seen_to_at: datetime | None = None
    answers: tuple["Comment", ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What the teacher says, or what is answered; `differs` marks "I see it differently".

    What the teacher says waits for `answerer` until `answered_at`, promised by the day `answer_by`.
    """

    by: str
    at: datetime
    text: str
    differs: bool
    answerer: str | None = None
    answer_by: date | None = None
    answered_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether somebody is still to answer it."""
        return self.answerer is not None and self.answered_at is None


@dataclass(frozen=True, slots=True)
class Addition:
    """What the teacher added later."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """The words as they were released."""

    number: int
    letter: Letter
    released_by: str
    released_at: datetime


@dataclass(frozen=True, slots=True)
class Tray:
    """The notes of a lesson that a line can rest on, by id, in order of time.

    `places` numbers the observers from 0; `criteria` has (code, title) by criterion.
    """

    notes: Mapping[str, Evidence]
    places: Mapping[str, int]
    criteria: Mapping[str, tuple[str, str]]

    def place(self, note_id: str) -> int:
        """Which observer noted it: 0 for the first, 1 for the second."""
        return self.places[self.notes[note_id].observer]

    def codes(self, note_id: str) -> str:
        """The codes of the criteria that a note speaks to: `2a`, `2a 3b`."""
        found = (self.criteria.get(key) for key in self.notes[note_id].criteria)
        return " ".join(code for code, _ in filter(None, found))

    def titles(self, note_id: str) -> str:
        """The criteria that a note speaks to, with their titles."""
        found = (self.criteria.get(key) for key in self.notes[note_id].criteria)
        return ", ".join(f"{code} {title}" for code, title in filter(None, found))


def first_name(name: str) -> str:
    """`Catrin` of `Catrin Morley` and of `Morley, Catrin`; a title goes with the surname: `Mrs Morley`."""
    last, comma, first = name.partition(",")
    words = re.sub(r"\([^)]*\)", " ", f"{first} {last}" if comma else name).split()
    while len(words) > 1 and words[0].casefold() in OFFICES:
        del words[0]
    titles = list(takewhile(lambda word: word.rstrip(".").casefold() in TITLES, words[:-1]))
    if titles:
        return " ".join((*(each.rstrip(".") for each in titles), *_surname(words[len(titles) :])))
    return words[0] if words else ""


def _surname(names: Sequence[str]) -> Sequence[str]:
    """The last of the names, with what belongs to it: `van der Berg`, `St John`."""
    begins = (place for place, each in enumerate(names) if each.rstrip(".").casefold() in PARTICLES)
    return names[next(begins, len(names) - 1) :]
