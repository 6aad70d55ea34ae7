"""Versions of a summary on its way, what is put aside, what holds it up, and phrases."""

from datetime import date, timedelta

import pytest

from observe.core.errors import Conflict, Invalid, Missing, Stale
from observe.core.feedback import editing
from observe.core.feedback.editing import Lines
from observe.core.feedback.facts import Part
from observe.core.ids import new_id
from observe.services import (
    drafting,
    other_wordings,
    phrase_bank,
    summary_review,
    summary_versions,
    summary_writing,
)
from observe.storage import class_lists, feedback_choices, lessons, phrases, summaries, texts
from observe.storage.database import NetworkSession
from observe.storage.feedback_choices import Choice
from observe.storage.tables.people import Network, SchoolClass
from tests.circles import another_school
from tests.factories import School, a_network
from tests.letters import HELPED, HINDERED, LATER, a_draft, a_phrase, submitted


def write(
    session: NetworkSession, school: School, text: str, *, minute: int, who: str = "Sion"
) -> None:
    """The first line in other words, so many minutes later."""
    (summary_id,) = [each.id for each in summaries.of_author(session, school["Sion"].id)]
    row = summaries.row(session, summary_id)
    first, *others = summaries.find(session, summary_id).lines
    told = (editing.rewritten(first, text), *others)
    at, by = LATER + timedelta(minutes=minute), school[who]
    summary_writing.keep(session, summary_id, told, revision=row.revision, by=by, at=at)


def whys(session: NetworkSession, school: School) -> list[str]:
    (summary_id,) = [each.id for each in summaries.of_author(session, school["Sion"].id)]
    return [text.why for text in reversed(texts.of_summary(session, summary_id))]


def test_a_version_is_kept_for_each_ten_minutes_of_writing_and_each_step(school: School) -> None:
    summary_id = a_draft(school)
    with school.database.write(school.network_id) as session:
        for minute, text in enumerate("abc"):
            write(session, school, text, minute=minute)
        write(session, school, "d", minute=30)
        assert whys(session, school) == ["drafted", "written", "written"]
        kept = texts.of_summary(session, summary_id)
        assert [text.lines[0].text for text in kept[:2]] == ["d", "c"]
        summary_writing.submit(session, summary_id, by=school["Sion"], at=LATER)
        assert whys(session, school)[-1] == "submitted"


def test_an_earlier_version_is_taken_back_as_a_new_change(school: School) -> None:
    summary_id = a_draft(school)
    with school.database.write(school.network_id) as session:
        before = summaries.find(session, summary_id).lines
        write(session, school, "Something else.", minute=1)
        found = summary_versions.compare(session, summary_id)
        assert found.before
        assert found.now
        assert (found.before.why, found.now.why) == ("drafted", "written")
        assert any(change.is_change for change in found.changes)
        take = {"by": school["Sion"], "at": LATER + timedelta(minutes=30)}
        with pytest.raises(Stale):
            summary_versions.take_back(session, summary_id, 1, revision=1, **take)  # type: ignore[arg-type]
        summary_versions.take_back(session, summary_id, 1, revision=2, **take)  # type: ignore[arg-type]
        assert summaries.find(session, summary_id).lines == before
        assert whys(session, school) == ["drafted", "written", "taken back"]
        with pytest.raises(Missing):
            summary_versions.take_back(session, summary_id, 99, revision=3, **take)  # type: ignore[arg-type]


def test_a_readers_change_stays_shown_until_the_author_writes_otherwise(school: School) -> None:
    summary_id = submitted(school)
    with school.database.write(school.network_id) as session:
        helen, sion = school["Helen"], school["Sion"]
        summary_review.correct(
            session, summary_id, "2", "All began.", revision=2, by=helen, at=LATER
        )
        summary_review.comment(session, summary_id, "2", "Better?", by=helen, at=LATER)
        summary_review.send_back(session, summary_id, revision=3, by=helen, at=LATER)

        def kept(lines: Lines) -> str:
            row = summaries.row(session, summary_id)
            told = tuple(editing.rewritten(line, line.text) for line in lines)
            without = editing.only_known(told, {note for line in lines for note in line.note_ids})
            summary_writing.keep(
                session, summary_id, without, revision=row.revision, by=sion, at=LATER
            )
            return editing.find(summaries.find(session, summary_id).lines, "2").was

        lines = summaries.find(session, summary_id).lines
        fewer = editing.removed(lines, lines[-1].key)
        assert kept(fewer)
        mine = tuple(
            editing.rewritten(line, "I say.") if line.key == "2" else line for line in fewer
        )
        assert not kept(mine)


def named(session: NetworkSession, school: School, summary_id: object) -> None:
    """The draft names a pupil of its class."""
    (found,) = summaries.of_author(session, school["Sion"].id)
    class_id = lessons.find(session, found.lesson_id).class_id
    assert class_id
    class_lists.replace(session, class_id, ["Maisie Doe"], erased_after=date(2027, 8, 31), at=LATER)
    write(session, school, "Thank you, and Maisie too.", minute=1)


def kinds(session: NetworkSession, summary_id: object) -> set[str]:
    desk = summary_writing.desk_of(session, summary_id)  # type: ignore[arg-type]
    return {finding.kind.value for finding in desk.findings}


def test_a_name_that_is_no_pupils_is_put_aside_and_looked_at_again(school: School) -> None:
    summary_id = a_draft(school)
    with school.database.write(school.network_id) as session:
        named(session, school, summary_id)
        assert "pupil_named" in kinds(session, summary_id)
        put = {"by": school["Sion"], "at": LATER}
        summary_writing.set_aside(session, summary_id, "pupil_named", "Maisie", **put)  # type: ignore[arg-type]
        assert "pupil_named" not in kinds(session, summary_id)
        summary_writing.set_aside(session, summary_id, "pupil_named", "Maisie", aside=False, **put)  # type: ignore[arg-type]
        assert "pupil_named" in kinds(session, summary_id)
        with pytest.raises(Invalid):
            summary_writing.set_aside(session, summary_id, "no_evidence", "x", **put)  # type: ignore[arg-type]


def test_only_what_the_network_chose_holds_a_summary_up(school: School) -> None:
    summary_id = a_draft(school)
    with school.database.write(school.network_id) as session:
        named(session, school, summary_id)
        network = session.get_one(Network, school.network_id)
        network.blocking_checks = ["pupil_named"]
        session.flush()
        assert summary_writing.desk_of(session, summary_id).blocking
        with pytest.raises(Conflict, match="Maisie"):
            summary_writing.submit(session, summary_id, by=school["Sion"], at=LATER)
        network.blocking_checks = []
        session.flush()
        summary_writing.submit(session, summary_id, by=school["Sion"], at=LATER)


def test_a_phrase_is_ones_own_until_it_is_shared_and_is_looked_at_first(school: School) -> None:
    a_draft(school)
    phrase_id = a_phrase(school, "Wait three seconds, then ask Maisie.")
    with school.database.write(school.network_id) as session:
        named(session, school, None)
        sion, ruth = school["Sion"], school["Ruth"]
        assert not phrase_bank.bank(session, by=ruth).of_others
        with pytest.raises(Conflict, match="Maisie"):
            phrase_bank.share(session, phrase_id, by=sion, at=LATER)
        phrase_bank.share(session, phrase_id, all_the_same=True, by=sion, at=LATER)
        assert phrase_bank.bank(session, by=ruth).of_others
        phrase_bank.rewrite(session, phrase_id, "Wait, then ask.", by=sion, at=LATER)
        assert not phrase_bank.bank(session, by=ruth).of_others
        phrase_bank.share(session, phrase_id, by=sion, at=LATER)
        phrase_bank.delete(session, phrase_id, by=sion, at=LATER)
        assert phrase_bank.bank(session, by=ruth) == phrase_bank.Bank((), ())


def test_a_phrase_that_tells_a_level_is_warned_of(school: School) -> None:
    phrase_id = a_phrase(school, "This was a level 3.")
    shared = pytest.raises(Conflict, match="level 3")
    with school.database.write(school.network_id) as session, shared:
        phrase_bank.share(session, phrase_id, by=school["Sion"], at=LATER)


def test_the_same_words_are_kept_once_and_never_for_another_network(school: School) -> None:
    one, other = a_phrase(school), a_phrase(school)
    assert one == other
    elsewhere = a_network(school.database, name="Elsewhere")
    with school.database.write(school.network_id) as session:
        phrase_bank.share(session, one, by=school["Sion"], at=LATER)
    with elsewhere.database.write(elsewhere.network_id) as session:
        assert not phrases.open_to(session, elsewhere["Sion"].id)
        phrases.used(session, [one], by=elsewhere["Sion"].id)
    with school.database.read(school.network_id) as session:
        assert phrases.find(session, one).times_used == 0


def test_other_wordings_quote_the_evidence_of_the_line(school: School) -> None:
    summary_id = a_draft(school)
    a_phrase(school)
    with school.database.read(school.network_id) as session:
        line = next(
            each
            for each in summaries.find(session, summary_id).lines
            if each.part is Part.NEXT_STEP
        )

        def offered(part: Part, *note_ids: str) -> other_wordings.Offer:
            return other_wordings.offer(
                session, summary_id, part,
                criterion=line.criterion, note_ids=note_ids, by=school["Sion"],
            )  # fmt: skip

        told = offered(Part.NEXT_STEP, *line.note_ids).rubrics
        assert told
        assert any("Talks over three pupils" in wording.text for wording in told)
        assert not any("{" in wording.text for wording in offered(Part.NEXT_STEP).rubrics)
        assert all(wording.plan for wording in offered(Part.TARGET).rubrics)
        (phrase,) = offered(Part.QUESTION).phrases
        assert phrase.text == "What did you notice?"


def test_other_wordings_of_an_ungraded_rubric_tell_no_level(school: School) -> None:
    summary_id = a_draft(school, rubric="ways-of-looking")
    with school.database.read(school.network_id) as session:
        for line in summaries.find(session, summary_id).lines:
            offer = other_wordings.offer(
                session, summary_id, line.part,
                criterion=line.criterion, note_ids=line.note_ids, by=school["Sion"],
            )  # fmt: skip
            assert not any("level" in wording.text.lower() for wording in offer.rubrics)


def test_a_draft_begins_with_what_both_observers_picked(school: School) -> None:
    summary_id = a_draft(school)
    with school.database.write(school.network_id) as session:
        row = summaries.row(session, summary_id)
        for who in ("Sion", "Ruth"):
            choice = Choice(strength=HELPED, next_step=HINDERED)
            feedback_choices.keep(session, row.lesson_id, school[who].id, choice, at=LATER)
        session.flush()
        lesson = lessons.find(session, row.lesson_id)
        picked = drafting._picked(session, lesson)
    assert picked == {Part.STRENGTH: HELPED, Part.NEXT_STEP: HINDERED}


def test_sharing_a_phrase_tells_nothing_of_class_lists_elsewhere(school: School) -> None:
    until = date(2027, 8, 31)
    elsewhere = another_school(school, "Coast Primary")
    with school.database.write(school.network_id) as session:
        there = SchoolClass(id=new_id(LATER), school_id=elsewhere, name="Year 1")
        session.add(there)
        session.flush()
        class_lists.replace(session, school.class_id, ["Maisie"], erased_after=until, at=LATER)
        class_lists.replace(session, there.id, ["Zoltan"], erased_after=until, at=LATER)
    phrase_id = a_phrase(school, "Ask Maisie and Zoltan first.")
    with (
        school.database.write(school.network_id) as session,
        pytest.raises(Conflict, match="“Maisie” is on a class list") as refused,
    ):
        phrase_bank.share(session, phrase_id, by=school["Sion"], at=LATER)
    assert "Zoltan" not in str(refused.value)
