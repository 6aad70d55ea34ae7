"""A look at one place of a rubric file that may be misshapen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from observe.core.rubric_yaml import Path, Tree, Trouble


@dataclass(frozen=True, slots=True)
class Part:
    """The value at a path; asking for what is not there gives an empty part, never an error."""

    tree: Tree
    value: Any
    path: Path = ()

    def __getitem__(self, key: str | int) -> "Part":
        held = self.value.get(key) if isinstance(self.value, dict) else None
        return Part(self.tree, held, (*self.path, key))

    def __iter__(self) -> Iterator["Part"]:
        """The entries of a list, or the values of a mapping."""
        for key, value in self._pairs():
            yield Part(self.tree, value, (*self.path, key))

    def _pairs(self) -> list[tuple[str | int, Any]]:
        if isinstance(self.value, dict):
            return list(self.value.items())
        return list(enumerate(self.value)) if isinstance(self.value, list) else []

    @property
    def there(self) -> bool:
        """Whether the file says anything here."""
        return self.value is not None

    @property
    def key(self) -> str | int:
        """The key or the place in a list under which this stands."""
        return self.path[-1]

    @property
    def text(self) -> str:
        """The text that stands here, or an empty one."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def whole(self) -> int | None:
        """The whole number that stands here, or None."""
        is_whole = isinstance(self.value, int) and not isinstance(self.value, bool)
        return self.value if is_whole else None

    def trouble(self, what: str) -> Trouble:
        """Something wrong with this value."""
        return Trouble(self.tree.place(self.path), self.path, what)

    def key_trouble(self, what: str) -> Trouble:
        """Something wrong with the key of this value."""
        return Trouble(self.tree.key_place(self.path), self.path, what)
