"""Pages of the tablet itself: the same bytes for everybody, so that they are kept and open anywhere."""

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue

from observe.web.capture.blueprint import blueprint
from observe.web.capture.check_words import check_words
from observe.web.capture.plurals import Sentence
from observe.web.capture.shell import shell_version
from observe.web.capture.tablet_words import device_words, tablet_words
from observe.web.guard import open_to_all


@blueprint.get("/tablet")
@open_to_all
def tablet() -> ResponseReturnValue:
    """Today without a network: lessons, an unplanned one, what waits."""
    return _page("tablet", tablet_words())


@blueprint.get("/device")
@open_to_all
def device() -> ResponseReturnValue:
    """What the tablet keeps, what has reached the server, and how to take it away."""
    return _page("device", device_words())


@blueprint.get("/check")
@open_to_all
def check() -> ResponseReturnValue:
    """What is wrong with this tablet and its network, and who can mend it."""
    return _page("check", check_words())


def _page(name: str, words: dict[str, Sentence]) -> Response:
    page = render_template(f"capture/{name}.html", words=words, version=shell_version())
    response = make_response(page)
    response.headers["Cache-Control"] = "no-cache"
    return response
