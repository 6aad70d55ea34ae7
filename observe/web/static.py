"""Static files under one address that changes with their content, kept for ever by the browser."""

import hashlib
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from flask import Flask
from flask_compress import Compress
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

SOURCE = Path(__file__).parent.parent / "static"
SQUEEZED = (".css", ".mjs", ".svg", ".json")
_FOLDER = tempfile.TemporaryDirectory(prefix="observe-static-", ignore_cleanup_errors=True)


def init_app(app: Flask) -> None:
    """Serve the tree, and compress pages and static files alike."""
    app.jinja_env.globals.update(asset=asset, modules=modules)
    app.config.setdefault("COMPRESS_ALGORITHM", ["br", "gzip"])
    app.config.setdefault("COMPRESS_BR_LEVEL", 5)
    Compress(app)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=compressed(),
        prefix=prefix(),
        allow_all_origins=False,
        immutable_file_test=lambda *_: True,
        mimetypes={".mjs": "text/javascript"},
    )


@cache
def prefix() -> str:
    """`/static/<first 12 digits of sha256 over the tree>/`."""
    tree = hashlib.sha256()
    for path in _files(SOURCE):
        tree.update(path.relative_to(SOURCE).as_posix().encode() + b"\0" + path.read_bytes())
    return f"/static/{tree.hexdigest()[:12]}/"


def asset(name: str) -> str:
    """The address of a static file."""
    return prefix() + name


def modules(slice_name: str) -> list[str]:
    """Addresses of the script modules that all slices share and of one slice, for modulepreload."""
    shared, own = (SOURCE / "js").glob("*.mjs"), (SOURCE / "js" / slice_name).glob("*.mjs")
    return [asset(path.relative_to(SOURCE).as_posix()) for path in (*sorted(shared), *sorted(own))]


@cache
def compressed() -> str:
    """A folder of this process alone with the tree and its brotli and gzip twins, gone at its end.

    Its files have no date, so that their answers carry none: their address changes with them.
    """
    folder = Path(_FOLDER.name) / "static"
    shutil.copytree(SOURCE, folder)
    squeeze = Compressor(quiet=True)
    for path in _files(folder):
        if path.suffix in SQUEEZED:
            squeeze.compress(str(path))
    for path in _files(folder):
        os.utime(path, (0, 0))
    return str(folder)


def _files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())
