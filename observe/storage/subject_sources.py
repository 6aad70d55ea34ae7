"""What is kept about one person, table by table: which rows lead to them, and what of each is told."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Rows of a table that are told: by which ways they lead to the person, and which columns.

    `people` are columns that name somebody, `places` lead to a row that has a name: (column, table,
    column of its words). `rule` names a condition of `_RULES`; `own` is for the person alone.
    """

    key: str
    table: str
    ways: tuple[str, ...]
    columns: tuple[str, ...]
    order: str
    people: tuple[str, ...] = ()
    places: tuple[tuple[str, str, str], ...] = ()
    rule: str = ""
    own: bool = False

    @property
    def asked(self) -> tuple[str, ...]:
        """Every column that is read."""
        named = (*self.columns, *self.people, *(column for column, _, _ in self.places))
        return tuple(dict.fromkeys(named))


_SCHOOL = ("school_id", "school", "name")
_MINE = "summary_id > summary.teacher_id"
_LESSON_OF_MINE = "lesson_id > lesson.teacher_id"

SOURCES: tuple[Source, ...] = (
    Source(
        key="person",
        table="person",
        ways=("id",),
        columns=("name", "email", "created_at", "left_at"),
        order="created_at",
    ),
    Source(
        key="roles",
        table="role",
        ways=("person_id",),
        columns=("kind",),
        order="id",
        places=(_SCHOOL, ("team_id", "team", "name")),
    ),
    Source(
        key="rights",
        table="history",
        ways=(),
        columns=("at", "did", "details"),
        order="at",
        people=("by",),
        rule="rights",
    ),
    Source(
        key="visits",
        table="visit",
        ways=("person_id",),
        columns=("label", "started_at", "seen_at", "ended_at"),
        order="started_at",
    ),
    Source(
        key="links",
        table="one_time_link",
        ways=("person_id",),
        columns=("made_at", "used_at", "expires_at"),
        order="made_at",
    ),
    Source(
        key="tablets",
        table="device",
        ways=("person_id",),
        columns=("label", "registered_at", "seen_at", "revoked_at"),
        order="registered_at",
    ),
    Source(
        key="calendar",
        table="calendar_link",
        ways=("person_id",),
        columns=("made_at",),
        order="made_at",
    ),
    Source(
        key="mails",
        table="outbox",
        ways=("person_id",),
        columns=("kind", "address", "made_at", "sent_at"),
        order="made_at",
        rule="mails",
    ),
    Source(
        key="mails_off",
        table="mail_off",
        ways=("person_id",),
        columns=("choice", "at"),
        order="at",
    ),
    Source(
        key="sources",
        table="people_key",
        ways=("person_id",),
        columns=("kind", "key", "role", "gone_at"),
        order="key",
        places=(("source_id", "people_source", "name"), _SCHOOL),
    ),
    Source(
        key="lessons",
        table="lesson",
        ways=("teacher_id",),
        columns=(
            *("starts_at", "minutes", "kind", "school_subject", "room"),
            *("cancelled_at", "cancel_reason"),
        ),
        order="starts_at",
        people=("planned_by",),
        places=(_SCHOOL,),
        rule="begun",
    ),
    Source(
        key="agreed",
        table="agreed_rating",
        ways=(_LESSON_OF_MINE,),
        columns=("lesson_id", "criterion", "level", "outcome", "at"),
        order="at",
        rule="graded",
    ),
    Source(
        key="third_readings",
        table="third_reading",
        ways=(_LESSON_OF_MINE,),
        columns=("lesson_id", "criterion", "reason", "answered_at"),
        order="answered_at",
        people=("taken_by",),
        rule="told",
    ),
    Source(
        key="summaries",
        table="summary_version",
        ways=(_MINE,),
        columns=("summary_id", "number", "letter", "released_at"),
        order="released_at",
        people=("released_by",),
        rule="released",
    ),
    Source(
        key="replies",
        table="reply",
        ways=(_MINE,),
        columns=("summary_id", "text", "differs", "at"),
        order="at",
        people=("by",),
    ),
    Source(
        key="added",
        table="added_evidence",
        ways=(_MINE,),
        columns=("summary_id", "text", "at"),
        order="at",
        people=("by",),
    ),
    Source(
        key="targets",
        table="target",
        ways=("teacher_id",),
        columns=("id", "text", "when", "see", "due_on", "criterion", "state", "made_at"),
        order="made_at",
        rule="of a summary",
    ),
    Source(
        key="target_events",
        table="target_event",
        ways=("target_id > target.teacher_id",),
        columns=("target_id", "state", "reason", "due_on", "at"),
        order="at",
        people=("by",),
        rule="event of a summary",
    ),
    Source(
        key="observed",
        table="observation",
        ways=("observer_id",),
        columns=("capacity", "state", "begun_at", "sealed_at", "reason"),
        order="id",
        places=(("lesson_id", "lesson", "starts_at"),),
    ),
    Source(
        key="phrases",
        table="phrase",
        ways=("person_id",),
        columns=("text", "plan", "part", "criterion", "shared", "made_at"),
        order="made_at",
    ),
    Source(
        key="free_times",
        table="free_time",
        ways=("person_id",),
        columns=("weekday", "part"),
        order="weekday",
    ),
    Source(
        key="away",
        table="away",
        ways=("person_id",),
        columns=("first_day", "last_day"),
        order="first_day",
    ),
    Source(
        key="taught_times",
        table="taught_time",
        ways=("person_id",),
        columns=("weekday", "begins_at", "minutes", "school_subject"),
        order="weekday",
        places=(_SCHOOL,),
    ),
    Source(
        key="certification",
        table="certification_result",
        ways=("person_id",),
        columns=("decision", "clause", "criterion", "share", "last_day", "expires_on", "at"),
        order="at",
    ),
    Source(
        key="certificates",
        table="certificate_by_hand",
        ways=("person_id",),
        columns=("hand", "until", "reason", "at"),
        order="at",
        people=("by",),
    ),
    Source(
        key="exercises",
        table="exercise_taking",
        ways=("person_id",),
        columns=("id", "mode", "begun_at", "finished_at"),
        order="id",
        places=(("exercise_id", "exercise", "title"),),
    ),
    Source(
        key="exercise_ratings",
        table="exercise_rating",
        ways=("taking_id > exercise_taking.person_id",),
        columns=("taking_id", "criterion", "value", "note", "at"),
        order="at",
        own=True,
    ),
    Source(
        key="programmes",
        table="programme_member",
        ways=("person_id",),
        columns=("stages", "added_at", "left_at"),
        order="added_at",
        people=("added_by",),
        places=(("programme_id", "programme", "name"),),
    ),
    Source(
        key="signed_off",
        table="stage_sign_off",
        ways=("person_id",),
        columns=("stage", "at"),
        order="at",
        people=("by",),
        places=(("programme_id", "programme", "name"),),
    ),
    Source(
        key="workshops",
        table="attendance",
        ways=("person_id",),
        columns=("guest", "came", "said_at"),
        order="workshop_id",
        people=("said_by",),
        places=(("workshop_id", "workshop", "title"),),
    ),
    Source(
        key="looks",
        table="assessing_round",
        ways=("person_id",),
        columns=("moment", "opened_at"),
        order="opened_at",
    ),
    Source(
        key="leadership",
        table="leadership_round",
        ways=("person_id",),
        columns=("opened_at", "last_day", "closed_at"),
        order="opened_at",
    ),
    Source(
        key="figures",
        table="figures_opened",
        ways=("person_id",),
        columns=("at",),
        order="at",
    ),
    Source(
        key="exercise_figures",
        table="exercise_figures_opened",
        ways=("person_id",),
        columns=("at",),
        order="at",
    ),
    Source(
        key="did",
        table="history",
        ways=("by",),
        columns=("at", "did", "thing"),
        order="at",
        rule="open to others",
    ),
    Source(
        key="read",
        table="read_log",
        ways=("person_id",),
        columns=("hour", "thing"),
        order="hour",
        rule="open to others",
    ),
    # from here on for the person alone
    Source(
        key="reflections",
        table="reflection",
        ways=("person_id",),
        columns=("looked_at", "missed", "next_time", "changed_at"),
        order="changed_at",
        places=(("lesson_id", "lesson", "starts_at"),),
        own=True,
    ),
    Source(
        key="log",
        table="learning_log",
        ways=("person_id",),
        columns=("text", "begun_at", "changed_at"),
        order="begun_at",
        own=True,
    ),
    Source(
        key="coaching_feedback",
        table="coaching_feedback",
        ways=("person_id",),
        columns=("number", "helped", "differently", "onward", "at"),
        order="at",
        own=True,
    ),
    Source(
        key="goals",
        table="coaching_goal",
        ways=("by",),
        columns=("text", "state", "at"),
        order="at",
        own=True,
    ),
    Source(
        key="self_evaluation",
        table="assessing_rating",
        ways=("part_id > assessing_part.author_id",),
        columns=("part_id", "criterion", "value", "evidence", "at"),
        order="at",
        own=True,
        rule="on oneself",
    ),
)
RIGHTS = (
    *("added", "changed", "renamed", "gave a role", "took a role", "moved to a team", "left"),
    *("came back", "made a link", "signed in", "changed their password", "signed out by another"),
    *("set a password", "joined with a password"),
    *("tablet taken away by another", "made a calendar address", "ended a calendar address"),
    *("pack made", "person erased"),
)
# What history calls things that are open to two people or to one: no line about them is told.
SHUT = ("coaching", "leadership", "assessing", "learning", "improvement", "reflection")
