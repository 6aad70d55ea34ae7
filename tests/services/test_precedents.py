"""Rules from talks: what they hold for, where they come from, and what becomes of them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import delete, func, select

from observe.core.errors import Conflict, Missing
from observe.core.ids import new_id
from observe.core.pairing import Outcome
from observe.core.permissions import RoleKind
from observe.services import precedents, talking
from observe.services.precedent_board import Held, Standing, board
from observe.services.talking import Said
from observe.storage import lessons, talk_sources
from observe.storage import precedents as stored
from observe.storage.database import NetworkSession
from observe.storage.tables.calibration import Precedent
from observe.storage.tables.history import HistoryLine
from observe.storage.tables.people import SchoolClass
from observe.storage.tables.precedents import PrecedentMeaning
from tests.factories import NOW, PlannedLesson, School, a_person
from tests.precedents import a_rule, a_version
from tests.talks import LATER, a_talk, same

TEXT = "Quick recall at the start does not count against it."


@pytest.fixture
def talk(school: School) -> PlannedLesson:
    return a_talk(school, {"Sion": same("questioning"), "Ruth": same("questioning", level=1)})


def texts(school: School, digest: str) -> list[str]:
    with school.database.read(school.network_id) as session:
        return [rule.text for rule in precedents.in_use(session, digest)]


def held(session: NetworkSession, school: School, rule: UUID, who: str = "Margaret") -> Held:
    told = (each for of in board(session, by=school[who]) for each in of.rules)
    return next(each for each in told if each.id == rule)


def other_title(criterion: dict[str, Any]) -> None:
    criterion["title"] = "Questions that make pupils think"


def moved(criterion: dict[str, Any]) -> None:
    criterion["code"] = "9z"


# for which words it holds


def test_a_rule_holds_for_the_version_of_its_lesson_and_for_one_that_says_the_same(
    school: School, talk: PlannedLesson
) -> None:
    a_rule(school, talk.id, TEXT)
    same_words, other_words = a_version(school, moved), a_version(school, other_title, number=4)
    assert texts(school, school.rubrics["teaching-framework"]) == [TEXT]
    assert texts(school, same_words) == [TEXT]
    assert texts(school, other_words) == []


def test_a_translation_means_what_its_original_says(school: School, talk: PlannedLesson) -> None:
    a_rule(school, talk.id, TEXT)
    of = "teaching-framework@2"
    welsh = a_version(school, other_title, number=1, language="cy", translation_of=of)
    assert texts(school, welsh) == [TEXT]


def test_a_rule_waits_with_both_wordings_until_its_owner_keeps_it(
    school: School, talk: PlannedLesson
) -> None:
    rule = a_rule(school, talk.id, TEXT)
    new = a_version(school, other_title)
    with school.database.write(school.network_id) as session:
        waiting = held(session, school, rule)
        assert waiting.standing is Standing.WAITING
        (group,) = (each for of in board(session, by=school["Ruth"]) for each in of.waiting)
        (difference,) = group.changed
        assert (group.many, group.then_version, group.can_be_kept) == (1, 2, True)
        assert (difference.then, difference.now) == (
            "Questioning",
            "Questions that make pupils think",
        )
        assert waiting.criterion.title == difference.now
        precedents.keep(session, rule, new, by=school["Margaret"], at=NOW)
        session.flush()
        assert held(session, school, rule).standing is Standing.IN_USE
    assert texts(school, new) == texts(school, school.rubrics["teaching-framework"]) == [TEXT]


def test_a_rule_cannot_be_kept_for_a_version_without_its_criterion(
    school: School, talk: PlannedLesson
) -> None:
    rule = a_rule(school, talk.id, TEXT)
    gone = a_version(school, lambda criterion: criterion.update(criterion="asking"))
    with school.database.read(school.network_id) as session:
        waiting = held(session, school, rule)
        assert (waiting.standing, waiting.now) == (Standing.WAITING, None)
        (group,) = (each for of in board(session, by=school["Ruth"]) for each in of.waiting)
        assert (group.changed, group.can_be_kept) == ((), False)
    for version in (gone, school.rubrics["ways-of-looking"]):
        with (
            pytest.raises(Conflict),
            school.database.write(school.network_id) as session,
        ):
            precedents.keep(session, rule, version, by=school["Margaret"], at=NOW)


def test_rules_from_before_get_the_words_of_their_lesson(
    school: School, talk: PlannedLesson
) -> None:
    from importlib import import_module

    rule = a_rule(school, talk.id, TEXT)
    table = PrecedentMeaning
    with school.database.write(school.network_id) as session:
        before = session.scalars(select(table)).one()
        kept = (before.precedent_id, before.meaning, before.version, before.at)
        session.execute(delete(table).where(table.network_id == school.network_id))
    migration = import_module("observe.storage.migrations.versions.0007_calibration")
    with (
        school.database.engine.begin() as connection,
        Operations.context(MigrationContext.configure(connection)),
    ):
        migration._enter(school.network_id)
        migration._say_the_meaning(school.network_id)
    with school.database.read(school.network_id) as session:
        after = session.scalars(select(table)).one()
        assert (after.precedent_id, after.meaning, after.version, after.at) == kept
        assert kept[0] == rule


# beside the criterion


def test_at_most_six_of_a_criterion_go_to_a_sheet_the_newest_first(
    school: School, talk: PlannedLesson
) -> None:
    for days in range(1, 9):
        a_rule(school, talk.id, f"Rule {days}", days=days)
    a_rule(school, talk.id, "Of another", criterion="routines", days=30)
    found = texts(school, school.rubrics["teaching-framework"])
    assert found == [*(f"Rule {days}" for days in range(1, 7)), "Of another"]


def test_in_a_talk_stand_the_rules_of_other_talks_only(school: School, talk: PlannedLesson) -> None:
    another = a_talk(school, {"Sion": same("questioning"), "Ruth": same("questioning")})
    a_rule(school, talk.id, "Of this talk")
    a_rule(school, another.id, "Of another talk")
    with school.database.read(school.network_id) as session:
        digest = school.rubrics["teaching-framework"]
        found = precedents.earlier(session, digest, talk.id)
    assert [each.text for each in found["questioning"]] == ["Of another talk"]


# from which talk


def month_of(school: School, lesson: PlannedLesson) -> tuple[str, str]:
    with school.database.read(school.network_id) as session:
        source = talk_sources.sources(session, [lesson.id])[lesson.id]
    return f"{source.month:%B %Y}", source.about


def test_class_and_subject_are_named_only_where_several_talks_fit(school: School) -> None:
    a_person(school, "Peter Nwosu", RoleKind.HEAD)
    one = a_talk(school, {"Sion": same(), "Ruth": same()})
    assert month_of(school, one) == ("November 2026", "")
    a_talk(school, {"Peter": same(), "Ruth": same()})
    assert month_of(school, one)[1] == "", "still of one teacher"
    a_talk(school, {"Sion": same(), "Peter": same()}, teacher="Aisha")
    assert month_of(school, one)[1] == "Year 5 Maths"


def test_two_observers_alone_are_not_told_by_their_subject(school: School) -> None:
    one = a_talk(school, {"Sion": same(), "Ruth": same()})
    a_talk(school, {"Sion": same(), "Ruth": same()}, teacher="Aisha")
    assert month_of(school, one)[1] == ""


def test_the_subject_alone_is_named_where_another_class_had_it(school: School) -> None:
    a_person(school, "Peter Nwosu", RoleKind.HEAD)
    one = a_talk(school, {"Sion": same(), "Ruth": same()})
    other = a_talk(school, {"Peter": same(), "Ruth": same()}, teacher="Aisha")
    class_id = new_id(NOW)
    with school.database.write(school.network_id) as session:
        session.add(SchoolClass(id=class_id, school_id=school.school_id, name="Year 2"))
        session.flush()
        lessons.row(session, other.id).class_id = class_id
    assert month_of(school, one)[1] == "Maths"


def test_talks_of_other_months_and_talks_not_yet_begun_hide_nobody(school: School) -> None:
    a_person(school, "Peter Nwosu", RoleKind.HEAD)
    one = a_talk(school, {"Sion": same(), "Ruth": same()})
    later = LATER + timedelta(days=30)
    a_talk(school, {"Peter": same(), "Ruth": same()}, teacher="Aisha", at=later)
    a_talk(school, {"Peter": same(), "Ruth": same()}, teacher="Aisha", sealed=False)
    assert month_of(school, one) == ("November 2026", "")


# what becomes of it


def agree(school: School, talk: PlannedLesson, rule: str, revision: int, at: datetime) -> None:
    with school.database.write(school.network_id) as session:
        said = Said(outcome=Outcome.AGREED, level=2, rule=rule, revision=revision)
        talking.agree(session, talk.id, "questioning", said, by=school["Sion"], at=at)


def test_an_open_talk_replaces_its_own_rule_and_takes_it_back(
    school: School, talk: PlannedLesson
) -> None:
    digest = school.rubrics["teaching-framework"]
    agree(school, talk, TEXT, 0, NOW)
    assert texts(school, digest) == [TEXT]
    agree(school, talk, "Other words", 1, LATER)
    assert texts(school, digest) == ["Other words"]
    agree(school, talk, "", 2, LATER)
    assert texts(school, digest) == []
    with school.database.read(school.network_id) as session:
        assert session.scalar(select(func.count()).select_from(PrecedentMeaning)) == 0


def test_saving_the_same_words_again_leaves_what_the_owner_did(
    school: School, talk: PlannedLesson
) -> None:
    agree(school, talk, TEXT, 0, NOW)
    with school.database.write(school.network_id) as session:
        rule = session.scalars(select(Precedent.id)).one()
        precedents.retire(session, rule, "Too narrow", by=school["Margaret"], at=NOW)
    agree(school, talk, TEXT, 1, LATER)
    assert texts(school, school.rubrics["teaching-framework"]) == []
    agree(school, talk, "Other words make a new rule", 2, LATER)
    assert texts(school, school.rubrics["teaching-framework"]) == ["Other words make a new rule"]


def test_other_words_keep_those_before_in_sight(school: School, talk: PlannedLesson) -> None:
    rule, margaret = a_rule(school, talk.id, TEXT), school["Margaret"]
    with school.database.write(school.network_id) as session:
        precedents.doubt(session, rule, by=school["Ruth"], at=NOW)
        assert precedents.reword(session, rule, "Second", TEXT, by=margaret, at=NOW)
        assert not precedents.reword(session, rule, "Third", TEXT, by=margaret, at=NOW)
        assert precedents.reword(session, rule, "Third", "Second", by=margaret, at=LATER)
        session.flush()
        told = held(session, school, rule)
        assert (told.text, told.earlier, told.doubts) == ("Third", ("Second", TEXT), 0)
        lines = session.scalars(select(HistoryLine.did).where(HistoryLine.thing == "precedent"))
        assert sorted(lines) == ["rule doubted", "rule reworded", "rule reworded"]


def test_a_retired_rule_is_on_no_sheet_and_can_be_brought_back(
    school: School, talk: PlannedLesson
) -> None:
    rule, by = a_rule(school, talk.id, TEXT), school["Margaret"]
    digest = school.rubrics["teaching-framework"]
    with school.database.write(school.network_id) as session:
        precedents.retire(session, rule, "Too narrow", by=by, at=NOW)
        session.flush()
        told = held(session, school, rule)
        assert (told.standing, told.because) == (Standing.RETIRED, "Too narrow")
        with pytest.raises(Conflict):
            precedents.doubt(session, rule, by=school["Ruth"], at=NOW)
    assert texts(school, digest) == []
    with school.database.write(school.network_id) as session:
        precedents.bring_back(session, rule, by=by, at=LATER)
    assert texts(school, digest) == [TEXT]


def test_of_two_that_say_the_same_one_stays(school: School, talk: PlannedLesson) -> None:
    first, second = a_rule(school, talk.id, TEXT), a_rule(school, talk.id, "Recall is fine", days=2)
    elsewhere = a_rule(school, talk.id, "Else", criterion="routines", days=3)
    by = school["Margaret"]
    with school.database.write(school.network_id) as session:
        for wrong in (second, elsewhere):
            with pytest.raises(Conflict):
                precedents.merge(session, second, wrong, by=by, at=NOW, say=str)
        precedents.merge(session, second, first, by=by, at=NOW, say="Same as: {}".format)
        session.flush()
        assert held(session, school, second).because == f"Same as: {TEXT}"
    assert texts(school, school.rubrics["teaching-framework"]) == [TEXT, "Else"]


def test_who_says_that_a_rule_no_longer_fits_is_counted_and_not_named(
    school: School, talk: PlannedLesson
) -> None:
    rule = a_rule(school, talk.id, TEXT)
    with school.database.write(school.network_id) as session:
        for name in ("Ruth", "Ruth", "Sion"):
            precedents.doubt(session, rule, by=school[name], at=NOW)
        assert (held(session, school, rule).doubts, held(session, school, rule).mine) == (2, False)
        assert held(session, school, rule, "Ruth").mine
        precedents.no_doubt(session, rule, by=school["Ruth"], at=NOW)
        assert held(session, school, rule).doubts == 1
        precedents.stay(session, rule, by=school["Margaret"], at=NOW)
        assert held(session, school, rule).doubts == 0


def test_a_rule_of_another_network_is_missing(school: School, talk: PlannedLesson) -> None:
    from tests.factories import a_network

    rule = a_rule(school, talk.id, TEXT)
    other = a_network(school.database, name="A third network")
    with other.database.read(other.network_id) as session, pytest.raises(Missing):
        stored.row(session, rule)


def test_names_of_people_of_the_network_are_found_in_a_rule(school: School) -> None:
    with school.database.read(school.network_id) as session:
        found = precedents.people_named(session, "Catrin's wait counts; Thornbeck's hall does not.")
        assert found == ("Catrin",)
        assert precedents.people_named(session, TEXT) == ()
