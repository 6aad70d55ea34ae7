"""What the fields of a record hold, summed up anew after each change to one of them."""

from bisect import insort
from collections.abc import Mapping
from dataclasses import dataclass, field

from observe.core.fold import counts_of, hash_of

NOTE, RATING = "note/", "rating/"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a record stands: its hash, its notes and ratings, and (JSON) when the tablet began it."""

    state_hash: str
    notes: int
    ratings: int
    started: str


@dataclass(slots=True)
class Sheet:
    """The values of a record, {field: canonical JSON}, with their names in order and their counts."""

    values: dict[str, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    notes: int = 0
    ratings: int = 0

    def put(self, changes: Mapping[str, str]) -> None:
        """Let fields hold other values."""
        for name, value in changes.items():
            self._count(name, -1)
            if name not in self.values:
                insort(self.names, name)
            self.values[name] = value
            self._count(name, 1)

    def _count(self, name: str, by: int) -> None:
        if name.startswith(RATING):
            self.ratings += by * (self.values.get(name, "null") != "null")
        elif name.startswith(NOTE):
            self.notes += by * self._holds_words(name.rpartition("/")[0])

    def _holds_words(self, note: str) -> bool:
        """Whether a note has a text and was not deleted."""
        words = self.values.get(f"{note}/text", '""') != '""'
        return words and self.values.get(f"{note}/deleted") != "true"

    def standing(self) -> Standing:
        """How the record stands now; the names of fields are plain, so their order is that of RFC 8785."""
        spelled = ",".join([f'"{name}":{self.values[name]}' for name in self.names])
        started = self.values.get("clock/started", "null")
        return Standing(hash_of(spelled), self.notes, self.ratings, started)


def sheet_of(values: Mapping[str, str]) -> Sheet:
    """The sheet of a record of {field: canonical JSON}."""
    return Sheet(dict(values), sorted(values), *counts_of(values))
