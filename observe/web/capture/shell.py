"""What lets Observe be installed and open without a network: the worker, the manifest, the icons."""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask import Response, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from observe.core.errors import Missing
from observe.resources import folder
from observe.web import static
from observe.web.capture.blueprint import blueprint
from observe.web.guard import open_to_all
from observe.web.words import gettext as _

DRAFT = "feedback.draft_here"
PAGES = ("capture.tablet", "capture.device", DRAFT)
HOME = "capture.today"
SHEET = "capture.sheet"
MARK = "X-Observe-Shell"
WEB = Path(__file__).parent.parent
WEEK = 7 * 24 * 60 * 60
SURFACE = "#ffffff"
PAPER = "#f4f3ef"


@dataclass(frozen=True, slots=True)
class Icon:
    """A square picture of the mark: its side, what is left free around it, and how round it is (px)."""

    side: int
    margin: int
    corner: int


ICONS = {
    "192": Icon(192, margin=14, corner=40),
    "512": Icon(512, margin=36, corner=108),
    "maskable-512": Icon(512, margin=80, corner=0),
    "apple": Icon(180, margin=20, corner=0),
}


@cache
def shell_version() -> str:
    """12 hex digits that change with every file that a kept page is made of: this release's shell."""
    tree = hashlib.sha256(static.worker_script().encode())
    for name, content in static.served().items():
        tree.update(name.encode() + b"\0" + content + b"\0")
    for root, kind in ((folder("templates"), "*.html"), (WEB, "*.py")):
        for path in sorted(root.rglob(kind)):
            tree.update(
                path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0"
            )
    return tree.hexdigest()[:12]


@blueprint.after_app_request
def mark(response: Response) -> Response:
    """Say on each page that a tablet keeps, and on Today, that it is ours and of which release.

    A page without this was put in its place on the way: by a guest network's sign-in, by a filter.
    """
    if request.endpoint in (*PAGES, HOME, SHEET):
        response.headers[MARK] = shell_version()
    return response


@blueprint.get("/worker.js")
@open_to_all
def worker() -> ResponseReturnValue:
    """The script that keeps this release on a tablet, told what belongs to it."""
    release = {
        "version": shell_version(),
        "files": [static.asset(name) for name in static.served()],
        "pages": [url_for(endpoint) for endpoint in PAGES],
        "home": url_for(HOME),
        "draft": url_for(DRAFT),
    }
    text = f"const RELEASE={json.dumps(release, separators=(',', ':'))};\n{static.worker_script()}"
    return _asked_again(text, "text/javascript")


@blueprint.get("/manifest.webmanifest")
@open_to_all
def manifest() -> ResponseReturnValue:
    """What a tablet needs to know to put Observe on its Home Screen."""
    return _asked_again(json.dumps(_manifest(), ensure_ascii=False), "application/manifest+json")


@blueprint.get("/icon-<name>.png")
@open_to_all
def icon(name: str) -> ResponseReturnValue:
    """The mark as a picture, drawn when it is first asked for."""
    if name not in ICONS:
        raise Missing(_("There is no such picture."))
    response = make_response(_drawn(ICONS[name]))
    response.headers["Content-Type"] = "image/png"
    response.headers["Cache-Control"] = f"max-age={WEEK}"
    return response


@blueprint.get("/apple-touch-icon.png")
@open_to_all
def apple_icon() -> ResponseReturnValue:
    """Where an iPad looks for its picture by itself."""
    return icon("apple")


def _asked_again(text: str, content_type: str) -> Response:
    """An answer that a browser keeps and asks about each time; 304 where nothing changed."""
    response = make_response(text)
    response.headers["Content-Type"] = content_type
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(hashlib.sha256(text.encode()).hexdigest()[:16], weak=True)
    response.make_conditional(request)
    return response


def _manifest() -> dict[str, Any]:
    return {
        "id": "/",
        "start_url": url_for(HOME),
        "scope": "/",
        "display": "standalone",
        "name": "Observe",
        "short_name": "Observe",
        "description": _("Lesson observation on a tablet, with and without a network."),
        "lang": str(get_locale() or "en_GB").replace("_", "-"),
        "theme_color": SURFACE,
        "background_color": PAPER,
        "icons": [_icon("192"), _icon("512"), _icon("maskable-512", purpose="maskable")],
        "shortcuts": [
            {
                "name": _("Unplanned lesson"),
                "url": url_for("capture.tablet", _anchor="unplanned"),
                "icons": [_icon("192")],
            },
        ],
    }


def _icon(name: str, **more: str) -> dict[str, str]:
    side = ICONS[name].side
    return {
        "src": url_for("capture.icon", name=name),
        "sizes": f"{side}x{side}",
        "type": "image/png",
        **more,
    }


@cache
def _drawn(icon: Icon) -> bytes:
    """The mark on white as PNG."""
    import typst

    return bytes(
        typst.compile(
            str(Path(__file__).with_name("icon.typ")),
            root=str(static.SOURCE.parent),
            format="png",
            ppi=72.0,
            sys_inputs={name: str(length) for name, length in asdict(icon).items()},
            ignore_system_fonts=True,
        )
    )
