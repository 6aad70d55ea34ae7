"""The rules that come of talks, and how the rubric's owner looks after them."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from observe.core.ids import new_id
from observe.core.meaning import meaning
from observe.core.pairing import Agreed
from observe.core.rubric import Rubric
from observe.services.demo.diary import Entry
from observe.services.demo.rules import DOUBTED, MORE_RULES, RETIRED, REWORDED, RULES
from observe.storage.rows import Rows

OWN_DICE, SEED = 0.12, 7
AFTER = timedelta(days=9)


@dataclass(slots=True)
class Precedents:
    """Writes down rules, each once; what is drawn here alone leaves the rest of the network as it is."""

    rows: Rows
    owner: UUID
    now: datetime
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))
    first: dict[str, str] = field(default_factory=lambda: dict(RULES))
    more: dict[str, list[str]] = field(
        default_factory=lambda: {key: list(texts) for key, texts in MORE_RULES.items()}
    )

    def another(self, entry: Entry, rubric: Rubric, digest: str, agreed: Agreed) -> None:
        """Now and then one more rule for a criterion that has its first."""
        waiting = self.more.get(agreed.criterion)
        if waiting and agreed.criterion not in self.first and self.dice.random() < OWN_DICE:
            rule_id = new_id(agreed.at, self.dice.getrandbits)
            self.keep(rule_id, waiting.pop(0), entry, rubric, digest, agreed)

    def begin(
        self, rule_id: UUID, entry: Entry, rubric: Rubric, digest: str, agreed: Agreed
    ) -> None:
        """The first rule of a criterion, with what became of it since."""
        key = agreed.criterion
        self.keep(
            rule_id, self.first.pop(key), entry, rubric, digest, agreed, because=self._why(agreed)
        )
        if key in REWORDED and agreed.at + AFTER < self.now:
            self._reworded(rule_id, agreed)
        if key in DOUBTED:
            for seat in entry.observing[:2]:
                self._doubted(rule_id, seat.person.id)

    def keep(
        self,
        rule_id: UUID,
        text: str,
        entry: Entry,
        rubric: Rubric,
        digest: str,
        agreed: Agreed,
        *,
        because: str | None = None,
    ) -> None:
        """A rule and the words for which it holds."""
        self.rows.add(
            "precedent",
            id=rule_id,
            rubric=rubric.rubric,
            criterion=agreed.criterion,
            text=text,
            lesson_id=entry.id,
            by=agreed.by,
            at=agreed.at,
            retired_at=agreed.at + AFTER if because else None,
            retired_because=because,
        )
        if because:
            self._history(rule_id, "rule retired", agreed.at + AFTER, because=because)
        if criterion := rubric.find(agreed.criterion):
            words = {"meaning": meaning(criterion), "version": digest}
            self.rows.add("precedent_meaning", precedent_id=rule_id, at=agreed.at, **words)

    def _why(self, agreed: Agreed) -> str | None:
        return RETIRED.get(agreed.criterion) if agreed.at + AFTER < self.now else None

    def _reworded(self, rule_id: UUID, agreed: Agreed) -> None:
        texts = {"before": REWORDED[agreed.criterion], "after": RULES[agreed.criterion]}
        self._history(rule_id, "rule reworded", agreed.at + AFTER, **texts)

    def _doubted(self, rule_id: UUID, person_id: UUID) -> None:
        self.rows.add("precedent_doubt", precedent_id=rule_id, person_id=person_id, at=self.now)

    def _history(self, rule_id: UUID, did: str, at: datetime, **details: Any) -> None:
        self.rows.add(
            "history",
            id=new_id(at, self.dice.getrandbits),
            at=at,
            by=self.owner,
            did=did,
            thing="precedent",
            thing_id=str(rule_id),
            details=details,
        )
