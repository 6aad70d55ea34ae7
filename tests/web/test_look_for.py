"""What to look for is the same on Today and on the tablet's own day."""

from datetime import timedelta
from uuid import UUID

import time_machine

from observe.core.ids import new_id
from observe.storage.tables.calibration import Precedent
from tests.browser import Browser
from tests.factories import NOW, School, a_lesson


def agreed(school: School, lesson_id: UUID, text: str, *, days: int) -> None:
    """A rule that the observers of a lesson agreed some days ago."""
    with school.database.write(school.network_id) as session:
        session.add(
            Precedent(
                id=new_id(NOW),
                rubric="teaching-framework",
                criterion="questioning",
                text=text,
                lesson_id=lesson_id,
                by=school["Sion"].id,
                at=NOW - timedelta(days=days),
            )
        )


def test_rules_of_these_two_observers_stand_beside_their_next_lesson_on_both(
    browser: Browser, school: School
) -> None:
    before = a_lesson(school, starts_at=NOW - timedelta(days=9))
    others = a_lesson(school, starts_at=NOW - timedelta(days=9), observers=("Helen", "Ruth"))
    a_lesson(school)
    agreed(school, others.id, "A rule of two others", days=1)
    for days, text in ((2, "The newest"), (3, "The second"), (4, "The third")):
        agreed(school, before.id, text, days=days)
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
