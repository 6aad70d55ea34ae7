"""Of which observers the address asks for certification: school, role, rubric version."""

from collections.abc import Mapping
from typing import Any

from flask import g, request

from observe.core.permissions import OBSERVERS, RoleKind
from observe.core.typed import id_in
from observe.services.certification_seen import EVERYBODY, SEES_OTHERS, Choices, Narrowed
from observe.web.addresses import said
from observe.web.words import gettext as _


def narrowed() -> Narrowed:
    """To whom the address narrows the results of others; to nobody for whoever sees only their own."""
    if not g.person.has(*SEES_OTHERS):
        return EVERYBODY
    named = request.args
    role = next((each for each in OBSERVERS if each == named.get("who")), None)
    return Narrowed(id_in(named.get("school", "")), role, named.get("rubric", ""))


def kept(asked: Narrowed) -> dict[str, Any]:
    """What an address says so that a colleague who opens it sees the same."""
    return said(school=asked.school_id, who=asked.role, rubric=asked.rubric_digest)


def roles() -> Mapping[RoleKind, str]:
    """The roles of observers, as one chooses them."""
    return {
        RoleKind.HEAD: _("Heads"),
        RoleKind.ADVISER: _("Advisers"),
        RoleKind.LEADER: _("Team leaders"),
    }


def rubrics(choices: Choices) -> Mapping[str, str]:
    """`Teaching framework, version 1` of each rubric version, by digest."""
    return {
        digest: _("%(title)s, version %(version)s", title=each.title, version=each.version)
        for digest, each in choices.rubrics.items()
    }
