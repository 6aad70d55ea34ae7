"""The talk, rules from talks, exercises, certification in use, planning, mail and reflections."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from observe.core.meaning import meaning
from observe.core.rubric_json import from_json
from observe.storage.schema import wall
from observe.storage.tables.base import Json

revision = "0007"
down_revision = "0006"

Columns = Mapping[str, sa.types.TypeEngine[Any]]


def upgrade() -> None:
    """Each family of tables in a function of its own."""
    _talk()
    _precedents()
    _planning()
    _exercises()
    _takings()
    _observers_met()
    _mail()
    _certification()
    _reflections()


def _talk() -> None:
    """Third readings, what each would tell the teacher, and scripts laid beside each other in time."""
    lesson: Columns = {"lesson_id": sa.Uuid()}
    moment = sa.DateTime(timezone=True)
    _make(
        "third_reading",
        key={**lesson, "criterion": sa.String()},
        needed={"asked_by": sa.Uuid(), "asked_at": moment},
        open_={
            "assigned_to": sa.Uuid(),
            "taken_by": sa.Uuid(),
            "taken_at": moment,
            "level": sa.Integer(),
            "reason": sa.String(),
            "answered_at": moment,
        },
        belongs={
            "lesson_id": "lesson",
            "asked_by": "person",
            "assigned_to": "person",
            "taken_by": "person",
        },
    )
    _index("third_reading", "answered_at")
    _make(
        "feedback_choice",
        key={**lesson, "person_id": sa.Uuid()},
        needed={"strength": sa.String(), "next_step": sa.String(), "at": moment},
        belongs={"lesson_id": "lesson", "person_id": "person"},
    )
    op.add_column("observation", sa.Column("shift_minutes", sa.Integer(), nullable=True))


def _precedents() -> None:
    """For which words each rule from a talk holds, who doubts it, and whether it was retired."""
    moment = sa.DateTime(timezone=True)
    op.add_column("precedent", sa.Column("retired_at", moment, nullable=True))
    op.add_column("precedent", sa.Column("retired_because", sa.String(), nullable=True))
    for table, column in (("precedent", "lesson_id"), ("lesson", "starts_at")):
        name = op.f(f"ix_{table}_network_id_{column}")
        op.create_index(name, table, ["network_id", column], unique=False)
    _make(
        "precedent_meaning",
        key={"precedent_id": sa.Uuid(), "meaning": sa.String()},
        needed={"version": sa.String(), "at": moment},
        belongs={"precedent_id": "precedent"},
    )
    _make(
        "precedent_doubt",
        key={"precedent_id": sa.Uuid(), "person_id": sa.Uuid()},
        needed={"at": moment},
        belongs={"precedent_id": "precedent", "person_id": "person"},
    )
    networks = sa.table("network", sa.column("id", sa.Uuid()))
    for network_id in op.get_bind().scalars(sa.select(networks.c.id)).all():
        _enter(network_id)
        _say_the_meaning(network_id)


def _enter(network_id: object) -> None:
    """Go behind the wall of one network."""
    if op.get_bind().dialect.name == "postgresql":
        setting = sa.text("SELECT set_config('observe.network', :network, true)")
        op.get_bind().execute(setting, {"network": str(network_id)})


def _say_the_meaning(network_id: object) -> None:
    """A rule from before holds for the words with which its lesson was observed."""
    told = sa.text(
        "SELECT p.id, p.criterion, p.at, v.digest, v.body FROM precedent AS p"
        " JOIN lesson AS l ON l.network_id = p.network_id AND l.id = p.lesson_id"
        " JOIN rubric_version AS v ON v.network_id = l.network_id AND v.digest = l.rubric_digest"
        " WHERE p.network_id = :network"
    ).columns(id=sa.Uuid(), at=sa.DateTime(timezone=True), body=Json)
    mine = sa.bindparam("network", network_id, type_=sa.Uuid())
    kept = [_held(network_id, row) for row in op.get_bind().execute(told.bindparams(mine))]
    columns = ("network_id", "precedent_id", "meaning", "version", "at")
    types: Columns = {
        "network_id": sa.Uuid(),
        "precedent_id": sa.Uuid(),
        "at": sa.DateTime(timezone=True),
    }
    table = sa.table("precedent_meaning", *(sa.column(name, types.get(name)) for name in columns))
    if found := [row for row in kept if row]:
        op.get_bind().execute(sa.insert(table), found)


def _held(network_id: object, row: sa.Row[Any]) -> dict[str, object] | None:
    criterion = from_json(row.body).find(row.criterion)
    if criterion is None:
        return None
    return {
        "network_id": network_id,
        "precedent_id": row.id,
        "meaning": meaning(criterion),
        "version": row.digest,
        "at": row.at,
    }


def _planning() -> None:
    """When people are free, away or teaching, and how many visits a year a school wants at most."""
    whose: Columns = {"person_id": sa.Uuid()}
    key: Columns = {**whose, "weekday": sa.Integer(), "part": sa.String()}
    _make("free_time", key=key, belongs={"person_id": "person"})
    days: Columns = {**whose, "first_day": sa.Date(), "last_day": sa.Date()}
    _make("away", key={"id": sa.Uuid()}, needed=days, belongs={"person_id": "person"})
    _index("away", "person_id", "last_day")
    _make(
        "taught_time",
        key={"id": sa.Uuid()},
        needed={
            **whose,
            "school_id": sa.Uuid(),
            "weekday": sa.Integer(),
            "begins_at": sa.Time(),
            "minutes": sa.Integer(),
            "school_subject": sa.String(),
        },
        open_={"class_id": sa.Uuid()},
        belongs={"person_id": "person", "school_id": "school", "class_id": "class"},
    )
    _index("taught_time", "person_id", "weekday")
    _make(
        "taken_out",
        key={"lesson_id": sa.Uuid(), **whose},
        needed={
            "observation_id": sa.Uuid(),
            "capacity": sa.String(),
            "at": sa.DateTime(timezone=True),
        },
        belongs={"lesson_id": "lesson", "person_id": "person"},
    )
    op.add_column("school", sa.Column("visit_cap", sa.Integer(), nullable=True))


def _exercises() -> None:
    """Exercises with the reference of two experts, and the groups that take one together."""
    moment = sa.DateTime(timezone=True)
    words: Columns = {"title": sa.String(), "link": sa.String(), "text": sa.String()}
    numbers: Columns = {"minutes": sa.Integer(), "version": sa.Integer(), "use": sa.String()}
    people: Columns = {"expert_a": sa.Uuid(), "expert_b": sa.Uuid(), "made_by": sa.Uuid()}
    rated: Columns = {"rubric_digest": sa.String(), "criteria": Json, "made_at": moment}
    ends: Columns = {
        **{"mends": sa.Uuid(), "published_by": sa.Uuid(), "published_at": moment},
        **{"withdrawn_by": sa.Uuid(), "withdrawn_at": moment, "withdraw_reason": sa.String()},
    }
    named = dict.fromkeys((*people, "published_by", "withdrawn_by"), "person")
    belongs = {**named, "mends": "exercise", "rubric_digest": "rubric_version.digest"}
    needed = {**words, **numbers, **people, **rated}
    _make("exercise", key={"id": sa.Uuid()}, needed=needed, open_=ends, belongs=belongs)
    settled: Columns = {"level": sa.Integer(), "reason": sa.String(), "revision": sa.Integer()}
    _make(
        "exercise_reference",
        key={"exercise_id": sa.Uuid(), "criterion": sa.String()},
        needed={**settled, "by": sa.Uuid(), "at": moment},
        belongs={"exercise_id": "exercise", "by": "person"},
    )
    opened: Columns = {"opened_by": sa.Uuid(), "opened_at": moment}
    _make(
        "exercise_session",
        key={"id": sa.Uuid()},
        needed={"exercise_id": sa.Uuid(), "held_on": sa.Date(), "code": sa.String(), **opened},
        open_={"revealed_at": moment, "called_off_at": moment},
        belongs={"exercise_id": "exercise", "opened_by": "person"},
    )
    _index("exercise_session", "exercise_id")
    _index("exercise_session", "code", unique=True)


def _takings() -> None:
    """Who takes an exercise, what they give, and when they opened their own figures over several."""
    moment = sa.DateTime(timezone=True)
    whose: Columns = {"exercise_id": sa.Uuid(), "person_id": sa.Uuid()}
    _make(
        "exercise_taking",
        key={"id": sa.Uuid()},
        needed={**whose, "mode": sa.String(), "attempt": sa.Integer(), "knew": sa.Boolean()},
        open_={"session_id": sa.Uuid(), "begun_at": moment, "finished_at": moment},
        belongs={
            "exercise_id": "exercise",
            "person_id": "person",
            "session_id": "exercise_session",
        },
    )
    _index("exercise_taking", "person_id")
    attempt = ("exercise_id", "person_id", "mode", "attempt")
    _index("exercise_taking", *attempt, unique=True, name="ix_exercise_taking_attempt")
    once = ("session_id", "person_id")
    _index("exercise_taking", *once, unique=True, name="ix_exercise_taking_session")
    _make(
        "exercise_rating",
        key={"taking_id": sa.Uuid(), "criterion": sa.String()},
        needed={"value": sa.String(), "note": sa.String(), "at": moment},
        open_={"fixed_at": moment},
        belongs={"taking_id": "exercise_taking"},
    )
    _make(
        "exercise_figures_opened",
        key={"person_id": sa.Uuid()},
        needed={"at": moment},
        belongs={"person_id": "person"},
    )


def _observers_met() -> None:
    """Who has observed with whom is read from an index alone, without the ratings beside it."""
    met = "observer_a", "observer_b", "left_out", "observed_on", "school_id", "rubric_digest"
    _index("paired_lesson", *met, name="ix_paired_lesson_met")


def _mail() -> None:
    """Mails on their way, which kinds somebody does without, and addresses of calendars."""
    moment = sa.DateTime(timezone=True)
    words: Columns = {"kind": sa.String(), "person_id": sa.Uuid(), "address": sa.String()}
    texts = ("subject", "body", "calendar", "once", "last_error", "dropped_because")
    moments = ("until", "not_before", "lease_until", "sent_at", "dropped_at")
    open_: Columns = {
        "about_id": sa.Uuid(),
        **dict.fromkeys(texts, sa.String()),
        **dict.fromkeys(moments, moment),
    }
    needed: Columns = {**words, "made_at": moment, "tries": sa.Integer()}
    whose = {"person_id": "person"}
    _make("outbox", key={"id": sa.Uuid()}, needed=needed, open_=open_, belongs=whose)
    for columns in (("not_before",), ("person_id", "about_id"), ("made_at",)):
        _index("outbox", *columns)
    _index("outbox", "once", unique=True)
    off: Columns = {"person_id": sa.Uuid(), "choice": sa.String()}
    _make("mail_off", key=off, needed={"at": moment}, belongs=whose)
    kept: Columns = {"token_hash": sa.String(), "made_at": moment}
    _make("calendar_link", key={"person_id": sa.Uuid()}, needed=kept, belongs=whose)
    _index("calendar_link", "token_hash", unique=True)
    at_first, kind = sa.false(), sa.Boolean()
    tells = sa.Column[bool]("tells_teachers", kind, server_default=at_first, nullable=False)
    op.add_column("school", tells)


def _certification() -> None:
    """What a result is of, certificates set by hand, and re-checks with what was agreed on them."""
    moment = sa.DateTime(timezone=True)
    for name, usual in (("source", "lessons"), ("kind", "look")):
        column = sa.Column(name, sa.String(), server_default=usual, nullable=False)
        op.add_column("certification_result", column)
    who: Columns = {"by": sa.Uuid(), "at": moment}
    _make(
        "certificate_by_hand",
        key={"id": sa.Uuid()},
        needed={"person_id": sa.Uuid(), "hand": sa.String(), "reason": sa.String(), **who},
        open_={"until": sa.Date()},
        belongs={"person_id": "person", "by": "person"},
    )
    _index("certificate_by_hand", "person_id", "at")
    numbers: Columns = {"most": sa.Integer(), "first_weeks": sa.Integer()}
    agreed: Columns = {"unannounced": sa.Boolean(), **numbers, "only_free": sa.Boolean()}
    _make(
        "recheck_limit",
        key={"version": sa.Integer()},
        needed={**agreed, **who},
        belongs={"by": "person"},
    )
    _make(
        "planned_recheck",
        key={"lesson_id": sa.Uuid(), "person_id": sa.Uuid()},
        needed={"day": sa.Date(), **who},
        belongs={"lesson_id": "lesson", "person_id": "person", "by": "person"},
    )


def _reflections() -> None:
    """What observers write for themselves alone on how they observed."""
    moment = sa.DateTime(timezone=True)
    words = dict.fromkeys(("looked_at", "missed", "next_time"), sa.String())
    _make(
        "reflection",
        key={"person_id": sa.Uuid(), "lesson_id": sa.Uuid()},
        needed={**words, "revision": sa.Integer(), "changed_at": moment},
        open_={"tried_at": moment},
        belongs={"person_id": "person", "lesson_id": "lesson"},
    )


def _make(
    table: str,
    *,
    key: Columns,
    needed: Columns | None = None,
    open_: Columns | None = None,
    belongs: Mapping[str, str] | None = None,
) -> None:
    """A tenant's table: its key after the network, columns that must and that may be filled.

    `belongs` names the table of which each of these columns holds an id.
    """
    op.create_table(
        table,
        sa.Column("network_id", sa.Uuid(), nullable=False),
        *(
            sa.Column(name, kind, nullable=False)
            for name, kind in {**key, **(needed or {})}.items()
        ),
        *(sa.Column(name, kind, nullable=True) for name, kind in (open_ or {}).items()),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f(f"fk_{table}_network_id")
        ),
        *(_belongs(table, column, to) for column, to in (belongs or {}).items()),
        sa.PrimaryKeyConstraint("network_id", *key, name=op.f(f"pk_{table}")),
    )
    for statement in wall(table) if op.get_bind().dialect.name == "postgresql" else ():
        op.execute(statement)


def _index(table: str, *columns: str, unique: bool = False, name: str = "") -> None:
    """An index after the network, named as the tables name theirs unless it has a name of its own."""
    led = ("network_id", *columns)
    op.create_index(op.f(name or f"ix_{table}_{'_'.join(led)}"), table, led, unique=unique)


def _belongs(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    there, _dot, key = to.partition(".")
    return sa.ForeignKeyConstraint(
        ["network_id", column],
        [f"{there}.network_id", f"{there}.{key or 'id'}"],
        name=op.f(f"fk_{table}_network_id_{column}"),
    )
