"""A year in which heads learn to observe."""

from observe.web.programme import (
    assessing,
    assessing_beside,
    assessments,
    coaching,
    coaching_alone,
    coaching_sessions,
    coaching_told,
    views,
)
from observe.web.programme.blueprint import blueprint

__all__ = [
    "assessing",
    "assessing_beside",
    "assessments",
    "blueprint",
    "coaching",
    "coaching_alone",
    "coaching_sessions",
    "coaching_told",
    "views",
]
