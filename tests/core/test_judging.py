"""Whether an operation means something."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe.core.judging import judge
from observe.core.operations import read_operation
from observe.core.rubric import (
    Criterion,
    Domain,
    LessonKind,
    Level,
    LookFor,
    OccasionKind,
    Occasions,
    Rubric,
    Scale,
    ScaleType,
)
from tests.core.test_operations import JSON
from tests.tablet import Tablet

FOUR = Scale("four", ScaleType.ORDINAL, tuple(Level(n, str(n)) for n in (1, 2, 3, 4)))
RUBRIC = Rubric(
    rubric="talk",
    version=1,
    language="en",
    title="Talk",
    kind=LessonKind.LESSON,
    graded=False,
    occasions=Occasions(whole=True, segments=2, minutes=15, samples=(4, 9)),
    scales=(FOUR,),
    domains=(
        Domain(
            "talk",
            "Talk",
            (
                Criterion("wait", "Waits", "1a", FOUR, look_fors=(LookFor("pause", "Pauses"),)),
                Criterion(
                    "says", "Says", "1b", Scale("says", ScaleType.TEXT), OccasionKind.SEGMENT
                ),
                Criterion("asks", "Asks", "1c", Scale("n", ScaleType.COUNT), OccasionKind.SAMPLE),
            ),
        ),
    ),
)
NOTE = "3d30dd04-67b8-41b8-84bd-9a70f77e970d"
LESSON = {
    "lesson_id": str(uuid4()),
    "kind": "lesson",
    "school": str(uuid4()),
    "teacher": {"id": str(uuid4()), "name": "Catrin Morley"},
    "class": None,
    "starts_at": "2026-11-21T10:00:00+01:00",
    "rubric": "sha256:" + "0" * 64,
}


def code_of(sent: dict[str, Any], *, rubric: Rubric | None = RUBRIC) -> str | None:
    fault = judge(read_operation(sent), rubric)
    assert fault is None or fault.detail.endswith(".")
    return fault.code if fault else None


def code_of_set(field: str, value: Any, **keys: Any) -> str | None:
    return code_of(Tablet(rubric="sha256:…").set(field, value) | keys)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rating/wait/whole", 4),
        ("rating/wait/whole", None),
        ("rating/wait/whole", "not_seen"),
        ("rating/says/segment-2", "much"),
        ("lookfor/wait/pause/whole", True),
        (f"note/{NOTE}/text", "She waited."),
        (f"note/{NOTE}/elapsed_ms", 81234),
        (f"note/{NOTE}/criteria", ["wait", "says"]),
        (f"note/{NOTE}/mark", "+"),
        (f"note/{NOTE}/speaker", None),
        (f"note/{NOTE}/private", True),
        (f"note/{NOTE}/safeguarding", True),
        (f"note/{NOTE}/deleted", False),
        (f"target/{NOTE}", "not_yet"),
        (f"target/{NOTE}", None),
        ("clock/started", "2026-11-21T10:15:30.120+01:00"),
        ("context/pupils", 28),
        ("context/room", None),
    ],
)
def test_what_an_observer_can_record_is_taken(field: str, value: Any) -> None:
    assert code_of_set(field, value) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rating/wait/whole", 5),
        ("rating/wait/whole", True),
        ("rating/wait/whole", [3]),
        ("rating/wait/whole", "not_applicable"),
        ("rating/asks/sample-1-4", 3),
        ("lookfor/wait/pause/whole", None),
        (f"note/{NOTE}/text", None),
        (f"note/{NOTE}/elapsed_ms", 1.5),
        (f"note/{NOTE}/criteria", ["unheard-of"]),
        (f"note/{NOTE}/criteria", "wait"),
        (f"note/{NOTE}/criteria", [[]]),
        (f"note/{NOTE}/mark", "!"),
        (f"note/{NOTE}/speaker", "X"),
        (f"target/{NOTE}", "met"),
        ("clock/started", "yesterday"),
        ("context/pupils", [28]),
        (f"note/{NOTE}/text", "half of \ud800"),
        ("context/pupils", 1e400),
    ],
)
def test_a_value_that_means_nothing_is_a_bad_value(field: str, value: Any) -> None:
    assert code_of_set(field, value) == "bad_value"


@pytest.mark.parametrize(
    "field",
    [
        None,
        "",
        "rating",
        "rating/wait",
        "rating/unheard-of/whole",
        "rating/wait/segment-1",
        "rating/says/segment-3",
        "rating/wait/whole/again",
        "lookfor/wait/unheard-of/whole",
        "note//text",
        f"note/{NOTE}/colour",
        "note/../text",
        "clock/ended",
        "context/Room 7",
        "context/" + "a" * 3000,
        "target/a b",
    ],
)
def test_a_field_that_no_record_has_is_unknown(field: str | None) -> None:
    assert code_of(Tablet(rubric="sha256:…").make("set", field, 3)) == "unknown_field"


def test_a_rubric_that_nobody_published_is_unknown() -> None:
    sent = Tablet(rubric="sha256:…").set(f"note/{NOTE}/text", "She waited.")
    assert code_of(sent, rubric=None) == "unknown_rubric"
    assert code_of(Tablet().set("rating/wait/whole", 3), rubric=None) == "unknown_rubric"


def test_a_note_needs_no_rubric() -> None:
    assert code_of(Tablet().set(f"note/{NOTE}/text", "She waited."), rubric=None) is None


def test_a_text_holds_twenty_kilobytes_of_utf8_and_an_operation_thirty_two() -> None:
    field = f"note/{NOTE}/text"
    assert code_of_set(field, "é" * 10 * 1024) is None
    assert code_of_set(field, "é" * 10 * 1024 + "x") == "too_large"
    assert code_of_set(field, "short", remark=["x" * 1024] * 33) == "too_large"


def test_counts_belong_to_a_counted_criterion() -> None:
    tablet = Tablet(rubric="sha256:…")
    tally = tablet.make("tally", "rating/asks/sample-1-4")
    assert code_of(tally) is None
    assert code_of(tablet.make("untally", "rating/asks/sample-1-4", tally["op_id"])) is None
    assert code_of(tablet.make("tally", "rating/wait/whole")) == "unknown_field"
    assert code_of(tablet.make("tally", "rating/asks/sample-1-4", 5)) == "bad_value"
    assert code_of(tablet.make("untally", "rating/asks/sample-1-4", "that one")) == "bad_value"


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("open", {"lesson_id": str(uuid4())}, None),
        ("open", {"lesson": LESSON, "pair_code": "BCDFGH"}, None),
        ("open", {"lesson": LESSON, "pair_code": None}, None),
        ("open", {"lesson": LESSON, "pair_code": "ABCDEF"}, "pair_code"),
        ("open", {"lesson": LESSON, "pair_code": "bcdfgh"}, "pair_code"),
        ("open", {"lesson": LESSON, "pair_code": 6}, "pair_code"),
        ("open", {"lesson": LESSON | {"school": None}}, "bad_value"),
        ("open", {"lesson": LESSON | {"kind": "party"}}, "bad_value"),
        ("open", {"lesson": LESSON | {"starts_at": "0001-01-01T00:00:00+14:00"}}, "bad_value"),
        ("open", {"lesson": LESSON | {"starts_at": "2026-11-21T10:00:00"}}, "bad_value"),
        ("open", None, "bad_value"),
        ("seal", {"state_hash": "a" * 64}, None),
        ("seal", {"state_hash": "sha256:" + "a" * 64}, "bad_value"),
        ("seal", [], "bad_value"),
        ("unseal", {"reason": "forgot", "include": True}, None),
        ("unseal", {"reason": "forgot"}, "bad_value"),
        ("withdraw", {"reason": "I fell ill."}, None),
        ("withdraw", {}, "bad_value"),
    ],
)
def test_each_kind_says_what_it_needs(kind: str, value: Any, code: str | None) -> None:
    assert code_of(Tablet().make(kind, value=value)) == code


def test_a_clock_wrong_by_years_or_broken_decides_nothing() -> None:
    for at in ("1970-01-01T00:00:00Z", "not a time", 7, None):
        assert code_of_set("rating/wait/whole", 3, at=at) is None


def test_what_is_around_the_value_is_judged_too() -> None:
    assert code_of_set("rating/wait/whole", 3, previous="the last") == "bad_value"
    assert code_of_set("rating/wait/whole", 3, elapsed_ms=-1) == "bad_value"


@given(
    kind=st.sampled_from(["open", "set", "tally", "untally", "seal", "unseal", "withdraw"]),
    field=st.text()
    | st.sampled_from(["rating/wait/whole", "rating/asks/sample-1-4", f"note/{NOTE}/criteria"]),
    value=JSON
    | st.fixed_dictionaries({"lesson": st.dictionaries(st.sampled_from([*LESSON]), JSON)}),
    rubric=st.none() | st.just(RUBRIC),
)
def test_any_json_gets_a_judgement(
    kind: str, field: str, value: Any, rubric: Rubric | None
) -> None:
    code_of(Tablet().make(kind, field, value), rubric=rubric)
