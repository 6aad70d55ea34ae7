"""Published rubrics of a network."""

from collections.abc import Sequence

from sqlalchemy import select

from observe.storage.database import NetworkSession
from observe.storage.tables.rubrics import RubricVersion


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
