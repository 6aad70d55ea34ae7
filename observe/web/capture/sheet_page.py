"""The sheet of a rubric: one page for every lesson that is observed with it, the same for everybody.

Nothing of a lesson or a person is in it. The tablet fills it in from what it holds, so the page can be
kept on the tablet and opens without a network. The part of its address behind `#` names the record.
"""

import gzip
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import brotli
from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from observe.core.canonical import hex_digest
from observe.services import bootstrap
from observe.storage import lessons, rubrics
from observe.web.capture.blueprint import blueprint
from observe.web.capture.sheet_words import sheet_words
from observe.web.capture.shell import shell_version
from observe.web.database import now, read
from observe.web.guard import requires

MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet as it leaves the server: its bytes by encoding, and what tells it from others."""

    plain: bytes
    by_encoding: dict[str, bytes]
    etag: str


@blueprint.get("/sheet/<string(length=64):digits>")
@requires("use the tablet")
def sheet(digits: str) -> ResponseReturnValue:
    """The sheet of the rubric with this digest."""
    digest = f"sha256:{digits}"
    with read() as session:
        body = rubrics.row(session, digest).body
    page = _page(digest, json.dumps(body), str(get_locale()), shell_version())
    return _answer(page)


@blueprint.get("/sheet/<uuid:observation_id>")
@requires("record lesson", of=lessons.record_thing)
def record(observation_id: UUID) -> ResponseReturnValue:
    """The sheet with this record on it; of what no tablet is told any more, the lesson's page."""
    with read() as session:
        lesson = lessons.find(session, lessons.lesson_of(session, observation_id))
        told = bootstrap.is_told(session, g.person, observation_id, at=now())
    if not told:
        return redirect(url_for("capture.lesson", lesson_id=lesson.id))
    return redirect(sheet_url(lesson.rubric_digest, observation_id))


@blueprint.app_template_global()
def sheet_url(digest: str, observation_id: UUID) -> str:
    """Where a record is written: the sheet of its rubric, and behind `#` the record."""
    digits = digest.removeprefix("sha256:")
    return url_for("capture.sheet", digits=digits, _anchor=str(observation_id))


@lru_cache(maxsize=MOST_KEPT)
def _page(digest: str, rubric: str, _language: str, _version: str) -> Page:
    """Drawn and compressed as far as it goes, once for each rubric, language and release."""
    told: dict[str, Any] = json.loads(rubric)
    words = sheet_words(told["kind"])
    plain = render_template("capture/sheet.html", rubric=told, digest=digest, words=words).encode()
    packed = {"br": brotli.compress(plain), "gzip": gzip.compress(plain, mtime=0)}
    return Page(plain, packed, hex_digest(plain.decode())[:16])


def _answer(page: Page) -> Response:
    encoding = request.accept_encodings.best_match(page.by_encoding)
    response = make_response(page.by_encoding[encoding] if encoding else page.plain)
    if encoding:
        response.content_encoding = encoding
    response.vary.update(("Accept-Encoding", "Cookie"))
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(page.etag)
    if request.headers.get("Sec-Fetch-Dest") == "document":
        response.headers["Link"] = _first_needed()
    response.make_conditional(request)
    return response


def _first_needed() -> str:
    """What a tablet asks for that opens this page from the server: begun with the page, not after it.

    A page that is fetched to be kept goes without: the tablet has the lesson by then.
    """
    return f"<{url_for('capture_api.everything')}>; rel=preload; as=fetch; crossorigin"
