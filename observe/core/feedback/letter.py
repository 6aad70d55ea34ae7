"""What the teacher reads: the words of a summary, without notes, criteria or levels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from observe.core.feedback import lines as kept_lines
from observe.core.feedback.facts import Line, Part, Plan


@dataclass(frozen=True, slots=True)
class Letter:
    """A summary as it is read; `title` names the lesson, `observers` who saw it."""

    title: str
    teacher: str
    on: date
    observers: tuple[str, ...]
    lines: tuple[Line, ...]

    def of(self, part: Part) -> tuple[Line, ...]:
        """The lines of one part that hold words."""
        return tuple(line for line in self.lines if line.part is part and line.text)

    @property
    def opening(self) -> tuple[Line, ...]:
        """Who came, when, and thanks."""
        return self.of(Part.OPENING)

    @property
    def strengths(self) -> tuple[Line, ...]:
        """What worked."""
        return self.of(Part.STRENGTH)

    @property
    def next_steps(self) -> tuple[Line, ...]:
        """What is worth trying."""
        return self.of(Part.NEXT_STEP)

    @property
    def target(self) -> Line | None:
        """What the teacher tries next."""
        return next(iter(self.of(Part.TARGET)), None)

    @property
    def questions(self) -> tuple[Line, ...]:
        """What the observers would like to know."""
        return self.of(Part.QUESTION)

    @property
    def word_count(self) -> int:
        """How many words it has."""
        return sum(len(line.text.split()) for line in self.lines)


def as_json(letter: Letter) -> dict[str, Any]:
    """What is kept of a released letter."""
    return {
        "title": letter.title,
        "teacher": letter.teacher,
        "on": letter.on.isoformat(),
        "observers": list(letter.observers),
        "lines": kept_lines.as_json(letter.lines),
    }


def from_json(kept: Mapping[str, Any]) -> Letter:
    """The letter that was kept."""
    return Letter(
        title=kept["title"],
        teacher=kept["teacher"],
        on=date.fromisoformat(kept["on"]),
        observers=tuple(kept["observers"]),
        lines=kept_lines.from_json(kept["lines"]),
    )


def plan_of(line: Line) -> Plan:
    """The parts of a target; all of its words as what to try where it has none."""
    return line.plan or Plan(line.text)


def whole(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines that hold words, without what they were before."""
    return tuple(replace(line, was="") for line in lines if line.text.strip())
