"""Published rubrics of a network."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from observe.core.errors import Missing
from observe.storage.database import NetworkSession
from observe.storage.tables.rubrics import RubricVersion


@dataclass(frozen=True, slots=True)
class Published:
    """A rubric version as one chooses it."""

    digest: str
    rubric: str
    version: int
    title: str
    kind: str
    graded: bool


def row(session: NetworkSession, digest: str) -> RubricVersion:
    """The version of this address; Missing where it was never published."""
    found = session.get(RubricVersion, (session.network_id, digest))
    if found is None:
        raise Missing("There is no such rubric.")
    return found


def is_published(session: NetworkSession, digest: str) -> bool:
    """Whether this network ever published the version of this address."""
    query = select(RubricVersion.digest).where(RubricVersion.digest == digest)
    return session.scalar(query) is not None


def newest(session: NetworkSession, rubric: str) -> RubricVersion | None:
    """The newest version of a rubric."""
    query = select(RubricVersion).where(RubricVersion.rubric == rubric)
    return session.scalars(query.order_by(RubricVersion.version.desc())).first()


def offered(session: NetworkSession) -> list[Published]:
    """The newest version of each rubric and language, by title."""
    found = RubricVersion
    columns = (found.digest, found.rubric, found.version, found.title, found.kind, found.graded)
    query = select(*columns, found.language).order_by(found.version)
    newest = {(row.rubric, row.language): Published(*row[:6]) for row in session.execute(query)}
    return sorted(newest.values(), key=lambda version: version.title)


def titles(session: NetworkSession) -> dict[str, str]:
    """What the rubrics are called now, by the id that files name."""
    return {each.rubric: each.title for each in offered(session)}


def version_of(
    session: NetworkSession, rubric: str, version: int, language: str
) -> RubricVersion | None:
    """The published row of one version."""
    query = select(RubricVersion).where(
        RubricVersion.rubric == rubric,
        RubricVersion.version == version,
        RubricVersion.language == language,
    )
    return session.scalar(query)


def versions(session: NetworkSession) -> Sequence[RubricVersion]:
    """Every published version, by title, the newest version first."""
    order = RubricVersion.title, RubricVersion.version.desc(), RubricVersion.language
    return session.scalars(select(RubricVersion).order_by(*order)).all()
