"""A record summed up after each change, as it would be if it were read anew."""

from hypothesis import given
from hypothesis import strategies as st

from observe.core.fold import counts_of, fold, state_hash
from observe.core.sheet import Sheet, Standing, sheet_of
from tests.tablet import Tablet, operations

NAMES = st.sampled_from(
    [
        "rating/wait/whole",
        "rating/wait-time/whole",
        "lookfor/wait/pause/whole",
        "note/a/text",
        "note/a/deleted",
        "note/deleted/text",
        "note/deleted/deleted",
        "note/text/mark",
        "context/text",
        "clock/started",
    ]
)
VALUES = st.sampled_from(['""', '"words"', "null", "true", "false", "3", '["a","b"]'])


@given(changes=st.lists(st.dictionaries(NAMES, VALUES)))
def test_a_sheet_that_was_changed_step_by_step_stands_as_one_read_anew(
    changes: list[dict[str, str]],
) -> None:
    sheet, values = Sheet(), dict[str, str]()
    for change in changes:
        sheet.put(change)
        values |= change
    expected = Standing(state_hash(values), *counts_of(values), values.get("clock/started", "null"))
    assert sheet.standing() == sheet_of(values).standing() == expected


def test_a_note_that_comes_back_counts_again() -> None:
    sheet = Sheet()
    for change, notes in (
        ({"note/a/deleted": "true"}, 0),
        ({"note/a/text": '"She waited."'}, 0),
        ({"note/a/deleted": "false"}, 1),
        ({"note/a/text": '""'}, 0),
    ):
        sheet.put(change)
        assert sheet.notes == notes


def test_the_sheet_of_a_tablets_work_states_the_tablets_hash() -> None:
    tablet = Tablet()
    tablet.note("caf\u00e9")
    tablet.set("rating/wait/whole", 3)
    assert sheet_of(fold(operations(tablet)).values()).standing().state_hash == tablet.state_hash()
