"""A stage in words: everything that its file asks for is said, and what to do fits what is counted."""

from datetime import date

import pytest
from flask import Flask

from observe.core.programme import Stage
from observe.core.programme_file import read_programme
from observe.core.programme_standing import Dated, standing
from observe.web.programme import stage_words

FIRST = date(2026, 9, 7)
HEAD = """
programme: words
version: 1
language: en
title: Words
for: heads
led_by: facilitator
stages:
  - {stage: one, title: One, by_week: 10,"""


def stage(told: str) -> Stage:
    return read_programme(f"{HEAD} {told}}}\n".encode(), "words.yaml").stages[0]


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("kind: self-evaluation, counts: {moment: baseline}", "Of the moment “Baseline”."),
        ("kind: final-assessment", "Of the moment “At the end”."),
        ("kind: practice-lesson, counts: {rubric: two-looks}", "With the rubric “two-looks”."),
        ("kind: practice-lesson, counts: {lesson_kind: feedback-talk}", "Only feedback talks"),
        ("kind: paired-lesson, counts: {lesson_kind: observing}", "Only watching somebody observe"),
        ("kind: visit, counts: {lesson_kind: leadership}", "Only watching somebody lead"),
        ("kind: work-scrutiny, counts: {evidence: pair}", "In a pair: each records alone."),
        ("kind: exercise, counts: {mode: practice}", "Taken for practice."),
        ("kind: exercise, counts: {mode: group}", "Taken in a group."),
        ("kind: exercise, counts: {mode: test, same: 60}", "At least 60 % of criteria"),
        ("kind: paired-lesson, counts: {beside: [head]}", "Beside a head."),
    ],
)
def test_what_a_file_asks_for_is_said(app: Flask, told: str, says: str) -> None:
    with app.test_request_context():
        assert says in " ".join(stage_words.what_counts(stage(told)))


def test_a_rubric_is_named_by_its_title_where_the_network_has_it(app: Flask) -> None:
    one = stage("kind: practice-lesson, counts: {rubric: two-looks}")
    with app.test_request_context():
        words = " ".join(stage_words.what_counts(one, {"two-looks": "Two looks at one thing"}))
    assert "With the rubric “Two looks at one thing”." in words


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("kind: final-assessment", "Whoever advises or trains you does this."),
        ("kind: final-assessment, counts: {evidence: self-evaluation}", "Look at your observing"),
        ("kind: practice-lesson, counts: {evidence: summary}", "Write the teacher's summary"),
        ("kind: practice-lesson", "Observe a lesson in your own school"),
    ],
)
def test_what_to_do_fits_what_is_counted(
    app: Flask, monkeypatch: pytest.MonkeyPatch, told: str, says: str
) -> None:
    monkeypatch.setattr(stage_words, "is_open", lambda _endpoint: False)
    dated = Dated(stage(told), FIRST, date(2026, 12, 1))
    with app.test_request_context():
        assert says in stage_words.to_do(standing(dated, (), FIRST), None)[0]
