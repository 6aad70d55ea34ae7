"""Which values a rating may have."""

from typing import Any

import pytest

from observe.core.rating import check_value, occasion_fits
from observe.core.rubric import Criterion, Rubric
from observe.core.rubric_file import read_rubric

RUBRIC = """\
rubric: all-types
version: 1
language: en
title: All types
kind: lesson
graded: false
occasions: {whole: true, segments: 2, minutes: 15, samples: [4, 9, 14]}
scales:
  four: {type: ordinal, levels: [{value: 1, label: A}, {value: 2, label: B}, {value: 3, label: C}]}
  seen: {type: binary, levels: [{value: 0, label: "No"}, {value: 1, label: "Yes"}]}
  one: {type: nominal, codes: {pairs: Pairs, alone: Alone}}
  several: {type: codes, codes: {teacher: Teacher, pupil: Pupil}}
  taps: {type: count}
  size: {type: number}
  words: {type: text}
domains:
  - domain: all
    title: All
    criteria:
      - {criterion: level, title: Pace, scale: four}
      - {criterion: binary, title: Aim, scale: seen}
      - {criterion: nominal, title: Setting, scale: one}
      - {criterion: codes, title: Talk, scale: several}
      - {criterion: count, title: Answers, scale: taps}
      - {criterion: number, title: Pupils, scale: size}
      - {criterion: text, title: In a line, scale: words}
      - {criterion: optional, title: Practice, scale: four, not_applicable: true}
      - {criterion: segment, title: Tone, scale: four, occasion: segment}
      - {criterion: sample, title: At work, scale: four, occasion: sample}
"""
INTERVALS = """\
rubric: intervals
version: 1
language: en
title: Intervals
kind: lesson
graded: false
occasions: {intervals: 2}
scales: {several: {type: codes, codes: {teacher: Teacher, pupil: Pupil}}}
domains:
  - domain: all
    title: All
    criteria: [{criterion: talk, title: Talk, scale: several, occasion: interval}]
"""
ALL_TYPES = read_rubric(RUBRIC, "all-types.yaml")
EVERY_TWO_MINUTES = read_rubric(INTERVALS, "intervals.yaml")

FITTING = [
    ("level", 1),
    ("level", 3),
    ("level", 3.0),
    ("binary", 0),
    ("binary", 1),
    ("nominal", "pairs"),
    ("codes", ["pupil"]),
    ("codes", ["pupil", "teacher"]),
    ("codes", []),
    ("number", 27),
    ("number", -0.5),
    ("text", "When the first pair saw the pattern."),
    ("text", ""),
]
WRONG = [
    ("level", 0, "Level 0 is not in this rubric."),
    ("level", 4, "Level 4 is not in this rubric."),
    ("level", 2.5, "Level 2.5 is not in this rubric."),
    ("level", "2", "Level 2 is not in this rubric."),
    ("level", True, "Level True is not in this rubric."),
    ("level", [2], "Level [2] is not in this rubric."),
    ("level", {"value": 2}, "Level {'value': 2} is not in this rubric."),
    ("binary", False, "Level False is not in this rubric."),
    ("binary", 2, "Level 2 is not in this rubric."),
    ("nominal", "groups", "The code groups is not in this rubric."),
    ("nominal", ["pairs"], "Choose exactly one of these, not a list."),
    ("nominal", 1, "The code 1 is not in this rubric."),
    ("codes", "pupil", "Codes are sent as a list, also a single one."),
    ("codes", ["pupil", "head"], "The code head is not in this rubric."),
    ("codes", ["pupil", None], "The code None is not in this rubric."),
    ("codes", ["pupil", ["x"]], "The code ['x'] is not in this rubric."),
    ("codes", ["pupil", "pupil"], "The same code is there twice."),
    ("number", "27", "27 is not a number."),
    ("number", True, "True is not a number."),
    ("number", float("nan"), "nan is not a number."),
    ("number", float("inf"), "inf is not a number."),
    ("number", 10**20, "100000000000000000000 is not a number."),
    ("text", 7, "This takes a text."),
]
OCCASIONS = [
    ("level", "whole", True),
    ("level", "segment-1", False),
    ("level", "", False),
    ("level", "Whole", False),
    ("level", "whole\n", False),
    ("segment", "segment-1", True),
    ("segment", "segment-2", True),
    ("segment", "segment-3", False),
    ("segment", "segment-0", False),
    ("segment", "segment-01", False),
    ("segment", "segment-²", False),
    ("segment", "whole", False),
    ("sample", "sample-1-4", True),
    ("sample", "sample-2-14", True),
    ("sample", "sample-2-5", False),
    ("sample", "sample-3-4", False),
    ("sample", "sample-1", False),
    ("sample", "interval-1", False),
]


def criterion(key: str, rubric: Rubric = ALL_TYPES) -> Criterion:
    found = rubric.find(key)
    assert found is not None
    return found


def verdict(key: str, value: Any) -> str | None:
    return check_value(criterion(key), "whole", value, ALL_TYPES)


@pytest.mark.parametrize(("key", "value"), FITTING)
def test_a_value_of_the_scale_is_taken(key: str, value: Any) -> None:
    assert verdict(key, value) is None


@pytest.mark.parametrize(("key", "value", "sentence"), WRONG)
def test_a_value_that_the_scale_lacks_is_refused_in_words(
    key: str, value: Any, sentence: str
) -> None:
    assert verdict(key, value) == sentence


@pytest.mark.parametrize("value", ["not_seen", None])
@pytest.mark.parametrize("key", ["level", "binary", "nominal", "codes", "number", "text"])
def test_not_seen_and_taking_back_are_always_possible(key: str, value: Any) -> None:
    assert verdict(key, value) is None


def test_does_not_apply_is_possible_where_the_rubric_says_so() -> None:
    assert verdict("optional", "not_applicable") is None
    assert verdict("level", "not_applicable") == "Pace applies to every lesson."


@pytest.mark.parametrize("value", [3, 0, None, "not_seen", "not_applicable"])
def test_what_is_counted_has_taps_and_no_value(value: Any) -> None:
    assert verdict("count", value) == "Answers is counted one by one; it takes no value."


def test_a_long_value_is_not_repeated_whole() -> None:
    sentence = verdict("level", "x" * 5000)
    assert sentence is not None
    assert len(sentence) < 80


@pytest.mark.parametrize(("key", "occasion", "fits"), OCCASIONS)
def test_a_rating_is_for_a_part_of_the_lesson_that_the_rubric_has(
    key: str, occasion: str, fits: bool
) -> None:
    assert occasion_fits(ALL_TYPES, criterion(key), occasion) is fits


@pytest.mark.parametrize("number", [1, 25, 999])
def test_intervals_go_on_to_the_end_of_the_lesson(number: int) -> None:
    talk = criterion("talk", EVERY_TWO_MINUTES)
    assert occasion_fits(EVERY_TWO_MINUTES, talk, f"interval-{number}")


def test_a_rating_for_another_part_of_the_lesson_is_refused_in_words() -> None:
    said = check_value(criterion("segment"), "whole", 2, ALL_TYPES)
    assert said == "Tone is not rated for whole."
