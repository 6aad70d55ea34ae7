"""Static files under one address that changes with their content, kept for ever by the browser."""

import hashlib
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


def compressed() -> str:
    """A folder with the tree and its brotli and gzip twins, made once for each content."""
    folder = Path(tempfile.gettempdir()) / f"observe-static-{prefix().split('/')[2]}-{_owner()}"
    if not folder.exists():
        made = Path(tempfile.mkdtemp(prefix="observe-static-"))
        shutil.copytree(SOURCE, made, dirs_exist_ok=True)
        squeeze = Compressor(quiet=True)
        for path in _files(made):
            if path.suffix in SQUEEZED:
                squeeze.compress(str(path))
        _move(made, folder)
    return str(folder)


def _move(made: Path, folder: Path) -> None:
    try:
        made.rename(folder)
    except OSError:  # another worker was quicker
        shutil.rmtree(made)


def _owner() -> int:
    return SOURCE.stat().st_uid


def _files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())
