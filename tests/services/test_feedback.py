from datetime import date, timedelta
from itertools import pairwise

import pytest

from observe.core.errors import Conflict, Invalid, Stale
from observe.core.feedback import editing
from observe.core.feedback.facts import Part
from observe.core.feedback.review import State
from observe.core.feedback.targets import TargetState
from observe.core.permissions import RoleKind, may
from observe.core.retention import kept_until
from observe.services import (
    drafting,
    replying,
    summary_reading,
    summary_review,
    summary_writing,
)
from observe.storage import replies, summaries, targets
from observe.storage.tables import people
from tests.factories import School, a_lesson, a_person
from tests.letters import LATER, RUTH, SION, a_draft, read, released, submitted


def test_a_draft_is_made_from_what_was_agreed_and_both_observers_noted(school: School) -> None:
    summary_id = a_draft(school)
    with school.database.read(school.network_id) as session:
        found = summaries.find(session, summary_id)
    said = " ".join(line.text for line in found.lines)
    assert "at 10:09 we noted “Books are open before the bell”" in said
    assert "at 10:10 “Everybody at work within a minute”" in said
    assert "private thought" not in said
    assert found.letter.target
    assert found.due_on == date(2026, 11, 24)


def test_the_head_of_the_pair_writes_and_whoever_planned_a_lesson_without_a_head(
    school: School,
) -> None:
    paired = a_draft(school)
    single = a_draft(school, teacher="Aisha", notes={"Ruth": RUTH})
    with school.database.read(school.network_id) as session:
        assert summaries.find(session, paired).author == "Siôn Prydderch"
        assert summaries.find(session, single).author == "Ruth Adeyemi"


def test_letters_of_one_author_do_not_begin_alike_two_in_a_row(school: School) -> None:
    made = [a_draft(school, teacher=name, at=LATER + timedelta(hours=hours))
            for hours, name in enumerate(["Catrin", "Aisha", "Catrin", "Aisha", "Catrin", "Aisha"])]  # fmt: skip
    with school.database.read(school.network_id) as session:
        begun = [summaries.find(session, each).lines[0].text.split()[0] for each in made]
    assert all(one != two for one, two in pairwise(begun))


def test_a_draft_is_made_once_however_often_it_is_asked_for(school: School) -> None:
    summary_id = a_draft(school)
    with school.database.write(school.network_id) as session:
        lesson_id = summaries.find(session, summary_id).lesson_id
        assert drafting.draft_for(session, lesson_id, at=LATER) == summary_id


def test_a_lesson_without_a_sealed_record_has_no_draft(school: School) -> None:
    planned = a_lesson(school)
    with school.database.write(school.network_id) as session:
        assert drafting.draft_for(session, planned.id, at=LATER) is None


def test_two_who_write_at_once_do_not_lose_each_others_words(school: School) -> None:
    summary_id = a_draft(school)
    with school.database.write(school.network_id) as session:
        lines = summaries.find(session, summary_id).lines
        shorter = editing.removed(lines, lines[0].key)
        summary_writing.keep(session, summary_id, shorter, revision=1, by=school["Sion"], at=LATER)
        with pytest.raises(Stale):
            summary_writing.keep(
                session, summary_id, lines, revision=1, by=school["Sion"], at=LATER
            )


def test_saving_the_same_words_again_changes_nothing(school: School) -> None:
    summary_id = a_draft(school)
    with school.database.write(school.network_id) as session:
        lines = summaries.find(session, summary_id).lines
        by = school["Sion"]
        assert summary_writing.keep(session, summary_id, lines, revision=1, by=by, at=LATER) == 1


def test_a_line_rests_only_on_notes_of_its_lesson(school: School) -> None:
    summary_id = a_draft(school)
    with school.database.write(school.network_id) as session:
        lines = summaries.find(session, summary_id).lines
        strange = editing.rested(lines, lines[1].key, "019a8f2e-0000-7000-8000-000000000000")
        by = school["Sion"]
        summary_writing.keep(session, summary_id, strange, revision=1, by=by, at=LATER)
        assert summaries.find(session, summary_id).lines == lines


def test_what_is_with_its_reader_is_not_written_in(school: School) -> None:
    summary_id = submitted(school)
    with school.database.write(school.network_id) as session, pytest.raises(Conflict):
        summary_writing.keep(session, summary_id, (), revision=2, by=school["Sion"], at=LATER)


def test_the_leader_of_the_team_reads_before_the_teacher(school: School) -> None:
    summary_id = submitted(school)
    with school.database.read(school.network_id) as session:
        thing = summaries.thing(session, summary_id)
    allowed = {
        name for name, person in school.people.items() if may(person, "review summary", thing)
    }
    assert allowed == {"Helen"}


def test_before_it_is_submitted_only_its_observers_read_a_draft(school: School) -> None:
    summary_id = a_draft(school)
    with school.database.read(school.network_id) as session:
        thing = summaries.thing(session, summary_id)
    readers = {
        name for name, person in school.people.items() if may(person, "read draft summary", thing)
    }
    assert readers == {"Sion", "Ruth"}


def test_a_leaders_own_summary_goes_to_the_head_and_a_heads_to_the_deputy(school: School) -> None:
    a_person(school, "Dilys Penry", RoleKind.DEPUTY)
    about_leader = submitted(school, teacher="Helen", notes={"Ruth": RUTH})
    about_head = submitted(school, teacher="Sion", notes={"Ruth": RUTH})
    with school.database.read(school.network_id) as session:
        waiting = {
            name: {each.id for each in summaries.waiting_for(session, school[name])}
            for name in ("Helen", "Sion", "Dilys")
        }
    assert waiting == {"Helen": set(), "Sion": {about_leader}, "Dilys": {about_head}}


def test_a_summary_is_sent_back_with_a_reason(school: School) -> None:
    summary_id = submitted(school)
    with school.database.write(school.network_id) as session:
        helen = school["Helen"]
        with pytest.raises(Invalid):
            summary_review.send_back(session, summary_id, revision=2, by=helen, at=LATER)
        summary_review.comment(session, summary_id, "2", "What did you see?", by=helen, at=LATER)
        summary_review.send_back(session, summary_id, revision=2, by=helen, at=LATER)
        assert summaries.find(session, summary_id).state == State.SENT_BACK
        assert summary_review.reading(session, summary_id, at=LATER).on("2")[0].by == "Helen Marsh"


def test_a_reader_decides_only_on_the_words_that_were_read(school: School) -> None:
    summary_id = submitted(school)
    with school.database.write(school.network_id) as session, pytest.raises(Stale):
        summary_review.release(session, summary_id, revision=1, by=school["Helen"], at=LATER)


def test_a_release_keeps_a_version_that_later_writing_does_not_touch(school: School) -> None:
    summary_id = released(school)
    with school.database.write(school.network_id) as session:
        before = summaries.version(session, summary_id).letter
        summaries.row(session, summary_id).lines = []
        session.flush()
        assert summaries.version(session, summary_id).letter == before
        assert before.target


def test_a_summary_is_recalled_until_its_teacher_has_read_it(school: School) -> None:
    unread, opened = released(school), read(school, teacher="Catrin")
    with school.database.write(school.network_id) as session:
        summary_review.recall(session, unread, by=school["Sion"], at=LATER)
        assert summaries.find(session, unread).state == State.RECALLED
        assert targets.of_summary(session, unread) is None
        assert [each.id for each in summaries.released_to(session, school["Catrin"].id)] == [opened]
        with pytest.raises(Conflict):
            summary_review.recall(session, opened, by=school["Sion"], at=LATER)


def test_a_recalled_summary_is_released_again_as_the_next_version(school: School) -> None:
    summary_id = released(school)
    with school.database.write(school.network_id) as session:
        summary_review.recall(session, summary_id, by=school["Sion"], at=LATER)
        summary_writing.submit(session, summary_id, by=school["Sion"], at=LATER)
        summary_review.release(session, summary_id, by=school["Helen"], at=LATER)
        assert summaries.version(session, summary_id).number == 2


def test_a_school_that_asks_for_no_reading_gives_it_to_the_teacher_at_once(school: School) -> None:
    summary_id = a_draft(school)
    with school.database.write(school.network_id) as session:
        key = (school.network_id, school.school_id)
        session.get_one(people.School, key).review_needed = False
        session.flush()
        state = summary_writing.submit(session, summary_id, by=school["Sion"], at=LATER)
    assert state == State.RELEASED


def test_a_teacher_takes_the_target_in_own_words(school: School) -> None:
    summary_id = read(school)
    with school.database.write(school.network_id) as session:
        proposed = targets.of_summary(session, summary_id)
        assert proposed
        assert proposed.state == TargetState.PROPOSED
        summary_reading.change_target(
            *(session, summary_id), text="Wait, then choose", when="", see="Ten pupils answer",
            due_on=date(2026, 12, 4), by=school["Catrin"], at=LATER,
        )  # fmt: skip
        changed = targets.of_summary(session, summary_id)
    assert changed
    assert (changed.text, changed.state) == ("Wait, then choose", TargetState.TAKEN)


def test_the_next_draft_speaks_of_the_open_target_first(school: School) -> None:
    read(school)
    again = a_draft(school)
    with school.database.read(school.network_id) as session:
        steps = [
            line for line in summaries.find(session, again).lines if line.part is Part.NEXT_STEP
        ]
    assert steps[0].text.startswith("Your target from last time")


def test_the_next_draft_begins_otherwise(school: School) -> None:
    drafts = [a_draft(school, at=LATER + timedelta(days=day)) for day in range(5)]
    with school.database.read(school.network_id) as session:
        told = [summaries.find(session, each).lines[0].text.split()[:2] for each in drafts]
    assert all(one != other for one, other in pairwise(told))


def test_i_see_it_differently_stays_with_the_record(school: School) -> None:
    summary_id = read(school)
    with school.database.write(school.network_id) as session:
        by = school["Catrin"]
        replying.reply(session, summary_id, "I do not.", differs=True, by=by, at=LATER)
        assert replies.answered(session, [summary_id]) == {summary_id: True}


def test_a_draft_says_what_its_checks_find_and_what_is_well(school: School) -> None:
    summary_id = a_draft(school, rubric="ways-of-looking", notes={"Sion": SION})
    with school.database.read(school.network_id) as session:
        desk = summary_writing.desk_of(session, summary_id)
    assert "Every claim rests on a note" in desk.passed
    assert desk.readers == ("Helen Marsh",)


@pytest.mark.parametrize(
    ("released_on", "kept"),
    [(date(2026, 11, 20), date(2029, 8, 31)), (date(2027, 3, 1), date(2029, 8, 31))],
)
def test_a_letter_is_kept_for_three_school_years(released_on: date, kept: date) -> None:
    assert kept_until(released_on) == kept
