"""Sentences that a script says, with a form for each plural of the language."""

from collections.abc import Callable

from flask_babel import get_locale

Sentence = str | dict[str, str]
SAMPLES = (0, 1, 2, 3, 6, 100)


def forms(count: Callable[[int], str]) -> dict[str, str]:
    """{plural form of the language: the sentence in it}."""
    locale = get_locale()
    rule = locale.plural_form if locale else lambda n: "one" if n == 1 else "other"
    return {rule(n): count(n) for n in SAMPLES}
