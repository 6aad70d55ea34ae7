"""Calendar files as an answer."""

from collections.abc import Sequence

from flask import Response, request

from observe.core.calendar_file import Entry, calendar_file, mark
from observe.web.database import now


def answer(entries: Sequence[Entry], *, name: str = "", file: str = "") -> Response:
    """A calendar, or that it has not changed since a program read it; `file` makes it a download."""
    response = Response(calendar_file(entries, at=now(), name=name), mimetype="text/calendar")
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    if file:
        response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    response.set_etag(mark(entries))
    response.make_conditional(request)
    return response
