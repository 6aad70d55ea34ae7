"""The places that the head of each page leads to."""

from flask import Flask

from observe.core.permissions import OBSERVERS, Person, RoleKind
from observe.web.words import gettext as _

Place = tuple[str, str]


def init_app(app: Flask) -> None:
    """Give templates `places`."""
    app.jinja_env.globals.update(places=places)


def places(person: Person | None) -> list[Place]:
    """The places for a person, as (endpoint, words)."""
    if person is None:
        return []
    if only_teaches(person):
        return [*_teachers_places(), *_keepers_place(person)]
    if not person.has(*OBSERVERS):
        return _facilitators_places(person)
    return [*_observers_places(person), *_keepers_place(person)]


def only_teaches(person: Person) -> bool:
    """Whether feedback and targets are all that somebody comes here for."""
    return not person.has(*OBSERVERS, RoleKind.FACILITATOR)


def _teachers_places() -> list[Place]:
    return [("feedback.index", _("Feedback")), ("feedback.targets", _("Targets"))]


def _keepers_place(person: Person) -> list[Place]:
    """Whoever looks after data protection; a facilitator finds the same under People."""
    keeps = person.has(RoleKind.DATA_PROTECTION) and not person.has(RoleKind.FACILITATOR)
    return [("people.keeping", _("What is kept"))] if keeps else []


def _facilitators_places(person: Person) -> list[Place]:
    """A facilitator who is a deputy or teaches as well is told of summaries too."""
    reads = person.has(RoleKind.DEPUTY, RoleKind.TEACHER)
    return [
        ("capture.today", _("Today")),
        ("calibration.observers", _("Observers")),
        ("calibration.agreement", _("Agreement")),
        ("calibration.practice", _("Practice")),
        ("programme.progress", _("Programme")),
        *([("feedback.index", _("Feedback"))] if reads else []),
        ("people.index", _("People")),
    ]


def _observers_places(person: Person) -> list[Place]:
    found = [
        ("capture.today", _("Today")),
        ("calibration.pairs", _("Pairs")),
        ("calibration.agreement", _("Agreement")),
        ("calibration.practice", _("Practice")),
        ("feedback.index", _("Feedback")),
        ("programme.progress", _("Programme")),
    ]
    if person.has(RoleKind.FACILITATOR):
        found.append(("people.index", _("People")))
    return found
