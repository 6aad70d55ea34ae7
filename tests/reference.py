"""Find the data sets with known answers, which lie beside the repository and not in it."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "reference"


def reference(name: str) -> Path:
    """The folder of a data set; the test is skipped where it is not at hand."""
    folder = FOLDER / name
    if not folder.is_dir():
        pytest.skip(f"the reference data {name} are not beside the repository")
    return folder


def expected(name: str) -> Any:
    """The known answers of a data set."""
    return json.loads((reference(name) / "expected.json").read_text(encoding="utf-8"))


def matrix(name: str, file: str = "ratings.csv", *, header: bool = True) -> list[list[str]]:
    """The rows of a data set as words, without the first line."""
    with (reference(name) / file).open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    return rows[1:] if header else rows
