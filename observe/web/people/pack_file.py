"""A pack as one file: a list to read on paper, the same as JSON, and what is left out; made bit by bit."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from observe.services.subject_access import Part
from observe.web.dates import day_short
from observe.web.people import pack_words
from observe.web.printing import FONTS, printed
from observe.web.words import gettext as _

SOURCE = Path(__file__).with_name("pack.typ")
IN_MEMORY = 2 * 1024 * 1024
ON_ONE_PAPER = 300
Volume = list[tuple[str, list[Mapping[str, Any]]]]


@dataclass(frozen=True, slots=True)
class Pack:
    """What is to be written; `parts` begins anew each time it is called."""

    name: str
    title: str
    opening: tuple[str, ...]
    at: datetime
    parts: Callable[[], Iterable[Part]]
    criteria: Mapping[str, str]


def written(pack: Pack) -> IO[bytes]:
    """The file, from its beginning; in memory only while it is small."""
    file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        packed.writestr(_entry("README.txt"), "\r\n".join([pack.title, "", *pack.opening, ""]))
        _write_json(packed, pack)
        for number, volume in enumerate(_volumes(pack), 1):
            packed.writestr(_entry(f"pack-{number}.pdf"), _paper(pack, volume, number))
    file.seek(0)
    return file


def _entry(name: str) -> ZipInfo:
    """An entry without a time of its own, so that the same pack is the same file."""
    found = ZipInfo(name)
    found.compress_type = ZIP_DEFLATED
    return found


def _write_json(packed: ZipFile, pack: Pack) -> None:
    with packed.open(_entry("pack.json"), "w", force_zip64=True) as out:
        head = {"for": pack.name, "made_on": pack.at.date(), "says": list(pack.opening)}
        out.write(f'{{"pack": {_json(head)}'.encode())
        for part in pack.parts():
            out.write(f",\n{_json(part.key)}: [".encode())
            for number, entry in enumerate(part.entries):
                out.write(f"{',' if number else ''}\n{_json(entry)}".encode())
            out.write(b"]")
        out.write(b"}\n")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_spelled)


def _spelled(value: Any) -> str:
    return (
        value.isoformat() if isinstance(value, date) or hasattr(value, "isoformat") else str(value)
    )


def _volumes(pack: Pack) -> Iterator[Volume]:
    """What stands on each paper: a few hundred entries, so that printing needs little memory."""
    lines = ((part.key, entry) for part in pack.parts() for entry in part.entries)
    heads = pack_words.headings()
    while some := list(islice(lines, ON_ONE_PAPER)):
        volume: Volume = []
        for key, entry in some:
            if not volume or volume[-1][0] != heads[key]:
                volume.append((heads[key], []))
            volume[-1][1].append(entry)
        yield volume


def _paper(pack: Pack, volume: Volume, number: int) -> bytes:
    on = pack.at.date()
    told = {
        "title": pack.title,
        "opening": list(pack.opening) if number == 1 else [],
        "footer": _(
            "For %(name)s, %(day)s, part %(number)s",
            name=pack.name,
            day=day_short(on),
            number=number,
        ),
        "on": [on.year, on.month, on.day],
        "language": "en",
        "fonts": list(FONTS),
        "parts": [_part(pack, heading, entries) for heading, entries in volume],
    }
    return printed(SOURCE, told, at=pack.at)


def _part(pack: Pack, heading: str, entries: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    told = (pack_words.facts(entry, pack.criteria) for entry in entries)
    return {"heading": heading, "entries": [each for each in told if each]}
