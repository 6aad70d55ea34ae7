"""Lessons for tests of certification: a head beside advisers, near or far apart, and a rule in force."""

from datetime import UTC, datetime, timedelta
from typing import Any

from observe.core.certification_rule import DEFAULT, Rule
from observe.services import certification_rules, certifying
from observe.services.certifying import Place
from observe.storage.tables.people import FiguresOpened
from tests.factories import School
from tests.talks import CRITERIA, a_talk

BEGIN = datetime(2026, 9, 1, 10, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SAME = dict.fromkeys(CRITERIA, 3)
FAR = dict.fromkeys(CRITERIA, 1)


def rated(
    school: School,
    number: int,
    given: dict[str, Any] = SAME,
    *,
    who: str = "Sion",
    beside: str = "Ruth",
    begin: datetime = BEGIN,
) -> None:
    """As many lessons, one a day, on which somebody gave these levels and a partner level 3."""
    for day in range(number):
        a_talk(school, {who: given, beside: SAME}, at=begin + timedelta(days=day))


def in_force(school: School, rule: Rule = DEFAULT, *, expected: int = 0) -> int:
    """Put a rule in force as the facilitator; its version."""
    with school.database.write(school.network_id) as session:
        return certification_rules.put_in_force(
            session, rule, expected=expected, by=school["Margaret"], at=NOW
        )


def place(school: School, who: str = "Sion", *, at: datetime = NOW) -> Place:
    """Where somebody stands."""
    with school.database.read(school.network_id) as session:
        return certifying.place_of(session, school[who].id, at=at)


def judged(school: School, who: str = "Sion", *, by: str = "", at: datetime = NOW) -> list[str]:
    """What the looks that are due come to, as decisions."""
    with school.database.write(school.network_id) as session:
        found = certifying.judge(session, school[who].id, by=school[by or who], at=at)
    return [result.decision for result in found]


def opened(school: School, who: str, *, at: datetime = NOW) -> None:
    """Somebody has opened their own figures."""
    with school.database.write(school.network_id) as session:
        session.add(FiguresOpened(person_id=school[who].id, at=at))
