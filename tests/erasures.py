"""Certificates of what was erased, for tests that only need one."""

from uuid import UUID

from observe.storage import erasures
from tests.factories import NOW, School

SECRET = "for tests only"


def an_erasure(school: School) -> UUID:
    """A certificate of the daily round."""
    with school.database.write(school.network_id) as session:
        made = erasures.begin(session, erasures.RETENTION, person_id=None, by=None, at=NOW)
        erasures.write(session, made, {"record_field": 3, "reflection": 1})
    return made
