"""Every row that a network owns, as it may leave: no secrets, nothing private, nothing that hides still.

Each table is told whole unless it is named here: not at all (`LEFT_OUT`), without some columns (`SECRET`),
only some rows (`_only`), or with columns that are empty unless something holds (`VEILED`).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, case, func, null, or_, select

from observe.core.mail import MailKind
from observe.storage.database import NetworkSession
from observe.storage.subject_rows import open_lessons, open_to_others
from observe.storage.tables import Base
from observe.storage.tables.lessons import Observation
from observe.storage.tenancy import tenants_tables

AT_ONCE = 500
TABLES = Base.metadata.tables
Row = Mapping[str, Any]
_ALONE = "written for its author alone"
_TWO = "open to the two of a coaching partnership alone"
_ANONYMOUS = "answers of leadership feedback are nobody's but the leader's, and name nobody"
_ASSESSED = "open to whoever is assessed and whoever assesses them alone"

LEFT_OUT: Mapping[str, str] = {
    "reflection": _ALONE,
    "learning_log": _ALONE,
    "exercise_rating": "what somebody gives in practice is theirs",
    **{f"coaching_{each}": _TWO for each in ("partnership", "turn", "goal", "session", "feedback")},
    "leadership_rater": _ANONYMOUS,
    "leadership_answer": _ANONYMOUS,
    "assessing_rating": _ASSESSED,
    "assessing_lesson": _ASSESSED,
    "assessing_suggestion": _ASSESSED,
    "operation": "how records were written; what they hold is in record_field",
    "reused_operation": "what was refused",
    "one_time_link": "secrets",
    "people_upload": "a file that waits for a day at most",
    "network_end": "about this network's deletion alone",
    "erased_key": "digests under the secret of this installation, which mean nothing elsewhere",
    "erase_again": "who is still to be erased once more",
}
SECRET: Mapping[str, tuple[str, ...]] = {
    "person": ("sequence",),
    "visit": ("token_hash",),
    "device": ("grant_hash", "ahead", "acknowledged_through"),
    "calendar_link": ("token_hash",),
    "outbox": ("subject", "body", "calendar", "last_error", "about_id", "once"),
    "leadership_round": ("told",),
    "exercise_session": ("code",),
    "lesson": ("pair_code",),
    "observation": ("state_hash",),
    "resealed_record": ("before", "after"),
    "certification_result": ("points", "share", "low", "high", "probability", "chance"),
}
# Columns that are empty unless the condition of that name holds.
VEILED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "observation": (
        "open",
        ("state", "revision", "observed_on", "begun_at", "sealed_at", "reason", "shift_minutes"),
    ),
    "paired_rating": ("graded", ("level_a", "level_b")),
    "paired_lesson": ("graded", ("levels",)),
    "agreed_rating": ("lesson graded", ("level",)),
    "third_reading": ("lesson graded", ("level",)),
    "exercise_reference": ("exercise graded", ("level",)),
    "target": ("of a summary", ("text", "when", "see")),
    "target_event": ("event of a summary", ("reason",)),
    "summary": ("sent", ("lines", "missing", "set_aside")),
    "history": ("plain", ("details",)),
}
_PLAIN = (
    "person",
    "school",
    "team",
    "class",
    "network",
    "rubric",
    "programme",
    "workshop",
    "device",
)
_PICKED = ("feedback picked", "feedback pick taken back")


def told_tables() -> list[Table]:
    """The tables that are exported, parents first."""
    return [table for table in tenants_tables() if table.name not in LEFT_OUT]


def told_columns(table: Table) -> list[Column[Any]]:
    """The columns of a table that are told; the network is the same in all."""
    hidden = ("network_id", *SECRET.get(table.name, ()))
    return [column for column in table.columns if column.name not in hidden]


def rows(session: NetworkSession, table: Table, *, today: date) -> Iterator[Row]:
    """What is told of each row of a table, in the order of its key; read a few at a time."""
    condition, veiled = VEILED.get(table.name, ("", ()))
    holds = _holds(session, table, condition) if condition else None
    columns = [
        _veil(column, holds) if column.name in veiled and holds is not None else column
        for column in told_columns(table)
    ]
    here = table.c.network_id == session.network_id
    query: Select[*tuple[Any, ...]] = select(*columns).where(
        here, *_only(session, table, today=today)
    )
    ordered = query.order_by(*table.primary_key)
    for row in session.execute(ordered, execution_options={"yield_per": AT_ONCE}):
        yield dict(row._mapping)


def _veil(column: Column[Any], holds: ColumnElement[bool]) -> ColumnElement[Any]:
    return case((holds, column), else_=null()).label(column.name)


def count(session: NetworkSession, table: Table) -> int:
    """How many rows of a table a network has, told or not."""
    here = table.c.network_id == session.network_id
    return session.scalars(select(func.count()).select_from(table).where(here)).one()


def _only(session: NetworkSession, table: Table, *, today: date) -> list[ColumnElement[bool]]:
    """The rows of a table that are told, where not all of them are."""
    c = table.c
    match table.name:
        case "record_field":
            return [_field_is_told(session)]
        case "feedback_choice" | "third_reading":
            return [c.lesson_id.in_(open_lessons(session))]
        case "summary_text" | "summary_comment":
            return [c.summary_id.in_(_ids(session, "summary", "state", "released"))]
        case "phrase":
            return [c.shared.is_(True)]
        case "history":
            return [open_to_others(c.thing), c.thing != "observation", c.did.not_in(_PICKED)]
        case "read_log":
            return [open_to_others(c.thing)]
        case "outbox":
            return [c.kind != MailKind.LEADERSHIP]
        case "planned_recheck":
            return [c.day < today]
        case "newsletter":
            return [c.published_at.is_not(None)]
        case "improvement_cycle":
            return [c.of_group.is_(True)]
        case "cycle_member" | "cycle_point" | "cycle_step":
            return [c.cycle_id.in_(_ids(session, "improvement_cycle", "of_group", True))]
    return []


def _ids(session: NetworkSession, table: str, column: str, value: Any) -> Select[Any]:
    c = TABLES[table].c
    return select(c.id).where(c.network_id == session.network_id, c[column] == value)


def _holds(session: NetworkSession, table: Table, condition: str) -> ColumnElement[bool]:
    c = table.c
    match condition:
        case "open":
            return c.lesson_id.in_(open_lessons(session))
        case "graded":
            return c.rubric_digest.in_(_graded(session))
        case "lesson graded":
            return c.lesson_id.in_(_by_graded(session, "lesson"))
        case "exercise graded":
            return c.exercise_id.in_(_by_graded(session, "exercise"))
        case "of a summary":
            return c.summary_id.is_not(None)
        case "event of a summary":
            target = TABLES["target"].c
            here = target.network_id == session.network_id
            return c.target_id.in_(select(target.id).where(here, target.summary_id.is_not(None)))
        case "sent":
            return c.state == "released"
        case "plain":
            return c.thing.in_(_PLAIN)
    raise KeyError(condition)


def _graded(session: NetworkSession) -> Select[Any]:
    c = TABLES["rubric_version"].c
    return select(c.digest).where(c.network_id == session.network_id, c.graded.is_(True))


def _by_graded(session: NetworkSession, table: str) -> Select[Any]:
    c = TABLES[table].c
    here = c.network_id == session.network_id
    return select(c.id).where(here, c.rubric_digest.in_(_graded(session)))


def _field_is_told(session: NetworkSession) -> ColumnElement[bool]:
    """Fields of open records: no private note, and no level of a rubric without grades."""
    c, o = TABLES["record_field"].c, Observation
    opened = select(o.id).where(
        o.network_id == session.network_id, o.lesson_id.in_(open_lessons(session))
    )
    graded = select(o.id).where(
        o.network_id == session.network_id, o.lesson_id.in_(_by_graded(session, "lesson"))
    )
    public = c.observation_id.in_(opened) & ~_is_private(session)
    return public & or_(c.field.not_like("rating/%"), c.observation_id.in_(graded))


def _is_private(session: NetworkSession) -> ColumnElement[bool]:
    """Whether the note of a field is marked as private, or as for safeguarding."""
    c, marks = TABLES["record_field"].c, TABLES["record_field"].alias("mark")
    same = (
        marks.c.network_id == session.network_id,
        marks.c.observation_id == c.observation_id,
        marks.c.value == "true",
    )
    note = func.substr(c.field, 1, len("note/") + 36)
    marked = marks.c.field.in_((note + "/private", note + "/safeguarding"))
    return select(marks.c.field).where(*same, marked).exists() & c.field.like("note/%")
