"""What two people tapped, on the pages and in the files of their figures."""

import io
from collections.abc import Mapping
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from observe.core.permissions import RoleKind
from tests.browser import Browser
from tests.every_scale import publish_every_scale
from tests.factories import School, a_person
from tests.talks import LATER, a_talk
from tests.web.test_calibration_figures import lines

RUBRIC = "every-scale-apart"
TAPS, LEVEL = "whole-tapped", "whole-levels-4"
STARTED = {"clock/started": "2026-11-17T10:05:00.000Z"}
TAPPED = ((3, 4), (0, 1), (7, 7), (12, 9), (2, 2), (5, 0), (30, 26))


def tapped_together(school: School, number: int) -> None:
    publish_every_scale(school)
    for day, (sion, ruth) in enumerate(TAPPED[:number]):
        counted(school, {"Sion": sion, "Ruth": ruth}, day)


def counted(school: School, taps: Mapping[str, int], day: int) -> None:
    """A lesson in which both gave a level too; a count of none was not tapped."""
    given = {
        who: STARTED | {LEVEL: 1 + day % 3} | ({TAPS: number} if number else {})
        for who, number in taps.items()
    }
    a_talk(school, given, at=LATER + timedelta(days=day), rubric=RUBRIC)


def of_pair(browser: Browser, school: School, kind: str = "", query: str = "") -> str:
    return browser.sign_in(school["Sion"]).get(f"/agreement/with/{school['Ruth'].id}{kind}?{query}")


@pytest.fixture
def crowd(school: School) -> School:
    """Four heads and two advisers, each head with each adviser."""
    publish_every_scale(school)
    for name in ("Amina Farouk", "Peter Nwosu", "Mair Ellis"):
        a_person(school, name, RoleKind.HEAD)
    a_person(school, "David Kerr", RoleKind.ADVISER)
    for day, head in enumerate(("Sion", "Amina", "Peter", "Mair") * 2):
        one, other = TAPPED[day % len(TAPPED)]
        counted(school, {head: one, ("Ruth", "David")[day % 2]: other}, day)
    return school


def test_counts_stand_apart_from_what_has_levels(browser: Browser, school: School) -> None:
    tapped_together(school, 7)
    page = of_pair(browser, school)
    levels, taps = page.split('id="f8"')
    forest = levels.split('class="forest forest-same')[1].split("</table>")[0]
    assert "Questions to the whole class" not in forest
    assert "Questions to the whole class" in taps
    assert "+1.43" in taps


def test_the_page_of_a_count_speaks_of_taps_and_not_of_levels(
    browser: Browser, school: School
) -> None:
    tapped_together(school, 7)
    page = of_pair(browser, school, query=f"criterion={TAPS}")
    assert "You and Ruth counted this on 7 lessons. Agreement beyond luck is" in page
    assert "Mean difference, in taps" in page
    assert "Not a level scale" in page
    assert 'class="bubbles"' in page
    assert 'class="kxk"' not in page
    assert "You 5 more" in page


def test_few_small_counts_stand_in_a_table(browser: Browser, school: School) -> None:
    tapped_together(school, 3)
    assert 'class="kxk"' in of_pair(browser, school, query=f"criterion={TAPS}")
    few = of_pair(browser, school)
    assert "Questions to the whole class" in few


def test_the_files_hold_both_counts_and_why_there_is_no_share(
    browser: Browser, school: School
) -> None:
    tapped_together(school, 7)
    rows = [line for line in lines(of_pair(browser, school, ".csv")) if line[3] == TAPS]
    assert [line[-2:] for line in rows] == [[str(a), str(b)] for a, b in TAPPED]
    client = browser.sign_in(school["Sion"]).client
    answer = client.get(f"/agreement/with/{school['Ruth'].id}.xlsx")
    figures = load_workbook(io.BytesIO(answer.data))["Figures"].values
    told = {line[2]: line for line in figures if line[0] == TAPS}
    assert told["exact"][-1] == "not a level scale"
    assert told["kappa_linear"][-1] == "not a level scale"
    assert round(told["mean_difference"][5], 2) == 1.43


def test_a_group_is_told_of_counts_too(browser: Browser, crowd: School) -> None:
    reader, address = browser.sign_in(crowd["Helen"]), f"rubric={crowd.rubrics[RUBRIC]}"
    page = reader.get(f"/agreement/group?{address}")
    assert "What was counted by taps" in page
    one = reader.get(f"/agreement/criterion/{TAPS}?{address}")
    assert "eads and advisers counted this on 8 lessons" in one
    file = lines(reader.get(f"/agreement/group.csv?{address}"))
    assert ["30", "26"] in [line[5:7] for line in file if line[1] == TAPS]


def test_a_rubric_of_counts_alone_draws_no_share(browser: Browser, school: School) -> None:
    for day in range(6):
        given = {who: STARTED | {"answerers": 4 + day} for who in ("Sion", "Ruth")}
        a_talk(school, given, at=LATER + timedelta(days=day), rubric="minute-by-minute")
    page = of_pair(browser, school)
    assert "Different pupils who answer" in page
    assert "forest-same" not in page
    assert "always the same count" in page
