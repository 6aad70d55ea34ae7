"""What to look for is the same on Today and on the tablet's own day."""

from datetime import timedelta

import time_machine

from tests.browser import Browser
from tests.factories import NOW, School, a_lesson
from tests.precedents import a_rule


def test_rules_of_these_two_observers_stand_beside_their_next_lesson_on_both(
    browser: Browser, school: School
) -> None:
    before = a_lesson(school, starts_at=NOW - timedelta(days=9))
    others = a_lesson(school, starts_at=NOW - timedelta(days=9), observers=("Helen", "Ruth"))
    a_lesson(school)
    a_rule(school, others.id, "A rule of two others", days=1)
    for days, text in ((2, "The newest"), (3, "The second"), (4, "The third")):
        a_rule(school, before.id, text, days=days)
    with time_machine.travel(NOW, tick=False):
        sion = browser.sign_in(school["Sion"])
        page = sion.get("/")
        lessons = sion.client.get("/api/v1/bootstrap").get_json()["lessons"]
    told = lessons[-1]["look_for"]
    assert [(each["text"], each["title"]) for each in told] == [
        ("The newest", "3a Questioning"),
        ("The second", "3a Questioning"),
    ]
    assert all(each["text"] in page for each in told)
    assert "The third" not in page
    assert "A rule of two others" not in page
