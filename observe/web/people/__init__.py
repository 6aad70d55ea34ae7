"""Sign-in, one's own page, and the facilitator's first week."""

from observe.web.people import (
    checks,
    class_lists,
    days,
    erasing,
    files,
    index,
    keeping,
    links,
    me,
    outbox,
    own_mail,
    packs,
    pasting,
    persons,
    rubrics,
    schools,
    signing_in,
)
from observe.web.people.blueprint import blueprint

__all__ = [
    "blueprint",
    "checks",
    "class_lists",
    "days",
    "erasing",
    "files",
    "index",
    "keeping",
    "links",
    "me",
    "outbox",
    "own_mail",
    "packs",
    "pasting",
    "persons",
    "rubrics",
    "schools",
    "signing_in",
]
