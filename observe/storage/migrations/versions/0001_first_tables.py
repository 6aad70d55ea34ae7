"""The first tables, with a wall between networks on PostgreSQL."""

import sqlalchemy as sa
from alembic import op

from observe.storage.schema import wall
from observe.storage.tables.base import Instant, Json

revision = "0001"
down_revision = None

TENANTS = (
    "history",
    "person",
    "school",
    "class",
    "device",
    "figures_opened",
    "one_time_link",
    "operation",
    "read_log",
    "reused_operation",
    "rubric_version",
    "team",
    "visit",
    "lesson",
    "role",
    "agreed_rating",
    "observation",
    "pair",
    "pair_closing",
    "paired_rating",
    "precedent",
    "summary",
    "observation_alias",
    "record_field",
    "reply",
    "summary_comment",
    "summary_version",
    "target",
)


def upgrade() -> None:
    op.create_table(
        "network",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("epoch", sa.Uuid(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network")),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("people", Json, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", Instant(), nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("email", name=op.f("uq_sign_in_email")),
    )
    op.create_table(
        "history",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("did", sa.String(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("thing_id", sa.String(), nullable=False),
        sa.Column("details", Json, nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_history_network_id")),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_history")),
    )
    op.create_index(
        op.f("ix_history_network_id_thing_thing_id"),
        "history",
        ["network_id", "thing", "thing_id"],
        unique=False,
    )
    op.create_table(
        "person",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("left_at", Instant(), nullable=True),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_person_network_id")),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_person")),
        sa.UniqueConstraint("network_id", "email", name=op.f("uq_person_network_id_email")),
    )
    op.create_index(
        op.f("ix_person_network_id_name"), "person", ["network_id", "name"], unique=False
    )
    op.create_table(
        "school",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("review_needed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_school_network_id")),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_school")),
        sa.UniqueConstraint("network_id", "name", name=op.f("uq_school_network_id_name")),
    )
    op.create_table(
        "class",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "school_id"],
            ["school.network_id", "school.id"],
            name=op.f("fk_class_network_id_school_id"),
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_class_network_id")),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_class")),
        sa.UniqueConstraint(
            "network_id", "school_id", "name", name=op.f("uq_class_network_id_school_id_name")
        ),
    )
    op.create_table(
        "device",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("grant_hash", sa.String(), nullable=False),
        sa.Column("acknowledged_through", sa.BigInteger(), nullable=False),
        sa.Column("ahead", Json, nullable=False),
        sa.Column("registered_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id", "person_id"],
            ["person.network_id", "person.id"],
            name=op.f("fk_device_network_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_device_network_id")),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_device")),
    )
    op.create_index(
        op.f("ix_device_network_id_person_id"), "device", ["network_id", "person_id"], unique=False
    )
    op.create_table(
        "figures_opened",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "person_id"],
            ["person.network_id", "person.id"],
            name=op.f("fk_figures_opened_network_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_figures_opened_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "person_id", name=op.f("pk_figures_opened")),
    )
    op.create_table(
        "one_time_link",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id", "person_id"],
            ["person.network_id", "person.id"],
            name=op.f("fk_one_time_link_network_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_one_time_link_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_one_time_link")),
        sa.UniqueConstraint(
            "network_id", "token_hash", name=op.f("uq_one_time_link_network_id_token_hash")
        ),
    )
    op.create_table(
        "operation",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("op_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("observation_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=True),
        sa.Column("device_seq", sa.BigInteger(), nullable=False),
        sa.Column("lamport", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=True),
        sa.Column("previous", sa.Uuid(), nullable=True),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "person_id"],
            ["person.network_id", "person.id"],
            name=op.f("fk_operation_network_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_operation_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "op_id", name=op.f("pk_operation")),
    )
    op.create_index(
        op.f("ix_operation_network_id_device_id_device_seq"),
        "operation",
        ["network_id", "device_id", "device_seq"],
        unique=False,
    )
    op.create_index(
        op.f("ix_operation_network_id_observation_id_kind_field"),
        "operation",
        ["network_id", "observation_id", "kind", "field"],
        unique=False,
    )
    op.create_index(
        op.f("ix_operation_network_id_person_id_sequence"),
        "operation",
        ["network_id", "person_id", "sequence"],
        unique=False,
    )
    op.create_table(
        "read_log",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("thing_id", sa.String(), nullable=False),
        sa.Column("hour", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "person_id"],
            ["person.network_id", "person.id"],
            name=op.f("fk_read_log_network_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_read_log_network_id")
        ),
        sa.PrimaryKeyConstraint(
            "network_id", "person_id", "thing", "thing_id", "hour", name=op.f("pk_read_log")
        ),
    )
    op.create_table(
        "reused_operation",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("op_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "person_id"],
            ["person.network_id", "person.id"],
            name=op.f("fk_reused_operation_network_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_reused_operation_network_id")
        ),
        sa.PrimaryKeyConstraint(
            "network_id", "op_id", "content", "person_id", name=op.f("pk_reused_operation")
        ),
    )
    op.create_table(
        "rubric_version",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("rubric", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("graded", sa.Boolean(), nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "published_by"],
            ["person.network_id", "person.id"],
            name=op.f("fk_rubric_version_network_id_published_by"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_rubric_version_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "digest", name=op.f("pk_rubric_version")),
        sa.UniqueConstraint(
            "network_id",
            "rubric",
            "version",
            "language",
            name=op.f("uq_rubric_version_network_id_rubric_version_language"),
        ),
    )
    op.create_table(
        "team",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "school_id"],
            ["school.network_id", "school.id"],
            name=op.f("fk_team_network_id_school_id"),
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_team_network_id")),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_team")),
        sa.UniqueConstraint(
            "network_id", "school_id", "name", name=op.f("uq_team_network_id_school_id_name")
        ),
    )
    op.create_table(
        "visit",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id", "person_id"],
            ["person.network_id", "person.id"],
            name=op.f("fk_visit_network_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_visit_network_id")),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_visit")),
        sa.UniqueConstraint(
            "network_id", "token_hash", name=op.f("uq_visit_network_id_token_hash")
        ),
    )
    op.create_index(
        op.f("ix_visit_network_id_person_id"), "visit", ["network_id", "person_id"], unique=False
    )
    op.create_table(
        "lesson",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("school_subject", sa.String(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=True),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("rubric_digest", sa.String(), nullable=False),
        sa.Column("planned_by", sa.Uuid(), nullable=True),
        sa.Column("planned_at", Instant(), nullable=False),
        sa.Column("pair_code", sa.String(), nullable=True),
        sa.Column("alias_of", sa.Uuid(), nullable=True),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("cancelled_at", Instant(), nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "alias_of"],
            ["lesson.network_id", "lesson.id"],
            name=op.f("fk_lesson_network_id_alias_of"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "class_id"],
            ["class.network_id", "class.id"],
            name=op.f("fk_lesson_network_id_class_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "planned_by"],
            ["person.network_id", "person.id"],
            name=op.f("fk_lesson_network_id_planned_by"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "rubric_digest"],
            ["rubric_version.network_id", "rubric_version.digest"],
            name=op.f("fk_lesson_network_id_rubric_digest"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "school_id"],
            ["school.network_id", "school.id"],
            name=op.f("fk_lesson_network_id_school_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "teacher_id"],
            ["person.network_id", "person.id"],
            name=op.f("fk_lesson_network_id_teacher_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "team_id"],
            ["team.network_id", "team.id"],
            name=op.f("fk_lesson_network_id_team_id"),
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_lesson_network_id")),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_lesson")),
    )
    op.create_index(
        op.f("ix_lesson_network_id_pair_code"), "lesson", ["network_id", "pair_code"], unique=False
    )
    op.create_index(
        op.f("ix_lesson_network_id_school_id_starts_at"),
        "lesson",
        ["network_id", "school_id", "starts_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_lesson_network_id_teacher_id_starts_at"),
        "lesson",
        ["network_id", "teacher_id", "starts_at"],
        unique=False,
    )
    op.create_table(
        "role",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=True),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id", "person_id"],
            ["person.network_id", "person.id"],
            name=op.f("fk_role_network_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "school_id"],
            ["school.network_id", "school.id"],
            name=op.f("fk_role_network_id_school_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "team_id"],
            ["team.network_id", "team.id"],
            name=op.f("fk_role_network_id_team_id"),
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_role_network_id")),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_role")),
    )
    op.create_index(
        op.f("ix_role_network_id_person_id"), "role", ["network_id", "person_id"], unique=False
    )
    op.create_index(
        op.f("ix_role_network_id_school_id_kind"),
        "role",
        ["network_id", "school_id", "kind"],
        unique=False,
    )
    op.create_index(
        op.f("ix_role_network_id_team_id"), "role", ["network_id", "team_id"], unique=False
    )
    op.create_table(
        "agreed_rating",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "by"],
            ["person.network_id", "person.id"],
            name=op.f("fk_agreed_rating_network_id_by"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "lesson_id"],
            ["lesson.network_id", "lesson.id"],
            name=op.f("fk_agreed_rating_network_id_lesson_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_agreed_rating_network_id")
        ),
        sa.PrimaryKeyConstraint(
            "network_id", "lesson_id", "criterion", name=op.f("pk_agreed_rating")
        ),
    )
    op.create_table(
        "observation",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("observer_id", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=True),
        sa.Column("begun_at", Instant(), nullable=True),
        sa.Column("sealed_at", Instant(), nullable=True),
        sa.Column("state_hash", sa.String(), nullable=True),
        sa.Column("waived_at", Instant(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id", "lesson_id"],
            ["lesson.network_id", "lesson.id"],
            name=op.f("fk_observation_network_id_lesson_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "observer_id"],
            ["person.network_id", "person.id"],
            name=op.f("fk_observation_network_id_observer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_observation_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_observation")),
        sa.UniqueConstraint(
            "network_id",
            "lesson_id",
            "observer_id",
            name=op.f("uq_observation_network_id_lesson_id_observer_id"),
        ),
    )
    op.create_index(
        op.f("ix_observation_network_id_observer_id_state"),
        "observation",
        ["network_id", "observer_id", "state"],
        unique=False,
    )
    op.create_table(
        "pair",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("revealed_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closed_by_one", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "lesson_id"],
            ["lesson.network_id", "lesson.id"],
            name=op.f("fk_pair_network_id_lesson_id"),
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_pair_network_id")),
        sa.PrimaryKeyConstraint("network_id", "lesson_id", name=op.f("pk_pair")),
    )
    op.create_index(op.f("ix_pair_network_id_state"), "pair", ["network_id", "state"], unique=False)
    op.create_table(
        "pair_closing",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "lesson_id"],
            ["lesson.network_id", "lesson.id"],
            name=op.f("fk_pair_closing_network_id_lesson_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "person_id"],
            ["person.network_id", "person.id"],
            name=op.f("fk_pair_closing_network_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_pair_closing_network_id")
        ),
        sa.PrimaryKeyConstraint(
            "network_id", "lesson_id", "person_id", name=op.f("pk_pair_closing")
        ),
    )
    op.create_table(
        "paired_rating",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("observer_a", sa.Uuid(), nullable=False),
        sa.Column("observer_b", sa.Uuid(), nullable=False),
        sa.Column("level_a", sa.Integer(), nullable=False),
        sa.Column("level_b", sa.Integer(), nullable=False),
        sa.Column("capacity_a", sa.String(), nullable=False),
        sa.Column("capacity_b", sa.String(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("rubric_digest", sa.String(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id", "lesson_id"],
            ["lesson.network_id", "lesson.id"],
            name=op.f("fk_paired_rating_network_id_lesson_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "observer_a"],
            ["person.network_id", "person.id"],
            name=op.f("fk_paired_rating_network_id_observer_a"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "observer_b"],
            ["person.network_id", "person.id"],
            name=op.f("fk_paired_rating_network_id_observer_b"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_paired_rating_network_id")
        ),
        sa.PrimaryKeyConstraint(
            "network_id",
            "lesson_id",
            "criterion",
            "occasion",
            "observer_a",
            "observer_b",
            name=op.f("pk_paired_rating"),
        ),
    )
    op.create_index(
        "ix_paired_rating_observer_b", "paired_rating", ["network_id", "observer_b"], unique=False
    )
    op.create_index(
        "ix_paired_rating_pair",
        "paired_rating",
        ["network_id", "observer_a", "observer_b"],
        unique=False,
    )
    op.create_index(
        "ix_paired_rating_table",
        "paired_rating",
        ["network_id", "rubric_digest", "criterion", "left_out", "level_a", "level_b", "weight"],
        unique=False,
    )
    op.create_table(
        "precedent",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rubric", sa.String(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "by"],
            ["person.network_id", "person.id"],
            name=op.f("fk_precedent_network_id_by"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "lesson_id"],
            ["lesson.network_id", "lesson.id"],
            name=op.f("fk_precedent_network_id_lesson_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_precedent_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_precedent")),
    )
    op.create_index(
        op.f("ix_precedent_network_id_rubric_criterion"),
        "precedent",
        ["network_id", "rubric", "criterion"],
        unique=False,
    )
    op.create_table(
        "summary",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("lines", Json, nullable=False),
        sa.Column("missing", Json, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("drafted_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("submitted_at", Instant(), nullable=True),
        sa.Column("released_at", Instant(), nullable=True),
        sa.Column("read_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id", "author_id"],
            ["person.network_id", "person.id"],
            name=op.f("fk_summary_network_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "lesson_id"],
            ["lesson.network_id", "lesson.id"],
            name=op.f("fk_summary_network_id_lesson_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "teacher_id"],
            ["person.network_id", "person.id"],
            name=op.f("fk_summary_network_id_teacher_id"),
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_summary_network_id")),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_summary")),
        sa.UniqueConstraint(
            "network_id", "lesson_id", name=op.f("uq_summary_network_id_lesson_id")
        ),
    )
    op.create_index(
        op.f("ix_summary_network_id_author_id_state"),
        "summary",
        ["network_id", "author_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_summary_network_id_state_due_on"),
        "summary",
        ["network_id", "state", "due_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_summary_network_id_teacher_id_state"),
        "summary",
        ["network_id", "teacher_id", "state"],
        unique=False,
    )
    op.create_table(
        "observation_alias",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("alias_id", sa.Uuid(), nullable=False),
        sa.Column("observation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "observation_id"],
            ["observation.network_id", "observation.id"],
            name=op.f("fk_observation_alias_network_id_observation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_observation_alias_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "alias_id", name=op.f("pk_observation_alias")),
    )
    op.create_table(
        "record_field",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("observation_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("lamport", sa.BigInteger(), nullable=False),
        sa.Column("op_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "observation_id"],
            ["observation.network_id", "observation.id"],
            name=op.f("fk_record_field_network_id_observation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_record_field_network_id")
        ),
        sa.PrimaryKeyConstraint(
            "network_id", "observation_id", "field", name=op.f("pk_record_field")
        ),
    )
    op.create_table(
        "reply",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("summary_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("differs", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "by"],
            ["person.network_id", "person.id"],
            name=op.f("fk_reply_network_id_by"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "summary_id"],
            ["summary.network_id", "summary.id"],
            name=op.f("fk_reply_network_id_summary_id"),
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_reply_network_id")),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_reply")),
    )
    op.create_index(
        op.f("ix_reply_network_id_summary_id"), "reply", ["network_id", "summary_id"], unique=False
    )
    op.create_table(
        "summary_comment",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("summary_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.String(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "by"],
            ["person.network_id", "person.id"],
            name=op.f("fk_summary_comment_network_id_by"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "summary_id"],
            ["summary.network_id", "summary.id"],
            name=op.f("fk_summary_comment_network_id_summary_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_summary_comment_network_id")
        ),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_summary_comment")),
    )
    op.create_index(
        op.f("ix_summary_comment_network_id_summary_id"),
        "summary_comment",
        ["network_id", "summary_id"],
        unique=False,
    )
    op.create_table(
        "summary_version",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("summary_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("letter", Json, nullable=False),
        sa.Column("released_by", sa.Uuid(), nullable=False),
        sa.Column("released_at", Instant(), nullable=False),
        sa.Column("recalled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id", "released_by"],
            ["person.network_id", "person.id"],
            name=op.f("fk_summary_version_network_id_released_by"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "summary_id"],
            ["summary.network_id", "summary.id"],
            name=op.f("fk_summary_version_network_id_summary_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_summary_version_network_id")
        ),
        sa.PrimaryKeyConstraint(
            "network_id", "summary_id", "number", name=op.f("pk_summary_version")
        ),
    )
    op.create_table(
        "target",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("summary_id", sa.Uuid(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("when", sa.String(), nullable=False),
        sa.Column("see", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "summary_id"],
            ["summary.network_id", "summary.id"],
            name=op.f("fk_target_network_id_summary_id"),
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "teacher_id"],
            ["person.network_id", "person.id"],
            name=op.f("fk_target_network_id_teacher_id"),
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_target_network_id")),
        sa.PrimaryKeyConstraint("network_id", "id", name=op.f("pk_target")),
    )
    op.create_index(
        op.f("ix_target_network_id_teacher_id_state"),
        "target",
        ["network_id", "teacher_id", "state"],
        unique=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in TENANTS:
            for statement in wall(table):
                op.execute(statement)
