"""The ways to look at agreement, as links that each of their pages shows."""

from collections.abc import Iterator
from typing import Any

from flask import g, request, url_for

from observe.core.permissions import OBSERVERS
from observe.web.calibration.blueprint import blueprint
from observe.web.guard import is_open
from observe.web.words import gettext as _

KEPT = ("rubric", "school", "term", "who", "criterion")


@blueprint.context_processor
def _views() -> dict[str, object]:
    return {"agreement_views": agreement_views}


def agreement_views() -> list[tuple[str, str, bool]]:
    """(address, words, whether one is there) of each way that exists and that the person may open."""
    here = request.endpoint or ""
    return [
        (_address(endpoint), words, here in (endpoint, *under))
        for endpoint, words, under in _known()
        if is_open(endpoint)
    ]


def _known() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each way with its words and with the pages below it."""
    if g.person.has(*OBSERVERS):
        yield "calibration.observing", _("Your own page"), ()
        yield "calibration.agreement", _("With one person"), ("calibration.with_partner",)
    yield "calibration.group", _("Groups"), ("calibration.criterion",)
    yield "calibration.leniency", _("Leniency"), ()
    yield "calibration.over_time", _("Over time"), ()
    yield "calibration.planning", _("How many lessons"), ()
    if g.person.has(*OBSERVERS):
        yield "calibration.observers", _("Who with whom"), ()
    yield "calibration.certification", _("Certification"), ()


def _address(endpoint: str) -> str:
    """The way with the same rubric, school, term and criterion, so that one compares like with like."""
    if endpoint == "calibration.agreement":
        return url_for(endpoint)
    kept: dict[str, Any] = {name: request.args[name] for name in KEPT if request.args.get(name)}
    return url_for(endpoint, **kept)
