"""Static files as short as they can be, under one address that changes with them, kept for ever.

When the process starts, scripts and styles are joined so that a page asks for one of each and two releases
never mix; they are minified, and all is compressed. The sources stay plain modules.
"""

import gzip
import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from wsgiref.headers import Headers

import brotli
from flask import Flask
from flask_compress import Compress
from whitenoise import WhiteNoise

from observe.web import joining_modules, joining_styles
from observe.web.minifying import TYPES, minified

SOURCE = Path(__file__).parent.parent / "static"
WORKER = "worker.js"
SQUEEZED = (".css", ".mjs", ".svg", ".json")
YEAR = 365 * 24 * 60 * 60
Sources = Mapping[str, bytes]
Entries = Callable[[Mapping[str, str]], list[str]]
Join = Callable[[str, Callable[[str], str]], str]
_FOLDER = tempfile.TemporaryDirectory(prefix="observe-static-", ignore_cleanup_errors=True)


def init_app(app: Flask) -> None:
    """Serve the files, and compress pages and static files alike."""
    app.jinja_env.globals.update(asset=asset)
    app.config.setdefault("COMPRESS_ALGORITHM", ["br", "gzip"])
    app.config.setdefault("COMPRESS_BR_LEVEL", 5)
    Compress(app)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=compressed(),
        prefix=prefix(),
        allow_all_origins=False,
        max_age=None,
        mimetypes={".mjs": "text/javascript"},
        add_headers_function=_few,
    )


def asset(name: str) -> str:
    """The address of a static file; LookupError for a script that is served as part of others only."""
    if name not in served():
        raise LookupError(
            f"{name} is not served. What other scripts or styles import is joined with each of them."
        )
    return prefix() + name


@cache
def prefix() -> str:
    """`/static/<first 12 digits of sha256 over the files as they are served>/`."""
    tree = hashlib.sha256()
    for name, content in served().items():
        tree.update(name.encode() + b"\0" + content + b"\0")
    return f"/static/{tree.hexdigest()[:12]}/"


def served() -> dict[str, bytes]:
    """What is served under the prefix, by name."""
    return {name: content for name, content in _built().items() if name != WORKER}


def worker_script() -> str:
    """The text of the worker that keeps pages on a tablet, without what it is told of this release."""
    return _built()[WORKER].decode()


@cache
def _built() -> dict[str, bytes]:
    """Every file as it leaves the server, by name: scripts joined, scripts and styles minified."""
    sources = {path.relative_to(SOURCE).as_posix(): path.read_bytes() for path in _files(SOURCE)}
    whole = {name: text for name, text in sources.items() if Path(name).suffix not in TYPES}
    joined = {
        WORKER: sources[WORKER].decode(),
        **_joined(sources, ".mjs", joining_modules.entries, joining_modules.join),
        **_joined(sources, ".css", joining_styles.entries, joining_styles.join),
    }
    short = {name: text.encode() for name, text in minified(joined).items()}
    return dict(sorted((whole | short).items()))


def _joined(sources: Sources, kind: str, entries: Entries, join: Join) -> dict[str, str]:
    """The texts of one kind that are asked for by address, each with what it imports."""
    texts = {name: text.decode() for name, text in sources.items() if name.endswith(kind)}
    return {name: join(name, texts.__getitem__) for name in entries(texts)}


@cache
def compressed() -> str:
    """A folder of this process alone with the files and their brotli and gzip twins, gone at its end.

    Its files have no date, so that their answers carry none: their address changes with them.
    """
    folder = Path(_FOLDER.name) / "static"
    for name, content in served().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    for path in _files(folder):
        if path.suffix in SQUEEZED:
            _squeeze(path)
    for path in _files(folder):
        os.utime(path, (0, 0))
    return str(folder)


def _squeeze(path: Path) -> None:
    """Lay the twins beside a file; the last step of brotli takes four times as long for 2 %."""
    content = path.read_bytes()
    path.with_name(f"{path.name}.br").write_bytes(brotli.compress(content, quality=10))
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content, mtime=0))


def _few(headers: Headers, _path: str, _url: str) -> None:
    """No more than a file needs that never changes under its address."""
    headers["Cache-Control"] = f"max-age={YEAR}, immutable"
    headers["Content-Type"] = str(headers["Content-Type"]).replace('"', "")


def _files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())
