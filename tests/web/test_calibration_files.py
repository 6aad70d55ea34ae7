"""What leaves as a file: the very rows, every figure, how it was worked out; and nothing that may not."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from observe.core.permissions import RoleKind
from observe.web import spreadsheets
from observe.web.calibration import figures_file
from observe.web.spreadsheets import Sheet
from tests.browser import Browser
from tests.factories import School, a_person
from tests.talks import LATER, a_talk, same
from tests.web.test_calibration_criterion import crowd
from tests.web.test_calibration_figures import lessons_together

__all__ = ["crowd"]


def workbook(browser: Browser, url: str) -> Workbook:
    answer = browser.client.get(url)
    assert answer.mimetype == spreadsheets.EXCEL
    return load_workbook(io.BytesIO(answer.data))


def rows_of(book: Workbook, sheet: str) -> list[tuple[Any, ...]]:
    return list(book[sheet].iter_rows(values_only=True))


def test_a_workbook_holds_rows_figures_and_how(browser: Browser, school: School) -> None:
    lessons_together(school, 6)
    book = workbook(browser.sign_in(school["Sion"]), f"/agreement/with/{school['Ruth'].id}.xlsx")
    assert book.sheetnames == ["Rows", "Figures", "How worked out"]
    rows = rows_of(book, "Rows")
    assert rows[0][-2:] == ("Siôn Prydderch", "Ruth Adeyemi")
    assert len(rows) == 1 + 6 * 4
    assert ("Rubric", "Teaching framework, version 2") in rows_of(book, "How worked out")


def test_the_rows_of_both_files_are_the_same(browser: Browser, school: School) -> None:
    lessons_together(school, 6)
    head, url = browser.sign_in(school["Sion"]), f"/agreement/with/{school['Ruth'].id}"
    told = csv.reader(io.StringIO(head.get(f"{url}.csv").lstrip("\ufeff")))
    kept = rows_of(workbook(head, f"{url}.xlsx"), "Rows")
    assert [tuple(row) for row in told] == [tuple(map(str, row)) for row in kept]


def test_the_figures_in_the_file_are_those_of_the_page(browser: Browser, school: School) -> None:
    lessons_together(school, 6)
    book = workbook(browser.sign_in(school["Sion"]), f"/agreement/with/{school['Ruth'].id}.xlsx")
    head, *lines = rows_of(book, "Figures")
    assert head == figures_file.HEAD
    (exact,) = (line for line in lines if line[0] == "all" and line[2] == "exact")
    assert exact[3:6] == (6, 24, pytest.approx(0.875))


def test_a_file_of_one_criterion_holds_only_its_rows(browser: Browser, school: School) -> None:
    lessons_together(school, 6)
    url = f"/agreement/with/{school['Ruth'].id}.xlsx?criterion=routines"
    book = workbook(browser.sign_in(school["Sion"]), url)
    assert {row[3] for row in rows_of(book, "Rows")[1:]} == {"routines"}
    assert {row[0] for row in rows_of(book, "Figures")[1:]} == {"routines"}


def test_fewer_than_five_lessons_have_rows_and_reasons_in_place_of_figures(
    browser: Browser, school: School
) -> None:
    lessons_together(school, 3)
    book = workbook(browser.sign_in(school["Sion"]), f"/agreement/with/{school['Ruth'].id}.xlsx")
    figures = [line for line in rows_of(book, "Figures")[1:] if line[2] == "alpha"]
    assert {line[5:8] for line in figures} == {(None, None, None)}
    assert "fewer than 5 lessons" in {line[-1] for line in figures}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_name_that_looks_like_a_formula_is_text_in_every_file(
    browser: Browser, school: School, sign: str
) -> None:
    a_person(school, f"{sign}SUM(1;2) Partner", RoleKind.ADVISER)
    partner = school[f"{sign}SUM(1;2)"]
    a_talk(school, {"Sion": same(), partner.name.split()[0]: same()})
    head, url = browser.sign_in(school["Sion"]), f"/agreement/with/{partner.id}"
    cell = workbook(head, f"{url}.xlsx")["Rows"]["H1"]
    assert (cell.value, cell.data_type) == (partner.name, "s")
    first = next(csv.reader(io.StringIO(head.get(f"{url}.csv").lstrip("\ufeff"))))
    assert first[-1] == f"'{partner.name}"


def test_a_groups_workbook_names_nobody(browser: Browser, crowd: School) -> None:
    book = workbook(browser.sign_in(crowd["Margaret"]), "/agreement/group.xlsx")
    told = " ".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    )
    assert len(rows_of(book, "Rows")) == 1 + 8 * 4
    assert not [person.name for person in crowd.people.values() if person.name in told]


def test_an_ungraded_group_leaves_without_rows_and_levels(browser: Browser, school: School) -> None:
    for name in ("Amina Farouk", "Peter Nwosu", "Mair Ellis"):
        a_person(school, name, RoleKind.HEAD)
    for day, head in enumerate(("Sion", "Amina", "Peter", "Mair") * 2):
        given = {head: {"progress": 2 + day % 2}, "Ruth": {"progress": 2}}
        a_talk(school, given, rubric="work-scrutiny", at=LATER + timedelta(days=day))
    reader = browser.sign_in(school["Margaret"])
    book = workbook(reader, "/agreement/group.xlsx")
    assert book.sheetnames == ["Figures", "How worked out"]
    assert not {"mean_difference"} & {line[2] for line in rows_of(book, "Figures")}
    assert "level" not in reader.get("/agreement/group.csv")


def test_a_group_that_is_too_small_leaves_an_empty_workbook(
    browser: Browser, school: School
) -> None:
    lessons_together(school, 6)
    book = workbook(browser.sign_in(school["Margaret"]), "/agreement/group.xlsx")
    assert [rows_of(book, name) for name in book.sheetnames] == [[figures_file.HEAD]]


def test_more_lines_than_a_sheet_holds_go_on_in_the_next(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheets, "MOST_LINES", 4)
    lines = [("n",), *((number,) for number in range(7))]
    answer = spreadsheets.as_workbook([Sheet("Rows", lines)], name="many")
    book = load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["Rows", "Rows 2", "Rows 3"]
    assert rows_of(book, "Rows 3") == [("n",), (6,)]


def test_levels_that_are_words_stay_words(browser: Browser, school: School) -> None:
    given = {"setting/sample-1-4": "pairs"}
    a_talk(school, {"Sion": given, "Ruth": given}, rubric="two-looks")
    book = workbook(browser.sign_in(school["Sion"]), f"/agreement/with/{school['Ruth'].id}.xlsx")
    assert rows_of(book, "Rows")[1][-2:] == ("pairs", "pairs")
