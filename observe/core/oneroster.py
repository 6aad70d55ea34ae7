"""The files and columns of OneRoster 1.1 and 1.2 as CSV, as far as Observe reads them.

Source: IMS Global, "OneRoster: CSV Tables" 1.1 (2017), and 1EdTech, "OneRoster: CSV Binding" 1.2.1
(2023): https://www.imsglobal.org/spec/oneroster/v1p2/bind/csv
"""

from collections.abc import Mapping
from dataclasses import dataclass

from observe.core.permissions import RoleKind

VERSIONS = ("1.1", "1.2")
MANIFEST = "manifest.csv"
LONGEST_KEY = 255
BASE = ("sourcedId", "status", "dateLastModified")
ACTIVE, GONE = "active", "tobedeleted"
STATUSES = (ACTIVE, GONE)
SCHOOL, DEPARTMENT = "school", "department"
ORG_TYPES = (DEPARTMENT, SCHOOL, "district", "local", "state", "national")
CLASS_TYPES = ("homeroom", "scheduled")
ENROLLED = ("administrator", "proctor", "student", "teacher")
STUDENT = "student"


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns of a file in the published order, and those that must hold something in each row."""

    columns: tuple[str, ...]
    needed: tuple[str, ...]


def _shape(columns: str, needed: str) -> Shape:
    return Shape((*BASE, *columns.split()), ("sourcedId", *needed.split()))


COMMON: Mapping[str, Shape] = {
    "academicSessions": _shape(
        "title type startDate endDate parentSourcedId schoolYear", "title type startDate endDate"
    ),
    "orgs": _shape("name type identifier parentSourcedId", "name type"),
    "courses": _shape(
        "schoolYearSourcedId title courseCode grades orgSourcedId subjects subjectCodes",
        "title orgSourcedId",
    ),
    "classes": _shape(
        "title grades courseSourcedId classCode classType location schoolSourcedId termSourcedIds "
        "subjects subjectCodes periods",
        "title courseSourcedId classType schoolSourcedId termSourcedIds",
    ),
    "enrollments": _shape(
        "classSourcedId schoolSourcedId userSourcedId role primary beginDate endDate",
        "classSourcedId schoolSourcedId userSourcedId role",
    ),
}
SHAPES: Mapping[str, Mapping[str, Shape]] = {
    "1.1": {
        **COMMON,
        "users": _shape(
            "enabledUser orgSourcedIds role username userIds givenName familyName middleName "
            "identifier email sms phone agentSourcedIds grades password",
            "enabledUser orgSourcedIds role username givenName familyName",
        ),
    },
    "1.2": {
        **COMMON,
        "users": _shape(
            "enabledUser username userIds givenName familyName middleName identifier email sms "
            "phone agentSourcedIds grades password userMasterIdentifier resourceSourcedIds "
            "preferredGivenName preferredMiddleName preferredFamilyName primaryOrgSourcedId pronouns",
            "enabledUser username givenName familyName",
        ),
        "roles": _shape(
            "userSourcedId roleType role beginDate endDate orgSourcedId userProfileSourcedId",
            "userSourcedId roleType role orgSourcedId",
        ),
    },
}
NOT_READ: Mapping[str, str] = {
    "demographics": "Birth dates and origins (demographics) are not read.",
    "userProfiles": "Names and passwords for other programs (userProfiles) are not read.",
    "userResources": "Learning materials are not read.",
    "resources": "Learning materials are not read.",
    "classResources": "Learning materials are not read.",
    "courseResources": "Learning materials are not read.",
    "categories": "Marks and tasks are not read.",
    "lineItems": "Marks and tasks are not read.",
    "lineItemLearningObjectiveIds": "Marks and tasks are not read.",
    "lineItemScoreScales": "Marks and tasks are not read.",
    "results": "Marks and tasks are not read.",
    "resultLearningObjectiveIds": "Marks and tasks are not read.",
    "resultScoreScales": "Marks and tasks are not read.",
    "scoreScales": "Marks and tasks are not read.",
}
SCHOOL_ADMINISTRATORS = ("administrator", "siteAdministrator")
USER_ROLES: Mapping[str, tuple[str, ...]] = {
    "1.1": (
        *("administrator", "aide", "guardian", "parent", "proctor", "relative"),
        *(STUDENT, "teacher"),
    ),
    "1.2": (
        *("aide", "counselor", "districtAdministrator", "guardian", "parent", "principal"),
        *("proctor", "relative", "siteAdministrator", STUDENT, "systemAdministrator", "teacher"),
    ),
}

# Columns whose cells are words of a published list, and those words by their small letters.
ONE_OF = ("type", "classType", "role")
WORDS: Mapping[str, str] = {
    word.lower(): word
    for word in (*ORG_TYPES, *CLASS_TYPES, *ENROLLED, *USER_ROLES["1.1"], *USER_ROLES["1.2"])
}
# What a column holds, for whoever did not write the export.
MEANS: Mapping[str, str] = {
    "sourcedId": "the number of the row",
    "name": "the name",
    "title": "the name",
    "type": "the kind",
    "startDate": "the first day",
    "endDate": "the last day",
    "beginDate": "the first day",
    "orgSourcedId": "the school",
    "orgSourcedIds": "the schools",
    "schoolSourcedId": "the school",
    "parentSourcedId": "what it belongs to",
    "courseSourcedId": "the course",
    "classSourcedId": "the class",
    "userSourcedId": "the person",
    "termSourcedIds": "the terms",
    "classType": "the kind of class",
    "enabledUser": "whether they are here",
    "username": "what they sign in with there",
    "givenName": "the first name",
    "familyName": "the last name",
    "roleType": "whether it is the main role",
}


def in_words(column: str) -> str:
    """A column with what it holds, such as `givenName (the first name)`."""
    return f"{column} ({MEANS[column]})" if column in MEANS else column


def role_of(word: str, administrators: RoleKind | None) -> RoleKind | None:
    """What a role of OneRoster is here; None for whoever has no part in observing."""
    if word in SCHOOL_ADMINISTRATORS:
        return administrators
    return {"teacher": RoleKind.TEACHER, "principal": RoleKind.HEAD}.get(word)
