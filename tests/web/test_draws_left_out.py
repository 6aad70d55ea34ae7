"""Draws that gave no value are told of wherever the limits that rest on the others stand."""

import csv
import io
from dataclasses import replace

from flask import Flask

from observe.core.agreement.certainty import Drawn
from observe.core.agreement.figures import Report
from observe.core.agreement.plain import plain
from observe.core.rubric import Rubric
from observe.services import figures
from observe.web import spreadsheets
from observe.web.calibration import figures_file, how, meanings
from tests.factories import School
from tests.talks import LATER
from tests.web.test_calibration_figures import lessons_together


def a_report(school: School, *, dropped: int) -> tuple[Report, Rubric]:
    """Six lessons of two, of whose draws for alpha on the first criterion so many gave no value."""
    lessons_together(school, 6)
    with school.database.read(school.network_id) as session:
        found = figures.with_partner(session, school["Sion"].id, school["Ruth"].id, at=LATER)
    first, *others = found.report.criteria
    assert isinstance(first.alpha.certainty, Drawn)
    alpha = replace(first.alpha, certainty=replace(first.alpha.certainty, dropped=dropped))
    criteria = (replace(first, alpha=alpha), *others)
    return replace(found.report, criteria=criteria), found.rubric


def test_how_this_was_worked_out_says_how_many(app: Flask, school: School) -> None:
    with app.test_request_context():
        some = how.worked(*a_report(school, dropped=14), {}, about=meanings.PAIR).left_out
    (told,) = (each for each in some if "2,000 draws" in each)
    assert told.endswith("were left out: 14 on 1a (alpha).")


def test_where_each_draw_gave_a_value_nothing_is_said(app: Flask, school: School) -> None:
    with app.test_request_context():
        none = how.worked(*a_report(school, dropped=0), {}, about=meanings.PAIR).left_out
    assert not [each for each in none if "draws" in each]


def test_the_file_of_figures_has_them_in_a_column(school: School) -> None:
    report, _rubric = a_report(school, dropped=14)
    answer = spreadsheets.as_csv(figures_file.of_report(report), name="figures")
    text = answer.get_data(as_text=True).lstrip("\ufeff")
    lines = list(csv.reader(io.StringIO(text)))
    assert {len(line) for line in lines} == {len(figures_file.HEAD)}
    told = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    some = [each for each in told if each["draws_left_out"]]
    assert [(e["statistic"], e["draws_left_out"]) for e in some] == [("alpha", "14")]


def test_the_figures_as_data_have_them_where_there_are_any(school: School) -> None:
    report, _rubric = a_report(school, dropped=14)
    first, second, *_ = plain(report)["criteria"]
    assert first["alpha"]["draws_left_out"] == 14
    assert "draws_left_out" not in second["alpha"]
