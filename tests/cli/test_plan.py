"""`observe plan`: how many more lessons it takes."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from observe.core.agreement.quantiles import t_quantile
from tests.cli.running import HEADER, agreement, long_file, observe, of_matrix
from tests.reference import expected, matrix, reference

LEVELS = ((1, 2), (2, 2), (3, 3), (1, 3), (2, 1), (3, 2), (2, 2), (3, 3), (1, 1))


def plan(file: Path, *options: str) -> Any:
    return observe("plan", file, *options, "--json").answer


def reach(lessons: int) -> float:
    return t_quantile(0.975, lessons - 1) / math.sqrt(lessons)


@pytest.mark.parametrize(
    "statistic",
    ["exact", "within_one", "alpha", "ac1", "ac2", "kappa_linear", "icc_a1", "mean_difference"],
)
def test_the_least_lessons_that_bring_the_limits_so_near(tmp_path: Path, statistic: str) -> None:
    file = of_matrix(tmp_path / "ratings.csv", LEVELS)
    figure = agreement(file)["criteria"][0][statistic]
    (aim,) = plan(file, "--statistic", statistic, "--half-width", ".15")["criteria"]
    now = (figure["high"] - figure["low"]) / 2
    assert (aim["n"], aim["value"]) == (9, figure["value"])
    assert aim["half_width_now"] == pytest.approx(now)
    wanted = 0.15 / now * reach(9)
    assert reach(aim["lessons"]) <= wanted < reach(aim["lessons"] - 1)
    assert aim["more"] == aim["lessons"] - 9


def test_a_sentence_comes_first(tmp_path: Path) -> None:
    file = of_matrix(tmp_path / "ratings.csv", LEVELS)
    more = plan(file)["pooled"]["more"]
    said = observe("plan", file).out.splitlines()
    assert said[0].startswith(
        f"{more} more lessons would give the share of the same level over one criterion to within 10 %"
    )
    assert "from 9 lessons" in said[0]
    assert said[-1] == (
        "To tell teachers apart (reliability 0.8): cannot be said, the file has no column teacher."
    )


def test_enough_lessons_are_said_to_be_enough(tmp_path: Path) -> None:
    file = of_matrix(tmp_path / "ratings.csv", LEVELS * 40)
    assert observe("plan", file).out.startswith("No more lessons are needed for the share")
    assert plan(file)["pooled"]["more"] == 0


def test_where_nothing_can_be_pooled_the_hardest_criterion_is_named(tmp_path: Path) -> None:
    words = [(f"{a}x", f"{b}x") for a, b in LEVELS]
    said = observe("plan", of_matrix(tmp_path / "ratings.csv", words, "who speaks")).out
    assert "more lessons would give the share of the same level of who speaks" in said
    kappa = observe(
        "plan", of_matrix(tmp_path / "ratings.csv", LEVELS), "--statistic", "kappa_linear"
    )
    assert "linear kappa of pace" in kappa.out
    assert "over all criteria: this figure is of one criterion only" in kappa.out


def test_measured_numbers_are_planned_by_alpha(tmp_path: Path) -> None:
    found = plan(of_matrix(tmp_path / "ratings.csv", LEVELS), "--scale", "ratio")
    assert found["statistic"] == "alpha"
    assert found["criteria"][0]["lessons"] > 9


def test_too_few_lessons_say_why_nothing_can_be_planned(tmp_path: Path) -> None:
    file = of_matrix(tmp_path / "ratings.csv", LEVELS[:4])
    (aim,) = plan(file)["criteria"]
    assert (aim["lessons"], aim["more"], aim["reason"]) == (None, None, "fewer than 5 lessons")
    assert "cannot be said: fewer than 5 lessons" in observe("plan", file).out


@pytest.mark.parametrize("width", ["0", "-1", "wide"])
def test_a_half_width_is_more_than_nothing(tmp_path: Path, width: str) -> None:
    file = of_matrix(tmp_path / "ratings.csv", LEVELS)
    assert observe("plan", file, "--half-width", width).status == 2


def visited(tmp_path: Path, *, teacher: float, observer: float, rest: float) -> Path:
    """Twenty teachers, six observers who each see three lessons of every teacher alone."""
    draw = np.random.default_rng(4)
    of_teacher, of_observer = draw.normal(0, teacher, 20), draw.normal(0, observer, 6)
    rows = []
    for lesson in range(20 * 6 * 3):
        who, whom = lesson % 6, lesson // 18
        score = 3 + of_teacher[whom] + of_observer[who] + draw.normal(0, rest)
        level = int(np.clip(np.rint(score), 1, 5))
        rows.append((f"L{lesson}", f"O{who}", "pace", level, f"T{whom}"))
        if lesson % 3 == 0:
            rows.append((f"L{lesson}", f"O{(who + 1) % 6}", "pace", level, f"T{whom}"))
    return long_file(tmp_path / "ratings.csv", rows, (*HEADER, "Teacher"))


def test_lessons_by_one_observer_or_fewer_by_two(tmp_path: Path) -> None:
    file = visited(tmp_path, teacher=1, observer=0.2, rest=0.9)
    visits = plan(file)["visits"]
    assert (visits["teachers"], visits["observers"]) == (20, 6)
    ways = {each["observers"]: each for each in visits["needed"]}
    assert all(each["reliability"] >= 0.8 for each in ways.values())
    one, two = ways[1]["lessons"], ways[2]["lessons"]
    assert one >= two > 1
    said = observe("plan", file).out
    assert (
        f"To tell teachers apart (reliability 0.8): {one} lessons by one observer, or {two} by two"
        in said
    )
    more = plan(file, "--target", ".9")["visits"]["needed"]
    assert more[0]["lessons"] > one


def test_where_no_visits_would_do_it_says_so(tmp_path: Path) -> None:
    rows = [
        (f"L{place}", f"O{place % 5}", "pace", 1 + (7 * place // 5) % 3, f"T{place // 5 % 8}")
        for place in range(80)
    ]
    pairs = [(lesson, "second", *rest) for lesson, _, *rest in rows[::2]]
    file = long_file(tmp_path / "ratings.csv", [*rows, *pairs], (*HEADER, "teacher"))
    assert plan(file, "--target", ".999")["visits"]["needed"] == []
    said = observe("plan", file, "--target", ".999").out
    assert "no number of lessons by ten observers or fewer would do" in said


def test_brennans_persons_by_items_as_teachers_by_observers(tmp_path: Path) -> None:
    """His synthetic data 1 (2001): each visit stands alone, so that nothing is paired."""
    known = expected("brennan_2001_gtheory")["synthetic1_p_x_i"]["published"]["var"]
    rows = matrix("brennan_2001_gtheory", "synthetic1_p_x_i.csv")
    file = tmp_path / "visits.csv"
    lines = [f"{p},{p}-{i},{i},score,{score}" for p, i, score in rows]
    file.write_text("\n".join(["teacher,lesson,observer,criterion,rating", *lines]))
    visits = plan(file)["visits"]
    assert visits["design"] == "teacher x observer"
    assert [round(each["variance"], 4) for each in visits["components"]] == list(known.values())


def test_a_lesson_has_one_teacher(tmp_path: Path) -> None:
    rows = [
        ("L1", "Ada", "pace", 2, "Tom"),
        ("L2", "Ada", "pace", 2, "Una"),
        ("L1", "Ben", "pace", 2, "Una"),
    ]
    file = long_file(tmp_path / "ratings.csv", rows, (*HEADER, "teacher"))
    assert observe("plan", file).faults == [
        "ratings.csv:4: lesson L1 has the teacher Tom on line 2"
    ]
    assert observe("agreement", file).status == 0


def test_groups_are_planned_apart(tmp_path: Path) -> None:
    file = reference("oecd_gti_video_components") / "ratings_long.csv"
    groups = plan(
        file, "--by", "school", "--levels", "1,2,3,4", "--statistic", "alpha", "--half-width", ".1"
    )["groups"]
    assert list(groups) == ["Chile", "Colombia", "Germany", "Madrid"]
    lessons = [each["lessons"] for group in groups.values() for each in group["criteria"]]
    assert 200 < np.median(lessons) < 400
    designs = {group["visits"]["design"] for group in groups.values()}
    assert designs == {"(lesson : teacher) x observer"}
    said = observe("plan", file, "--by", "school").out
    assert all(f"{name}:\n" in said for name in groups)
