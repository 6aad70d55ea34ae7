"""`observe people`: schools, classes and staff from the file of another system."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import click

from observe.cli.installation import as_it_is, network_id, prepared
from observe.core import column_mapping
from observe.core.errors import Invalid
from observe.core.oneroster_zip import LARGEST_ZIP
from observe.core.permissions import RoleKind
from observe.core.roster import IN_A_SCHOOL, Choices
from observe.core.roster_deeds import Change, Effect
from observe.core.table_file import Fault
from observe.services import people_files, people_files_reading
from observe.services.people_files import Look
from observe.services.people_files_reading import AGAIN, TABLE, Brought
from observe.settings import from_environment
from observe.storage.database import NetworkSession

SIGNS = {
    Effect.NEW: "+",
    Effect.CHANGED: "~",
    Effect.LEAVING: "-",
    Effect.BACK: "^",
    Effect.NOTE: "?",
}


@click.group("people")
def command() -> None:
    """Take in schools, teams, classes and staff from a file of another system."""


@command.command("import", short_help="Say what a file would change, or change it.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", "dry", is_flag=True, help="Say what would change; change nothing.")
@click.option("--apply", "applies", is_flag=True, help="Make the changes, all or none.")
@click.option("--as-seen", metavar="FINGERPRINT", help="Only what a dry run with this end said.")
@click.option("--sure", is_flag=True, help="Even where many would leave.")
@click.option("--erased-too", "again", is_flag=True, help="Whoever was erased comes as new.")
@click.option("--source", default="", help="The system that the file comes from.")
@click.option("--administrators-are-heads", "heads", is_flag=True, help="Of a OneRoster zip.")
@click.option("--pupils", is_flag=True, help="Keep names of pupils as class lists.")
@click.option(
    "--column", "columns", multiple=True, metavar="WHAT=HEADING", help="Of a CSV file; repeat it."
)
@click.option(
    "--means", multiple=True, metavar="WORD=ROLE", help="A word for a role, of a CSV file."
)
@click.option("--role", default="", help="Of everybody in a CSV file without a column for it.")
@click.option("--school", default="", help="Of everybody in a CSV file without a column for it.")
@click.option("--whole/--part", default=None, help="Whether a CSV file lists everybody.")
@click.option("--network", "name", help="The network's name, where there are several.")
def from_file(
    file: Path,
    dry: bool,
    applies: bool,
    as_seen: str | None,
    sure: bool,
    again: bool,
    source: str,
    heads: bool,
    pupils: bool,
    columns: Sequence[str],
    means: Sequence[str],
    role: str,
    school: str,
    whole: bool | None,
    name: str | None,
) -> None:
    """Take in FILE: a zip in the format OneRoster 1.1 or 1.2, or a CSV file.

    --dry-run says line by line what would change and ends with a fingerprint; --apply makes the changes in
    one transaction. With any fault in the file nothing is changed and each fault is told by file and line.
    What --column, --means, --role, --school and --whole say is kept for the next file of the --source.
    """
    if dry == applies:
        raise Invalid("Say either --dry-run or --apply.")
    said = _Said(columns, means, role, school, whole)
    today = datetime.now(UTC).date()
    choices = Choices(RoleKind.HEAD if heads else None, pupils=pupils, today=today)
    asked = _Asked(file, source, choices, said, again)
    look = _shown(asked, name) if dry else _done(asked, name, as_seen, sure=sure)
    click.echo("\n".join(_told(look)))


def _shown(asked: "_Asked", network: str | None) -> Look:
    """What the file would do; nothing is changed."""
    with as_it_is() as database, database.read(network_id(database, network)) as session:
        look = asked.look(session)
    _refuse(look)
    return look


def _done(asked: "_Asked", network: str | None, seen: str | None, *, sure: bool) -> Look:
    """What the file did."""
    at = datetime.now(UTC)
    with prepared() as database, database.write(network_id(database, network)) as session:
        look = asked.look(session)
        _refuse(look)
        people_files.apply(session, look, seen=seen, sure=sure, by=None, at=at)
    return look


@dataclass(frozen=True, slots=True)
class _Asked:
    """A file with all that was said of it."""

    file: Path
    source: str
    choices: Choices
    said: "_Said"
    again: bool

    def look(self, session: NetworkSession) -> Look:
        """What the file would do, as it was read; Invalid with every fault."""
        read = self.brought(session)
        brought = replace(read, settings={**read.settings, AGAIN: self.again})
        secret = from_environment().secret_key
        return people_files.look(session, brought, by=None, secret=secret)

    def brought(self, session: NetworkSession) -> Brought:
        """The file as it was read; Invalid with every fault."""
        brought = people_files_reading.read(
            session,
            _content(self.file),
            file=self.file.name,
            source=self.source,
            choices=self.choices,
        )
        if brought.faults:
            _end(brought.faults)
        return self.said.on(brought) if brought.kind == TABLE else brought


class _Said:
    """What the options say of the columns of a CSV file."""

    def __init__(
        self,
        columns: Sequence[str],
        means: Sequence[str],
        role: str,
        school: str,
        whole: bool | None,
    ) -> None:
        self.columns = dict(_pair(each, "--column", column_mapping.FIELDS) for each in columns)
        self.means = {word: kind for kind, word in (_means(each) for each in means)}
        if role and role not in set(IN_A_SCHOOL):
            raise Invalid(f"--role must be one of {', '.join(IN_A_SCHOOL)}.")
        self.role, self.school, self.whole = role, school, whole

    def on(self, brought: Brought) -> Brought:
        """The file with what was said in place of what was kept or guessed."""
        kept = column_mapping.from_json(brought.settings)
        mapping = replace(
            kept,
            columns={**kept.columns, **self.columns},
            roles={**kept.roles, **self.means},
            role=self.role or kept.role,
            school=self.school or kept.school,
            whole=kept.whole if self.whole is None else self.whole,
        )
        return replace(brought, settings=column_mapping.as_json(mapping))


def _pair(text: str, option: str, known: Sequence[str]) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or name not in known:
        raise Invalid(f"{option} {text}: write one of {', '.join(known)}, = and the heading.")
    return name, value


def _means(text: str) -> tuple[str, str]:
    """The role and the word of `--means WORD=ROLE`."""
    word, equals, kind = text.rpartition("=")
    known = (*IN_A_SCHOOL, column_mapping.NOBODY)
    if not equals or kind not in known:
        raise Invalid(f"--means {text}: write the word, = and one of {', '.join(known)}.")
    return kind, word


def _content(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(LARGEST_ZIP + 1)


def _refuse(look: Look) -> None:
    """Invalid with every fault, and with what must be said of the columns first."""
    if look.lacking:
        words = (_asked(look, each) for each in look.lacking)
        raise Invalid("\n".join(words))
    if look.difference.faults:
        _end(look.difference.faults)


def _asked(look: Look, name: str) -> str:
    if name == "roles" and look.table is not None:
        words = column_mapping.strange_roles(look.table, look.mapping)
        unknown = [word for word in words if word not in look.mapping.roles]
        return f"Say what these words for roles mean, as --means WORD=ROLE: {', '.join(unknown)}."
    return {
        "name": "Say which column has the name: --column name=HEADING, or first= and last=.",
        "email": "Say which column has the e-mail address or a number: --column email=HEADING.",
        "role": "Say which column has the role: --column role=HEADING, or --role for everybody.",
        "school": "Say which column has the school: --column school=HEADING, or --school.",
    }[name]


def _end(faults: Sequence[Fault]) -> None:
    raise Invalid("\n".join((*map(str, faults), "Nothing was changed.")))


def _told(look: Look) -> Iterator[str]:
    """Line by line what becomes of whom, then how many, then the fingerprint."""
    yield from (_line(change) for change in look.difference.changes)
    counts = people_files.counts(look.difference)
    yield ", ".join(f"{name}: {count}" for name, count in counts.items())
    left_out = ", ".join(f"{word} {count}" for word, count in look.sent.left_out.items())
    if left_out:
        yield f"Not taken in: {left_out}."
    yield from look.sent.notes
    if look.difference.erased and not look.brought.again:
        yield "Whoever was erased here is left out. If they are back: --erased-too."
    if look.many_leave:
        yield "Many people leave: look whether the file is whole. --apply then needs --sure."
    yield f"Fingerprint: {look.fingerprint}"


def _line(change: Change) -> str:
    where = f"  [{change.file}, line {change.line}]" if change.line else ""
    kind = "" if change.kind == "person" else f"{change.kind} "
    said = "; ".join(word for word in change.words if word)
    return f"{SIGNS[change.effect]} {kind}{change.who}{said and f': {said}'}{where}"
