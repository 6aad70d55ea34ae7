"""What files `observe agreement` reads, and what it says of those that it cannot read."""

import codecs
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import (
    HEADER,
    agreement,
    long_file,
    observe,
    of_matrix,
    only_criterion,
)

LEVELS = ((1, 2), (2, 2), (3, 3), (1, 3), (2, 1), (3, 2))
Write = Callable[[bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(content: bytes) -> Path:
        file = tmp_path / "ratings.csv"
        file.write_bytes(content)
        return file

    return written


@pytest.fixture
def lines(tmp_path: Path) -> str:
    return of_matrix(tmp_path / "plain.csv", LEVELS).read_text(encoding="utf-8").replace("\r", "")


@pytest.fixture
def plain(tmp_path: Path, lines: str) -> Any:
    return agreement(tmp_path / "plain.csv")


def doubled(text: str) -> str:
    """Every field in quotes."""
    return "\n".join(
        ",".join(f'"{field}"' for field in line.split(",")) for line in text.splitlines()
    )


SPELLINGS: dict[str, Callable[[str], bytes]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR alone": lambda text: text.replace("\n", "\r").encode(),
    "no last line end": lambda text: text.rstrip().encode(),
    "a byte order mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "UTF-16, little end first": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "UTF-16, big end first": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "semicolons": lambda text: text.replace(",", ";").encode(),
    "tabs": lambda text: text.replace(",", "\t").encode(),
    "UTF-16 with tabs": lambda text: text.replace(",", "\t").encode("utf-16"),
    "quotes": lambda text: doubled(text).encode(),
    "spaces": lambda text: text.replace(",", " , ").encode(),
    "capitals": lambda text: text.replace("lesson,observer", "LESSON,Observer").encode(),
    "empty lines": lambda text: ("\n\n" + text.replace("\n", "\n\n")).encode(),
    "rows of nothing": lambda text: (text + ",,,\n , ,,\n").encode(),
    "levels with a point": lambda text: text.replace(",1\n", ",1.0\n").encode(),
    "a comma in a column beside": lambda text: (
        text.replace(",", ";").replace("\n", ';"a, b, c"\n').replace('"a, b, c"', '"x, y"', 1)
    ).encode(),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_however_a_file_is_written_its_answer_is_the_same(
    write: Write, lines: str, plain: Any, spelling: str
) -> None:
    assert agreement(write(SPELLINGS[spelling](lines))) == plain


def test_a_field_may_go_over_lines(write: Write, lines: str, plain: Any) -> None:
    told = lines.replace("\n", ',"said\nat length"\n').replace('"said\nat length"', "note", 1)
    assert agreement(write(told.encode())) == plain
    broken = told + 'L9,,pace,1,"and\nso on"\n'
    assert observe("agreement", write(broken.encode())).faults == [
        f"ratings.csv:{2 * lines.count(chr(10))}: the observer is blank"
    ]


def test_a_decimal_comma_between_semicolons_is_a_decimal_point(tmp_path: Path) -> None:
    rows = [(1.5, 2), (2, 2.5), (3, 3), (1, 3.5), (2, 1), (0.5, 2)]
    known = only_criterion(of_matrix(tmp_path / "points.csv", rows), "--scale", "interval")
    text = (tmp_path / "points.csv").read_text(encoding="utf-8")
    file = tmp_path / "commas.csv"
    file.write_text(text.replace(",", ";").replace(".", ","), encoding="utf-8")
    assert only_criterion(file, "--scale", "interval") == known


def test_half_levels_are_levels_when_they_are_declared(tmp_path: Path) -> None:
    file = of_matrix(tmp_path / "ratings.csv", [(a + 0.5, b + 0.5) for a, b in LEVELS])
    found = only_criterion(file, "--levels", "1.5,2.5,3.5")
    assert found["levels"] == [1.5, 2.5, 3.5]
    whole = of_matrix(tmp_path / "whole.csv", LEVELS)
    for name in ("exact", "alpha", "ac2", "kappa_quadratic", "icc_a1"):
        assert found[name] == only_criterion(whole)[name]
    assert "is not a whole number" in observe("agreement", file).faults[0]


@pytest.mark.parametrize("word", ["NaN", "nan", "inf", "-Infinity"])
@pytest.mark.parametrize("scale", ["nominal", "ordinal", "interval", "ratio"])
def test_nan_and_infinity_are_no_ratings(tmp_path: Path, word: str, scale: str) -> None:
    file = of_matrix(tmp_path / "ratings.csv", [*LEVELS, (1, word)])
    assert observe("agreement", file, "--scale", scale).faults == [
        f"ratings.csv:15: rating {word} is neither a number nor a level"
    ]


def test_blanks_na_not_seen_and_not_applicable_are_never_a_level(tmp_path: Path) -> None:
    gaps: tuple[tuple[object, object], ...] = (("NA", 2), (3, ""), ("not_seen", "not_applicable"))
    found = agreement(of_matrix(tmp_path / "ratings.csv", (*LEVELS, *gaps)))
    assert (found["lessons"], found["ratings"], found["criteria"][0]["n"]) == (8, 14, 6)
    assert "4 rows have no level" in found["warnings"]
    words = [("calm", "calm"), ("loud", "calm"), ("calm", "not_seen"), ("NA", "")] * 3
    assert only_criterion(of_matrix(tmp_path / "words.csv", words))["levels"] == ["calm", "loud"]


def test_the_same_lesson_criterion_and_occasion_is_rated_once_by_each(tmp_path: Path) -> None:
    rows = [("L1", "Ada", "pace", 1, 1), ("L1", "Ada", "pace", 2, 2), ("L1", "Ada", "pace", 2, 2)]
    apart = long_file(tmp_path / "ratings.csv", rows[:2], (*HEADER, "occasion"))
    assert observe("agreement", apart).status == 0
    twice = long_file(tmp_path / "ratings.csv", rows, (*HEADER, "occasion"))
    assert observe("agreement", twice).faults == [
        "ratings.csv:4: Ada rated pace of L1 on line 3 already"
    ]
    blank = long_file(
        tmp_path / "ratings.csv", [("L1", "Ada", "pace", 1), ("L1", "Ada", "pace", "")]
    )
    assert observe("agreement", blank).status == 0


REFUSED = {
    "nothing at all": (b"", "1: the file is empty; its first line names the columns lesson, observer, criterion, rating"),
    "only line ends": (b"\n\n\n", "1: the file is empty; its first line names the columns lesson, observer, criterion, rating"),
    "no criterion": (b"lesson,observer,rating\nL1,Ada,2\n", "1: there is no column criterion"),
    "no column of ours": (b"a|b\n1|2\n", "1: there is no column criterion"),
    "a workbook": (b"PK\x03\x04rest", "1: this is a workbook: save its sheet as CSV UTF-8"),
    "Latin-1": ("lesson,observer,criterion,rating\nL1,Jörg,pace,2\n".encode("latin-1"), "2: this is not UTF-8 text"),
    "half a letter": (codecs.BOM_UTF16_LE + "lesson,observer,criterion,rating\n".encode("utf-16-le") + b"x", "2: this is not UTF-8 text"),
    "an endless field": (b"lesson,observer,criterion,rating\nL1,Ada,pace," + b"2" * 9_000_000, "2: this cannot be read as CSV"),
    "a short row": (b"lesson,observer,criterion,rating\nL1\n", "2: 1 field where the first line has 4"),
    "a quote that never ends": (b'lesson,observer,criterion,rating\nL1,"Ada,pace,2\nL1,Ben,pace,2\n', "2: 2 fields where the first line has 4"),
    "far apart": (b"lesson,observer,criterion,rating\nL1,Ada,pace,1\nL1,Ben,pace,1e300\n", "3: rating 1e300 makes over 200 levels: give --levels"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_cannot_be_read_ends_with_status_2_and_no_result(
    write: Write, what: str
) -> None:
    content, said = REFUSED[what]
    for way in ((), ("--json",)):
        assert (
            observe("agreement", write(content), *way).faults[0].startswith(f"ratings.csv:{said}")
        )


def test_every_row_of_another_level_is_told(tmp_path: Path) -> None:
    file = of_matrix(tmp_path / "ratings.csv", [(1, 2)] * 300 + [(7, 1), (1, 8)])
    assert observe("agreement", file, "--levels", "1,2").faults == [
        "ratings.csv:602: rating 7 is not among the levels",
        "ratings.csv:605: rating 8 is not among the levels",
    ]


def test_free_text_is_no_scale(tmp_path: Path) -> None:
    file = of_matrix(tmp_path / "ratings.csv", [(f"word {n}", f"word {n + 1}") for n in range(300)])
    faults = observe("agreement", file).faults
    assert (
        faults[0]
        == "ratings.csv:401: rating word 200 is one of over 200 words: no scale has so many"
    )


@pytest.mark.parametrize("levels", ["1,1.0,2", "1,,2", ",".join(map(str, range(500)))])
def test_levels_are_few_and_each_is_named_once(tmp_path: Path, levels: str) -> None:
    file = of_matrix(tmp_path / "ratings.csv", LEVELS)
    assert observe("agreement", file, "--levels", levels).status == 2


def test_a_file_that_is_not_there_is_refused() -> None:
    said = observe("agreement", "nowhere.csv")
    assert (said.status, said.out) == (2, "")


def test_one_category_and_perfect_agreement(tmp_path: Path) -> None:
    one = only_criterion(of_matrix(tmp_path / "one.csv", [(2, 2)] * 9))
    assert one["alpha"] | {"shrunk": None} == {
        "value": None, "low": None, "high": None, "reason": "only one level was used", "shrunk": None,
    }  # fmt: skip
    assert (one["exact"]["value"], one["kappa_quadratic"]["value"]) == (1, None)
    perfect = only_criterion(of_matrix(tmp_path / "perfect.csv", [(1, 1), (2, 2), (3, 3)] * 3))
    for name in ("exact", "within_one", "alpha", "ac1", "ac2", "kappa_quadratic", "icc_a1"):
        assert perfect[name]["value"] == perfect[name]["high"] == 1, name
        assert perfect[name]["low"] < 1, name


@pytest.mark.parametrize("observers", [2, 3])
@pytest.mark.parametrize("scale", ["nominal", "ordinal", "interval", "ratio"])
def test_fewer_than_five_lessons_have_counts_and_reasons_only(
    tmp_path: Path, observers: int, scale: str
) -> None:
    file = of_matrix(
        tmp_path / "ratings.csv",
        [row[:observers] for row in ((1, 2, 2), (2, 2, 3), (3, 3, 3), (1, 3, 1))],
    )
    found = agreement(file, "--scale", scale)
    (pace,) = found["criteria"]
    for name in ("exact", "alpha", "ac1", "ac2", "kappa_linear", "icc_a1", "mean_difference"):
        assert pace[name]["value"] is None, name
        assert pace[name]["reason"], name
    assert pace["alpha"]["reason"] == "fewer than 5 lessons"
    assert found["pooled"]["exact"]["value"] is None
    assert observe("agreement", file, "--scale", scale).status == 0


def test_columns_of_no_rating_at_all_are_said_to_be_unrated(tmp_path: Path) -> None:
    found = agreement(of_matrix(tmp_path / "ratings.csv", [("", ""), ("NA", "")]))
    assert (found["lessons"], found["ratings"]) == (0, 0)
    assert found["criteria"][0]["exact"]["reason"] == "no lesson was rated by two observers"
    assert observe("agreement", tmp_path / "ratings.csv").status == 0


def test_other_roles_are_told_apart_in_the_order_they_come(tmp_path: Path) -> None:
    rows = [
        (f"L{lesson}", who, "pace", level, role)
        for lesson in range(6)
        for who, level, role in (("Ada", 2, "guest"), ("Ben", 3 + lesson % 2, "mentor"))
    ]
    file = long_file(tmp_path / "ratings.csv", rows, (*HEADER, "Role"))
    found = only_criterion(file)["mean_difference"]
    assert (found["value"], found["roles"]) == (-1.5, True)
    for adviser, head in (("Advisor", "HEAD"), ("coach", "guest"), ("guest", "Headteacher")):
        advised = [(*row[:4], {"guest": adviser, "mentor": head}[row[4]]) for row in rows]
        file = long_file(tmp_path / "ratings.csv", advised, (*HEADER, "Role"))
        assert only_criterion(file)["mean_difference"]["value"] == 1.5


def test_faults_far_down_a_file_stand_on_their_own_line(tmp_path: Path) -> None:
    file = of_matrix(tmp_path / "ratings.csv", [(1, 2)] * 4_000)
    with file.open("a", encoding="utf-8", newline="") as opened:
        opened.write('L1,,pace,2\r\n"L\n8",Ada,pace,2\r\n\r\nL9,Ada\r\n')
        opened.write("L10,Ben,pace,2\r\n" * 2 + "L11,Ben,,2\r\n" * 3_000)
    faults = observe("agreement", file).faults
    assert faults[:3] == [
        "ratings.csv:8002: the observer is blank",
        "ratings.csv:8006: 2 fields where the first line has 4",
        "ratings.csv:8008: Ben rated pace of L10 on line 8007 already",
    ]
    assert faults[3] == "ratings.csv:8009: the criterion is blank"
    assert "ratings.csv:11008: the criterion is blank" in faults


def test_lines_in_quotes_may_follow_plain_ones(tmp_path: Path) -> None:
    file = of_matrix(tmp_path / "ratings.csv", LEVELS * 700)
    plain = agreement(file)
    lines = file.read_text(encoding="utf-8").splitlines()
    lines[3_000:] = doubled("\n".join(lines[3_000:])).splitlines()
    file.write_text("\n".join(lines), encoding="utf-8")
    assert agreement(file) == plain


@pytest.mark.parametrize("command", ["agreement", "plan"])
def test_a_file_of_no_rows_has_no_groups(tmp_path: Path, command: str) -> None:
    file = long_file(tmp_path / "ratings.csv", [], (*HEADER, "school"))
    assert observe(command, file, "--by", "school", "--json").answer == {"groups": {}}
    assert observe(command, file, "--by", "school").out == "There are no ratings in ratings.csv.\n"
    assert observe(command, file).status == 0


def test_a_field_too_many_does_not_make_up_for_one_too_few(write: Write) -> None:
    head = ",".join(HEADER)
    file = write(f"{head}\nL1,Ada,pace,2,3\nL1,Ben,pace\nL2,Ada,pace,1\n".encode())
    assert observe("agreement", file).faults == [
        "ratings.csv:2: 5 fields where the first line has 4",
        "ratings.csv:3: 3 fields where the first line has 4",
    ]


def test_a_pipe_is_read_like_a_file(tmp_path: Path, lines: str, plain: Any) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(lines,))
    writer.start()
    assert agreement(pipe) == plain
    writer.join()
