"""Somebody who was erased and whom another system still names is told, and does not come back unasked."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from observe.core.permissions import RoleKind
from observe.core.roster import Choices
from observe.services import erasing, people, people_files, people_files_reading
from observe.services.people_files import Look
from observe.services.people_files_reading import AGAIN, Brought
from observe.storage.tables.people import Person
from observe.storage.tables.people_files import PeopleSource
from observe.storage.tables.trust import ErasedKey
from tests.erasures import SECRET
from tests.factories import NOW, School, a_person

HEAD = "number,name,e-mail,role,school"
NIA = "A1,Nia Bevan,nia@dales.example,teacher,Thornbeck Primary"
OWAIN = "A2,Owain Parry,owain@dales.example,teacher,Thornbeck Primary"


def brought(school: School, *lines: str, again: bool = False, source: str = "Office") -> Brought:
    content = "\n".join((HEAD, *lines)).encode()
    with school.database.read(school.network_id) as session:
        read = people_files_reading.read(
            session, content, file="staff.csv", source=source, choices=Choices()
        )
    return replace(read, settings={**read.settings, AGAIN: again})


def seen(school: School, file: Brought, *, secret: str = SECRET) -> Look:
    with school.database.read(school.network_id) as session:
        return people_files.look(session, file, by=None, secret=secret)


def applied(school: School, file: Brought) -> None:
    with school.database.write(school.network_id) as session:
        look = people_files.look(session, file, by=None, secret=SECRET)
        people_files.apply(session, look, seen=look.fingerprint, sure=True, by=None, at=NOW)


def told(look: Look) -> dict[str, tuple[str, ...]]:
    return {f"{change.effect} {change.who}": change.words for change in look.difference.changes}


@pytest.fixture
def without_nia(school: School) -> School:
    """Nia came with a file, left, and was erased."""
    a_person(school, "Rhian Data", RoleKind.DATA_PROTECTION)
    applied(school, brought(school, NIA))
    with school.database.write(school.network_id) as session:
        nia = session.scalars(select(Person).where(Person.name == "Nia Bevan")).one()
        people.leave(session, nia.id, by=school["Margaret"], at=NOW)
        session.flush()
        erasing.erase(session, nia.id, typed="Nia Bevan", secret=SECRET, by=school["Rhian"], at=NOW)
    return school


@pytest.mark.parametrize(
    ("line", "source"),
    [
        (NIA, "Office"),
        (NIA.replace("nia@", "n.bevan@"), "Office"),
        (NIA.replace("A1", "B7").replace("nia@", "Nia@"), "Records"),
    ],
    ids=["as she was", "by the number", "by the address, from elsewhere"],
)
def test_whoever_was_erased_is_told_and_left_out(
    without_nia: School, line: str, source: str
) -> None:
    look = seen(without_nia, brought(without_nia, line, OWAIN, source=source))
    day = f"{NOW.day} {NOW:%B %Y}"
    assert told(look)["note Nia Bevan"] == (f"was erased here on {day}; not taken in",)
    assert "new Owain Parry" in told(look)
    assert look.difference.erased == 1


def test_a_number_of_another_system_is_somebody_elses(without_nia: School) -> None:
    other = NIA.replace("Nia Bevan", "Ann Moss").replace("nia@", "ann@")
    look = seen(without_nia, brought(without_nia, other, source="Records"))
    assert "new Ann Moss" in told(look)


def test_whoever_is_back_comes_as_somebody_new_and_only_by_that_file(without_nia: School) -> None:
    file = brought(without_nia, NIA, again=True)
    words = told(seen(without_nia, file))["new Nia Bevan"]
    assert any("comes as somebody new" in each for each in words)
    applied(without_nia, file)
    with without_nia.database.read(without_nia.network_id) as session:
        assert AGAIN not in session.scalars(select(PeopleSource)).one().settings
    assert not seen(without_nia, brought(without_nia, NIA)).difference.changes


def test_nobody_without_the_secret_can_tell_who_was_erased(without_nia: School) -> None:
    look = seen(without_nia, brought(without_nia, NIA), secret="another")
    assert "new Nia Bevan" in told(look)
    with without_nia.database.read(without_nia.network_id) as session:
        rows = session.scalars(select(ErasedKey.digest)).all()
    assert len(rows) == 2
    assert all(len(digest) == 64 for digest in rows)


def test_somebody_erased_twice_is_still_known(without_nia: School) -> None:
    applied(without_nia, brought(without_nia, NIA, again=True))
    with without_nia.database.write(without_nia.network_id) as session:
        nia = session.scalars(select(Person).where(Person.name == "Nia Bevan")).one()
        people.leave(session, nia.id, by=without_nia["Margaret"], at=NOW)
        session.flush()
        by = without_nia["Rhian"]
        erasing.erase(session, nia.id, typed="Nia Bevan", secret=SECRET, by=by, at=NOW)
    assert seen(without_nia, brought(without_nia, NIA)).difference.erased == 1
