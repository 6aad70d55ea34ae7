"""Run `observe` as a person would, without another process: its exit status, output and complaints."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from observe.cli.main import main

HEADER = ("lesson", "observer", "criterion", "rating")


@dataclass(frozen=True)
class Said:
    """What a command came to."""

    status: int
    out: str
    err: str

    @property
    def faults(self) -> list[str]:
        """The lines of a refusal: exit status 2 and nothing on standard output."""
        assert (self.status, self.out) == (2, ""), self
        return self.err.splitlines()

    @property
    def answer(self) -> Any:
        """The JSON of a command that went well."""
        assert self.status == 0, self.err
        return json.loads(self.out, parse_constant=pytest.fail)


def observe(*arguments: object) -> Said:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return Said(int(ended.value.code or 0), out.getvalue(), err.getvalue())


def agreement(file: Path, *options: str) -> Any:
    return observe("agreement", file, *options, "--json").answer


def only_criterion(file: Path, *options: str) -> Any:
    (only,) = agreement(file, *options)["criteria"]
    return only


def long_file(file: Path, rows: Iterable[Sequence[object]], header: Sequence[str] = HEADER) -> Path:
    """A file of rows as a spreadsheet would write them."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([header, *rows])
    return file


def of_matrix(file: Path, matrix: Iterable[Sequence[object]], criterion: str = "pace") -> Path:
    """Lessons down, observers across; what is empty or None is a rating that was not given."""
    rows = [
        (f"L{lesson}", f"observer {place}", criterion, "" if word is None else word)
        for lesson, row in enumerate(matrix)
        for place, word in enumerate(row)
    ]
    return long_file(file, rows)
