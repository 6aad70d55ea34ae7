"""OneRoster sets made from the published lists of columns: each row names only what matters.

Columns as in IMS Global, "OneRoster: CSV Tables" 1.1, and 1EdTech, "OneRoster: CSV Binding" 1.2.1.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from observe.core.roster import Choices
from observe.services import people_files_reading, people_files_waiting
from tests.factories import NOW, School

BASE = "sourcedId status dateLastModified "
COLUMNS_1_1 = {
    "academicSessions": BASE + "title type startDate endDate parentSourcedId schoolYear",
    "orgs": BASE + "name type identifier parentSourcedId",
    "courses": BASE
    + "schoolYearSourcedId title courseCode grades orgSourcedId subjects subjectCodes",
    "classes": BASE + "title grades courseSourcedId classCode classType location schoolSourcedId "
    "termSourcedIds subjects subjectCodes periods",
    "users": BASE + "enabledUser orgSourcedIds role username userIds givenName familyName "
    "middleName identifier email sms phone agentSourcedIds grades password",
    "enrollments": BASE
    + "classSourcedId schoolSourcedId userSourcedId role primary beginDate endDate",
    "demographics": BASE + "birthDate sex americanIndianOrAlaskaNative asian "
    "blackOrAfricanAmerican nativeHawaiianOrOtherPacificIslander white "
    "demographicRaceTwoOrMoreRaces hispanicOrLatinoEthnicity countryOfBirthCode "
    "stateOfBirthAbbreviation cityOfBirth publicSchoolResidenceStatus",
}
COLUMNS_1_2 = COLUMNS_1_1 | {
    "users": BASE + "enabledUser username userIds givenName familyName middleName identifier "
    "email sms phone agentSourcedIds grades password userMasterIdentifier resourceSourcedIds "
    "preferredGivenName preferredMiddleName preferredFamilyName primaryOrgSourcedId pronouns",
    "roles": BASE
    + "userSourcedId roleType role beginDate endDate orgSourcedId userProfileSourcedId",
    "userProfiles": BASE + "userSourcedId profileType vendorId applicationId description "
    "credentialType username password",
}
NAMES_1_1 = (
    *("academicSessions", "categories", "classes", "classResources", "courses"),
    *("courseResources", "demographics", "enrollments", "lineItems", "orgs", "resources"),
    *("results", "users"),
)
NAMES_1_2 = (*NAMES_1_1, "roles", "userProfiles", "userResources", "scoreScales")
CHANGED = "2026-11-17T08:00:00.000Z"
Cells = Mapping[str, str]


@dataclass(frozen=True)
class Set:
    """A set of files: rows by file and sourcedId, how each file is meant, and how it is written."""

    version: str = "1.1"
    rows: Mapping[str, Mapping[str, Cells]] = field(default_factory=dict)
    modes: Mapping[str, str] = field(default_factory=dict)
    system: str = "Dales records"
    encoding: str = "utf-8"
    turned: bool = False

    def with_rows(self, name: str, /, **rows: Cells | None) -> "Set":
        """With other rows in a file; None takes one out."""
        found = {**self.rows.get(name, {}), **{key: row for key, row in rows.items() if row}}
        gone = {key for key, row in rows.items() if row is None}
        left = {key: row for key, row in found.items() if key not in gone}
        return replace(self, rows={**self.rows, name: left})

    def changing(self, name: str, key: str, /, **cells: str) -> "Set":
        """With other cells in one row."""
        return self.with_rows(name, **{key: {**self.rows[name][key], **cells}})

    def line(self, name: str, key: str) -> int:
        """The line of the file on which a row stands."""
        return list(self.rows[name]).index(key) + 2

    def files(self) -> dict[str, bytes]:
        """The bytes of each file by name."""
        found = {f"{name}.csv": self.table(name) for name in self.rows}
        return {"manifest.csv": self.manifest(), **found}

    def manifest(self) -> bytes:
        names = NAMES_1_2 if self.version == "1.2" else NAMES_1_1
        there = {name: self.modes.get(name, "bulk") for name in self.rows}
        told = [("manifest.version", "1.0"), ("oneroster.version", self.version)]
        told += [(f"file.{name}", there.get(name, "absent")) for name in names]
        told += [("source.systemName", self.system), ("source.systemCode", "DR")]
        return written([("propertyName", "value"), *told], self.encoding)

    def table(self, name: str) -> bytes:
        columns = (COLUMNS_1_2 if self.version == "1.2" else COLUMNS_1_1)[name].split()
        columns = columns[::-1] if self.turned else columns
        rows = [self._cells(name, columns, key, row) for key, row in self.rows[name].items()]
        return written([columns, *rows], self.encoding)

    def _cells(self, name: str, columns: Sequence[str], key: str, row: Cells) -> list[str]:
        is_delta = self.modes.get(name) == "delta"
        status = {"status": "active", "dateLastModified": CHANGED} if is_delta else {}
        strange = set(row) - set(columns)
        assert not strange, f"{name}.csv has no column {strange}"
        return [{"sourcedId": key, **status, **row}.get(column, "") for column in columns]

    def zipped(self, *, folder: str = "", **others: bytes) -> bytes:
        """The set as a zip; `others` are files by name without `.csv` in place of its own."""
        files = self.files() | {f"{name}.csv": content for name, content in others.items()}
        return zip_of({folder + name: content for name, content in files.items()})


def written(rows: Iterable[Sequence[str]], encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def zip_of(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return packed.getvalue()


def a_school(name: str, above: str = "trust") -> Cells:
    return {"name": name, "type": "school", "parentSourcedId": above}


def a_department(name: str, school: str) -> Cells:
    return {"name": name, "type": "department", "parentSourcedId": school}


def a_user(given: str, family: str, role: str, orgs: str, **more: str) -> Cells:
    """A row of users.csv in 1.1."""
    email = (
        f"{given[0]}.{family}@dales.example".lower() if role not in ("student", "parent") else ""
    )
    own = {"givenName": given, "familyName": family, "role": role, "orgSourcedIds": orgs}
    username = f"{given}{family}".lower()
    return {"enabledUser": "true", "username": username, "email": email, **own, **more}


def a_class(title: str, school: str, **more: str) -> Cells:
    needed = {"courseSourcedId": "maths", "classType": "scheduled", "termSourcedIds": "autumn"}
    return {"title": title, "schoolSourcedId": school, **needed, **more}


def enrolled(user: str, school_class: str, school: str, role: str = "student") -> Cells:
    places = {"classSourcedId": school_class, "schoolSourcedId": school}
    return {"userSourcedId": user, "role": role, **places}


def a_set(version: str = "1.1") -> Set:
    """A trust of two schools with departments, staff, pupils and a parent."""
    session = {
        "title": "Autumn",
        "type": "term",
        "startDate": "2026-09-01",
        "endDate": "2026-12-18",
    }
    people = {
        "u1": a_user("Nia", "Bevan", "administrator", "s1"),
        "u2": a_user("Owain", "Môn", "teacher", "s1,d1"),
        "u3": a_user("Amina", "Farouk", "teacher", "s1,s2"),
        "u4": a_user("Emyr", "Tomos", "aide", "s1"),
        "p1": a_user("Maisie", "Owen", "student", "s1", grades="05"),
        "p2": a_user("Owen", "Price", "student", "s1", grades="05"),
        "g1": a_user("Gwen", "Owen", "parent", "s1", agentSourcedIds="p1"),
    }
    made = Set().with_rows("academicSessions", autumn={**session, "schoolYear": "2027"})
    made = made.with_rows(
        "orgs",
        trust={"name": "Dales Trust", "type": "district"},
        s1=a_school("Ysgol y Môr"),
        s2=a_school("Thornbeck Primary"),
        d1=a_department("Lower school", "s1"),
        d2=a_department("Upper school", "s1"),
    )
    made = made.with_rows("courses", maths={"title": "Maths", "orgSourcedId": "trust"})
    made = made.with_rows("classes", c1=a_class("Dosbarth 1", "s1"), c2=a_class("Dosbarth 2", "s1"))
    made = made.with_rows("users", **people)
    made = made.with_rows(
        "enrollments",
        e1=enrolled("p1", "c1", "s1"),
        e2=enrolled("p2", "c1", "s1"),
        e3=enrolled("u2", "c1", "s1", "teacher"),
    )
    return made if version == "1.1" else in_1_2(made)


WORDS_1_2 = {"administrator": "principal"}


def in_1_2(first: Set) -> Set:
    """The same set in 1.2, where the roles of people have a file of their own."""
    users: dict[str, Cells] = {}
    roles: dict[str, Cells] = {}
    for key, row in first.rows["users"].items():
        users[key] = {k: v for k, v in row.items() if k not in ("role", "orgSourcedIds")}
        word = WORDS_1_2.get(row["role"], row["role"])
        for number, org in enumerate(row["orgSourcedIds"].split(",")):
            kind = "secondary" if number else "primary"
            told = {"userSourcedId": key, "roleType": kind, "role": word, "orgSourcedId": org}
            roles[f"r-{key}-{org}"] = told
    return replace(first, version="1.2", rows={**first.rows, "users": users, "roles": roles})


STAFF = (
    ("name", "e-mail", "role", "school", "team"),
    ("Nia Bevan", "n.bevan@dales.example", "head", "Ysgol y Môr", ""),
    ("Owain Môn", "o.mon@dales.example", "teacher", "Ysgol y Môr", "Lower school"),
)


def brought(school: School) -> UUID:
    """A table of staff that the facilitator brought, and that waits."""
    with school.database.write(school.network_id) as session:
        read = people_files_reading.read(
            session, written(STAFF), file="staff.csv", source="Office", choices=Choices()
        )
        return people_files_waiting.wait(session, read, by=school["Margaret"], at=NOW)
