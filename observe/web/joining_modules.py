"""Joins a script module with all that it imports into one file, for browsers that should ask once.

Only the forms that the project writes are known: statements that begin at the start of a line, named
imports, exports where a thing is declared, a relative address in quotes. Anything else is refused with
its place.
"""

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

Read = Callable[[str], str]

IMPORT = re.compile(r'^import\s+(?:\{([^{}]*)\}\s*from\s*)?"(\.{1,2}/[^"\n]+)";?[ \t]*$', re.M)
DECLARED = re.compile(r"^export ((?:async )?function\*?|class|const) +([\w$]+)", re.M)
UNKNOWN = {
    "a form of import or export that is not joined": re.compile(
        r"^\s*(import|export)\b(?!\s*[(:])", re.M
    ),
    "an import while the page runs": re.compile(r"\bimport\("),
    "import.meta": re.compile(r"\bimport\.meta\b"),
    "await outside of a function": re.compile(r"^(?!/|.*\basync\b)(\S.*)?\bawait\b", re.M),
}


class CannotJoin(ValueError):
    """A module is written in a way that is not joined; says where and why."""


@dataclass(frozen=True, slots=True)
class Module:
    """One module: its text without imports and exports, and what it takes and gives."""

    name: str
    body: str
    takes: tuple[tuple[str, dict[str, str]], ...]
    gives: tuple[str, ...]


def entries(texts: Mapping[str, str]) -> list[str]:
    """Names of the modules that are asked for by address: those that no other imports."""
    inner = {taken for name, text in texts.items() for taken, _ in _takes(name, text)}
    return sorted(set(texts) - inner)


def join(entry: str, read: Read) -> str:
    """The text of a module with everything that it imports, each in a scope of its own, in their order.

    `read(name)` gives the text of a module, or KeyError where there is none. CannotJoin for such a one,
    for a form that is not known, and for a circle.
    """
    ordered = _in_order(entry, read)
    scope = {module.name: f"module${number}" for number, module in enumerate(ordered)}
    given = {module.name: module.gives for module in ordered}
    lines = [f"const {scope[m.name]} = {_scoped(m, scope, given)};" for m in ordered[:-1]]
    last = _scoped(ordered[-1], scope, given)
    names = ", ".join(ordered[-1].gives)
    return "\n".join([*lines, f"export const {{ {names} }} = {last};" if names else f"{last};", ""])


def _in_order(entry: str, read: Read) -> list[Module]:
    """What a module needs stands before it, as a browser would run them."""
    found: dict[str, Module] = {}

    def visit(name: str, way: tuple[str, ...]) -> None:
        if name in way:
            raise CannotJoin(
                f"{' imports '.join((*way, name))}: modules in a circle are not joined."
            )
        if name in found:
            return
        module = _parsed(name, _text(name, read, way))
        for taken, _ in module.takes:
            visit(taken, (*way, name))
        found[name] = module

    visit(entry, ())
    return list(found.values())


def _text(name: str, read: Read, way: tuple[str, ...]) -> str:
    try:
        return read(name)
    except KeyError:
        raise CannotJoin(f"{' imports '.join((*way, name))}: there is no such module.") from None


def _parsed(name: str, text: str) -> Module:
    body = DECLARED.sub(r"\1 \2", IMPORT.sub("", text))
    for words, form in UNKNOWN.items():
        if found := form.search(body):
            line = next((each for each in found[0].splitlines() if each.strip()), "").strip()
            raise CannotJoin(f"{name}: {words}: {line}")
    return Module(name, body, tuple(_takes(name, text)), _gives(text))


def _takes(name: str, text: str) -> Iterable[tuple[str, dict[str, str]]]:
    """Each module that is imported, with {name there: name here}."""
    for names, address in IMPORT.findall(text):
        yield _beside(name, address), dict(_pairs(names))


def _gives(text: str) -> tuple[str, ...]:
    """The names that a module exports."""
    return tuple(name for _, name in DECLARED.findall(text))


def _pairs(names: str) -> Iterable[tuple[str, str]]:
    """(`a`, `b`) for `a as b`, (`a`, `a`) for `a`."""
    for each in filter(None, (part.strip() for part in names.split(","))):
        first, _, second = each.partition(" as ")
        yield first.strip(), second.strip() or first.strip()


def _scoped(module: Module, scope: Mapping[str, str], given: Mapping[str, tuple[str, ...]]) -> str:
    """The module as a function that runs at once and answers what it exports."""
    head = [_taking(module.name, taken, names, scope, given) for taken, names in module.takes]
    gives = f"return {{ {', '.join(module.gives)} }};"
    return "\n".join(["(() => {", *filter(None, head), module.body, gives, "})()"])


def _taking(
    name: str,
    taken: str,
    names: dict[str, str],
    scope: Mapping[str, str],
    given: Mapping[str, tuple[str, ...]],
) -> str:
    if missing := set(names) - set(given[taken]):
        raise CannotJoin(f"{name}: {taken} does not export {', '.join(sorted(missing))}.")
    wanted = ", ".join(f"{outside}: {inside}" for outside, inside in names.items())
    return f"const {{ {wanted} }} = {scope[taken]};" if wanted else ""


def _beside(name: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), address))
