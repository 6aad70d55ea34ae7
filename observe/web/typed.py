"""What no database keeps is refused in words before any page looks at it."""

from itertools import chain

from flask import Flask, request

from observe.core.errors import Invalid
from observe.web.words import gettext as _

NUL = "\0"


def init_app(app: Flask) -> None:
    """Look at each form and address."""
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    """A tablet's JSON is judged operation by operation instead."""
    form = () if request.is_json else request.form.items(multi=True)
    if any(NUL in text for pair in chain(request.args.items(multi=True), form) for text in pair):
        raise Invalid(_("There is a sign in this that cannot be kept. Type it anew."))
