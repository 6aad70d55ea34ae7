"""Static files under one address that changes with their content, kept for ever by the browser."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from whitenoise import WhiteNoise

ROOT = Path(__file__).parent.parent / "static"


@cache
def prefix() -> str:
    """`/static/<first 12 digits of sha256 over the tree>/`."""
    tree = hashlib.sha256()
    for path in sorted(path for path in ROOT.rglob("*") if path.is_file()):
        tree.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return f"/static/{tree.hexdigest()[:12]}/"


def asset(name: str) -> str:
    """The address of a static file."""
    return prefix() + name


def modules(folder: str) -> list[str]:
    """Addresses of the script modules of a slice and of those that all share, for modulepreload."""
    return [
        asset(path.relative_to(ROOT).as_posix()) for path in sorted((ROOT / "js").glob("*.mjs"))
    ] + [
        asset(path.relative_to(ROOT).as_posix())
        for path in sorted((ROOT / "js" / folder).glob("*.mjs"))
    ]


def init_app(app: Flask) -> None:
    """Serve the tree and give templates `asset` and `modules`."""
    app.jinja_env.globals.update(asset=asset, modules=modules)
    served: Any = WhiteNoise(
        app.wsgi_app,
        root=str(ROOT),
        prefix=prefix(),
        immutable_file_test=lambda *_: True,
        mimetypes={".mjs": "text/javascript"},
    )
    app.wsgi_app = served  # type: ignore[method-assign]
