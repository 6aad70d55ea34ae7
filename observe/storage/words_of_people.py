"""Of each column that can hold words: whether they go with a person, lose the person's name, or stay.

`WORDS` names every text and JSON column of every table; a test fails for one that nobody decided about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from observe.core.retention import Kind


class Does(StrEnum):
    """What is done to rows whose time is over, or whose person is erased."""

    DELETED = "deleted"
    EMPTIED = "emptied"


@dataclass(frozen=True, slots=True)
class Aged:
    """How long rows are kept: the time of a kind of `core.retention`, counted from a column."""

    kind: Kind
    since: str
    rows: Does = Does.DELETED


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The columns of one table that can hold words, each in one of four groups.

    `erased` and `own` go with the person whose row it is; in rows of others `erased` loses the name,
    and `own` is what those others are called themselves. `scrubbed` loses the name everywhere. `kept`
    holds codes and keys, and no word that a person chose. `deleted` and `emptied` are ways from a row to
    its person: "by", or "taking_id > exercise_taking.person_id"; "*" leads from every row to whoever is
    erased. Rows that cannot be without a row that is deleted go with it: `part_of` names its table.
    """

    erased: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    scrubbed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    part_of: str = ""
    aged: Aged | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """The columns in which somebody else's name may stand."""
        return (*self.erased, *self.scrubbed)

    @property
    def gone(self) -> tuple[str, ...]:
        """The columns that are emptied in the person's own rows."""
        return (*self.erased, *self.own)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is decided about."""
        return (*self.erased, *self.own, *self.scrubbed, *self.kept)


_RUBRIC = ("rubric_digest", "term", "criterion", "part", "capacity_a", "capacity_b")
_TAUGHT = ("lesson_id > lesson.teacher_id",)

_PEOPLE: Mapping[str, Words] = {
    "person": Words(own=("name", "email"), emptied=("id",)),
    "role": Words(kept=("kind",), deleted=("person_id",)),
    "visit": Words(
        own=("label",),
        kept=("token_hash",),
        deleted=("person_id",),
        aged=Aged(Kind.VISITS, "seen_at"),
    ),
    "one_time_link": Words(
        kept=("token_hash",), deleted=("person_id",), aged=Aged(Kind.VISITS, "expires_at")
    ),
    "device": Words(erased=("label",), kept=("grant_hash", "ahead"), emptied=("person_id",)),
    "figures_opened": Words(deleted=("person_id",)),
    "exercise_figures_opened": Words(deleted=("person_id",)),
    "mail_off": Words(kept=("choice",), deleted=("person_id",)),
    "calendar_link": Words(kept=("token_hash",), deleted=("person_id",)),
    "outbox": Words(
        erased=("subject", "body", "calendar", "last_error"),
        own=("address",),
        kept=("kind", "once", "dropped_because"),
        deleted=("person_id",),
        aged=Aged(Kind.MAILS, "made_at"),
    ),
    "history": Words(
        scrubbed=("details",), kept=("did", "thing", "thing_id"), aged=Aged(Kind.HISTORY, "at")
    ),
    "read_log": Words(kept=("thing", "thing_id"), aged=Aged(Kind.READ_LOG, "hour")),
    "free_time": Words(kept=("part",), deleted=("person_id",)),
    "away": Words(deleted=("person_id",)),
    "taught_time": Words(erased=("school_subject",), deleted=("person_id",)),
}

_PLACES: Mapping[str, Words] = {
    "school": Words(scrubbed=("name",), kept=("zone",)),
    "team": Words(scrubbed=("name",)),
    "class": Words(scrubbed=("name",)),
    "pupil": Words(kept=("name",)),  # a pupil, whose list is erased when the school year ends
    "holiday": Words(scrubbed=("name",)),
}

_LESSONS: Mapping[str, Words] = {
    "lesson": Words(
        erased=("room", "cancel_reason"),
        scrubbed=("school_subject",),
        kept=("kind", "rubric_digest", "pair_code"),
        emptied=("teacher_id",),
        aged=Aged(Kind.NOTES, "starts_at", Does.EMPTIED),
    ),
    "observation": Words(
        erased=("reason",),
        kept=("capacity", "state", "state_hash"),
        emptied=("observer_id", *_TAUGHT),
        aged=Aged(Kind.NOTES, "begun_at", Does.EMPTIED),
    ),
    # what a record holds goes or stays field by field: see erasing_records
    "record_field": Words(scrubbed=("value",), kept=("field",)),
    "operation": Words(
        scrubbed=("body", "detail"), kept=("kind", "field", "content", "status", "code")
    ),
    "reused_operation": Words(
        erased=("body",),
        kept=("content",),
        deleted=("person_id",),
        aged=Aged(Kind.NOTES, "received_at"),
    ),
    "pair": Words(kept=("state",)),
    "taken_out": Words(kept=("capacity",)),
    "agreed_rating": Words(kept=("criterion", "outcome", "cause")),
    "precedent": Words(scrubbed=("text", "retired_because"), kept=("rubric", "criterion")),
    "precedent_meaning": Words(kept=("meaning", "version")),
    "third_reading": Words(
        erased=("reason",),
        kept=("criterion",),
        emptied=("taken_by", *_TAUGHT),
        aged=Aged(Kind.NOTES, "answered_at", Does.EMPTIED),
    ),
    "feedback_choice": Words(kept=("strength", "next_step")),
    "reflection": Words(
        erased=("looked_at", "missed", "next_time"),
        deleted=("person_id",),
        aged=Aged(Kind.NOTES, "changed_at"),
    ),
}

_FEEDBACK: Mapping[str, Words] = {
    "summary": Words(
        erased=("lines", "missing", "set_aside"), kept=("state",), deleted=("teacher_id",)
    ),
    "summary_text": Words(erased=("lines",), kept=("why",), part_of="summary"),
    "summary_version": Words(erased=("letter",), part_of="summary"),
    "summary_comment": Words(erased=("text",), kept=("line",), part_of="summary"),
    "reply": Words(erased=("text",), part_of="summary"),
    "added_evidence": Words(erased=("text",), part_of="summary"),
    "phrase": Words(erased=("text", "plan"), kept=("part", "criterion"), deleted=("person_id",)),
    "target": Words(
        erased=("text", "when", "see"),
        kept=("criterion", "state"),
        deleted=("teacher_id",),
        aged=Aged(Kind.SUMMARIES, "changed_at"),
    ),
    "target_event": Words(erased=("reason",), kept=("state",), part_of="target"),
}

_FIGURES: Mapping[str, Words] = {
    "rubric_version": Words(kept=("digest", "rubric", "language", "title", "kind", "body")),
    "paired_rating": Words(
        kept=("criterion", "occasion", "capacity_a", "capacity_b", "rubric_digest", "left_out")
    ),
    "paired_lesson": Words(
        kept=("capacity_a", "capacity_b", "rubric_digest", "left_out", "rated", "levels")
    ),
    "cell_count": Words(kept=_RUBRIC),
    "lesson_count": Words(kept=("rubric_digest", "term", "capacities", "kind", "of")),
    "observer_count": Words(kept=("rubric_digest", "term", "capacity_a", "capacity_b")),
    "rater_count": Words(kept=("rubric_digest", "criterion", "term", "capacity_a", "capacity_b")),
}

_PRACTICE: Mapping[str, Words] = {
    "certification_rule": Words(kept=("body",)),
    "certification_result": Words(
        kept=("decision", "clause", "criterion", "rubric_digest", "lessons", "source", "kind")
    ),
    "certificate_by_hand": Words(
        erased=("reason",),
        kept=("hand",),
        emptied=("person_id", "by"),
        aged=Aged(Kind.NOTES, "at", Does.EMPTIED),
    ),
    "exercise": Words(
        scrubbed=("title", "link", "text", "withdraw_reason"),
        kept=("rubric_digest", "criteria", "use"),
    ),
    "exercise_reference": Words(scrubbed=("reason",), kept=("criterion",)),
    "exercise_session": Words(kept=("code",)),
    "exercise_taking": Words(kept=("mode",)),
    "exercise_rating": Words(
        erased=("note",),
        kept=("criterion", "value"),
        emptied=("taking_id > exercise_taking.person_id",),
        aged=Aged(Kind.NOTES, "at", Does.EMPTIED),
    ),
}

_TRUST: Mapping[str, Words] = {
    "retention": Words(kept=("months",)),
    "erasure": Words(kept=("what", "counts")),
    "resealed_record": Words(kept=("before", "after")),
    "erased_key": Words(kept=("digest",)),
    "erase_again": Words(deleted=("person_id",)),
}

# What two shared stays with the other of the two, without the name; a log goes with its author.
_PROGRAMME: Mapping[str, Words] = {
    "programme_version": Words(kept=("digest", "programme", "language", "title", "body")),
    "programme": Words(scrubbed=("name",), kept=("digest",)),
    "programme_member": Words(kept=("stages", "schools")),
    "programme_stage": Words(kept=("stage",)),
    "stage_sign_off": Words(kept=("stage",)),
    "school_term": Words(kept=("term",)),
    "workshop": Words(scrubbed=("title", "about", "place", "cancel_reason"), kept=("stage",)),
    "assessing_round": Words(
        kept=("moment", "rubric_digest"),
        deleted=("person_id",),
        aged=Aged(Kind.SUMMARIES, "opened_at"),
    ),
    "assessing_part": Words(kept=("kind",), part_of="assessing_round"),
    "assessing_rating": Words(
        erased=("evidence",), kept=("criterion", "value"), part_of="assessing_part"
    ),
    "assessing_suggestion": Words(
        erased=("text", "when", "see", "reason"),
        kept=("criterion", "state"),
        part_of="assessing_round",
    ),
    "leadership_round": Words(
        erased=("told",),
        kept=("rubric_digest",),
        deleted=("person_id",),
        aged=Aged(Kind.SUMMARIES, "opened_at"),
    ),
    "leadership_rater": Words(
        kept=("rater_group", "token_hash"), deleted=("person_id",), part_of="leadership_round"
    ),
    "leadership_answer": Words(
        erased=("words",), kept=("key", "rater_group", "given"), part_of="leadership_round"
    ),
    "coaching_goal": Words(
        scrubbed=("text",), kept=("state",), aged=Aged(Kind.SUMMARIES, "changed_at")
    ),
    "coaching_session": Words(
        scrubbed=("place", "agenda", "agreed"), aged=Aged(Kind.SUMMARIES, "starts_at")
    ),
    "coaching_feedback": Words(
        erased=("helped", "differently", "onward"),
        deleted=("person_id",),
        aged=Aged(Kind.NOTES, "at"),
    ),
    "learning_log": Words(
        erased=("text",), deleted=("person_id",), aged=Aged(Kind.NOTES, "changed_at")
    ),
    "improvement_cycle": Words(
        scrubbed=("aim", "measure", "unit", "learnt"),
        kept=("better", "source"),
        aged=Aged(Kind.SUMMARIES, "made_at"),
    ),
    "cycle_point": Words(scrubbed=("note",)),
    "cycle_step": Words(
        scrubbed=("change", "expected", "did", "found", "onward"), kept=("decision",)
    ),
    "newsletter": Words(scrubbed=("title", "parts")),
    "people_source": Words(scrubbed=("name", "settings", "last_file"), kept=("kind",)),
    "people_key": Words(own=("key",), kept=("kind", "role"), deleted=("person_id",)),
    # a whole file, which waits for a day at most
    "people_upload": Words(
        own=("file", "source", "settings", "content"), kept=("kind",), deleted=("*",)
    ),
}

WORDS: Mapping[str, Words] = (
    _PEOPLE
    | _PLACES  # type: ignore[operator]
    | _LESSONS
    | _FEEDBACK
    | _FIGURES
    | _PRACTICE
    | _TRUST
    | _PROGRAMME
)


def words_of(table: str) -> Words:
    """What is decided about a table; nothing for one without words."""
    return WORDS.get(table, Words())
