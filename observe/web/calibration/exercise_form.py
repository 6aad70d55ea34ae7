"""The form of an exercise: reading it, and showing it again with what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from werkzeug.datastructures import MultiDict

from observe.core.exercises import Exercise, Making, Use, may_be_rated
from observe.core.rubric import Domain
from observe.core.typed import id_in, line_in, number_in
from observe.services.exercises import Choices

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form."""

    title: str = ""
    link: str = ""
    text: str = ""
    criteria: Sequence[str] = ()
    minutes: str = "30"
    use: str = Use.PRACTICE
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The form as a page shows it: what can be chosen, what is, and what is to mend."""

    typed: Typed
    choices: Choices
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def domains(self) -> list[Domain]:
        """The parts of the rubric that hold something an exercise can ask for."""
        return [d for d in self.choices.rubric.domains if any(map(may_be_rated, d.criteria))]

    def may_be_rated(self, key: str) -> bool:
        """Whether an exercise can ask for a criterion."""
        found = self.choices.rubric.find(key)
        return found is not None and may_be_rated(found)


def typed_in(form: "MultiDict[str, str]") -> Typed:
    """What was sent, as it was typed."""
    return Typed(
        title=line_in(form.get("title", "")),
        link=form.get("link", "").strip(),
        text=form.get("text", "").replace("\r\n", "\n"),
        criteria=form.getlist("criteria"),
        minutes=form.get("minutes", ""),
        use=form.get("use", ""),
        first=form.get("first", ""),
        second=form.get("second", ""),
    )


def making_in(typed: Typed, digest: str) -> Making:
    """What a facilitator says of an exercise; what cannot be read is what the core refuses."""
    return Making(
        title=typed.title,
        link=typed.link,
        text=typed.text,
        rubric_digest=digest,
        criteria=tuple(dict.fromkeys(typed.criteria)),
        minutes=number_in(typed.minutes) or 0,
        use=Use(typed.use) if typed.use in list(Use) else Use.PRACTICE,
        experts=(id_in(typed.first) or NOBODY, id_in(typed.second) or NOBODY),
    )


def as_made(exercise: Exercise, text: str) -> Typed:
    """The form with what an exercise says now."""
    first, second = exercise.experts
    return Typed(
        title=exercise.title,
        link=exercise.link,
        text=text,
        criteria=exercise.criteria,
        minutes=str(exercise.minutes),
        use=exercise.use,
        first=str(first),
        second=str(second),
    )
