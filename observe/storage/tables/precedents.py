"""What belongs to a rule from a talk: for which words of its criterion it holds, and who doubts it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from observe.storage.tables.base import Base, Tenant, belongs_to


class PrecedentMeaning(Tenant, Base):
    """Words of a criterion for which a rule holds: `meaning` is their digest, as `core.meaning` makes it.

    The first is of the version with which the lesson was observed; the owner adds more. `version` is the
    digest of the rubric version in which these words stand.
    """

    __tablename__ = "precedent_meaning"
    __table_args__ = (belongs_to("precedent", "precedent_id"),)
    precedent_id: Mapped[UUID] = mapped_column(primary_key=True)
    meaning: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str]
    at: Mapped[datetime]


class PrecedentDoubt(Tenant, Base):
    """That an observer says that a rule no longer fits, until its owner has decided."""

    __tablename__ = "precedent_doubt"
    __table_args__ = (belongs_to("precedent", "precedent_id"), belongs_to("person", "person_id"))
    precedent_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
