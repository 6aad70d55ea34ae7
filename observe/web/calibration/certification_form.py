"""The form of a rule of certification: what stands in it, and the rule that somebody typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from observe.core.certification_rule import (
    DEFAULT,
    Cuts,
    DecideBy,
    Fault,
    Floor,
    Rule,
    Scope,
    Source,
    Statistic,
)
from observe.core.rubric import Rubric
from observe.core.typed import number_in
from observe.web.words import gettext as _

WHOLE = (
    *("threshold", "adjacent_part", "pass_from", "train_to", "in_a_row", "max_gap", "floor"),
    *("levels", "window_days", "expiry_months", "attempts", "wait_days", "recheck_every"),
)
FOLDED = {
    "lessons": (
        *("source", "exercises", "exercise_looks", "beside", "rubric", "levels", "window_days"),
    ),
    "conditions": ("max_gap", "in_a_row", "floor", "own_floors"),
    "afterwards": ("expiry_months", "recheck_every", "wait_days", "attempts"),
}
LONGEST = 2000
Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(slots=True)
class Typed:
    """What stands in the form, the numbers in it, and what is to mend, by field."""

    fields: Mapping[str, str]
    numbers: dict[str, int | None] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)

    def whole(self, name: str, default: int = 0) -> int:
        """A number that is asked for."""
        found = self.numbers.get(name)
        return default if found is None else found

    def share(self, name: str) -> float:
        """A number of per cent as a share of 0 to 1."""
        return self.whole(name) / 100


def form_of(rule: Rule) -> dict[str, str]:
    """The fields of the form with what this rule says."""
    cuts = rule.cuts or Cuts(0.9, 0.1)
    own = (f"{floor.criterion} {_percent(floor.share)}" for floor in rule.floors if floor.criterion)
    return _scope_of(rule) | {
        "name": rule.name,
        "statistic": rule.statistic,
        "threshold": _percent(rule.threshold),
        "adjacent_part": _percent(rule.adjacent_part if rule.adjacent_part is not None else 0.5),
        "decide_by": rule.decide_by,
        "pass_from": _percent(cuts.pass_from),
        "train_to": _percent(cuts.train_to),
        "looks": ", ".join(map(str, rule.looks)),
        "in_a_row": _number(rule.in_a_row),
        "max_gap": _number(rule.max_gap),
        "floor": _percent(rule.floor_of("")),
        "own_floors": "\n".join(own),
        "window_days": _number(rule.window_days),
        "expiry_months": _number(rule.expiry_months),
        "attempts": _number(rule.attempts),
        "wait_days": _number(rule.wait_days or None),
        "recheck_every": _number(rule.recheck_every),
    }


def _scope_of(rule: Rule) -> dict[str, str]:
    return {
        "source": rule.scope.source,
        "exercises": "all" if rule.scope.every_exercise else "",
        "exercise_looks": ", ".join(map(str, rule.exercise_looks)),
        "beside": rule.scope.beside,
        "rubric": rule.scope.rubric,
        "levels": str(rule.scope.levels),
    }


def parts_open(fields: Mapping[str, str], wrong: Mapping[str, str]) -> set[str]:
    """The folded parts of the form in which something is not as usual, or is to mend."""
    usual = form_of(DEFAULT)
    unusual = {name for name, text in usual.items() if fields.get(name, "") != text}
    return {
        part for part, names in FOLDED.items() if not (unusual | wrong.keys()).isdisjoint(names)
    }


def _percent(share: float | None) -> str:
    return "" if share is None else str(round(100 * share))


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def read_typed(form: Mapping[str, str]) -> Typed:
    """What was sent, its numbers read; what is no number is to mend."""
    typed = Typed({name: text.strip()[:LONGEST] for name, text in form.items()})
    for name in WHOLE:
        text = typed.fields.get(name, "")
        typed.numbers[name] = number_in(text)
        if text and typed.numbers[name] is None:
            typed.wrong[name] = _("Give a whole number.")
    return typed


def rule_in(typed: Typed, rubrics: Mapping[str, Rubric]) -> Rule:
    """The rule that the form says; what cannot be read is in `wrong` and stands here as if empty.

    Fields that a choice makes idle (the part of points, the cuts) are passed over.
    """
    statistic = _one_of(typed, "statistic", DEFAULT.statistic)
    decide_by = _one_of(typed, "decide_by", DEFAULT.decide_by)
    scope = _scope(typed, statistic)
    by_probability = decide_by is DecideBy.PROBABILITY
    return Rule(
        name=typed.fields.get("name", ""),
        statistic=statistic,
        threshold=typed.share("threshold"),
        decide_by=decide_by,
        looks=_looks(typed, "looks"),
        exercise_looks=_exercise_looks(typed, scope),
        scope=scope,
        cuts=Cuts(typed.share("pass_from"), typed.share("train_to")) if by_probability else None,
        adjacent_part=typed.share("adjacent_part") if statistic is Statistic.POINTS else None,
        in_a_row=typed.numbers["in_a_row"],
        max_gap=typed.numbers["max_gap"],
        floors=_floors(typed, rubrics.get(scope.rubric)),
        window_days=typed.numbers["window_days"],
        expiry_months=typed.numbers["expiry_months"],
        attempts=typed.numbers["attempts"],
        wait_days=typed.whole("wait_days"),
        recheck_every=typed.numbers["recheck_every"],
    )


def _scope(typed: Typed, statistic: Statistic) -> Scope:
    source = _one_of(typed, "source", DEFAULT.scope.source)
    every = typed.fields.get("exercises") == "all" and source is not Source.LESSONS
    return Scope(
        source=source,
        every_exercise=every,
        beside=_one_of(typed, "beside", DEFAULT.scope.beside),
        rubric=typed.fields.get("rubric", ""),
        levels=typed.whole("levels", 3 if statistic.needs_neighbours else 2),
    )


def _one_of(typed: Typed, name: str, usual: Kind) -> Kind:
    """What was chosen of several; the usual where nothing known was."""
    text = typed.fields.get(name, "")
    found = next((each for each in type(usual) if each == text), None)
    if found is None:
        typed.wrong[name] = _("Choose one.")
        return usual
    return found


def _exercise_looks(typed: Typed, scope: Scope) -> tuple[int, ...]:
    """After how many exercises; nothing where these have no numbers of their own."""
    own = scope.source is Source.EITHER and not scope.every_exercise
    return _looks(typed, "exercise_looks") if own else ()


def _looks(typed: Typed, part: str) -> tuple[int, ...]:
    texts = [text for text in typed.fields.get(part, "").replace(",", " ").split() if text]
    numbers = [number_in(text) for text in texts]
    if None in numbers:
        typed.wrong[part] = _("Give whole numbers with commas between them, as 5, 10, 20.")
    return tuple(number for number in numbers if number is not None)


def _floors(typed: Typed, rubric: Rubric | None) -> tuple[Floor, ...]:
    """The floor of all criteria and those of single ones: a line each, as `3a 60`."""
    found = []
    if typed.numbers["floor"] is not None:
        found.append(Floor(typed.share("floor")))
    for line in typed.fields.get("own_floors", "").splitlines():
        if line.strip():
            floor = _own_floor(line.replace("%", " ").split(), rubric)
            if floor is None:
                typed.wrong["own_floors"] = _(
                    "Give each criterion a line with its code and per cent, as 3a 60."
                )
            else:
                found.append(floor)
    return tuple(found)


def _own_floor(words: Sequence[str], rubric: Rubric | None) -> Floor | None:
    share = number_in(words[-1]) if len(words) == 2 else None
    if share is None:
        return None
    criteria = rubric.criteria() if rubric else ()
    known = {each.code.casefold(): each.criterion for each in criteria}
    return Floor(share / 100, known.get(words[0].casefold(), words[0]))


PLACES = {"cuts": "pass_from", "floors": "floor"}


def faults_at(faults: Iterable[Fault]) -> dict[str, str]:
    """The first sentence of each part that is wrong, at the field in which it is mended."""
    told: dict[str, str] = {}
    for fault in faults:
        told.setdefault(PLACES.get(fault.part, fault.part), fault.sentence)
    return told
