"""What the pages say of rules from talks."""

from collections.abc import Sequence

from observe.web.words import gettext as _


def rule_names_words(names: Sequence[str]) -> str:
    """That a rule may name somebody, and what can be done."""
    return _(
        "This rule may name somebody: %(names)s. Everybody who observes reads it, and it names nobody. "
        "Write it without the name, or save it once more as it is.",
        names=", ".join(names),
    )
