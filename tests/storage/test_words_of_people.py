"""Of each column that can hold words somebody decided what becomes of it when a person is erased."""

from sqlalchemy import JSON, LargeBinary, String, Table

from observe.storage.tables import Base
from observe.storage.tenancy import OUTSIDE, tenants_tables
from observe.storage.words_of_people import WORDS, Words

HOW = (
    "Add it to observe/storage/words_of_people.py: erased (goes with its person), own (what the person of"
    " the row is called), scrubbed (loses the name of whoever is erased) or kept (codes, no words)."
)


def words_in(table: Table) -> list[str]:
    """The columns of a table that can hold words."""
    return [
        each.name for each in table.columns if isinstance(each.type, String | JSON | LargeBinary)
    ]


def test_somebody_decided_about_every_column_that_can_hold_words() -> None:
    asked = {(table.name, column) for table in tenants_tables() for column in words_in(table)}
    told = [(table, column) for table, words in WORDS.items() for column in words.columns]
    assert len(told) == len(set(told)), "a column is decided about twice"
    assert asked - set(told) == set(), HOW
    assert set(told) - asked == set(), "these columns are not there"


def test_what_stands_outside_every_network_is_known() -> None:
    outside = {name: words_in(Base.metadata.tables[name]) for name in OUTSIDE}
    assert outside == {
        "network": ["name", "zone", "blocking_checks"],
        "sign_in": ["email", "password_hash", "people"],
        "gone_network": ["counts"],
    }, "observe/services/erasing.py looks after these by name"


def test_words_that_go_with_a_person_are_found_from_that_person() -> None:
    for name, words in WORDS.items():
        if words.gone:
            assert words.deleted or words.emptied or _is_part(name, words), name
        for path in (*words.deleted, *words.emptied):
            _ends_at_a_person(name, path)


def _is_part(name: str, words: Words) -> bool:
    """Whether rows cannot be without those of the table that is named, which go with a person."""
    if not words.part_of:
        return False
    above = WORDS[words.part_of]
    if not above.deleted and not _is_part(words.part_of, above):
        return False
    links = Base.metadata.tables[name].foreign_key_constraints
    to = [each for each in links if each.referred_table.name == words.part_of]
    return any(not column.nullable for each in to for column in each.columns)


def _ends_at_a_person(table: str, path: str) -> None:
    if path == "*":
        return
    step, _, rest = path.partition(" > ")
    column = Base.metadata.tables[table].columns[step]
    ends = {key.column.table.name for key in column.foreign_keys}
    if rest:
        parent, _, further = rest.partition(".")
        assert parent in ends, f"{table}: {path}"
        _ends_at_a_person(parent, further)
    else:
        assert "person" in ends or (table, step) == ("person", "id"), f"{table}: {path}"


def test_what_grows_old_is_counted_from_a_column_of_its_table() -> None:
    for name, words in WORDS.items():
        if words.aged:
            assert words.aged.since in Base.metadata.tables[name].columns, name
