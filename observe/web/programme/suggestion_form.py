"""What a form of suggestions holds: as it was typed, as an idea of the rubric has it, or as it was kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from observe.core.assessing import Wish
from observe.core.errors import Invalid
from observe.core.typed import day_in, lines_in
from observe.services.suggesting import Idea
from observe.web.words import gettext as _


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a suggestion; `due` as 2026-11-17."""

    text: str = ""
    when: str = ""
    see: str = ""
    due: str = ""
    criterion: str = ""


def in_form(form: Mapping[str, str], suffix: str = "") -> Typed:
    """What was typed; `suffix` tells several forms of one page apart."""
    said = (form.get(f"{name}{suffix}", "") for name in Typed.__slots__)
    return Typed(*(lines_in(each) for each in said))


def of_wish(wish: Wish) -> Typed:
    """A suggestion as a form has it."""
    return Typed(wish.text, wish.when, wish.see, wish.due_on.isoformat(), wish.criterion or "")


def of_idea(ideas: Sequence[Idea], asked: str) -> Typed:
    """The idea that an address names, `gathers-1`, as a form has it; empty for any other."""
    for idea in ideas:
        phrase, key = idea.phrase, idea.criterion.criterion
        if asked == f"{key}-{idea.number}":
            return Typed(phrase.try_ or phrase.text, phrase.when, phrase.see, "", key)
    return Typed()


def wish(typed: Typed) -> Wish:
    """What is suggested; Invalid without a day."""
    due_on = day_in(typed.due)
    if due_on is None:
        raise Invalid(_("Give a day, for example the end of next term."), field="due")
    return Wish(typed.text, typed.when, typed.see, due_on, typed.criterion or None)
