"""Changes to rights, and what was read, in words."""

from collections.abc import Mapping

from observe.services.rights_history import Change
from observe.web.words import gettext as _


def change(told: Change) -> str:
    """What was done, as one sentence."""
    role = role_words().get(told.role, told.role)
    held = f"{role}, {told.place}" if told.place else role
    sentences = {**_plain(), **_of_roles(held, told.place), **_of_names(told)}
    return sentences.get(told.did, told.did)


def _plain() -> Mapping[str, str]:
    """What is done to somebody as they are."""
    return {
        "added": _("Added here"),
        "left": _("Marked as having left"),
        "came back": _("Brought back, with the roles and the password of before"),
        "signed in": _("Signed in"),
        "changed their password": _("Password changed"),
        "set a password": _("Signed in with a link, and chose a new password"),
        "joined with a password": _("Signed in with a link, and with the password they had"),
        "signed out by another": _("Signed out everywhere by somebody else"),
        "tablet taken away by another": _("A tablet taken away by somebody else"),
        "made a calendar address": _("Address of the calendar made"),
        "ended a calendar address": _("Address of the calendar ended"),
        "pack made": _("All that is kept about them put into a pack"),
        "person erased": _("Erased"),
    }


def _of_roles(held: str, place: str) -> Mapping[str, str]:
    return {
        "gave a role": _("Role given: %(role)s", role=held),
        "took a role": _("Role taken away: %(role)s", role=held),
        "moved to a team": _("Moved to another team: %(team)s", team=place or _("none")),
    }


def _of_names(told: Change) -> Mapping[str, str]:
    names = {"before": told.before or _("nothing"), "after": told.after or _("nothing")}
    mailed = _("A link for a password sent by mail")
    return {
        "changed": _("Name or address: %(before)s is now %(after)s", **names),
        "renamed": _("Name: %(before)s is now %(after)s", **names),
        "made a link": mailed if told.way == "by mail" else _("A link for a password made"),
    }


def role_words() -> Mapping[str, str]:
    """What roles are called."""
    return {
        "head": _("Head"),
        "adviser": _("Adviser"),
        "leader": _("Team leader"),
        "teacher": _("Teacher"),
        "facilitator": _("Facilitator"),
        "deputy": _("Facilitator’s deputy"),
        "data protection": _("Data protection"),
    }


def thing(kind: str) -> str:
    """What was read, in words."""
    words: Mapping[str, str] = {
        "summary": _("A summary about you"),
        "pair": _("The records of a lesson of yours"),
        "third reading": _("Notes on a lesson of yours, as a third reader"),
        "assessing_round": _("The looks at how you observe"),
        "certification": _("Where you stand with certification"),
        "practice figures": _("Your figures in practice"),
        "progress": _("How far you are in the programme"),
    }
    return words.get(kind, kind)
