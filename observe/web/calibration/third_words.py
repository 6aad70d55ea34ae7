"""The sentences about a third reader."""

from collections.abc import Sequence

from observe.core.comparing import Cell
from observe.core.rubric import Criterion
from observe.services.talking import Third
from observe.services.third_reading import Answer
from observe.web.calibration.talk_words import given_words, unnamed, value_words
from observe.web.words import gettext as _


def told(criterion: Criterion, third: Third) -> str:
    """What two observers read of their third reader's answer, without the reason."""
    if not criterion.scale.has_levels:
        return _("%(name)s has read what you noted.", name=third.name)
    if third.level is None:
        return _("%(name)s could not tell a level from what you noted.", name=third.name)
    level = value_words(criterion, third.level)
    return _("%(name)s would give %(level)s.", name=third.name, level=level)


def own(criterion: Criterion, answer: Answer) -> str:
    """What a third reader reads of their own answer."""
    if not criterion.scale.has_levels:
        return _("You have answered.")
    if answer.level is None:
        return _("You could not tell a level.")
    return _("You gave %(level)s.", level=value_words(criterion, answer.level))


def given(criterion: Criterion, cell: Cell) -> Sequence[tuple[str, str]]:
    """(who did what, level) of each observer, without a name."""
    return given_words(criterion, cell, unnamed(len(cell.values)))
