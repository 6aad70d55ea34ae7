"""Finds the folders that travel beside the code: templates and shipped rubrics."""

from pathlib import Path

HERE = Path(__file__).parent


def folder(name: str) -> Path:
    """A folder of a checkout, or the copy of it that an installed wheel carries."""
    carried = HERE / f"_{name}"
    return carried if carried.is_dir() else HERE.parent / name
