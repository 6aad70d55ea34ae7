"""Leadership feedback: asked by somebody else, answered by a secret link, and told of five or more."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from observe.core.errors import Conflict, Invalid, Missing
from observe.core.leadership import Cell, RaterGroup
from observe.core.permissions import RoleKind
from observe.services import (
    leadership,
    leadership_answering,
    leadership_mails,
    leadership_people,
    leadership_told,
    tokens,
)
from observe.storage import leadership as kept
from observe.storage.tables import Base
from observe.storage.tables import leadership as tables
from observe.storage.tables.history import HistoryLine
from observe.storage.tables.mail import OutboxMail
from observe.storage.tables.people import Role
from tests.circles import another_school
from tests.factories import NOW, School, a_person, a_sign_in
from tests.rounds import KEY, LAST_DAY, answered, asked, closed, link, opened, some

ASKED = "leadership asked"
TEAM, PEERS, GOVERNORS = RaterGroup.TEAM, RaterGroup.PEERS, RaterGroup.GOVERNORS


def report_of(school: School, round_id: object) -> leadership_told.Report:
    with school.database.read(school.network_id) as session:
        return leadership_told.of_round(session, round_id)  # type: ignore[arg-type]


def test_what_came_of_a_round_is_told_when_it_has_closed_and_not_before(school: School) -> None:
    round_id, team = opened(school), some(school, 6)
    asked(school, round_id, TEAM, team)
    for each, level in zip(team, (1, 2, 2, 3, 3, 4), strict=True):
        answered(school, round_id, each, level, words="Be in lessons")
    answered(school, round_id, school["Sion"], 4)
    with pytest.raises(Missing, match="still open"):
        report_of(school, round_id)
    closed(school, round_id)
    report = report_of(school, round_id)
    (found,) = report.beside
    assert found.group.cells[0] == Cell("direction", 6, ((1, 1), (2, 2), (3, 2), (4, 1)))
    assert found.group.words["keep"] == ("Be in lessons",) * 6
    assert (found.criteria, found.higher, found.lower) == (8, 8, 0)
    assert found.same is not None
    assert found.same.exact.value == 0


def test_closing_leaves_neither_answers_nor_who_was_asked(school: School) -> None:
    round_id, team = opened(school), some(school, 5)
    asked(school, round_id, TEAM, team)
    answered(school, round_id, team[0], 2, words="Only mine")
    closed(school, round_id)
    with school.database.read(school.network_id) as session:
        for table in (tables.LeadershipAnswer, tables.LeadershipRater):
            assert session.scalars(select(table)).all() == []
        row = session.scalars(select(tables.LeadershipRound)).one()
        assert "Only mine" not in str(row.told)
    with pytest.raises(Conflict, match="has closed"):
        closed(school, round_id)


def test_no_service_answers_what_somebody_answered(school: School) -> None:
    """The sheet of a link has what is asked; a later answer takes the place of the earlier."""
    round_id, (one,) = opened(school), some(school, 1)
    asked(school, round_id, TEAM, [one])
    token, today = link(school, round_id, one), NOW.date()
    before = leadership_answering.look(school.database, token, today=today)
    for level in ("2", "3"):
        leadership_answering.send(school.database, token, {"listens": level}, {}, at=NOW)
    assert leadership_answering.look(school.database, token, today=today) == before
    with school.database.read(school.network_id) as session:
        assert [each.values for each in kept.answers(session, round_id)] == [{"listens": 3}]
    leadership_answering.take_back(school.database, token, at=NOW)
    with school.database.read(school.network_id) as session:
        assert kept.answers(session, round_id) == []


def test_nothing_that_is_stored_joins_a_rater_to_an_answer(school: School) -> None:
    round_id, team = opened(school), some(school, 5)
    asked(school, round_id, TEAM, team)
    before = _all_rows(school)
    for each in team:
        answered(school, round_id, each, 3)
    after = _all_rows(school)
    assert {name for name in after if before[name] != after[name]} == {"leadership_answer"}
    with school.database.read(school.network_id) as session:
        raters = {
            part
            for each in session.scalars(select(tables.LeadershipRater))
            for part in (each.token_hash, str(each.id), str(each.person_id))
        }
        for answer in session.scalars(select(tables.LeadershipAnswer)):
            said = f"{answer.key} {answer.given} {answer.words}"
            assert not any(part in said for part in raters)
            assert not any(_another(part) == answer.key for part in raters)


def _another(part: str) -> str:
    return tokens.key_beside(f"network.{part}")


def _all_rows(school: School) -> dict[str, list[tuple[object, ...]]]:
    found = {}
    with school.database.read(school.network_id) as session:
        for table in Base.metadata.sorted_tables:
            if "network_id" not in table.c:
                continue
            mine = table.c.network_id == school.network_id
            rows = session.execute(select(table).where(mine)).all()
            found[table.name] = sorted((tuple(row) for row in rows), key=repr)
    return found


@pytest.mark.parametrize("token", ["", "x", "nonsense.token", "{network}.wrong"])
def test_a_link_that_is_not_whole_opens_nothing(school: School, token: str) -> None:
    with pytest.raises(Missing, match="not complete"):
        leadership_answering.look(
            school.database, token.format(network=school.network_id), today=NOW.date()
        )


def test_after_the_last_day_nothing_is_taken_any_more(school: School) -> None:
    round_id = opened(school)
    token = link(school, round_id, school["Sion"])
    with pytest.raises(Missing, match="cannot be used"):
        leadership_answering.send(
            school.database, token, {"listens": "2"}, {}, at=NOW + timedelta(days=15)
        )


def test_a_round_closes_by_itself_when_its_last_day_is_over(school: School) -> None:
    round_id = opened(school)
    with school.database.write(school.network_id) as session:
        assert leadership.over(session, at=NOW + timedelta(days=14)) == []
        leadership.close_over(session, at=NOW + timedelta(days=15))
        assert not kept.find(session, round_id).is_open
        leadership.close_over(session, at=NOW + timedelta(days=15))


def test_whom_nobody_asks_any_more_cannot_answer_and_has_said_nothing(school: School) -> None:
    round_id, (one,) = opened(school), some(school, 1)
    asked(school, round_id, TEAM, [one])
    answered(school, round_id, one, 1)
    token = link(school, round_id, one)
    with school.database.write(school.network_id) as session:
        leadership.take_back(session, round_id, one.id, key=KEY, by=school["Margaret"], at=NOW)
        assert kept.answers(session, round_id) == []
    with pytest.raises(Missing):
        leadership_answering.look(school.database, token, today=NOW.date())


def test_nobody_runs_a_round_about_themselves(school: School) -> None:
    with (
        school.database.write(school.network_id) as session,
        pytest.raises(Invalid, match="Somebody else"),
    ):
        leadership.begin(session, school["Sion"].id, LAST_DAY, key=KEY, by=school["Sion"], at=NOW)


@pytest.mark.parametrize(
    ("who", "days", "says"),
    [("Catrin", 14, "head or a team leader"), ("Sion", 1, "last day"), ("Sion", 200, "last day")],
)
def test_a_round_is_about_a_leader_and_lasts_between_days_and_months(
    school: School, who: str, days: int, says: str
) -> None:
    with pytest.raises(Invalid, match=says):
        opened(school, of=who, last_day=(NOW + timedelta(days=days)).date())


def test_two_rounds_about_one_person_are_never_open(school: School) -> None:
    opened(school)
    with pytest.raises(Conflict, match="open already"):
        opened(school)


def test_the_leader_is_asked_as_themselves_and_nobody_else_is(school: School) -> None:
    round_id = opened(school)
    with pytest.raises(Invalid, match="themselves"):
        asked(school, round_id, RaterGroup.SELF, [school["Ruth"]])
    asked(school, round_id, TEAM, [school["Sion"]])
    with school.database.read(school.network_id) as session:
        assert kept.raters(session, round_id) == {school["Sion"].id: RaterGroup.SELF}


def test_staff_are_offered_as_team_other_heads_as_peers_and_who_has_no_role_as_governors(
    school: School,
) -> None:
    round_id = opened(school)
    another_school(school, "Ysgol Bryn")
    governor = a_person(school, "Gwen Rowe", RoleKind.TEACHER)
    with school.database.write(school.network_id) as session:
        for row in session.scalars(select(Role).where(Role.person_id == governor.id)):
            session.delete(row)
    with school.database.read(school.network_id) as session:
        could = leadership_people.running(session, round_id).could
    names = {group: [each.name for each in found] for group, found in could.items()}
    assert "Catrin Morley" in names[TEAM]
    assert names[PEERS] == ["Margaret Obi", "Ruth Adeyemi"]
    assert names[GOVERNORS] == ["Gwen Rowe"]


def test_raters_are_written_to_with_a_link_that_no_table_holds(school: School) -> None:
    school.database.links_lead_to = "https://observe.example"
    round_id, team = opened(school), some(school, 5)
    asked(school, round_id, TEAM, team)
    with school.database.write(school.network_id) as session:
        later = NOW + timedelta(days=12)
        assert len(leadership_mails.due(session, at=later)) == 6
        leadership_mails.remind(session, at=later)
        assert leadership_mails.due(session, at=later) == []
        mails = session.scalars(select(OutboxMail)).all()
    assert len(mails) == 12
    secret = link(school, round_id, team[0]).partition(".")[2]
    assert all("{link}" in (mail.body or "") and secret not in (mail.body or "") for mail in mails)


def test_whoever_can_sign_in_is_sent_to_the_page_where_they_do_and_no_secret(
    school: School,
) -> None:
    school.database.links_lead_to = "https://observe.example"
    a_sign_in(school, "Catrin")
    round_id = opened(school)
    asked(school, round_id, TEAM, [school["Catrin"]])
    with school.database.read(school.network_id) as session:
        about = OutboxMail.person_id == school["Catrin"].id
        bodies = session.scalars(select(OutboxMail.body).where(about, OutboxMail.kind == ASKED))
        (body,) = bodies.all()
    assert "https://observe.example/leadership\n" in (body or "")
    assert "{link}" not in (body or "")


def test_history_tells_what_was_done_to_a_round_and_nothing_of_answers(school: School) -> None:
    round_id, team = opened(school), some(school, 5)
    asked(school, round_id, TEAM, team)
    answered(school, round_id, team[0], 1, words="A word of mine")
    closed(school, round_id)
    with school.database.read(school.network_id) as session:
        query = select(HistoryLine).where(HistoryLine.thing == kept.THING)
        lines = session.scalars(query.order_by(HistoryLine.id)).all()
    assert sorted(line.did for line in lines) == [
        "leadership raters asked",
        "leadership round closed",
        "leadership round opened",
    ]
    assert str(team[0].id) not in str([line.details for line in lines])
