"""Summaries on their way to the teacher."""

from observe.web.feedback import (
    drafts,
    index,
    letters,
    pack,
    phrases,
    remarks,
    reviews,
    targets,
    themes,
    versions,
)
from observe.web.feedback.blueprint import blueprint

__all__ = [
    "blueprint",
    "drafts",
    "index",
    "letters",
    "pack",
    "phrases",
    "remarks",
    "reviews",
    "targets",
    "themes",
    "versions",
]
