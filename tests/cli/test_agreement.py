import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from observe.cli import agreement_words
from observe.cli.agreement import command
from observe.core.agreement.figures import Leniency
from observe.core.errors import Invalid
from tests.reference import expected, reference


def run(file: Path, *options: str) -> Result:
    return CliRunner().invoke(command, [str(file), *options])


def answer(file: Path, *options: str) -> Any:
    result = run(file, *options, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def faults(file: Path, *options: str) -> list[str]:
    result = run(file, *options, "--json")
    assert isinstance(result.exception, Invalid)
    assert result.stdout == ""
    return result.exception.sentence.splitlines()


@pytest.fixture
def ratings(tmp_path: Path) -> Any:
    def write(*lines: str, header: str = "lesson,observer,criterion,rating") -> Path:
        file = tmp_path / "ratings.csv"
        file.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
        return file

    return write


def two_observers(*levels: str, first: str = "Ada", second: str = "Ben") -> list[str]:
    """One row each of two observers a lesson: "12" is a 1 and a 2."""
    return [
        line
        for lesson, (a, b) in enumerate(map(tuple, levels))
        for line in (f"L{lesson},{first},pace,{a}", f"L{lesson},{second},pace,{b}")
    ]


def test_the_lessons_of_the_oecd_come_out_by_country() -> None:
    file = reference("oecd_gti_video_components") / "ratings_long.csv"
    groups = answer(file, "--by", "school", "--levels", "1,2,3,4")["groups"]
    known = expected("oecd_gti_video_components")["by_country"]
    assert list(groups) == list(known)
    for country, answers in known.items():
        for theirs, ours in zip(answers, groups[country]["criteria"], strict=True):
            assert (ours["criterion"], ours["n"]) == (theirs["criterion"], theirs["n"])
            assert ours["alpha"]["value"] == pytest.approx(theirs["alpha_ordinal"], abs=1e-9)
            assert ours["exact"]["value"] == pytest.approx(theirs["exact"], abs=1e-9)
            assert ours["ac2"]["value"] == pytest.approx(theirs["ac2_quadratic"], abs=1e-5)


def test_the_whole_file_of_the_oecd() -> None:
    file = reference("oecd_gti_video_components") / "ratings_long.csv"
    found = answer(file)
    assert (found["lessons"], found["observers"], found["ratings"]) == (631, 72, 22715)
    assert "levels were taken from the file, 1 to 4" in found["warnings"][0]
    assert found["pooled"]["criteria"] == 18
    first = found["criteria"][0]
    assert set(first) >= {
        "criterion", "n", "n_cells", "levels", "table", "exact", "within_one", "alpha", "ac1", "ac2",
        "kappa_quadratic", "kappa_linear", "icc_a1", "mean_difference", "flags",
    }  # fmt: skip
    assert {"value", "low", "high", "reason"} <= set(first["alpha"])
    assert {"value", "low", "high", "chance", "reason"} <= set(first["exact"])
    assert {"value", "low", "high", "sd", "limits", "roles"} <= set(first["mean_difference"])


def test_a_table_for_people_is_the_default() -> None:
    file = reference("oecd_gti_video_components") / "ratings_long.csv"
    said = run(file).output
    assert "631 lessons, 72 observers, 22715 ratings" in said
    assert "CM1RT" in said
    assert "stratified alpha    0.29" in said


def test_one_of_anything_is_counted_as_one(ratings: Any) -> None:
    assert "\n1 lesson, 1 observer, 1 rating\n" in run(ratings("L1,Ada,pace,2")).output


def test_few_lessons_are_counted_in_words(ratings: Any) -> None:
    file = ratings(*two_observers("11", "12", "22", "33"))
    assert "same level on 3 of 4" in run(file).output
    (pace,) = answer(file)["criteria"]
    assert pace["alpha"]["reason"] == "fewer than 5 lessons"
    assert (pace["alpha"]["value"], pace["alpha"]["low"], pace["alpha"]["high"]) == (None,) * 3
    assert pace["table"] == [[1, 1, 0], [0, 1, 0], [0, 0, 1]]


def test_the_order_of_columns_and_rows_does_not_matter(ratings: Any) -> None:
    lines = two_observers("12", "22", "33", "13", "21", "11")
    one = answer(ratings(*lines))
    turned = [",".join(reversed(line.split(","))) for line in lines]
    again = sorted(turned, key=lambda line: line.split(",")[2])
    assert answer(ratings(*again, header="Rating, criterion ,OBSERVER,lesson")) == one


def test_heads_come_first_where_there_are_roles(ratings: Any) -> None:
    lines = [
        f"L{lesson},{who},pace,{level},{role}"
        for lesson in range(6)
        for who, level, role in (("Ben", 2, "adviser"), ("Ada", 4 - lesson % 2, "head"))
    ]
    header = "lesson,observer,criterion,rating,role"
    (pace,) = answer(ratings(*lines, header=header))["criteria"]
    assert pace["mean_difference"]["value"] == 1.5
    assert pace["mean_difference"]["roles"] is True
    (by_name,) = answer(ratings(*lines, header=header.replace("role", "part")))["criteria"]
    assert by_name["mean_difference"]["value"] == -1.5
    named = answer(ratings(*lines, header=header.replace("role", "part")), "--roles-column", "Part")
    assert named["criteria"][0]["mean_difference"]["value"] == 1.5


def test_words_are_nominal_in_order_of_first_sight(ratings: Any) -> None:
    file = ratings(
        *(
            f"L{i},{who},who,{word}"
            for i, word in enumerate(["pupil", "teacher", "pair"] * 2)
            for who in "AB"
        )
    )
    (who,) = answer(file)["criteria"]
    assert who["levels"] == ["pupil", "teacher", "pair"]
    assert who["alpha"]["value"] == 1
    assert who["ac2"]["reason"] == "the levels have no order"


def test_declared_words_have_an_order(ratings: Any) -> None:
    file = ratings(
        *(
            f"L{i},{who},who,{word}"
            for i, word in enumerate(["low", "high", "middle"] * 2)
            for who in "AB"
        )
    )
    (who,) = answer(file, "--levels", "low,middle,high")["criteria"]
    assert who["levels"] == ["low", "middle", "high"]
    assert who["kappa_quadratic"]["value"] == 1


def test_a_level_that_nobody_used_counts_when_it_is_declared(ratings: Any) -> None:
    file = ratings(*two_observers("12", "22", "33", "13", "21", "11"))
    (seen,), (declared,) = (
        answer(file, *levels)["criteria"] for levels in ((), ("--levels", "1,2,3,4"))
    )
    assert (seen["levels"], declared["levels"]) == ([1, 2, 3], [1, 2, 3, 4])
    assert seen["ac2"]["value"] < declared["ac2"]["value"]
    assert seen["alpha"]["value"] == pytest.approx(declared["alpha"]["value"])


def test_blanks_are_not_rated(ratings: Any) -> None:
    file = ratings(
        *two_observers("12", "22", "33", "13", "21"),
        "L9,Ada,pace,3",
        "L9,Ben,pace,",
        "L8,Ada,pace,not_seen",
    )
    found = answer(file)
    (pace,) = found["criteria"]
    assert (pace["n"], found["ratings"], found["lessons"]) == (5, 11, 6)
    assert pace["flags"] == ["1 lesson was rated by one observer only"]
    assert "2 rows have no level" in found["warnings"]


def test_occasions_are_cells_of_a_lesson(ratings: Any) -> None:
    lines = [
        f"L{lesson},{who},pace,{1 + (lesson + part + (who == 'B') * (part == 1)) % 3},interval-{part}"
        for lesson in range(6)
        for part in range(4)
        for who in "AB"
    ]
    found = answer(ratings(*lines, header="lesson,observer,criterion,rating,occasion"))
    (pace,) = found["criteria"]
    assert (pace["n"], pace["n_cells"]) == (6, 24)
    assert pace["exact"]["value"] == 0.75
    assert found["pooled"]["criteria"] == 0


def test_numbers_on_a_ratio_scale_have_no_table(ratings: Any) -> None:
    file = ratings(*two_observers("12", "24", "33", "13", "25", "61"))
    (pace,) = answer(file, "--scale", "ratio")["criteria"]
    for name in ("exact", "within_one", "ac1", "ac2", "kappa_quadratic"):
        assert pace[name]["reason"] == "not a level scale"
    assert pace["table"] is None
    assert pace["alpha"]["value"] is not None


def test_levels_taken_from_the_file_are_told_and_measured_numbers_are_no_levels(
    ratings: Any,
) -> None:
    file = ratings(*two_observers("12", "24", "33", "13", "25", "61"))
    for scale in ("ordinal", "nominal"):
        assert (
            "levels were taken from the file, 1 to 6"
            in answer(file, "--scale", scale)["warnings"][0]
        )
    for scale in ("interval", "ratio"):
        assert answer(file, "--scale", scale)["warnings"] == []


def test_a_level_that_was_not_declared_is_told_on_each_line_it_stands_on(ratings: Any) -> None:
    file = ratings(*two_observers("19", "22", "91"))
    assert faults(file, "--levels", "1,2,3") == [
        "ratings.csv:3: rating 9 is not among the levels",
        "ratings.csv:6: rating 9 is not among the levels",
    ]


def test_a_seed_repeats_itself(ratings: Any) -> None:
    file = ratings(*two_observers("12", "22", "33", "13", "21", "11"))
    assert answer(file, "--seed", "4") == answer(file, "--seed", "4") != answer(file)


def test_groups_stand_apart(ratings: Any) -> None:
    lines = [
        f"{line},{school}"
        for school in ("Elm", "Oak")
        for line in two_observers("12", "22", "33", "13", "21", first=f"A-{school}")
    ]
    found = answer(
        ratings(*lines, header="lesson,observer,criterion,rating,School"), "--by", "school"
    )
    assert list(found["groups"]) == ["Elm", "Oak"]
    assert found["groups"]["Elm"]["criteria"] == found["groups"]["Oak"]["criteria"]
    assert found["groups"]["Elm"]["observers"] == 2


def test_a_spreadsheets_file_is_read_too(tmp_path: Path) -> None:
    file = tmp_path / "ratings.csv"
    rows = [line.split(",") for line in two_observers("12", "22", "33", "13", "21")]
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        csv.writer(opened, delimiter=";").writerows(
            [["lesson", "observer", "criterion", "rating"], *rows]
        )
    assert answer(file)["criteria"][0]["n"] == 5


FAULTS = [
    (["L1,Ada,pace,2", "L1,Ben,pace"], [], ["3: 3 fields where the first line has 4"]),
    ([",Ada,pace,2", "L1,,pace,2", "L1,Ada,,2"], [], ["2: the lesson is blank", "3: the observer is blank", "4: the criterion is blank"]),
    (["L1,Ada,pace,2", "L1,Ada,pace,3"], [], ["3: Ada rated pace of L1 on line 2 already"]),
    (["L1,Ada,pace,2", "L1,Ben,pace,5"], ["--levels", "1,2,3,4"], ["3: rating 5 is not among the levels"]),
    (["L1,Ada,pace,2", "L1,Ben,pace,high"], [], ["3: rating high is not a number, as others of this criterion are"]),
    (["L1,Ada,pace,2", "L1,Ben,pace,2.5"], [], ["3: rating 2.5 is not a whole number: give --levels"]),
    (["L1,Ada,pace,low"], ["--scale", "interval"], ["2: rating low is not a number: give --levels"]),
    (["L1,Ada,pace,-2"], ["--scale", "ratio"], ["2: rating -2 is below zero, which a ratio scale has not"]),
    (["L1,Ada,pace,1", "L1,Ben,pace,5000"], [], ["3: rating 5000 makes over 200 levels: give --levels"]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "options", "said"), FAULTS)
def test_each_fault_is_one_line(
    ratings: Any, lines: list[str], options: list[str], said: list[str]
) -> None:
    assert faults(ratings(*lines), *options) == [f"ratings.csv:{line}" for line in said]


def test_all_faults_are_said_at_once(ratings: Any) -> None:
    lines = ["L1,Ada,pace", "", '"L\n2",,pace,2', "L3,Ada,pace,2", "L3,Ada,pace,x"]
    assert faults(ratings(*lines)) == [
        "ratings.csv:2: 3 fields where the first line has 4",
        "ratings.csv:4: the observer is blank",
        "ratings.csv:7: Ada rated pace of L3 on line 6 already",
        "ratings.csv:7: rating x is not a number, as others of this criterion are",
    ]


def test_a_file_without_the_columns_is_refused(ratings: Any) -> None:
    assert faults(ratings("L1,Ada,2", header="lesson,observer,rating")) == [
        "ratings.csv:1: there is no column criterion"
    ]
    assert faults(ratings("L1,Ada,pace,2"), "--by", "school") == [
        "ratings.csv:1: there is no column school"
    ]
    assert (
        "two columns rating"
        in faults(ratings("a", header="lesson,observer,criterion,rating,rating"))[0]
    )


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "ratings.csv"
    file.write_bytes(b"lesson,observer,criterion,rating\nL1,Ad\xff,pace,2\n")
    assert faults(file) == ["ratings.csv:2: this is not UTF-8 text"]
    file.write_bytes(b"")
    assert "the file is empty" in faults(file)[0]


def test_levels_are_named_once(ratings: Any) -> None:
    result = run(ratings("L1,Ada,pace,2"), "--levels", "1,1,2")
    assert result.exit_code == 2
    assert "name each level once" in result.output


def test_a_file_with_a_header_only_has_nothing_to_say(ratings: Any) -> None:
    found = answer(ratings())
    assert (found["lessons"], found["criteria"]) == (0, [])
    assert found["pooled"]["exact"]["reason"] == "no criterion can be pooled"
    assert run(ratings()).exit_code == 0


def test_leniency_names_every_observer_of_the_oecd_by_group() -> None:
    file = reference("oecd_gti_video_components") / "ratings_long.csv"
    found = answer(file, "--levels", "1,2,3,4")
    everybody = found["leniency"]
    assert {"component", "observer", "logits", "low", "high", "infit", "lessons"} <= set(
        everybody[0]
    )
    assert len(everybody) == 72
    countries = {each["observer"].split("_")[0]: each["component"] for each in everybody}
    assert len(countries) == len(set(countries.values())) == 4
    assert "4 groups that never met" in found["warnings"][-1]


def test_leniency_is_said_in_words_first(ratings: Any) -> None:
    levels = ["32", "31", "42", "21", "32", "43", "21", "31", "42", "32", "43", "32"]
    said = run(ratings(*two_observers(*levels))).output
    assert "Ada: higher levels +" in said
    assert "Ben: lower levels -" in said


@pytest.mark.parametrize(
    ("infit", "told"),
    [
        (0.4, ", more alike to the partners than expected (infit 0.40)"),
        (1.0, ""),
        (1.7, ", less predictable than expected (infit 1.70)"),
    ],
)
def test_an_infit_outside_what_is_expected_is_said(infit: float, told: str) -> None:
    each = Leniency(1, "Ada", 9, 2, 0.5, 0.1, 0.9, infit)
    line = agreement_words._gives(each)
    assert line == f"higher levels +0.50 (+0.10 to +0.90){told}"


def test_a_criterion_that_is_not_pooled_says_why(ratings: Any) -> None:
    lines = [
        f"L{lesson},{who},talk,{level},interval-{part}"
        for lesson in range(6)
        for part in (1, 2)
        for who, level in (("Ada", 1 + lesson % 2), ("Ben", 1 + part % 2))
    ]
    said = run(ratings(*lines, header="lesson,observer,criterion,rating,occasion")).output
    assert "not in: talk (in intervals or samples, part of another criterion" in said


def test_two_observers_keep_their_places_whoever_stands_first_in_a_lesson(ratings: Any) -> None:
    lines = two_observers("12", "23", "33", "13", "21", "12")
    turned = [line for pair in zip(lines[1::2], lines[::2], strict=True) for line in pair]
    file = ratings(*lines[:6], *turned[6:])
    assert answer(file)["criteria"] == answer(ratings(*lines))["criteria"]
