"""A OneRoster set → the rows that Observe takes in, or every fault by file and line."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from observe.core import oneroster
from observe.core.contact import email_fault, name_fault
from observe.core.oneroster import DEPARTMENT, SCHOOL, STUDENT
from observe.core.oneroster_reading import Known, Reading, Told, begin, is_now, is_word, unused
from observe.core.oneroster_zip import Package
from observe.core.permissions import RoleKind
from observe.core.roster import Choices, Kind, Mode, Row, Sent
from observe.core.table_file import Fault

ENABLED = {"true": True, "false": False}
Orgs = Mapping[str, tuple[str, str]]


def read_sent(
    package: Package, choices: Choices, *, known: Known
) -> tuple[Sent, tuple[Fault, ...]]:
    """What a set says, and every fault in it."""
    if not package.manifest.version:
        return Sent(), package.faults
    reading = begin(package, choices, known)
    orgs = _orgs(reading)
    rows = (*_places(reading, orgs), *_people(reading, orgs))
    for row in reading.of("enrollments"):
        _check_unless_gone(reading, row, "role", oneroster.ENROLLED)
    notes = (*package.notes, *unused(package), *_about_lists(reading))
    sent = Sent(
        rows,
        _modes(reading),
        posts_with_people=reading.version == "1.1",
        lists=dict(_lists(reading)),
        left_out=dict(sorted(reading.left_out.items())),
        notes=notes,
    )
    return sent, _in_order(reading.faults)


def _modes(reading: Reading) -> dict[Kind, Mode]:
    orgs, users = reading.mode("orgs"), reading.mode("users")
    return {
        Kind.SCHOOL: orgs,
        Kind.TEAM: orgs,
        Kind.CLASS: reading.mode("classes"),
        Kind.PERSON: users,
        Kind.POST: users if reading.version == "1.1" else reading.mode("roles"),
    }


def _in_order(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """By file as they were read, then by line."""
    files = {file: place for place, file in enumerate(dict.fromkeys(each.file for each in faults))}
    by_place = sorted(dict.fromkeys(faults), key=lambda each: (files[each.file], each.line))
    return tuple(by_place)


# schools, teams and classes


def _check_unless_gone(reading: Reading, row: Told, column: str, known: Sequence[str]) -> None:
    if not row.gone:
        is_word(reading, row, column, known)


def _orgs(reading: Reading) -> Orgs:
    """What each organisation is and what it belongs to, those of earlier sets too."""
    before = dict.fromkeys(reading.known.schools, (SCHOOL, ""))
    before |= {key: (DEPARTMENT, school) for key, school in reading.known.teams.items()}
    here = (row for row in reading.of("orgs") if not row.gone)
    return before | {row.key: (row["type"], row["parentSourcedId"]) for row in here}


def _places(reading: Reading, orgs: Orgs) -> Iterator[Row]:
    """Schools, departments of a school as its teams, and classes."""
    found = reading.of("orgs")
    for row in found:
        _check_unless_gone(reading, row, "type", oneroster.ORG_TYPES)
        if (row.gone and row.key in reading.known.schools) or row["type"] == SCHOOL:
            yield _named(reading, row, Kind.SCHOOL, row["name"])
    for row in found:
        place = None if row.gone else _place(orgs, row.key)
        if row.gone and row.key in reading.known.teams:
            yield _named(reading, row, Kind.TEAM, "")
        elif place and place[1]:
            yield _named(reading, row, Kind.TEAM, row["name"], school=place[0])
    yield from _classes(reading, orgs)


def _classes(reading: Reading, orgs: Orgs) -> Iterator[Row]:
    """Classes of a school; one whose title another has too is told by its code as well."""
    found = reading.of("classes")
    titles = Counter((row["schoolSourcedId"], row["title"].casefold()) for row in found)
    for row in found:
        _check_unless_gone(reading, row, "classType", oneroster.CLASS_TYPES)
        place = _place(orgs, row["schoolSourcedId"])
        if not row.gone and place is None:
            reading.left_out["class outside a school"] += 1
            continue
        several = titles[row["schoolSourcedId"], row["title"].casefold()] > 1
        code = f" ({row['classCode']})" if several and row["classCode"] else ""
        school = place[0] if place else ""
        yield _named(reading, row, Kind.CLASS, row["title"] + code, school=school)


def _named(reading: Reading, row: Told, kind: Kind, name: str, *, school: str = "") -> Row:
    if name and not row.gone:
        reading.blame(row, name_fault(name, of=f"the name of the {kind}"))
    return Row(kind, row.key, name, school=school, gone=row.gone, file=row.file, line=row.line)


def _place(orgs: Orgs, key: str) -> tuple[str, str] | None:
    """The school of an organisation and, where it is a department of one, the team; None for others."""
    kind, parent = orgs.get(key, ("", ""))
    if kind == SCHOOL:
        return key, ""
    in_a_school = kind == DEPARTMENT and orgs.get(parent, ("", ""))[0] == SCHOOL
    return (parent, key) if in_a_school else None


# people


def _people(reading: Reading, orgs: Orgs) -> Iterator[Row]:
    """Staff who have a part in observing, and what they are where."""
    is_first = reading.version == "1.1"
    posts = list(_posts_of_users(reading, orgs) if is_first else _posts_of_roles(reading, orgs))
    staff = {post.person for post in posts if not post.gone}
    changed = reading.known.people if reading.mode("users") is Mode.DELTA else ()
    for row in reading.of("users"):
        off = not _is_enabled(reading, row) or (is_first and row.key not in staff)
        if row.key in staff or row.key in changed:
            yield _person(reading, row, gone=row.gone or off)
    yield from posts


def _person(reading: Reading, row: Told, *, gone: bool) -> Row:
    given = row["preferredGivenName"] or row["givenName"]
    name = f"{given} {row['preferredFamilyName'] or row['familyName']}".strip()
    email = row["email"] or _as_email(row["username"])
    if not gone:
        reading.blame(row, name and name_fault(name, of="the name of this person"))
        reading.blame(row, email and email_fault(email) and f"“{email}” is not an e-mail address.")
    return Row(Kind.PERSON, row.key, name, email.lower(), gone=gone, file=row.file, line=row.line)


def _as_email(username: str) -> str:
    return username if "@" in username and not email_fault(username) else ""


def _is_enabled(reading: Reading, row: Told) -> bool:
    word = row["enabledUser"].lower()
    if word and word not in ENABLED:
        said = f"{oneroster.in_words('enabledUser')} is “{row['enabledUser']}”"
        reading.blame(row, f"{said}: it must be true or false.")
    return ENABLED.get(word, True)


def _posts_of_users(reading: Reading, orgs: Orgs) -> Iterator[Row]:
    """In 1.1 each person has one role, at all of their organisations."""
    for row in reading.of("users"):
        if row.gone or not is_word(reading, row, "role", oneroster.USER_ROLES["1.1"]):
            continue
        role = oneroster.role_of(row["role"], reading.choices.administrators)
        places = [place for each in row.listed("orgSourcedIds") if (place := _place(orgs, each))]
        if role is None or not places:
            reading.left_out[row["role"] + (" outside a school" if role else "")] += 1
        elif _is_enabled(reading, row):
            yield from _at_places(row, role, places)


def _at_places(row: Told, role: RoleKind, places: Sequence[tuple[str, str]]) -> Iterator[Row]:
    """A post in each place; a school whose department is named too is not named twice."""
    in_teams = {school for school, team in places if team}
    for school, team in places:
        if team or school not in in_teams:
            yield _post(row, f"{row.key}|{team or school}", row.key, role, school, team)


def _posts_of_roles(reading: Reading, orgs: Orgs) -> Iterator[Row]:
    """In 1.2 each role of a person has a row of its own; students have one too."""
    off = _not_enabled(reading)
    for row in reading.of("roles"):
        if row.gone or _is_not_now(reading, row):
            if row.key in reading.known.posts:
                yield Row(Kind.POST, row.key, gone=True, file=row.file, line=row.line)
            continue
        is_word(reading, row, "role", oneroster.USER_ROLES["1.2"])
        role = oneroster.role_of(row["role"], reading.choices.administrators)
        place = _place(orgs, row["orgSourcedId"])
        if role is None or place is None:
            reading.left_out[row["role"] + (" outside a school" if role else "")] += 1
        elif row["userSourcedId"] not in off:
            yield _post(row, row.key, row["userSourcedId"], role, *place)


def _is_not_now(reading: Reading, row: Told) -> bool:
    """Whether a role has ended or begins later; it is counted as left out then."""
    outside = not is_now(reading, row)
    if outside:
        reading.left_out["role not held today"] += 1
    return outside


def _not_enabled(reading: Reading) -> Collection[str]:
    """People whose row says that they left or are not let in."""
    return {row.key for row in reading.of("users") if row.gone or not _is_enabled(reading, row)}


def _post(row: Told, key: str, person: str, role: RoleKind, school: str, team: str) -> Row:
    team = team if role is RoleKind.TEACHER else ""
    return Row(
        Kind.POST,
        key,
        school=school,
        team=team,
        person=person,
        role=role.value,
        file=row.file,
        line=row.line,
    )


# names of pupils, where they were asked for


def _lists(reading: Reading) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names of the pupils of each class, from sets that hold everything."""
    if not _has_lists(reading):
        return
    names = {row.key: _pupil(row) for row in reading.of("users") if not row.gone}
    by_class: dict[str, set[str]] = {row.key: set() for row in reading.of("classes")}
    for row in reading.of("enrollments"):
        name = names.get(row["userSourcedId"])
        if row["role"] == STUDENT and not row.gone and name and row["classSourcedId"] in by_class:
            by_class[row["classSourcedId"]].add(name)
    for key, found in by_class.items():
        yield key, tuple(sorted(found))


def _pupil(row: Told) -> str:
    return f"{row['preferredGivenName'] or row['givenName']} {row['familyName']}".strip()


def _has_lists(reading: Reading) -> bool:
    whole = all(reading.mode(name) is Mode.BULK for name in ("users", "classes", "enrollments"))
    return reading.choices.pupils and whole


def _about_lists(reading: Reading) -> Iterator[str]:
    if reading.choices.pupils and not _has_lists(reading):
        yield (
            "Names of pupils are taken only from a set that holds all people, classes and "
            "enrolments. The class lists stay as they are."
        )
