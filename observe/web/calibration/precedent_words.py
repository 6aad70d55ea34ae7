"""What the pages say of rules from talks."""

from collections.abc import Sequence

from observe.core.meaning import Difference, Part
from observe.services.precedent_board import Standing
from observe.web.words import gettext as _


def rule_names_words(names: Sequence[str]) -> str:
    """That a rule may name somebody, and what can be done."""
    return _(
        "This rule may name somebody: %(names)s. Everybody who observes reads it, and it names nobody. "
        "Write it without the name, or save it once more as it is.",
        names=", ".join(names),
    )


def clash() -> str:
    """That somebody else was quicker."""
    return _(
        "Somebody changed this rule while you wrote. Look at both, and save again what you want."
    )


def says_the_same(text: str) -> str:
    """Why a rule was retired that said the same as another."""
    return _("It says the same as: %(text)s", text=text)


def part_words(difference: Difference) -> str:
    """The name of a part of a criterion."""
    return {
        Part.TITLE: _("Title"),
        Part.LEVEL: _("Level %(level)s", level=difference.which),
        Part.CODE: _("Answer"),
        Part.LOOK_FOR: _("Look-for"),
    }[difference.part]


def standing_words(standing: Standing) -> str:
    """Where a rule stands, for a file."""
    return {
        Standing.IN_USE: _("in use"),
        Standing.WAITING: _("waiting for a look"),
        Standing.RETIRED: _("retired"),
    }[standing]
