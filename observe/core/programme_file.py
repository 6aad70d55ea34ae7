"""A programme file → a programme, or every fault in it with its line and column."""

from collections.abc import Iterator

from observe.core.programme import Programme
from observe.core.programme_json import from_json
from observe.core.programme_rules import rule_troubles
from observe.core.programme_schema import INSIDE, ProgrammeShape
from observe.core.rubric_file import FileFaults, faults_in, tree_of
from observe.core.rubric_shape_faults import shape_troubles
from observe.core.rubric_yaml import Tree, Trouble


class ProgrammeFaults(FileFaults):
    """A programme file cannot be used; `faults` holds every reason in the file's order."""

    code = "programme_faults"


def read_programme(text: str | bytes, name: str) -> Programme:
    """The programme in a YAML text (bytes are UTF-8); ProgrammeFaults with every fault under that name."""
    tree = tree_of(text)
    faults = faults_in(tree, name, (_shape, rule_troubles))
    if faults:
        raise ProgrammeFaults(faults)
    return from_json(tree.value)


def _shape(tree: Tree) -> Iterator[Trouble]:
    return shape_troubles(tree, ProgrammeShape, INSIDE)
