"""Whatever happens between tablet and server: all arrives, and each thing once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from tests.factories import School
from tests.journeys.relay import Answered, Asked, Onward, Relay, Rule, pass_on
from tests.journeys.servers import Server, wait_for
from tests.journeys.sheets import Sheet, a_lesson_now
from tests.journeys.tablets import Tablet

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("faults: network")]

AT_ONCE = 8
LINES = 150
LESSONS = 5
Tablets = Callable[..., Tablet]


def in_turn(*rules: Rule) -> Rule:
    """Each sending meets the next of these; the last one stays."""
    turn = count()
    return lambda asked, onward: rules[min(next(turn), len(rules) - 1)](asked, onward)


def refused(asked: Asked, onward: Onward) -> Answered:
    return Answered(500, [("Content-Type", "text/html")], b"<h1>Internal Server Error</h1>")


def captured(asked: Asked, onward: Onward) -> Answered:
    """What the network of a hotel answers to everything."""
    return Answered(200, [("Content-Type", "text/html")], b"<h1>Welcome! Accept our terms</h1>")


def lost(asked: Asked, onward: Onward) -> None:
    """The server does it all, and the answer never arrives."""
    onward(asked)


def test_refusals_portals_and_lost_answers_lose_and_double_nothing(
    school: School, server: Server, relay: Relay, tablets: Tablets
) -> None:
    relay.rule = in_turn(refused, captured, lost, lost, pass_on)
    sheet = Sheet(tablets("Sion", relay.url), school, a_lesson_now(school), "Sion").open()
    sheet.lines(["One", "Two"])
    wait_for(lambda: len(relay.sendings) > 0)
    sheet.banner("Everything is saved on this tablet")
    sheet.after_a_kill()
    sheet.line("Three")
    sheet.is_sent()
    assert relay.statuses[:5] == [500, 200, None, None, 200]
    sheet.is_on_the_server(["One", "Two", "Three"])


def test_a_server_that_dies_after_its_commit_gets_the_rest_of_the_word_as_something_new(
    school: School, server: Server, relay: Relay, tablets: Tablets
) -> None:
    def dies(asked: Asked, onward: Onward) -> None:
        onward(asked)
        server.kill()

    relay.rule = in_turn(dies, pass_on)
    sheet = Sheet(tablets("Sion", relay.url), school, a_lesson_now(school), "Sion").open()
    sheet.note.click()
    sheet.key("Half a wo")
    wait_for(lambda: bool(relay.sendings))
    assert sheet.texts == ["Half a wo"]
    sheet.key("rd, and a whole one")
    sheet.is_saved()
    sheet.tablet.kill()
    server.start()
    sheet.tablet.start()
    sheet.open().is_sent()
    sheet.is_on_the_server(["Half a word, and a whole one"])
    again = relay.sendings[-1][1]
    assert again
    assert "duplicate" in {each["status"] for each in again.json["results"]}


def test_the_same_batch_eight_times_at_once_counts_once(
    school: School, server: Server, relay: Relay, tablets: Tablets
) -> None:
    answers: list[list[Answered]] = []

    def eight(asked: Asked, onward: Onward) -> Answered:
        with ThreadPoolExecutor(AT_ONCE) as lines:
            answers.append(list(lines.map(onward, [asked] * AT_ONCE)))
        return answers[-1][-1]

    relay.rule = eight
    sheet = Sheet(tablets("Sion", relay.url), school, a_lesson_now(school), "Sion").open()
    sheet.lines(["One", "Two"])
    sheet.is_sent()
    sheet.after_a_kill().line("Three")
    sheet.seal()
    sheet.is_sealed()
    for same in answers:
        assert {each.status for each in same} == {200}
        for results in zip(*(each.json["results"] for each in same), strict=True):
            statuses = sorted(each["status"] for each in results)
            assert statuses == ["accepted"] + ["duplicate"] * (AT_ONCE - 1)
    sheet.is_on_the_server(["One", "Two", "Three"])


def test_whatever_comes_in_another_order_makes_the_same_record(
    school: School, server: Server, relay: Relay, tablets: Tablets
) -> None:
    held: list[Asked] = []

    def turned(asked: Asked, onward: Onward) -> Answered | None:
        """Every second sending arrives only after the next one, and what is last in each comes first."""
        told = asked.json
        mixed = asked.saying(told | {"operations": told["operations"][::-1]})
        if len(relay.sendings) % 2 == 0 and len(relay.sendings) < 6:
            held.append(mixed)
            return None
        answered = onward(mixed)
        for late in held:
            onward(late)
        held.clear()
        return answered

    relay.rule = turned
    sheet = Sheet(tablets("Sion", relay.url), school, a_lesson_now(school), "Sion").open()
    sheet.lines(["One", "Two"])
    sheet.is_sent()
    sheet.after_a_kill()
    sheet.lines(["Three", "Four"])
    sheet.rate("questioning", 4)
    sheet.rate("questioning", 2)
    sheet.is_sent()
    sheet.seal()
    sheet.is_sealed()
    sheet.is_on_the_server(["One", "Two", "Three", "Four"])
    assert sheet.record.ratings == {("questioning", "whole"): 2}


def test_a_whole_day_without_a_network_arrives_in_the_evening(
    school: School, server: Server, tablets: Tablets
) -> None:
    tablet = tablets("Sion", server.url)
    day = [Sheet(tablet, school, a_lesson_now(school), "Sion") for _ in range(LESSONS)]
    day[0].prepared()
    server.kill()
    for number, sheet in enumerate(day):
        sheet.open().many(f"Lesson {number}, line {line}" for line in range(LINES))
        sheet.is_saved()
        sheet.seal()
        sheet.is_saved()
        tablet.restart()
    server.start()
    tablet.page.goto("/")
    for number, sheet in enumerate(day):
        wait_for(lambda sheet=sheet: sheet.state == "sealed")  # type: ignore[misc]
        sheet.is_on_the_server(f"Lesson {number}, line {line}" for line in range(LINES))
    assert sum(len(sheet.operations()) for sheet in day) > 3000
