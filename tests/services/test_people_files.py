"""Files of people from other systems: what is said is what is done."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from observe.core.column_mapping import ColumnMapping, as_json
from observe.core.errors import Conflict, Invalid, Stale
from observe.core.permissions import Person as Somebody
from observe.core.permissions import RoleKind
from observe.core.roster import Choices, Kind
from observe.core.roster_deeds import Effect
from observe.services import (
    people,
    people_files,
    people_files_reading,
    people_files_waiting,
    target_life,
)
from observe.services.people_files import Look
from observe.services.people_files_reading import Brought
from observe.storage import lessons
from observe.storage import people as people_stored
from observe.storage.tables import Base
from observe.storage.tables.history import HistoryLine
from observe.storage.tables.people import (
    Person,
    Pupil,
    Role,
    School,
    SchoolClass,
    SignIn,
    Team,
    Visit,
)
from observe.storage.tables.people_files import PeopleKey, PeopleUpload
from tests.erasures import SECRET
from tests.factories import NOW, a_lesson, a_network, a_sign_in
from tests.factories import School as Network
from tests.letters import read as target_read
from tests.oneroster_files import (
    Set,
    a_class,
    a_department,
    a_school,
    a_set,
    a_user,
    enrolled,
    written,
    zip_of,
)

HEADS = Choices(administrators=RoleKind.HEAD)


@dataclass
class Office:
    """Where files come in, day after day."""

    network: Network
    at: datetime = NOW
    by: str = "Margaret"

    def read(self, content: bytes, *, choices: Choices = HEADS, **more: Any) -> Brought:
        file = more.pop("file", "set.zip")
        source = more.pop("source", "")
        with self.network.database.read(self.network.network_id) as session:
            return people_files_reading.read(
                session, content, file=file, source=source, choices=choices
            )

    def look(self, sent: Set | Brought, **more: Any) -> Look:
        brought = sent if isinstance(sent, Brought) else self.read(sent.zipped(), **more)
        assert not brought.faults, brought.faults
        with self.network.database.read(self.network.network_id) as session:
            return people_files.look(session, brought, by=self.network[self.by], secret=SECRET)

    def apply(self, sent: Set | Brought, *, sure: bool = True, **more: Any) -> Look:
        brought = sent if isinstance(sent, Brought) else self.read(sent.zipped(), **more)
        assert not brought.faults, brought.faults
        self.at += timedelta(days=1)
        by, seen = self.network[self.by], more.get("seen")
        with self.network.database.write(self.network.network_id) as session:
            look = people_files.look(session, brought, by=by, secret=SECRET)
            people_files.apply(session, look, seen=seen, sure=sure, by=by, at=self.at)
        return look

    def faults(self, sent: Set | bytes, **more: Any) -> list[str]:
        content = sent if isinstance(sent, bytes) else sent.zipped()
        brought = self.read(content, **more)
        if brought.faults or not brought.content:
            return [str(fault) for fault in brought.faults]
        with self.network.database.read(self.network.network_id) as session:
            found = people_files.look(session, brought, by=self.network[self.by], secret=SECRET)
        return [str(fault) for fault in found.difference.faults]

    def count(self, table: type[Base]) -> int:
        with self.network.database.read(self.network.network_id) as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    def snapshot(self) -> str:
        """Everything that a file can change."""
        tables = (School, Team, SchoolClass, Person, Role, Pupil, PeopleKey)
        with self.network.database.read(self.network.network_id) as session:
            rows = [session.scalars(select(table)).all() for table in tables]
        told = [sorted(str(_cells(row)) for row in found) for found in rows]
        return repr(told)

    def roles(self, name: str) -> list[str]:
        """Such as `teacher of Thornbeck Primary, Upper school`."""
        with self.network.database.read(self.network.network_id) as session:
            id = session.scalars(select(Person.id).where(Person.name == name)).one()
            held = people_stored.held_by(session, [id]).get(id, ())
        told = (f"{r.kind} of {', '.join(filter(None, (r.school, r.team)))}" for r in held)
        return sorted(told)

    def person(self, name: str) -> Person:
        with self.network.database.read(self.network.network_id) as session:
            return session.scalars(select(Person).where(Person.name == name)).one()


def _cells(row: Base) -> list[tuple[str, Any]]:
    return sorted((key, cell) for key, cell in vars(row).items() if not key.startswith("_"))


@pytest.fixture
def office(school: Network) -> Office:
    return Office(school)


def said(look: Look, effect: Effect, kind: Kind = Kind.PERSON) -> dict[str, tuple[str, ...]]:
    return {each.who: each.words for each in look.difference.of(effect) if each.kind is kind}


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_first_set_brings_schools_teams_classes_and_staff_and_no_pupil(
    office: Office, version: str
) -> None:
    before = office.count(Person)
    look = office.apply(a_set(version))
    assert said(look, Effect.NEW) == {
        "Nia Bevan": ("n.bevan@dales.example", "head of Ysgol y Môr"),
        "Owain Môn": ("o.môn@dales.example", "teacher in Lower school, Ysgol y Môr"),
        "Amina Farouk": (
            "a.farouk@dales.example",
            "teacher in Ysgol y Môr",
            "teacher in Thornbeck Primary",
        ),
    }
    assert office.count(Person) == before + 3
    assert office.roles("Owain Môn") == ["teacher of Ysgol y Môr, Lower school"]
    assert look.sent.left_out == {"aide": 1, "parent": 1, "student": 2}
    assert office.count(Pupil) == 0
    assert said(look, Effect.NEW, Kind.CLASS).keys() == {"Dosbarth 1", "Dosbarth 2"}


def test_a_school_that_is_here_is_known_by_its_name_and_not_made_twice(office: Office) -> None:
    look = office.apply(a_set())
    assert said(look, Effect.NEW, Kind.SCHOOL).keys() == {"Ysgol y Môr"}
    assert office.count(School) == 2


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_the_same_set_again_changes_nothing(office: Office, version: str) -> None:
    office.apply(a_set(version))
    before = office.snapshot()
    again = office.apply(a_set(version))
    assert (again.difference.deeds, again.difference.changes) == ([], [])
    assert again.difference.same[Kind.PERSON] == 3
    assert office.snapshot() == before


def test_who_is_not_in_a_whole_set_any_more_has_left_and_is_not_deleted(office: Office) -> None:
    office.apply(a_set())
    a_sign_in(replace(office.network, people={"Nia": _as_person(office, "Nia Bevan")}), "Nia")
    people_before = office.count(Person)
    look = office.apply(a_set().with_rows("users", u1=None))
    assert said(look, Effect.LEAVING) == {"Nia Bevan": ("head of Ysgol y Môr",)}
    assert office.person("Nia Bevan").left_at == office.at
    assert office.count(Person) == people_before
    with office.network.database.read(office.network.network_id) as session:
        assert all(visit.ended_at for visit in session.scalars(select(Visit)))


def _as_person(office: Office, name: str) -> Somebody:
    row = office.person(name)
    return Somebody(row.id, row.network_id, row.name)


def test_a_leaver_who_is_in_the_set_again_is_back_with_the_roles_of_the_set(office: Office) -> None:
    office.apply(a_set())
    office.apply(a_set().with_rows("users", u3=None))
    back = a_set().changing("users", "u3", orgSourcedIds="s2")
    look = office.apply(back)
    assert said(look, Effect.BACK) == {"Amina Farouk": ("no longer teacher in Ysgol y Môr",)}
    assert office.person("Amina Farouk").left_at is None
    assert office.roles("Amina Farouk") == ["teacher of Thornbeck Primary"]


def test_whoever_left_by_hand_stays_away(office: Office) -> None:
    office.apply(a_set())
    with office.network.database.write(office.network.network_id) as session:
        id = office.person("Amina Farouk").id
        people.leave(session, id, by=office.network["Margaret"], at=office.at)
    look = office.apply(a_set())
    assert "left here by hand" in said(look, Effect.NOTE)["Amina Farouk"][0]
    assert office.person("Amina Farouk").left_at is not None


def test_a_moved_teacher_is_told_from_where_to_where(office: Office) -> None:
    office.apply(a_set())
    moved = a_set().changing("users", "u2", orgSourcedIds="s2")
    look = office.apply(moved)
    words = "teacher in Thornbeck Primary instead of teacher in Lower school, Ysgol y Môr"
    assert said(look, Effect.CHANGED) == {"Owain Môn": (words,)}
    assert office.roles("Owain Môn") == ["teacher of Thornbeck Primary"]


def test_a_teacher_goes_into_another_team_of_the_school(office: Office) -> None:
    office.apply(a_set())
    look = office.apply(a_set().changing("users", "u2", orgSourcedIds="d2,s1"))
    assert said(look, Effect.CHANGED) == {
        "Owain Môn": ("team: Upper school instead of Lower school",)
    }
    assert office.roles("Owain Môn") == ["teacher of Ysgol y Môr, Upper school"]


def test_a_team_that_only_the_file_gave_goes_with_it_and_one_given_by_hand_stays(
    office: Office,
) -> None:
    office.apply(a_set())
    look = office.apply(a_set().changing("users", "u2", orgSourcedIds="s1"))
    assert said(look, Effect.CHANGED) == {"Owain Môn": ("team: none instead of Lower school",)}
    assert office.roles("Owain Môn") == ["teacher of Ysgol y Môr"]
    catrin = a_user("Catrin", "Morley", "teacher", "s2")
    catrin = {**catrin, "email": office.person("Catrin Morley").email or ""}
    office.apply(a_set().with_rows("users", u8=catrin))
    assert office.roles("Catrin Morley") == ["teacher of Thornbeck Primary, Upper school"]


def test_another_name_or_address_is_told_from_to(office: Office) -> None:
    office.apply(a_set())
    changed = a_set().changing("users", "u1", familyName="Bevan-Rees", email="nia@dales.example")
    look = office.apply(changed)
    assert said(look, Effect.CHANGED) == {
        "Nia Bevan-Rees": (
            "name: Nia Bevan-Rees instead of Nia Bevan",
            "e-mail address: nia@dales.example instead of n.bevan@dales.example",
        )
    }
    assert office.person("Nia Bevan-Rees").email == "nia@dales.example"


def test_with_the_address_goes_what_somebody_signs_in_with(office: Office) -> None:
    office.apply(a_set())
    a_sign_in(replace(office.network, people={"Nia": _as_person(office, "Nia Bevan")}), "Nia")
    office.apply(a_set().changing("users", "u1", email="nia@dales.example"))
    with office.network.database.outside() as session:
        assert session.scalars(select(SignIn.email).where(SignIn.email.like("nia@%"))).one()


def test_whoever_is_here_is_known_by_their_address(office: Office) -> None:
    sion = office.network["Sion"]
    email = office.person("Siôn Prydderch").email or ""
    known = a_user("Siôn", "Prydderch", "administrator", "s2", email=email.upper())
    look = office.apply(a_set().with_rows("users", u9=known))
    assert "Siôn Prydderch" not in said(look, Effect.NEW)
    renamed = a_set().with_rows("users", u9={**known, "familyName": "Prydderch-Jones"})
    office.apply(renamed)
    assert office.person("Siôn Prydderch-Jones").id == sion.id


def test_a_role_given_by_hand_is_never_taken_by_a_file(office: Office) -> None:
    office.apply(a_set())
    nia = office.person("Nia Bevan").id
    with office.network.database.write(office.network.network_id) as session:
        post = people.Post(RoleKind.ADVISER, office.network.school_id)
        people.give_role(session, nia, post, by=office.network["Margaret"], at=office.at)
    look = office.apply(a_set().with_rows("users", u1=None))
    assert not said(look, Effect.LEAVING)
    assert said(look, Effect.NOTE)["Nia Bevan"][1] == "no longer head of Ysgol y Môr"
    assert office.roles("Nia Bevan") == ["adviser of Thornbeck Primary"]
    assert office.person("Nia Bevan").left_at is None


def test_a_word_that_a_system_added_in_1_2_means_nothing_here(office: Office) -> None:
    look = office.look(a_set("1.2").changing("roles", "r-u1-s1", role="ext:coach"))
    assert "Nia Bevan" not in said(look, Effect.NEW)
    assert (
        "role is “ext:coach”" in office.faults(a_set().changing("users", "u1", role="ext:coach"))[0]
    )


def test_no_file_makes_a_facilitator(office: Office) -> None:
    everywhere = a_set("1.2").changing("roles", "r-u1-s1", role="systemAdministrator")
    look = office.apply(everywhere)
    assert "Nia Bevan" not in said(look, Effect.NEW)
    assert look.sent.left_out["systemAdministrator"] == 1
    table = written(
        [["name", "email", "role", "school"], ["Ben", "b@x.example", "facilitator", "A"]]
    )
    assert "gives nobody the role of facilitator" in office.faults(table, file="a.csv")[0]


def test_administrators_are_left_out_unless_they_are_said_to_be_heads(office: Office) -> None:
    look = office.look(a_set(), choices=Choices())
    assert "Nia Bevan" not in said(look, Effect.NEW)
    assert look.sent.left_out["administrator"] == 1


def test_whoever_brings_the_file_does_not_leave_by_it_and_keeps_their_roles(office: Office) -> None:
    email = office.person("Margaret Obi").email or ""
    me = a_user("Margaret", "Obi", "teacher", "s1", email=email)
    office.apply(a_set().with_rows("users", me=me))
    assert office.roles("Margaret Obi") == ["facilitator of "]
    look = office.apply(a_set())
    assert "Margaret Obi" not in said(look, Effect.LEAVING)


# what changed alone


def test_a_set_of_changes_touches_only_what_it_names(office: Office) -> None:
    office.apply(a_set())
    changes = Set(modes={"users": "delta"}).with_rows(
        "users",
        u3=a_user("Amina", "Farouk-Ali", "teacher", "s1,s2"),
        u1={**a_user("Nia", "Bevan", "administrator", "s1"), "status": "tobedeleted"},
        u7=a_user("Rhys", "Parry", "teacher", "s2"),
    )
    look = office.apply(changes)
    assert said(look, Effect.LEAVING).keys() == {"Nia Bevan"}
    assert said(look, Effect.CHANGED).keys() == {"Amina Farouk-Ali"}
    assert said(look, Effect.NEW).keys() == {"Rhys Parry"}
    assert office.person("Owain Môn").left_at is None


def test_a_role_alone_comes_and_goes_in_1_2(office: Office) -> None:
    office.apply(a_set("1.2"))
    role = {
        "userSourcedId": "u3",
        "roleType": "secondary",
        "role": "principal",
        "orgSourcedId": "s2",
    }
    roles = Set("1.2", modes={"roles": "delta"}).with_rows(
        "roles", new=role, **{"r-u3-s1": {"status": "tobedeleted"}}
    )
    look = office.apply(roles)
    words = ("new: head of Thornbeck Primary", "no longer teacher in Ysgol y Môr")
    assert said(look, Effect.CHANGED) == {"Amina Farouk": words}
    assert office.roles("Amina Farouk") == [
        "head of Thornbeck Primary",
        "teacher of Thornbeck Primary",
    ]


@pytest.mark.parametrize(
    "days",
    [{"endDate": "2026-08-31"}, {"beginDate": "2027-09-01"}],
    ids=["has ended", "begins later"],
)
@pytest.mark.parametrize("mode", ["bulk", "delta"])
def test_a_role_in_1_2_counts_from_its_first_day_to_its_last(
    office: Office, days: dict[str, str], mode: str
) -> None:
    today = replace(HEADS, today=date(2026, 10, 1))
    held = {"beginDate": "2026-09-01", "endDate": "2027-08-31T00:00:00Z"}
    office.apply(a_set("1.2").changing("roles", "r-u3-s1", **held), choices=today)
    assert "teacher of Ysgol y Môr" in office.roles("Amina Farouk")
    later = a_set("1.2").changing("roles", "r-u3-s1", **days, status="active")
    if mode == "delta":
        row = later.rows["roles"]["r-u3-s1"]
        later = Set("1.2", modes={"roles": "delta"}).with_rows("roles", **{"r-u3-s1": row})
    look = office.apply(later, choices=today)
    assert look.sent.left_out["role not held today"] == 1
    assert office.roles("Amina Farouk") == ["teacher of Thornbeck Primary"]


def test_a_day_of_a_role_that_is_no_day_is_a_fault(office: Office) -> None:
    assert office.faults(a_set("1.2").changing("roles", "r-u3-s1", endDate="31.8.2027")) == [
        "roles.csv, line 5: endDate (the last day) is “31.8.2027”: write a day as year-month-day, "
        "such as 2026-09-01."
    ]


def test_words_of_a_list_may_be_spelt_with_capitals(office: Office) -> None:
    shouted = a_set().changing("users", "u2", role="TEACHER").changing("orgs", "s1", type="School")
    look = office.apply(shouted.changing("classes", "c1", classType="Homeroom"))
    assert "Owain Môn" in said(look, Effect.NEW)
    assert not office.look(a_set()).difference.deeds


def test_a_role_of_nobody_known_is_a_fault(office: Office) -> None:
    office.apply(a_set("1.2"))
    role = {"userSourcedId": "u99", "roleType": "primary", "role": "teacher", "orgSourcedId": "s2"}
    changes = Set("1.2", modes={"roles": "delta"}).with_rows("roles", new=role)
    assert office.faults(changes) == [
        "roles.csv, line 2: userSourcedId is u99, of whom nothing is known."
    ]


def test_whoever_is_not_enabled_has_left(office: Office) -> None:
    office.apply(a_set())
    look = office.apply(a_set().changing("users", "u3", enabledUser="false"))
    assert said(look, Effect.LEAVING).keys() == {"Amina Farouk"}


def test_two_systems_do_not_take_each_others_people_away(office: Office) -> None:
    office.apply(a_set())
    other = replace(a_set(), system="Coast records").with_rows("enrollments", e3=None)
    other = other.with_rows("users", u1=None, u2=None)
    assert not said(office.apply(other), Effect.LEAVING)
    gone = other.with_rows("users", u3=None)
    look = office.apply(gone)
    assert not said(look, Effect.LEAVING)
    assert office.roles("Amina Farouk") == [
        "teacher of Thornbeck Primary",
        "teacher of Ysgol y Môr",
    ]


def test_a_school_or_class_that_is_gone_from_the_set_stays(office: Office) -> None:
    office.apply(a_set())
    look = office.apply(a_set().with_rows("classes", c2=None))
    assert "it stays here" in said(look, Effect.NOTE, Kind.CLASS)["Dosbarth 2"][0]
    assert office.count(SchoolClass) == 3
    assert not office.apply(a_set().with_rows("classes", c2=None)).difference.changes


def test_a_school_and_a_team_with_another_name_are_the_same_ones(office: Office) -> None:
    office.apply(a_set())
    renamed = (
        a_set().changing("orgs", "s1", name="Ysgol yr Ynys").changing("orgs", "d1", name="Infants")
    )
    look = office.apply(renamed)
    assert said(look, Effect.CHANGED, Kind.SCHOOL) == {
        "Ysgol yr Ynys": ("name: Ysgol yr Ynys instead of Ysgol y Môr",)
    }
    assert office.roles("Owain Môn") == ["teacher of Ysgol yr Ynys, Infants"]


def test_two_classes_of_one_title_are_told_by_their_codes(office: Office) -> None:
    twice = a_set().with_rows(
        "classes",
        c1=a_class("Maths", "s1", classCode="7A"),
        c2=a_class("Maths", "s1", classCode="7B"),
    )
    look = office.apply(twice)
    assert said(look, Effect.NEW, Kind.CLASS).keys() == {"Maths (7A)", "Maths (7B)"}


# names of pupils


def test_names_of_pupils_are_kept_only_where_they_are_asked_for(office: Office) -> None:
    assert b"Maisie" not in office.read(a_set().zipped()).content
    look = office.apply(a_set(), choices=replace(HEADS, pupils=True))
    assert said(look, Effect.CHANGED, Kind.CLASS) == {
        "Class lists": ("2 names in 1 class list, kept until the school year ends",)
    }
    with office.network.database.read(office.network.network_id) as session:
        rows = session.scalars(select(Pupil).order_by(Pupil.name)).all()
    assert [row.name for row in rows] == ["Maisie Owen", "Owen Price"]
    assert {str(row.erased_after) for row in rows} == {"2027-08-31"}
    office.apply(a_set().with_rows("users", p1=None).with_rows("enrollments", e1=None))
    assert office.count(Pupil) == 2


def test_birth_dates_are_not_read_and_that_is_said(office: Office) -> None:
    with_births = a_set().with_rows("demographics", p1={"birthDate": "2016-02-03", "sex": "female"})
    look = office.look(with_births)
    assert "Birth dates and origins (demographics) are not read." in look.sent.notes
    assert b"2016-02-03" not in office.read(with_births.zipped()).content


# apply is the dry run


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_what_is_done_is_what_was_shown(office: Office, version: str) -> None:
    office.apply(a_set(version))
    next_year = (
        a_set(version)
        .with_rows("users", u1=None)
        .with_rows("orgs", s3=a_school("Ysgol y Bont"), d3=a_department("Early years", "s2"))
        .changing("users", "u3", familyName="Farouk-Ali")
    )
    if version == "1.2":
        next_year = next_year.with_rows("roles", **{"r-u1-s1": None})
    shown = office.look(next_year)
    done = office.apply(next_year, seen=shown.fingerprint)
    assert (done.fingerprint, done.difference.changes) == (
        shown.fingerprint,
        shown.difference.changes,
    )
    assert not office.look(next_year).difference.deeds


def test_what_changed_meanwhile_is_shown_again(office: Office) -> None:
    shown = office.look(a_set())
    office.apply(a_set().changing("users", "u1", familyName="Rees"))
    before = office.snapshot()
    with pytest.raises(Stale, match="changed since you looked"):
        office.apply(a_set(), seen=shown.fingerprint)
    assert office.snapshot() == before


def test_many_leavers_at_once_need_a_second_look(office: Office) -> None:
    more = {f"t{n}": a_user(f"Given{n}", f"Family{n}", "teacher", "s1") for n in range(8)}
    office.apply(a_set().with_rows("users", **more))
    with pytest.raises(Conflict, match="Many people would leave"):
        office.apply(a_set(), sure=False)
    assert len(said(office.apply(a_set()), Effect.LEAVING)) == 8


def test_every_change_stands_in_the_history(office: Office) -> None:
    office.apply(a_set())
    office.apply(a_set().changing("users", "u2", orgSourcedIds="s2").with_rows("users", u1=None))
    with office.network.database.read(office.network.network_id) as session:
        found = set(session.scalars(select(HistoryLine.did).where(HistoryLine.thing == "person")))
        whole = session.scalars(
            select(HistoryLine.details).where(HistoryLine.did == "people from a file")
        ).all()
    assert {"added", "gave a role", "took a role", "left"} <= found
    assert whole[1]["leaving"] == 1


# files with faults


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            lambda s: s.with_rows("users", u3=a_user("Amina", "Farouk", "teacher", "s9")),
            "users.csv, line 4: orgSourcedIds (the schools) is s9, which is not in orgs.csv.",
        ),
        (
            lambda s: s.changing("users", "u1", enabledUser="perhaps"),
            "users.csv, line 2: enabledUser (whether they are here) is “perhaps”: it must be true or false.",
        ),
        (
            lambda s: s.changing("users", "u1", givenName=""),
            "users.csv, line 2: There is nothing under givenName (the first name).",
        ),
        (
            lambda s: s.changing("users", "u1", role="wizard"),
            "users.csv, line 2: role is “wizard”: it must be one of administrator, aide, guardian, "
            "parent, proctor, relative, student, teacher.",
        ),
        (
            lambda s: s.changing("users", "u1", email="nia at school"),
            "users.csv, line 2: “nia at school” is not an e-mail address.",
        ),
        (
            lambda s: s.changing("users", "u2", email="n.bevan@dales.example"),
            "users.csv, line 3: n.bevan@dales.example stands for Nia Bevan on line 2 already.",
        ),
        (
            lambda s: s.with_rows("enrollments", e9=enrolled("p9", "c1", "s1")),
            "enrollments.csv, line 5: userSourcedId (the person) is p9, which is not in users.csv.",
        ),
        (
            lambda s: s.changing("enrollments", "e1", role="guest"),
            "enrollments.csv, line 2: role is “guest”: it must be one of administrator, proctor, "
            "student, teacher.",
        ),
        (
            lambda s: s.changing("classes", "c2", classType="club"),
            "classes.csv, line 3: classType (the kind of class) is “club”: it must be one of homeroom, scheduled.",
        ),
        (
            lambda s: s.changing("orgs", "s1", type="castle"),
            "orgs.csv, line 3: type (the kind) is “castle”: it must be one of department, school, district, "
            "local, state, national.",
        ),
        (
            lambda s: replace(s, modes={"users": "delta"}).changing("users", "u1", status=""),
            "users.csv, line 2: A row of what changed must say its status: active or tobedeleted.",
        ),
        (
            lambda s: s.changing("users", "u1", status="gone"),
            "users.csv, line 2: The status is “gone”: it must be active or tobedeleted.",
        ),
        (
            lambda s: replace(s, modes={"users": "some"}),
            "manifest.csv, line 16: file.users is “some”: it must be bulk, delta or absent.",
        ),
        (
            lambda s: replace(s, version="2.0"),
            "manifest.csv: It is OneRoster 2.0. Observe reads 1.1 and 1.2.",
        ),
    ],
)
def test_a_fault_is_told_by_file_and_line_and_nothing_is_kept(
    office: Office, change: Any, fault: str
) -> None:
    before = office.snapshot()
    assert fault in office.faults(change(a_set()))
    assert office.snapshot() == before


def test_every_fault_is_told_at_once(office: Office) -> None:
    broken = a_set().changing("users", "u1", role="wizard").changing("orgs", "s2", type="castle")
    found = office.faults(broken)
    assert [each.split(":")[0] for each in found][:2] == ["orgs.csv, line 4", "users.csv, line 2"]


def test_a_row_that_stands_twice_is_a_fault(office: Office) -> None:
    twice = a_set().table("users") + b"u1,,,true,s1,teacher,x,,Ben,Ifan,,,,,,,,\r\n"
    found = office.faults(a_set().zipped(users=twice))
    assert found == ["users.csv, line 9: The sourcedId u1 stands on line 2 already."]


def test_a_file_without_a_column_is_a_fault(office: Office) -> None:
    found = office.faults(a_set().zipped(orgs=written([["sourcedId", "name"], ["s1", "A"]])))
    assert "orgs.csv, line 1: There is no column type (the kind)." in found


def test_a_file_that_is_not_there_is_a_fault(office: Office) -> None:
    lonely = replace(a_set(), rows={**a_set().rows})
    content = {k: v for k, v in lonely.files().items() if k != "users.csv"}
    assert office.faults(zip_of(content)) == [
        "manifest.csv: It says that users.csv is in the set, and it is not."
    ]


# however it is written


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("turned", [False, True])
def test_a_set_is_read_whatever_its_encoding_and_order_of_columns(
    office: Office, encoding: str, turned: bool
) -> None:
    spelt = a_set().changing("orgs", "s1", name="Ysgol Tŷ Gwyn" if encoding != "cp1252" else "Café")
    spelt = spelt.changing("users", "u2", familyName="Müller")
    look = office.look(replace(spelt, encoding=encoding, turned=turned))
    assert "Owain Müller" in said(look, Effect.NEW)


def test_a_set_in_a_folder_and_with_what_a_mac_adds_is_read(office: Office) -> None:
    content = {f"export/{k}": v for k, v in a_set().files().items()}
    content["__MACOSX/export/._users.csv"] = b"\x00\x05\x16"
    assert office.faults(zip_of(content)) == []


def test_formulas_stay_text(office: Office) -> None:
    look = office.look(a_set().changing("users", "u1", familyName="=cmd|' /C calc'!A0"))
    assert "Nia =cmd|' /C calc'!A0" in said(look, Effect.NEW)


def test_unused_columns_are_told(office: Office) -> None:
    rows = a_set().table("orgs").decode().splitlines()
    more = "\r\n".join([rows[0] + ",metadata.colour", *(f"{row},red" for row in rows[1:])])
    brought = office.read(a_set().zipped(orgs=more.encode()))
    assert (
        "orgs.csv: columns that are not used: metadata.colour." in office.look(brought).sent.notes
    )


# files in anybody's columns

COLUMNS = ["Staff code", "Forename", "Surname", "Work email", "Post", "Academy", "Department"]
STAFF = [
    COLUMNS,
    ["A1", "Nia", "Bevan", "n.bevan@dales.example", "Head Teacher", "Ysgol y Môr", ""],
    ["A2", "Owain", "Môn", "o.mon@dales.example", "Class Teacher", "Ysgol y Môr", "Lower"],
    ["A3", "Emyr", "Tomos", "l.tomos@dales.example", "HLTA", "Ysgol y Môr", "Lower"],
]


def chosen(brought: Brought, **more: Any) -> Brought:
    kept_mapping = ColumnMapping(
        columns={**brought.settings["columns"], "role": "Post"},
        **{"roles": {"HLTA": "nobody"}, **more},
    )
    return replace(brought, settings=as_json(kept_mapping))


def test_a_table_asks_for_what_it_does_not_say(office: Office) -> None:
    look = office.look(office.read(written(STAFF), file="staff.csv"))
    assert look.lacking == ("role",)
    asked = office.look(chosen(office.read(written(STAFF), file="staff.csv"), roles={}))
    assert asked.lacking == ("roles",)


def test_what_was_chosen_is_kept_for_the_next_file(office: Office) -> None:
    look = office.apply(chosen(office.read(written(STAFF), file="staff.csv")))
    assert said(look, Effect.NEW).keys() == {"Nia Bevan", "Owain Môn"}
    again = office.look(office.read(written(STAFF), file="staff-2.csv"))
    assert (again.lacking, again.difference.deeds) == ((), [])
    assert again.sent.left_out == {"HLTA": 1}


def test_a_table_that_is_the_whole_list_makes_leavers_and_another_does_not(office: Office) -> None:
    office.apply(chosen(office.read(written(STAFF), file="staff.csv")))
    fewer = office.read(written([*STAFF[:2]]), file="staff.csv")
    assert not office.look(chosen(fewer)).difference.deeds
    whole = office.look(chosen(fewer, whole=True))
    assert said(whole, Effect.LEAVING).keys() == {"Owain Môn"}


def test_a_number_knows_somebody_whose_name_and_address_changed(office: Office) -> None:
    office.apply(chosen(office.read(written(STAFF), file="staff.csv")))
    married = [*STAFF[:1], ["A1", "Nia", "Rees", "n.rees@dales.example", *STAFF[1][4:]]]
    look = office.apply(chosen(office.read(written(married), file="staff.csv")))
    assert said(look, Effect.CHANGED).keys() == {"Nia Rees"}


def test_a_table_tells_its_faults_by_line(office: Office) -> None:
    broken = [*STAFF, ["A1", "Ben", "Ifan", "ben at school", "Head Teacher", "Ysgol y Môr", ""]]
    brought = chosen(office.read(written(broken), file="staff.csv"))
    with office.network.database.read(office.network.network_id) as session:
        look = people_files.look(session, brought, by=None, secret=SECRET)
    assert [str(fault) for fault in look.difference.faults] == [
        "staff.csv, line 5: “ben at school” is not an e-mail address.",
        "staff.csv, line 5: Line 2 has another name or address for A1: Nia Bevan.",
    ]
    with pytest.raises(Invalid, match="Nothing was changed"):
        office.apply(brought)


def test_an_open_quotation_mark_is_told_on_its_line(office: Office) -> None:
    text = written(STAFF).replace(b"A2,Owain", b'A2,"Owain')
    (fault,) = office.faults(text, file="staff.csv")
    assert fault.startswith("staff.csv, line 3: A cell goes on over the end of the line.")


def test_one_school_and_one_role_can_hold_for_a_whole_table(office: Office) -> None:
    bare = written([["name", "e-mail"], ["Rhys Parry", "r.parry@dales.example"]])
    brought = office.read(bare, file="staff.csv")
    assert office.look(brought).lacking == ("role", "school")
    settings = as_json(
        ColumnMapping(brought.settings["columns"], role="teacher", school="Thornbeck Primary")
    )
    look = office.apply(replace(brought, settings=settings))
    assert said(look, Effect.NEW) == {
        "Rhys Parry": ("r.parry@dales.example", "teacher in Thornbeck Primary")
    }


# what waits


def test_a_file_that_waits_is_erased_after_a_day(office: Office) -> None:
    brought = office.read(a_set().zipped())
    with office.network.database.write(office.network.network_id) as session:
        id = people_files_waiting.wait(session, brought, by=office.network["Margaret"], at=NOW)
    with office.network.database.write(office.network.network_id) as session:
        assert people_files.look(
            session, people_files_waiting.waiting(session, id), by=None, secret=SECRET
        ).sent.rows
        assert not people_files_waiting.is_old(session, at=NOW + timedelta(hours=23))
        assert people_files_waiting.is_old(session, at=NOW + timedelta(hours=25))
        people_files_waiting.forget_old(session, at=NOW + timedelta(hours=25))
    assert office.count(PeopleUpload) == 0


def test_lessons_of_a_moved_teacher_stay_where_they_were(office: Office) -> None:
    school = office.network
    email = office.person("Catrin Morley").email or ""
    catrin = a_user("Catrin", "Morley", "teacher", "s2", email=email)
    office.apply(a_set().with_rows("users", u8=catrin))
    lesson = a_lesson(school)
    office.apply(a_set().with_rows("users", u8={**catrin, "orgSourcedIds": "s1"}))
    assert office.roles("Catrin Morley") == ["teacher of Ysgol y Môr"]
    with school.database.read(school.network_id) as session:
        found = lessons.find(session, lesson.id)
    assert (found.school_id, found.team_id) == (school.school_id, school.team_id)


def test_an_address_that_signs_in_elsewhere_is_taken_in_and_its_password_left_alone(
    office: Office,
) -> None:
    other = a_network(office.network.database, name="Coast partnership")
    email = a_sign_in(other, "Sion")
    guest = a_user("Siôn", "Elsewhere", "teacher", "s2", email=email)
    office.apply(a_set().with_rows("users", u9=guest))
    office.apply(a_set().with_rows("users", u9={**guest, "email": "sion@dales.example"}))
    with office.network.database.outside() as session:
        sign_in = session.scalars(select(SignIn).where(SignIn.email == email)).one()
    assert sign_in.people == {str(other.network_id): str(other["Sion"].id)}


def test_open_targets_that_go_with_a_teacher_are_told_and_go(office: Office) -> None:
    target_read(office.network)
    email = office.person("Catrin Morley").email or ""
    catrin = a_user("Catrin", "Morley", "teacher", "s2", email=email)
    office.apply(a_set().with_rows("users", u8=catrin))
    look = office.apply(a_set().with_rows("users", u8={**catrin, "orgSourcedIds": "s1,d1"}))
    (words,) = said(look, Effect.CHANGED)["Catrin Morley"]
    assert words.endswith("; 1 open target goes with them to whoever leads them there")
    nia = _as_person(office, "Nia Bevan")
    with office.network.database.read(office.network.network_id) as session:
        roles = people_stored.roles_of(session, nia.id)
        head = target_life.due_list(session, replace(nia, roles=roles))
        before = target_life.due_list(session, office.network["Sion"])
    assert [each.teacher for each in head.followed] == ["Catrin Morley"]
    assert before.followed == ()
