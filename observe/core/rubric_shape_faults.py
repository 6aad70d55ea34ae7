"""What the shape check finds, said so that a teacher can mend the file."""

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from observe.core import rubric_schema as shapes
from observe.core.rubric_yaml import Path, Tree, Trouble

Shapes = Mapping[str | int, type[BaseModel]]
INSIDE: Shapes = {
    "occasions": shapes.OccasionsShape,
    "scales": shapes.ScaleShape,
    "levels": shapes.LevelShape,
    "domains": shapes.DomainShape,
    "criteria": shapes.CriterionShape,
    "look_fors": shapes.LookForShape,
    "phrases": shapes.PhrasesShape,
    "strength": shapes.StrengthShape,
    "next_step": shapes.NextStepShape,
}

PATTERNS = {
    shapes.ID: "use only small letters a to z, digits and hyphens",
    shapes.LANGUAGE: "write a language code such as en or cy",
    shapes.TRANSLATION: "write the rubric and its version, such as talk-and-questions@3",
}


def shape_troubles(
    tree: Tree, shape: type[BaseModel] = shapes.RubricShape, inside: Shapes = INSIDE
) -> Iterator[Trouble]:
    """Missing, unknown and misshapen keys, each at its place; `inside` are shapes by their key."""
    try:
        shape.model_validate(tree.value)
    except ValidationError as refusal:
        for error in refusal.errors(include_url=False):
            yield _trouble(tree, error, _keys_at(error["loc"][:-1], shape, inside))


def _trouble(tree: Tree, error: Any, known: list[str]) -> Trouble:
    path, place = error["loc"], tree.place(error["loc"])
    if error["type"] == "missing":
        path = path[:-1]
    if path and path[-1] == "[key]":
        path = path[:-1]
        place = tree.key_place(path)
    if error["type"] in ("extra_forbidden", "invalid_key"):
        path, place = path[:-1], tree.key_place(path)
    return Trouble(place, path, _sentence(error, known))


def _sentence(error: Any, known: list[str]) -> str:
    kind = error["type"]
    if kind == "extra_forbidden":
        return _unknown_key(error, known)
    if error["input"] is None and kind != "missing":
        return "nothing stands here; write something or leave the key out"
    if kind in SAYERS:
        return SAYERS[kind](error)
    words = {"key": error["loc"][-1:], "found": error["input"]} | error.get("ctx", {})
    return SENTENCES[kind].format(**words) if kind in SENTENCES else str(error["msg"])


def _unknown_key(error: Any, known: list[str]) -> str:
    key = error["loc"][-1]
    if error["input"] is None and " " in str(key):
        return f"`{key}` belongs to a text; a text with a comma in braces needs quotes"
    return f"there is no key `{key}` here{did_you_mean(key, known)}"


def _keys_at(path: Path, top: type[BaseModel], inside: Shapes) -> list[str]:
    shape = next((inside[step] for step in reversed(path) if step in inside), top)
    return [part.alias or name for name, part in shape.model_fields.items()]


def did_you_mean(word: object, known: list[str]) -> str:
    """The rest of a sentence that offers the nearest known word, or all of a few, or nothing."""
    near = get_close_matches(str(word), known, n=1)
    if near:
        return f"; did you mean `{near[0]}`?"
    return f"; known are {', '.join(known)}" if 0 < len(known) <= 12 else ""


def _not_text(error: Any) -> str:
    found = error["input"]
    if isinstance(found, list | dict):
        return "write a text here"
    written = str(found).lower() if isinstance(found, bool) else found
    return f'this is read as {_kind(found)}; write it in quotes: "{written}"'


def _kind(found: object) -> str:
    return "true or false" if isinstance(found, bool) else "a number"


def _too_few(error: Any) -> str:
    least = error["ctx"]["min_length"]
    return f"write at least {least} {'entry' if least == 1 else 'entries'} here"


SAYERS: dict[str, Callable[[Any], str]] = {
    "string_type": _not_text,
    "too_short": _too_few,
    "string_pattern_mismatch": lambda error: PATTERNS[error["ctx"]["pattern"]],
}
PAIRS = "write `key: value` lines here"
SENTENCES = {
    "missing": "`{key[0]}` is missing",
    "invalid_key": "`{key[0]}` is read as a number; write a known key",
    "string_too_short": "nothing stands here; write a text",
    "string_too_long": "write at most {max_length} characters",
    "int_type": "`{found}` is not a whole number",
    "int_parsing": "`{found}` is not a whole number",
    "bool_type": "`{found}` is neither true nor false",
    "list_type": "write a list: one entry a line, each after a hyphen",
    "dict_type": PAIRS,
    "model_type": PAIRS,
    "model_attributes_type": PAIRS,
    "enum": "`{found}` is not known; use {expected}",
    "too_long": "write at most {max_length} entries here",
    "greater_than_equal": "write a number of at least {ge}",
    "less_than_equal": "write a number of at most {le}",
}
