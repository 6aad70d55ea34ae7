"""What was erased, counted by what a school calls it; a certificate and a list name nothing smaller."""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum


class Thing(StrEnum):
    """Something that is erased, as people speak of it; in the order in which it is told."""

    RECORDS = "records"
    NOTES = "notes"
    SUMMARIES = "summaries"
    ANSWERS = "answers and comments"
    TARGETS = "targets"
    OWN_WORDS = "own words"
    ASSESSMENTS = "assessments"
    REASONS = "reasons"
    NAMES = "names"
    MAILS = "mails"
    VISITS = "visits"
    ROLES = "roles"
    READINGS = "readings"
    HISTORY = "history"
    OTHER = "other"


THINGS: Mapping[Thing, tuple[str, ...]] = {
    Thing.RECORDS: ("record",),
    Thing.NOTES: ("record_field", "reused_operation"),
    Thing.SUMMARIES: ("summary",),
    Thing.ANSWERS: ("reply", "added_evidence", "summary_comment"),
    Thing.TARGETS: ("target",),
    Thing.OWN_WORDS: (
        "reflection",
        "learning_log",
        "coaching_feedback",
        "phrase",
        "exercise_rating",
    ),
    Thing.ASSESSMENTS: ("assessing_rating", "assessing_suggestion", "leadership_round"),
    Thing.REASONS: ("lesson", "observation", "third_reading", "certificate_by_hand"),
    Thing.NAMES: ("name",),
    Thing.MAILS: ("outbox",),
    Thing.VISITS: ("visit", "one_time_link", "device", "calendar_link"),
    Thing.ROLES: ("role",),
    Thing.READINGS: ("read_log",),
    Thing.HISTORY: ("history",),
}
# Parts of something that is counted as a whole.
PARTS = ("summary_text", "summary_version", "target_event", "person", "assessing_round")
_OF_TABLE = {table: thing for thing, tables in THINGS.items() for table in tables}


def thing_of(table: str) -> Thing:
    """What a row of a table is called."""
    return _OF_TABLE.get(table, Thing.OTHER)


def by_thing(counts: Mapping[str, int]) -> Mapping[Thing, int]:
    """How many of each thing, from how many rows of each table; without parts, in the order of telling."""
    found: Counter[Thing] = Counter()
    for table, number in counts.items():
        if table not in PARTS:
            found[thing_of(table)] += number
    return {thing: found[thing] for thing in Thing if found[thing]}
