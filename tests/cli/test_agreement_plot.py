"""`observe agreement --plot`: a drawing that stands alone."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.running import HEADER, long_file, observe, of_matrix

SVG = "{http://www.w3.org/2000/svg}"
LEVELS = ((1, 2), (2, 2), (3, 3), (1, 3), (2, 1), (3, 2), (2, 2))


def drawn(file: Path, *options: str) -> ElementTree.Element:
    plot = file.with_suffix(".svg")
    said = observe("agreement", file, "--plot", plot, *options)
    assert said.status == 0, said.err
    return ElementTree.fromstring(plot.read_text(encoding="utf-8"))


def texts(plot: ElementTree.Element) -> list[str]:
    return [each.text or "" for each in plot.iter(f"{SVG}text")]


def marks(plot: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [each for each in plot.iter() if each.get("class") == kind]


@pytest.fixture
def three_criteria(tmp_path: Path) -> Path:
    rows = [
        (f"{school} {lesson}", who, criterion, (level + turn * lesson) % 3 + 1, school)
        for school in ("Elm & Oak", "<Ash>")
        for lesson, pair in enumerate(LEVELS)
        for turn, criterion in enumerate(("pace", "questions", "tone"))
        for who, level in zip("AB", pair, strict=True)
    ]
    return long_file(tmp_path / "ratings.csv", rows, (*HEADER, "school"))


def test_a_drawing_says_in_words_what_it_shows(three_criteria: Path) -> None:
    plot = drawn(three_criteria)
    assert plot.tag == f"{SVG}svg"
    assert plot.get("role") == "img"
    title, about = plot.find(f"{SVG}title"), plot.find(f"{SVG}desc")
    assert title is not None
    assert about is not None
    assert plot.get("aria-labelledby") == f"{title.get('id')} {about.get('id')}"
    assert title.text == "How far observers agree: ratings.csv"
    assert re.fullmatch(
        r"14 lessons, 3 criteria\. Over all criteria the same level on \d+%, by chance \d+%\. "
        r"Over all criteria within one on \d+%, by chance \d+%\. Stratified alpha -?\d\.\d\d\.",
        about.text or "",
    )


def test_each_criterion_has_its_limits_and_chance_and_all_of_them_a_line(
    three_criteria: Path,
) -> None:
    plot = drawn(three_criteria)
    statistics, criteria = 4, 3
    assert {"pace", "questions", "tone", "Over all criteria (3)"} <= set(texts(plot))
    in_key = 1
    assert len(marks(plot, "limits")) == statistics * criteria + in_key
    assert len(marks(plot, "all-limits")) == len(marks(plot, "all-line")) == statistics
    assert len(marks(plot, "chance")) == 2 * (criteria + 1) + in_key


def test_groups_stand_under_each_other_on_the_same_axes(three_criteria: Path) -> None:
    one, two = drawn(three_criteria), drawn(three_criteria, "--by", "school")
    assert float(two.get("height", "")) > 1.5 * float(one.get("height", ""))
    assert one.get("width") == two.get("width")
    names = marks(two, "name")
    assert [each.text for each in names[::2]] == ["Elm & Oak", "<Ash>"]
    heights = [float(each.get("y", "")) for each in names]
    assert heights == sorted(heights)


def test_it_needs_nothing_else_and_has_colours_for_light_and_dark(three_criteria: Path) -> None:
    drawn(three_criteria)
    text = three_criteria.with_suffix(".svg").read_text(encoding="utf-8")
    assert not re.search(r"(?i)<script|href|url\(|@import|<image", text)
    assert text.count("http") == 1  # the name of the language
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    told = set(re.findall(r'class="([\w-]+)"', text)) - {"title", "name"}
    for kind in told:
        assert f".{kind} " in light or f".{kind}," in light, kind
        assert f".{kind} " in dark or f".{kind}," in dark, kind


def test_nothing_lies_outside_the_drawing(three_criteria: Path) -> None:
    plot = drawn(three_criteria, "--by", "school")
    for name, size in (
        ("x", "width"),
        ("x1", "width"),
        ("x2", "width"),
        ("cx", "width"),
        ("y", "height"),
    ):
        places = [float(each.get(name, "")) for each in plot.iter() if each.get(name)]
        assert 0 <= min(places) <= max(places) <= float(plot.get(size, ""))


def test_few_lessons_are_counted_and_reasons_stand_where_figures_would(tmp_path: Path) -> None:
    few = drawn(of_matrix(tmp_path / "ratings.csv", LEVELS[:4]))
    assert "2 of 4, fewer than 5 lessons" in texts(few)
    assert len(marks(few, "limits")) == 1
    numbers = drawn(of_matrix(tmp_path / "ratings.csv", LEVELS), "--scale", "ratio")
    assert "alpha" in texts(numbers)
    assert "same level" not in texts(numbers)


def test_a_name_that_is_long_or_odd_is_cut_and_made_safe(tmp_path: Path) -> None:
    odd = 'Asks "why" & <waits>\x07 for every pupil to think of an answer'
    plot = drawn(of_matrix(tmp_path / "ratings.csv", LEVELS, odd))
    assert 'Asks "why" & <waits>  for…' in texts(plot)
    titles = [each.text or "" for each in plot.iter(f"{SVG}title")]
    assert any("think of an answer: 7 lessons" in each for each in titles)


def test_a_file_without_a_rating_is_drawn_empty(tmp_path: Path) -> None:
    assert "no criterion can be pooled" in texts(drawn(long_file(tmp_path / "ratings.csv", [])))


def test_a_faulty_file_is_not_drawn(tmp_path: Path) -> None:
    file = long_file(tmp_path / "ratings.csv", [("L1", "", "pace", 2)])
    said = observe("agreement", file, "--plot", tmp_path / "plot.svg")
    assert said.faults == ["ratings.csv:2: the observer is blank"]
    assert not (tmp_path / "plot.svg").exists()


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    file = of_matrix(tmp_path / "ratings.csv", LEVELS)
    said = observe("agreement", file, "--plot", tmp_path / "nowhere" / "plot.svg")
    assert "plot.svg cannot be used" in said.faults[0]
