"""The parts of a programme, as links that each of their pages shows."""

from flask import g, request, url_for

from observe.web.guard import is_open
from observe.web.places import only_teaches
from observe.web.programme.blueprint import blueprint
from observe.web.words import gettext as _

UNDER_PROGRESS = tuple(f"programme.{name}" for name in ("programme", "group", "progress_of"))


@blueprint.context_processor
def _views() -> dict[str, object]:
    return {"programme_views": programme_views, "programme_place": programme_place}


def programme_place() -> str:
    """The place under which somebody finds what everybody reads; who only teaches has no Programme."""
    return "feedback.index" if g.person and only_teaches(g.person) else "programme.progress"


def programme_views() -> list[tuple[str, str, bool]]:
    """(address, words, whether one is there) of each part that the person may open."""
    here = request.endpoint or ""
    return [
        (url_for(endpoint), words, here in (endpoint, *under))
        for endpoint, words, under in _known()
        if is_open(endpoint)
    ]


def _known() -> list[tuple[str, str, tuple[str, ...]]]:
    """Each part with its words and with the pages below it."""
    return [
        ("programme.progress", _("Progress"), UNDER_PROGRESS),
        ("programme.workshops", _("Workshops"), ("programme.workshop",)),
        (
            "programme.assessments",
            _("Observing well"),
            ("programme.look", "programme.looks_beside"),
        ),
        ("programme.coaching", _("Coaching"), ()),
        ("programme.leadership", _("Leadership"), ()),
        ("programme.cycles", _("Improvement"), ()),
        ("programme.newsletters", _("Newsletter"), ()),
    ]
