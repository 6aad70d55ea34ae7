"""A rubric file → a rubric, or every fault in it with its line and column."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from observe.core.errors import Invalid
from observe.core.rubric import Rubric
from observe.core.rubric_json import from_json
from observe.core.rubric_rules import rule_troubles
from observe.core.rubric_shape_faults import shape_troubles
from observe.core.rubric_yaml import Path, Place, Tree, Trouble, read_tree

ENTRIES = {
    "scales": "scale",
    "levels": "level",
    "domains": "domain",
    "criteria": "criterion",
    "look_fors": "look-for",
    "samples": "sample",
    "strength": "strength phrase",
    "next_step": "next step phrase",
    "stages": "stage",
    "after": "after",
    "beside": "beside",
}
NAMED_BY = ("criterion", "domain", "look_for", "stage", "value")

Check = Callable[[Tree], Iterable[Trouble]]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend in a rubric file; line and column count from 1."""

    file: str
    line: int
    column: int
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.where}: {self.what}"


class FileFaults(Invalid):
    """A file cannot be used; `faults` holds every reason in the file's order."""

    code = "file_faults"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        count = "One fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"{count} in {faults[0].file}. Nothing of it was used.")
        self.faults = faults


class RubricFaults(FileFaults):
    """A rubric file cannot be used; `faults` holds every reason in the file's order."""

    code = "rubric_faults"


def read_rubric(text: str | bytes, name: str) -> Rubric:
    """The rubric in a YAML text (bytes are UTF-8); RubricFaults with every fault under that name."""
    tree = tree_of(text)
    faults = faults_in(tree, name, (shape_troubles, rule_troubles))
    if faults:
        raise RubricFaults(faults)
    return from_json(tree.value)


def tree_of(text: str | bytes) -> Tree:
    """The values of a YAML text, or of bytes in UTF-8."""
    return read_tree(text) if isinstance(text, str) else _read_bytes(text)


def _read_bytes(raw: bytes) -> Tree:
    try:
        return read_tree(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        before = raw[: fault.start].decode("utf-8", "replace")
        place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
        return Tree(troubles=[Trouble(place, (), "this is not UTF-8; save the file as UTF-8")])


def faults_in(tree: Tree, name: str, checks: Sequence[Check]) -> tuple[Fault, ...]:
    """Every fault that could not be read or that a check finds, in the file's order."""
    troubles = {(trouble.place, trouble.what): trouble for trouble in _troubles(tree, checks)}
    ordered = (troubles[key] for key in sorted(troubles))
    return tuple(Fault(name, *each.place, where(tree, each.path), each.what) for each in ordered)


def _troubles(tree: Tree, checks: Sequence[Check]) -> list[Trouble]:
    """What could not be read hides what the checks say of the same place."""
    if tree.value is None and tree.troubles:
        return tree.troubles
    unread = {trouble.place for trouble in tree.troubles}
    checked = (trouble for check in checks for trouble in check(tree))
    return tree.troubles + [trouble for trouble in checked if trouble.place not in unread]


def where(tree: Tree, path: Path) -> str:
    """A path in words: `criterion wait-time, strength phrase 2, levels`."""
    words: list[str] = []
    value, held_in = tree.value, ""
    for step in path:
        value, before, held_in = _inside(value, step), held_in, str(step)
        if before in ENTRIES:
            words, held_in = (
                [*_around(words, before), f"{ENTRIES[before]} {_name(value, step)}"],
                "",
            )
        elif step not in (*ENTRIES, "phrases"):
            words.append(str(step))
    return ", ".join([*words, *([held_in] if held_in in ENTRIES else [])]) or "the file"


def _around(words: list[str], held_in: str) -> list[str]:
    """A criterion needs no domain before it: its id is its own in the whole rubric."""
    return [] if held_in == "criteria" else words


def _inside(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(step)
    return value[step] if isinstance(value, list) and isinstance(step, int) else None


def _name(value: Any, step: str | int) -> str:
    """What an entry calls itself, or its key, or its place counted from 1."""
    if isinstance(value, dict):
        names = [str(value[key]) for key in NAMED_BY if value.get(key) is not None]
        return names[0] if names else _place_name(step)
    return str(value) if isinstance(value, int) else _place_name(step)


def _place_name(step: str | int) -> str:
    return str(step + 1) if isinstance(step, int) else step
