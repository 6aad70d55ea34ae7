"""A year in which heads learn to observe."""

from observe.web.programme import (
    assessing,
    assessing_beside,
    assessments,
    beginning,
    coaching,
    coaching_alone,
    coaching_sessions,
    coaching_told,
    members,
    programmes,
    progress,
    settings,
    signing_off,
    views,
    workshops,
)
from observe.web.programme.blueprint import blueprint

__all__ = [
    "assessing",
    "assessing_beside",
    "assessments",
    "beginning",
    "blueprint",
    "coaching",
    "coaching_alone",
    "coaching_sessions",
    "coaching_told",
    "members",
    "programmes",
    "progress",
    "settings",
    "signing_off",
    "views",
    "workshops",
]
