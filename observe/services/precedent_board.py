"""All rules from talks as their page shows them: by rubric and criterion, with what became of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from observe.core.meaning import Difference, differences
from observe.core.permissions import Person
from observe.core.rubric import Criterion, Rubric
from observe.storage import precedents, shelf, talk_sources
from observe.storage.database import NetworkSession
from observe.storage.precedents import Rule
from observe.storage.talk_sources import Source


class Standing(StrEnum):
    """Where a rule stands in the newest version of its rubric."""

    IN_USE = "in use"
    WAITING = "waiting for a look"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One rule with its source, its earlier words, how many doubt it and whether whoever asks does.

    `then` is its criterion as it was when the rule was last kept, in that version; `now` is the
    same in the newest version; None where that has no such criterion.
    """

    id: UUID
    text: str
    source: Source
    standing: Standing
    because: str
    earlier: tuple[str, ...]
    doubts: int
    mine: bool
    then: Criterion
    then_version: int
    now: Criterion | None

    @property
    def criterion(self) -> Criterion:
        """The criterion in the newest version, else as it was."""
        return self.now or self.then


@dataclass(frozen=True, slots=True)
class OfCriterion:
    """The rules in use for one criterion, the newest first."""

    criterion: Criterion
    rules: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The rules that were kept for the same words of a criterion, which says others now."""

    rules: tuple[Held, ...]

    @property
    def criterion(self) -> Criterion:
        """The criterion in the newest version, else as it was."""
        return self.rules[0].criterion

    @property
    def many(self) -> int:
        """How many rules they are."""
        return len(self.rules)

    @property
    def then_version(self) -> int:
        """The number of the version with the words for which they were kept."""
        return self.rules[0].then_version

    @property
    def can_be_kept(self) -> bool:
        """Whether the newest version has the criterion at all."""
        return self.rules[0].now is not None

    @property
    def changed(self) -> tuple[Difference, ...]:
        """What the criterion says differently now."""
        first = self.rules[0]
        return differences(first.then, first.now) if first.now else ()


@dataclass(frozen=True, slots=True)
class OfRubric:
    """The rules of one rubric: `digest` is the address of its newest version."""

    rubric: Rubric
    digest: str
    rules: tuple[Held, ...]

    @property
    def in_use(self) -> tuple[OfCriterion, ...]:
        """The rules on sheets of the newest version, in the rubric's order."""
        by_key: dict[str, list[Held]] = defaultdict(list)
        for held in self._in(Standing.IN_USE):
            by_key[held.criterion.criterion].append(held)
        return tuple(
            OfCriterion(each, tuple(by_key[each.criterion]))
            for each in self.rubric.criteria()
            if each.criterion in by_key
        )

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """The rules whose criterion says other words now, with those kept for the same words together."""
        by_words: dict[tuple[str, int], list[Held]] = defaultdict(list)
        for held in self._in(Standing.WAITING):
            by_words[held.then.criterion, held.then_version].append(held)
        return tuple(Waiting(tuple(rules)) for rules in by_words.values())

    @property
    def retired(self) -> tuple[Held, ...]:
        """The rules that were taken from the sheets."""
        return self._in(Standing.RETIRED)

    @property
    def doubted(self) -> int:
        """How many rules in use somebody doubts."""
        return sum(held.doubts > 0 for held in self._in(Standing.IN_USE))

    def _in(self, standing: Standing) -> tuple[Held, ...]:
        return tuple(held for held in self.rules if held.standing is standing)


def board(session: NetworkSession, *, by: Person) -> tuple[OfRubric, ...]:
    """The rules of this network by rubric, the newest first within each."""
    rules = precedents.everything(session)
    kept = precedents.versions(session)
    around = _Around(session, rules, by)
    found: dict[str, list[Held]] = defaultdict(list)
    for rule in rules:
        if versions := kept.get(rule.id):
            newest = around.newest(versions[-1])
            found[newest].append(around.held(rule, versions, newest))
    told = (OfRubric(shelf.rubric(session, d), d, tuple(held)) for d, held in found.items())
    return tuple(sorted(told, key=lambda each: (each.rubric.title, each.rubric.language)))


class _Around:
    """What all rules are told with, asked for once."""

    def __init__(self, session: NetworkSession, rules: Iterable[Rule], by: Person) -> None:
        rules = list(rules)
        self._session, self._by = session, by
        self._sources = talk_sources.sources(session, {rule.lesson_id for rule in rules})
        self._doubts: Mapping[UUID, set[UUID]] = precedents.doubts(session)
        self._earlier = precedents.wordings(session, [rule.id for rule in rules])
        self._newest: dict[str, str] = {}

    def newest(self, version: str) -> str:
        """The newest version of the same rubric."""
        rubric = shelf.rubric(self._session, version)
        key = f"{rubric.rubric}/{rubric.language}"
        if key not in self._newest:
            self._newest[key] = precedents.newest(self._session, rubric)
        return self._newest[key]

    def held(self, rule: Rule, versions: list[str], newest: str) -> Held:
        """One rule, for whose words in these versions it was kept."""
        before = shelf.rubric(self._session, versions[-1])
        then = before.find(rule.criterion)
        if then is None:
            raise LookupError(f"rule {rule.id} was kept for a version without its criterion")
        doubts = self._doubts.get(rule.id, set())
        return Held(
            id=rule.id,
            text=rule.text,
            source=self._sources[rule.lesson_id],
            standing=self._standing(rule, versions, newest),
            because=rule.retired_because or "",
            earlier=tuple(self._earlier.get(rule.id, ())),
            doubts=len(doubts),
            mine=self._by.id in doubts,
            then=then,
            then_version=before.version,
            now=shelf.rubric(self._session, newest).find(rule.criterion),
        )

    def _standing(self, rule: Rule, versions: list[str], newest: str) -> Standing:
        if rule.retired_at is not None:
            return Standing.RETIRED
        held = set(self._meant(rule, [*versions]))
        now = next(self._meant(rule, [newest]), None)
        return Standing.IN_USE if now in held else Standing.WAITING

    def _meant(self, rule: Rule, versions: Iterable[str]) -> Iterator[str]:
        for version in versions:
            if words := precedents.meanings(self._session, version).get(rule.criterion):
                yield words
