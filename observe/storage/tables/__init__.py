"""The tables, named after the school's words; importing this package knows them all."""

from observe.storage.tables import (
    calibration,
    certification,
    exercises,
    feedback,
    history,
    lessons,
    mail,
    people,
    planning,
    precedents,
    programme,
    records,
    reflections,
    rubrics,
    talk,
)
from observe.storage.tables.base import Base, Tenant

__all__ = [
    "Base",
    "Tenant",
    "calibration",
    "certification",
    "exercises",
    "feedback",
    "history",
    "lessons",
    "mail",
    "people",
    "planning",
    "precedents",
    "programme",
    "records",
    "reflections",
    "rubrics",
    "talk",
]
