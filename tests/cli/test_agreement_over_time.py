from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import agreement, long_file, observe

HEADER = ("lesson", "observer", "role", "observed_on", "criterion", "rating")
BEGAN = date(2026, 1, 5)


def day(number: int) -> str:
    return (BEGAN + timedelta(days=3 * number)).isoformat()


def lesson(number: int, head: int, adviser: int, on: str) -> Iterator[tuple[object, ...]]:
    yield f"L{number}", "Ada", "head", on, "pace", head
    yield f"L{number}", "Ben", "adviser", on, "pace", adviser


def of_gaps(file: Path, gaps: Sequence[int], days: Sequence[str] | None = None) -> Path:
    """A lesson every third day on which the head gives so many levels more than the adviser."""
    rows = [
        row
        for number, gap in enumerate(gaps)
        for row in lesson(number, 2 + gap, 2, days[number] if days else day(number))
    ]
    return long_file(file, rows, HEADER)


GROWING = [0, 1, 0, 0, 0] * 3 + [1, 1, 0, 1, 1] * 3


def over_time(file: Path, *options: str) -> Any:
    return agreement(file, "--levels", "1,2,3,4", *options)["over_time"]


def test_thirty_lessons_with_a_day_say_how_two_grow_apart(tmp_path: Path) -> None:
    found = over_time(of_gaps(tmp_path / "r.csv", [*GROWING, 1, 0]))
    assert (found["lessons"], found["waiting"], found["reason"]) == (32, 2, None)
    assert [each["mean_difference"]["value"] for each in found["windows"]] == [0.2, 0.5, 0.8]
    assert [each["exact"]["value"] for each in found["windows"]] == pytest.approx([0.8, 0.5, 0.2])
    assert [each["first_day"] for each in found["windows"]] == [day(0), day(10), day(20)]
    assert found["windows"][-1]["last_day"] == day(29)
    slope = found["slope"]
    assert slope["low"] < slope["value"] < slope["high"]
    assert slope["value"] > 0


def test_the_table_says_it_too_with_limits(tmp_path: Path) -> None:
    said = observe("agreement", of_gaps(tmp_path / "r.csv", [*GROWING, 1, 0])).out
    told = said[said.index("Over time") :].splitlines()
    assert told[0].startswith("Over time, 32 lessons: the difference moves by +0.")
    assert told[0].endswith("of a level in 30 days.")
    assert told[2].startswith(f"  {day(0)}  {day(9)}  10       +0.20 (-0.10 to +0.50)")
    assert told[-1] == "  2 lessons after the last window"


def test_a_file_without_days_says_why_and_its_table_nothing(tmp_path: Path) -> None:
    rows = [(f"L{n}", who, "pace", 2) for n in range(30) for who in ("Ada", "Ben")]
    file = long_file(tmp_path / "r.csv", rows)
    nothing = {
        "value": None,
        "low": None,
        "high": None,
        "reason": "the file has no column observed_on",
    }
    assert over_time(file)["slope"] == nothing
    assert over_time(file)["windows"] == []
    assert "Over time" not in observe("agreement", file).out


def test_too_few_lessons_say_why(tmp_path: Path) -> None:
    file = of_gaps(tmp_path / "r.csv", GROWING[:29])
    assert over_time(file)["reason"] == "fewer than 30 lessons"
    assert "Over time: cannot be said, fewer than 30 lessons." in observe("agreement", file).out


def test_lessons_of_one_day_have_windows_and_no_slope(tmp_path: Path) -> None:
    file = of_gaps(tmp_path / "r.csv", GROWING, [day(0)] * 30)
    found = over_time(file)
    assert len(found["windows"]) == 3
    assert found["slope"]["reason"] == "all lessons were on one day"
    assert "cannot be said to move, all lessons were on one day" in observe("agreement", file).out


def test_a_lesson_without_a_day_stays_out_of_it_and_is_counted(tmp_path: Path) -> None:
    days = [*map(day, range(30)), "", "5.1.2026"]
    answer = agreement(of_gaps(tmp_path / "r.csv", [*GROWING, 1, 1], days), "--levels", "1,2,3,4")
    assert answer["over_time"]["lessons"] == 30
    assert answer["criteria"][0]["n"] == 32
    assert answer["warnings"] == [
        "2 rows have no day such as 2026-11-17",
        "2 lessons have no day: not in what is said over time",
    ]


def test_a_file_without_one_day_that_can_be_read_says_so(tmp_path: Path) -> None:
    file = of_gaps(tmp_path / "r.csv", GROWING, ["yesterday"] * 30)
    assert over_time(file)["reason"] == "no lesson has a day"


def test_a_lesson_that_was_watched_again_counts_on_its_first_day(tmp_path: Path) -> None:
    rows = [
        row for number, gap in enumerate(GROWING) for row in lesson(number, 2 + gap, 2, day(number))
    ]
    rows += [(f"L{n}", "Cem", "other", "2027-01-01T09:00", "pace", 2) for n in range(30)]
    found = over_time(long_file(tmp_path / "r.csv", rows, HEADER))
    assert found["windows"][-1]["last_day"] == day(29)


def test_each_group_has_its_own_course(tmp_path: Path) -> None:
    rows = [
        (*row, school)
        for school, gaps in (("North", GROWING), ("South", GROWING[:10]))
        for number, gap in enumerate(gaps)
        for row in lesson(number, 2 + gap, 2, day(number))
    ]
    file = long_file(tmp_path / "r.csv", rows, (*HEADER, "school"))
    groups = agreement(file, "--levels", "1,2,3,4", "--by", "school")["groups"]
    reasons = {name: each["over_time"]["reason"] for name, each in groups.items()}
    assert reasons == {"North": None, "South": "fewer than 30 lessons"}


def test_planning_asks_for_no_day(tmp_path: Path) -> None:
    file = of_gaps(tmp_path / "r.csv", GROWING, ["yesterday"] * 30)
    assert observe("plan", file, "--json").answer["warnings"] == agreement(file)["warnings"][:1]
