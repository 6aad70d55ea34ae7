"""Every state of a pair, and what each page says of it to each who may open it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select

from observe.services import revealing, talking
from observe.storage.tables.feedback import Summary
from tests.browser import Browser
from tests.factories import PlannedLesson, School, a_lesson
from tests.talks import a_talk, begun, same, seal

AGO = timedelta(hours=3)
Act = Callable[[School, PlannedLesson], None]


def now() -> datetime:
    return datetime.now(UTC)


def begins(*names: str) -> Act:
    def act(school: School, lesson: PlannedLesson) -> None:
        with school.database.write(school.network_id) as session:
            for name in names:
                begun(session, lesson.observations[name])
            revealing.reveal(session, lesson.id, at=now())

    return act


def seals(*names: str) -> Act:
    def act(school: School, lesson: PlannedLesson) -> None:
        with school.database.write(school.network_id) as session:
            for name in names:
                seal(session, lesson, name, at=now())

    return act


def withdraws(name: str) -> Act:
    def act(school: School, lesson: PlannedLesson) -> None:
        with school.database.write(school.network_id) as session:
            begun(session, lesson.observations[name], state="withdrawn")
            revealing.reveal(session, lesson.id, at=now())

    return act


def is_waived(name: str) -> Act:
    def act(school: School, lesson: PlannedLesson) -> None:
        with school.database.write(school.network_id) as session:
            who, by = school[name].id, school["Helen"]
            revealing.waive(session, lesson.id, who, by=by, at=now())

    return act


def opens_early(school: School, lesson: PlannedLesson) -> None:
    with school.database.write(school.network_id) as session:
        revealing.open_early(session, lesson.id, by=school["Helen"], at=now())


def both_finish(school: School, lesson: PlannedLesson) -> None:
    with school.database.write(school.network_id) as session:
        for name in ("Sion", "Ruth"):
            talking.close(session, lesson.id, by=school[name], at=now())


@dataclass(frozen=True)
class Case:
    """A state, how it comes about, and what is read where: by (who, page), a sentence or a status."""

    acts: tuple[Act, ...]
    says: Mapping[tuple[str, str], str | int]
    observers: tuple[str, ...] = ("Sion", "Ruth")
    ago: timedelta = AGO


PAIR, LESSON, PAIRS, TODAY = "/pairs/{id}", "/lessons/{id}", "/pairs", "/"
THREE = ("Sion", "Ruth", "Helen")
CASES: dict[str, Case] = {
    "planned for tomorrow": Case(
        (),
        {
            ("Sion", PAIR): "You have not begun.",
            ("Sion", PAIRS): "Still to come",
            ("Sion", LESSON): "Until all have sealed, each sees only how far the others are.",
            ("Helen", PAIR): "has not begun; the lesson lasts until",
            ("Margaret", PAIR): "The records open for those who observe when everybody has sealed.",
            ("Catrin", PAIR): 403,
        },
        ago=-timedelta(days=1),
    ),
    "nobody begun when it is over": Case(
        (),
        {
            ("Sion", TODAY): "It was not recorded.",
            ("Sion", PAIRS): "You have not begun. Ruth Adeyemi has not begun, although",
            ("Helen", PAIR): "Go on without Siôn Prydderch",
        },
    ),
    "one has begun": Case(
        (begins("Sion"),),
        {
            ("Sion", PAIR): "Your record is begun and not sealed.",
            ("Sion", PAIRS): "You have begun and not sealed.",
            ("Ruth", PAIR): "Siôn Prydderch has begun and has not sealed, although",
        },
    ),
    "one has sealed and the other has not begun": Case(
        (begins("Sion"), seals("Sion")),
        {
            ("Sion", PAIR): "Until a partner seals too, you can open it again",
            ("Sion", LESSON): "Until a partner seals too, you can open it again",
            ("Sion", PAIRS): "Ruth Adeyemi has not begun, although the lesson was over",
            ("Sion", TODAY): "You have sealed; you compare when all have.",
            ("Ruth", PAIR): "Siôn Prydderch has sealed and waits for you.",
            ("Ruth", PAIRS): "Siôn Prydderch has sealed and waits for you.",
            ("Ruth", TODAY): "Your partner has sealed and waits for your record.",
            ("Helen", PAIR): "Go on without Ruth Adeyemi",
            ("Margaret", PAIR): "Ruth Adeyemi has not begun, although the lesson was over",
            ("Catrin", PAIR): 403,
        },
    ),
    "one has sealed and the other is late": Case(
        (begins("Sion"), seals("Sion"), begins("Ruth")),
        {
            ("Sion", PAIRS): "Ruth Adeyemi has begun and has not sealed, although",
            ("Ruth", PAIR): "Go on with your record",
            ("Ruth", LESSON): "Go on with your record",
            ("Helen", PAIR): "Seal as they stand and open",
        },
        ago=timedelta(days=1, hours=2),
    ),
    "two of three have sealed": Case(
        (begins(*THREE), seals("Sion", "Ruth")),
        {
            ("Sion", PAIR): "It stays closed, for Ruth Adeyemi sealed too.",
            ("Sion", LESSON): "Your record stays closed, for a partner has sealed too.",
            ("Helen", PAIR): "Siôn Prydderch has sealed and waits for you.",
        },
        observers=THREE,
    ),
    "all have sealed": Case(
        (seals("Sion", "Ruth"),),
        {
            ("Sion", PAIR): "All records are sealed and stay as they are.",
            ("Sion", LESSON): "Compare the records",
            ("Sion", PAIRS): "Sealed by all: compare",
            ("Ruth", TODAY): "have both sealed.",
            ("Helen", PAIR): "are still comparing.",
            ("Margaret", PAIR): "Everybody has sealed. Only those who observed read the records.",
            ("Catrin", PAIR): 403,
        },
    ),
    "all of three have sealed": Case(
        (seals(*THREE),),
        {
            ("Helen", PAIR): "All records are sealed and stay as they are.",
            ("Ruth", TODAY): "all sealed",
        },
        observers=THREE,
    ),
    "talked about": Case(
        (seals("Sion", "Ruth"), both_finish),
        {
            ("Sion", PAIR): "This talk is finished.",
            ("Sion", PAIRS): "Talked about",
            ("Helen", PAIR): "finished their talk on",
            ("Margaret", PAIR): "The records were compared and the talk is finished.",
        },
    ),
    "opened early": Case(
        (begins("Sion", "Ruth"), opens_early),
        {
            ("Sion", PAIR): "These records were opened early",
            ("Helen", PAIR): "are still comparing.",
            ("Helen", LESSON): "Helen Marsh opened the records early.",
        },
    ),
    "one of two withdrew": Case(
        (seals("Sion"), withdraws("Ruth")),
        {
            ("Sion", PAIR): 404,
            ("Sion", LESSON): "withdrawn",
            ("Ruth", LESSON): "You withdrew your record.",
            ("Ruth", PAIR): 404,
        },
    ),
    "one of three withdrew": Case(
        (begins("Sion", "Ruth"), withdraws("Helen")),
        {
            ("Helen", PAIR): "You withdrew your record. It is kept and takes no part in this pair",
            ("Sion", PAIR): "Your record is begun and not sealed.",
        },
        observers=THREE,
    ),
    "one of three withdrew and the rest have sealed": Case(
        (withdraws("Helen"), seals("Sion", "Ruth")),
        {
            ("Sion", PAIR): "All records are sealed and stay as they are.",
            ("Helen", PAIR): "Everybody has sealed. Only those who observed read the records.",
            ("Helen", LESSON): "You withdrew your record.",
        },
        observers=THREE,
    ),
    "gone on without one of two": Case(
        (seals("Sion"), is_waived("Ruth")),
        {
            ("Sion", PAIR): 404,
            ("Sion", LESSON): "Helen Marsh went on without Ruth Adeyemi.",
            ("Ruth", LESSON): "This lesson goes on without you.",
            ("Helen", LESSON): "Expect again",
        },
    ),
    "gone on without one of three": Case(
        (begins("Sion", "Helen"), is_waived("Ruth")),
        {
            ("Ruth", PAIR): "This lesson goes on without you. What you recorded stays yours",
            ("Sion", PAIR): "Your record is begun and not sealed.",
        },
        observers=THREE,
    ),
}


@pytest.mark.parametrize("state", CASES)
def test_each_page_says_how_far_a_pair_is_and_what_one_can_do(
    browser: Browser, school: School, state: str
) -> None:
    case = CASES[state]
    begins_at = now().replace(second=0, microsecond=0) - case.ago
    lesson = a_lesson(school, observers=case.observers, starts_at=begins_at)
    for act in case.acts:
        act(school, lesson)
    for (who, page), expected in case.says.items():
        url, reader = page.format(id=lesson.id), browser.sign_in(school[who])
        status = expected if isinstance(expected, int) else 200
        text = " ".join(unescape(reader.get(url, status=status)).split())
        assert isinstance(expected, int) or expected in text, (state, who, page)


def test_a_partner_who_was_waived_by_mistake_is_expected_again(
    browser: Browser, school: School
) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": same()}, sealed=False)
    for act in (seals("Sion"), is_waived("Ruth")):
        act(school, lesson)
    leader, address = browser.sign_in(school["Helen"]), f"/pairs/{lesson.id}/expect/"
    leader.post(f"{address}{school['Ruth'].id}")
    leader.post(f"{address}{school['Ruth'].id}")
    with school.database.read(school.network_id) as session:
        assert session.scalar(select(Summary.id)) is None
    page = browser.sign_in(school["Sion"]).get(f"/pairs/{lesson.id}")
    assert "Until a partner seals too" in page
    seals("Ruth")(school, lesson)
    page = browser.sign_in(school["Sion"]).get(f"/pairs/{lesson.id}")
    assert "All records are sealed" in page


def test_nobody_is_expected_again_once_the_summary_has_been_worked_on(
    browser: Browser, school: School
) -> None:
    lesson = a_talk(school, {"Sion": same(), "Ruth": same()}, sealed=False)
    for act in (seals("Sion"), is_waived("Ruth")):
        act(school, lesson)
    with school.database.write(school.network_id) as session:
        session.scalars(select(Summary)).one().revision = 2
    leader = browser.sign_in(school["Helen"])
    page = leader.post(f"/pairs/{lesson.id}/expect/{school['Ruth'].id}", status=409)
    assert "The others have gone on" in page


def test_both_find_join_a_partner_on_today_and_beside_the_lesson(
    browser: Browser, school: School
) -> None:
    begins_at = now() - timedelta(minutes=1)
    mine, theirs = (a_lesson(school, observers=(n,), starts_at=begins_at) for n in ("Sion", "Ruth"))
    head, adviser = (browser.sign_in(school[name]) for name in ("Sion", "Ruth"))
    for reader, lesson, other in (
        (head, mine, "Ruth Adeyemi"),
        (adviser, theirs, "Siôn Prydderch"),
    ):
        assert f"{other} observed the same teacher alone that day." in reader.get("/")
        assert "Join a partner" in reader.get(f"/lessons/{lesson.id}")
    head.post(f"/lessons/{mine.id}/join", other=str(theirs.id))
    for reader in (head, adviser):
        assert "observed the same teacher alone" not in reader.get("/")


def test_when_two_choose_differently_the_first_choice_stands_and_the_other_is_told(
    browser: Browser, school: School
) -> None:
    lessons = {name: a_lesson(school, observers=(name,)) for name in ("Sion", "Ruth", "Helen")}
    head, adviser = (browser.sign_in(school[name]) for name in ("Sion", "Ruth"))
    head.post(f"/lessons/{lessons['Sion'].id}/join", other=str(lessons["Ruth"].id))
    chosen: dict[str, Any] = {"other": str(lessons["Helen"].id)}
    page = adviser.post(f"/lessons/{lessons['Ruth'].id}/join", status=409, **chosen)
    assert "This lesson is observed by" in page
    leader = browser.sign_in(school["Helen"])
    taken: dict[str, Any] = {"other": str(lessons["Ruth"].id)}
    page = leader.post(f"/lessons/{lessons['Helen'].id}/join", status=409, **taken)
    assert "That lesson is no longer free" in page


def test_who_was_waived_learns_nothing_more_on_the_page_of_the_lesson(
    browser: Browser, school: School
) -> None:
    lesson = a_talk(school, {name: same() for name in THREE}, sealed=False)
    for act in (is_waived("Ruth"), seals("Sion", "Helen")):
        act(school, lesson)
    page = browser.sign_in(school["Ruth"]).get(f"/lessons/{lesson.id}")
    assert "Compare the records" not in page
    assert "This lesson goes on without you." in page


def test_the_tablet_of_who_was_waived_is_told_nothing_more_of_the_pair(
    browser: Browser, school: School
) -> None:
    lesson = a_lesson(school, observers=THREE, starts_at=now())
    for act in (begins("Ruth"), is_waived("Ruth"), seals("Sion", "Helen")):
        act(school, lesson)
    told = {}
    for name in ("Ruth", "Sion"):
        told[name] = browser.sign_in(school[name]).client.get("/api/v1/bootstrap").json["lessons"]  # type: ignore[index]
    assert [each["pair"] for each in told["Ruth"]] == [None]
    assert [each["pair"]["state"] for each in told["Sion"]] == ["revealed"]
