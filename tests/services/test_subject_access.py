"""A pack holds what is a person's own: nobody else's words or name, and nothing that hides still."""

import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from observe.core.permissions import RoleKind
from observe.services import people, replying, subject_access
from observe.storage import summaries
from observe.storage.subject_sources import SOURCES
from observe.storage.tables import Base
from observe.storage.words_of_people import WORDS
from tests.coaching import coached
from tests.factories import NOW, School, a_lesson, a_person
from tests.letters import LATER, read
from tests.planting import MARK, Planter
from tests.rounds import leading
from tests.talks import Noted, begun, recorded, same, seal

AFTER = NOW + timedelta(days=30)
NOTES = [
    Noted("ZEBRAFINCH at the window, said Ruth Adeyemi"),
    Noted("QUETZALCOATL alone", private=True),
]


def pack_of(school: School, who: str, *, own: bool = False) -> dict[str, list[Any]]:
    """What is in the pack of somebody, by part."""
    with school.database.read(school.network_id) as session:
        made = subject_access.own_parts if own else subject_access.parts
        found = made(session, school[who].id, at=AFTER)
        return {part.key: list(part.entries) for part in found}


def told(school: School, who: str, *, own: bool = False) -> str:
    return json.dumps(pack_of(school, who, own=own), default=str, ensure_ascii=False)


def observed(school: School, *sealers: str, rubric: str = "teaching-framework") -> UUID:
    """A lesson of Catrin's that head and adviser observe and these have sealed."""
    lesson = a_lesson(school, rubric=rubric)
    with school.database.write(school.network_id) as session:
        for who, observation_id in lesson.observations.items():
            begun(session, observation_id)
            recorded(session, observation_id, same(), NOTES if who == "Sion" else [])
    for who in sealers:
        with school.database.write(school.network_id) as session:
            seal(session, lesson, who)
    return lesson.id


def test_a_teacher_gets_summary_reply_and_target_and_no_name_of_anybody_else(
    school: School,
) -> None:
    summary_id = read(school)
    with school.database.write(school.network_id) as session:
        words = "I see it otherwise than Siôn."
        replying.reply(session, summary_id, words, differs=True, by=school["Catrin"], at=LATER)
        text = summaries.version(session, summary_id).letter.strengths[0].text
    pack = pack_of(school, "Catrin")
    assert pack["person"][0]["name"] == "Catrin Morley"
    assert [each["text"] for each in pack["replies"]] == ["I see it otherwise than a head."]
    assert pack["replies"][0]["by"] == "you"
    assert text in pack["summaries"][0]["letter"]["says"]
    assert pack["summaries"][0]["released_by"] in ("a head", "a team leader", "Observe")
    assert pack["targets"]
    everything = told(school, "Catrin")
    for name in ("Siôn", "Prydderch", "Ruth", "Adeyemi", "Helen", "Margaret"):
        assert name not in everything, name


def test_what_was_noted_in_a_lesson_is_in_once_no_record_of_it_hides(school: School) -> None:
    observed(school, "Sion")
    assert "ZEBRAFINCH" not in told(school, "Catrin")
    observed(school, "Sion", "Ruth")
    notes = pack_of(school, "Catrin")["notes"]
    assert [each["text"] for each in notes] == ["ZEBRAFINCH at the window, said an adviser"]
    assert notes[0]["observer_id"] == "a head"
    assert "QUETZALCOATL" not in told(school, "Catrin")


def test_what_an_observer_noted_about_others_is_not_in_their_own_pack(school: School) -> None:
    observed(school, "Sion", "Ruth")
    for who in ("Sion", "Ruth"):
        assert "ZEBRAFINCH" not in told(school, who)
        assert "Catrin" not in told(school, who)
    assert len(pack_of(school, "Sion")["observed"]) == 1


def test_coaching_and_answers_about_a_leader_are_in_no_pack(school: School) -> None:
    coached(school)
    leading(school)
    for who in school.people:
        pack = pack_of(school, who)
        assert not {"log", "goals", "coaching_feedback", "reflections"} & set(pack)
        assert all(each["kind"] != "leadership asked" for each in pack["mails"])
        assert all(
            set(each) == {"opened_at", "last_day", "closed_at"} for each in pack["leadership"]
        )


@pytest.fixture
def zoe(school: School) -> School:
    """Every table holds rows of Zoë, and rows of Helen's in which Zoë is named."""
    zoe = a_person(school, "Zoë Müllerova", RoleKind.TEACHER)
    school.people["Zoe"] = zoe
    with school.database.write(school.network_id) as session:
        Planter(session, zoe.id, zoe.name, own=True).plant()
        Planter(session, school["Helen"].id, zoe.name, own=False).plant()
    return school


# Words that go with a person when they are erased, and are in neither of their packs.
OUT = {
    ("summary", "lines"): "the working text, before it is sent",
    ("summary", "missing"): "the working text",
    ("summary", "set_aside"): "the working text",
    ("summary_text", "lines"): "the working text",
    ("summary_comment", "text"): "what readers said before it was sent",
    ("outbox", "subject"): "a mail says only that something waits",
    ("outbox", "body"): "a mail says only that something waits",
    ("outbox", "calendar"): "a mail says only that something waits",
    ("outbox", "last_error"): "what a mail server said",
    ("reused_operation", "body"): "what was refused",
    ("operation", "body"): "how a record was written",
    ("leadership_round", "told"): "answers of others",
    ("leadership_answer", "words"): "answers of others",
    ("assessing_suggestion", "text"): "the assessor's, read on their page by the two",
    ("assessing_suggestion", "when"): "the assessor's",
    ("assessing_suggestion", "see"): "the assessor's",
    ("assessing_suggestion", "reason"): "the assessor's",
    ("people_upload", "file"): "a file about many",
    ("people_upload", "source"): "a file about many",
    ("people_upload", "settings"): "a file about many",
    ("people_upload", "content"): "a file about many",
}


def test_all_words_that_would_go_with_a_person_are_in_a_pack_or_left_out_on_purpose() -> None:
    in_packs = {(each.table, name) for each in SOURCES for name in each.asked}
    gone = {(table, name) for table, words in WORDS.items() for name in words.gone}
    assert gone - in_packs - set(OUT) == set()


def test_what_is_planted_as_a_persons_own_is_in_their_pack_and_no_name_of_another(
    zoe: School,
) -> None:
    pack = told(zoe, "Zoe")
    for place in ("reply-text", "target-text", "phrase-text", "added_evidence-text"):
        assert f"{MARK}-{place}" in pack, place
    for place in ("reflection-missed", "learning_log-text", "coaching_feedback-helped"):
        assert f"{MARK}-{place}" not in pack, place
        assert f"{MARK}-{place}" in told(zoe, "Zoe", own=True), place
    assert "leadership_answer" not in pack
    assert "Müllerova" in pack
    other = told(zoe, "Helen")
    schools = re.findall(r'"school_id": "[^"]*"', other)
    assert other.count("Müllerova") == len([each for each in schools if "Müllerova" in each])
    assert "a teacher" in other


def test_columns_that_are_told_are_there() -> None:
    for source in SOURCES:
        assert {*source.asked, source.order} <= set(
            Base.metadata.tables[source.table].columns.keys()
        )


def test_that_a_pack_was_made_is_kept_and_is_in_the_next_one(school: School) -> None:
    with school.database.write(school.network_id) as session:
        people.change(
            session,
            school["Catrin"].id,
            "Catrin Rhys",
            "catrin@school.example",
            by=school["Margaret"],
            at=NOW,
        )
        subject_access.made(session, school["Catrin"].id, by=school["Margaret"], at=LATER)
    rights = pack_of(school, "Catrin")["rights"]
    assert rights[-1] | {"details": {}} == {
        "at": LATER,
        "did": "pack made",
        "details": {},
        "by": "a facilitator",
    }
