"""What a criterion says, whatever its place: rules agreed for it hold as long as this stays the same."""

from typing import Any

from observe.core.canonical import digest
from observe.core.rubric import Criterion, Scale


def meaning(criterion: Criterion) -> str:
    """The digest of a criterion's words: `sha256:` and 64 hexadecimal digits.

    Its title, its descriptors, the levels or codes of its scale and its look-fors count; its code, domain,
    order, occasion and phrases do not, and neither does the spacing of a text.
    """
    return digest(
        {
            "title": _line(criterion.title),
            "descriptors": {
                str(value): _line(text) for value, text in criterion.descriptors.items()
            },
            "scale": _scale(criterion.scale),
            "look_fors": {each.look_for: _line(each.text) for each in criterion.look_fors},
        }
    )


def _scale(scale: Scale) -> dict[str, Any]:
    return {
        "type": scale.type.value,
        "levels": [[level.value, _line(level.label)] for level in scale.levels],
        "codes": {code: _line(label) for code, label in scale.codes.items()},
    }


def _line(text: str) -> str:
    return " ".join(text.split())
