"""YAML text as plain values that still know their line and column."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import yaml

Path = tuple[str | int, ...]

LARGEST = 512 * 1024
DEEPEST = 16
MOST_REPAIRS = 20
MOST_READ_AGAIN = 600_000
UNQUOTED = re.compile(r"(?P<key>\s*(?:- +)*[\w-]+: +)(?P<text>[^'\"\s\[{|>].*)")

ADVICE = (
    ("mapping values", "a colon inside a text, or a line indented too far; put texts in quotes"),
    ("'\\t'", "a tab; indent with spaces"),
    ("could not find expected ':'", "a line that is neither `key: value` nor part of a text"),
    ("expected <block end>", "a line that does not line up with those it belongs to"),
    ("unexpected end of stream", "a quotation mark opened here is never closed"),
    ("<stream end>", "the file ends before a bracket or brace is closed"),
    ("expected ',' or", "a bracket or brace is not closed, or a comma is missing"),
    ("unknown escape character", "a backslash inside double quotes; use single quotes"),
    ("cannot start any token", "a text that starts with this sign needs quotes"),
    ("expected alphabetic or numeric", "a text that starts with this sign needs quotes"),
    ("another document", "`---` begins a second part; one file holds one of its kind"),
    ("too deep", "more brackets inside brackets than such a file has"),
)


class Place(NamedTuple):
    """Where something stands in a file, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong, where it stands in the file and in the rubric."""

    place: Place
    path: Path
    what: str


@dataclass(slots=True)
class Tree:
    """What a file says: its plain value, the place of each value and key, what could not be read."""

    value: Any = None
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """Where the value of that path stands, or else what it would stand in."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(1, 1))

    def key_place(self, path: Path) -> Place:
        """Where the key at the end of that path stands."""
        return self.keys.get(path) or self.place(path)


class _Loader(yaml.SafeLoader):
    """Composes nodes, and notes what a rubric may not use instead of following it."""

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012  a name PyYAML gives

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.depth = 0
        self.refused: list[tuple[Place, str]] = []

    def compose_node(self, parent: Any, index: Any) -> Any:
        """One node; an alias becomes an empty text, an anchor or tag is dropped, all three noted."""
        if self.check_event(yaml.AliasEvent):
            return self._instead_of_alias()
        self._strip(self.peek_event())  # type: ignore[no-untyped-call]
        self.depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1

    def _instead_of_alias(self) -> yaml.ScalarNode:
        event = self.get_event()  # type: ignore[no-untyped-call]
        self._refuse(event, f"`*{event.anchor}` repeats another place; write the words out")
        return yaml.ScalarNode("", "", event.start_mark, event.end_mark, style="alias")

    def _strip(self, event: Any) -> None:
        if self.depth > DEEPEST:
            raise yaml.MarkedYAMLError(problem="too deep", problem_mark=event.start_mark)
        if event.anchor:
            self._refuse(event, f"`&{event.anchor}` is a YAML anchor; leave it out")
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(event, f"`{tag}` is a YAML tag; leave it out")
        event.anchor = event.tag = None

    def _refuse(self, event: Any, what: str) -> None:
        self.refused.append((_place(event.start_mark), what))


def read_tree(text: str) -> Tree:
    """The values of one YAML document; a file that cannot be read gives only its troubles."""
    if len(text) > LARGEST:
        return Tree(troubles=[Trouble(Place(1, 1), (), "a file of more than 512 kB; split it")])
    troubles: dict[int, Trouble] = {}
    most = min(MOST_REPAIRS, MOST_READ_AGAIN // max(len(text), 1))
    while (tree := _attempt(text)).value is None:
        line = tree.troubles[0].place.line
        if line in troubles or len(troubles) == most:
            break
        troubles[line] = tree.troubles[0]
        text = _with_quotes(text, line)
    return replace(tree, troubles=_by_line(tree.troubles, troubles))


def _by_line(found: list[Trouble], mended: dict[int, Trouble]) -> list[Trouble]:
    """What was mended on the way says more of its line than what was found in the end."""
    return [*mended.values(), *(each for each in found if each.place.line not in mended)]


def _with_quotes(text: str, line: int) -> str:
    """The text with quotes where that line lacks them, so that the faults after it show too."""
    lines = text.splitlines(keepends=True)
    words = lines[line - 1].rstrip() if line <= len(lines) else ""
    if unquoted := UNQUOTED.fullmatch(words):
        quoted = unquoted["text"].replace("'", "''")
        lines[line - 1] = f"{unquoted['key']}'{quoted}'{lines[line - 1][len(words) :]}"
    return "".join(lines)


def _attempt(text: str) -> Tree:
    try:
        return _composed(_Loader(text))
    except yaml.reader.ReaderError as fault:
        what = f"the character U+{_number(fault.character):04X} cannot stand in a text"
        return Tree(troubles=[Trouble(_place_of(text, fault.position), (), what)])
    except yaml.MarkedYAMLError as fault:
        place, problem = _place(_mark(fault)), fault.problem or fault.context or ""
        return Tree(troubles=[Trouble(place, (), _advice(problem))])


def _mark(fault: yaml.MarkedYAMLError) -> Any:
    """A text without its closing quotation mark is shown at the opening one."""
    unclosed = "end of stream" in (fault.problem or "")
    return fault.context_mark if unclosed else fault.problem_mark or fault.context_mark


def _composed(loader: _Loader) -> Tree:
    node, tree = loader.get_single_node(), Tree()
    tree.value = _value(node, (), tree) if node else None
    if tree.value is None:
        return Tree(troubles=[Trouble(Place(1, 1), (), "the file is empty")])
    paths = {place: path for path, place in tree.places.items()}
    tree.troubles += [Trouble(at, paths.get(at, ()), what) for at, what in loader.refused]
    return tree


def _number(character: str | int) -> int:
    return character if isinstance(character, int) else ord(character)


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


def _place_of(text: str, position: int) -> Place:
    lines = f"{text[:position]}|".splitlines()
    return Place(len(lines), len(lines[-1]))


def _advice(problem: str) -> str:
    return next((advice for words, advice in ADVICE if words in problem), problem)


def _value(node: Any, path: Path, tree: Tree) -> Any:
    tree.places[path] = _place(node.start_mark)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, tree)
    if isinstance(node, yaml.SequenceNode):
        return [_value(part, (*path, place), tree) for place, part in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: yaml.MappingNode, path: Path, tree: Tree) -> dict[str | int, Any]:
    found: dict[str | int, Any] = {}
    for key, (key_node, value_node) in _keys(node, path, tree):
        here = (*path, key)
        if key in found:
            what = f"`{key}` is already given on line {tree.keys[here].line}; keep one"
            tree.troubles.append(Trouble(_place(key_node.start_mark), here, what))
            continue
        tree.keys[here] = _place(key_node.start_mark)
        found[key] = _value(value_node, here, tree)
    return found


def _keys(
    node: yaml.MappingNode, path: Path, tree: Tree
) -> Iterator[tuple[str | int, tuple[yaml.Node, yaml.Node]]]:
    for pair in node.value:
        if isinstance(pair[0], yaml.ScalarNode):
            yield _key(pair[0]), pair
        else:
            what = "a list or a mapping stands before a colon; a text with braces needs quotes"
            tree.troubles.append(Trouble(_place(pair[0].start_mark), path, what))


def _key(node: yaml.ScalarNode) -> str | int:
    """A key is a whole number or text: `true:` and `null:` are words here."""
    key = _scalar(node)
    whole = isinstance(key, int) and not isinstance(key, bool)
    return key if whole else unicodedata.normalize("NFC", node.value)


CORE: tuple[tuple[re.Pattern[str], Callable[[str], Any]], ...] = (
    (re.compile(r"null|Null|NULL|~|"), lambda _: None),
    (re.compile(r"true|True|TRUE|false|False|FALSE"), lambda text: text.lower() == "true"),
    (re.compile(r"[-+]?[0-9]{1,15}"), int),
    (re.compile(r"0o[0-7]{1,15}"), lambda text: int(text[2:], 8)),
    (re.compile(r"0x[0-9a-fA-F]{1,12}"), lambda text: int(text[2:], 16)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
)


def _scalar(node: yaml.ScalarNode) -> Any:
    """A plain scalar by the core schema of YAML 1.2 (section 10.3.2): `no` and `12:30` are text."""
    if node.style is None:
        for pattern, meaning in CORE:
            if pattern.fullmatch(node.value):
                return meaning(node.value)
    return unicodedata.normalize("NFC", node.value)
