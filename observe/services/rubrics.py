"""The rubrics of a network: published once, never changed."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from uuid import UUID

from observe.core.errors import Conflict, Missing
from observe.core.permissions import Person
from observe.core.rubric import Rubric
from observe.core.rubric_json import as_json, from_json, rubric_digest
from observe.resources import folder
from observe.storage import history, rubrics
from observe.storage.database import NetworkSession
from observe.storage.tables.rubrics import RubricVersion


def shipped() -> Iterator[Rubric]:
    """The rubrics that come with Observe, by file name; what reads them is loaded only here."""
    from observe.core.rubric_file import read_rubric

    for path in sorted(folder("rubrics").glob("*.yaml")):
        yield read_rubric(path.read_bytes(), path.name)


def publish_shipped(session: NetworkSession, *, at: datetime, by: Person | None = None) -> int:
    """Publish each shipped rubric that this network does not have yet; how many were new."""
    return sum(publish(session, rubric, by=by, at=at) for rubric in shipped())


def lacking(session: NetworkSession) -> tuple[Rubric, ...]:
    """Shipped rubrics of which this network has not this version, by title."""
    known = {(each.rubric, each.version, each.language) for each in rubrics.versions(session)}
    new = (each for each in _shelf() if (each.rubric, each.version, each.language) not in known)
    return tuple(sorted(new, key=lambda rubric: rubric.title))


def add_shipped(session: NetworkSession, digest: str, *, by: Person, at: datetime) -> Rubric:
    """Publish the shipped rubric of this address; adding it twice does no harm."""
    wanted = next((each for each in _shelf() if rubric_digest(each) == digest), None)
    if wanted is None:
        raise Missing("This rubric does not come with Observe.")
    publish(session, wanted, by=by, at=at)
    return wanted


@cache
def _shelf() -> tuple[Rubric, ...]:
    """The shipped rubrics, read once in the life of a process."""
    return tuple(shipped())


def publish(session: NetworkSession, rubric: Rubric, *, by: Person | None, at: datetime) -> bool:
    """Publish a version; False when it was published before, Conflict when it says other things."""
    digest = rubric_digest(rubric)
    known = rubrics.version_of(session, rubric.rubric, rubric.version, rubric.language)
    if known is not None and known.digest != digest:
        raise Conflict(
            f"Version {rubric.version} of {rubric.title} was published with other words. "
            "Give the file the next version number."
        )
    if known is not None:
        return False
    doer = by.id if by else None
    session.add(_row(rubric, digest, by=doer, at=at))
    history.wrote(session, "published", "rubric", digest, by=doer, at=at, title=rubric.title)
    return True


def _row(rubric: Rubric, digest: str, *, by: UUID | None, at: datetime) -> RubricVersion:
    return RubricVersion(
        digest=digest,
        rubric=rubric.rubric,
        version=rubric.version,
        language=rubric.language,
        title=rubric.title,
        kind=rubric.kind.value,
        graded=rubric.graded,
        body=as_json(rubric),
        published_by=by,
        published_at=at,
    )


def published(session: NetworkSession) -> tuple[Rubric, ...]:
    """Every published version, by title, the newest version first."""
    return tuple(from_json(row.body) for row in rubrics.versions(session))
