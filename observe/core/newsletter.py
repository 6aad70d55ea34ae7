"""A newsletter: a title and parts with a heading and a text each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

LONGEST_TITLE = 120
LONGEST = 4000
MOST_PARTS = 20
UP, DOWN, REMOVE = "up", "down", "remove"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a newsletter; texts as they were typed, an empty line begins a paragraph.

    `figures` says that it came of figures of agreement, which no teacher sees.
    """

    heading: str = ""
    text: str = ""
    figures: bool = False

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text by paragraphs."""
        return tuple(each.strip() for each in self.text.split("\n\n") if each.strip())

    @property
    def empty(self) -> bool:
        """Whether there is not a word in it."""
        return not (self.heading or self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsletter:
    """One newsletter; read by everybody from when it is published until it is withdrawn."""

    id: UUID
    title: str
    parts: tuple[Part, ...]
    revision: int
    changed_at: datetime
    published_at: datetime | None = None

    @property
    def text(self) -> str:
        """Every word of it, a line between parts."""
        return "\n".join([self.title, *(f"{part.heading}\n{part.text}" for part in self.parts)])

    @property
    def without_figures(self) -> "Newsletter":
        """What of it is for people who may not see how far others agree."""
        return replace(self, parts=tuple(part for part in self.parts if not part.figures))

    @property
    def empty(self) -> bool:
        """Whether there is not a word in its parts."""
        return all(part.empty for part in self.parts)


def moved(parts: Sequence[Part], place: int, way: str) -> tuple[Part, ...]:
    """The parts with the one at a place (from 0) moved up or down as far as it goes, or taken out."""
    if not 0 <= place < len(parts):
        return tuple(parts)
    rest = [*parts[:place], *parts[place + 1 :]]
    if way == REMOVE:
        return tuple(rest)
    to = place - 1 if way == UP else place + 1
    rest.insert(min(max(to, 0), len(rest)), parts[place])
    return tuple(rest)


def as_json(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """The parts as they are kept."""
    return [_as_json(part) for part in parts]


def _as_json(part: Part) -> dict[str, Any]:
    words = {"heading": part.heading, "text": part.text}
    return {**words, "figures": True} if part.figures else words


def from_json(kept: Sequence[Any]) -> tuple[Part, ...]:
    """The parts as they were kept."""
    return tuple(Part(part["heading"], part["text"], part.get("figures", False)) for part in kept)
