"""What a head writes on their own observing reaches nobody before both have sealed, nor what the adviser does.

Afterwards the two read both, and nobody else ever does.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from observe.core.exercises import Given
from observe.services import assessing_form, suggesting
from observe.storage import assessing as kept
from tests.assessed import WISH, criteria
from tests.twins import Day
from tests.web.two_worlds import PARTNERS, SCHOOL, TwoWorlds, live

TWO = ("Sion", "Ruth")
SEEN, SUGGESTED = {"Sion": "BITTERN", "Ruth": "PLOVER"}, "DUNLIN"
OTHER = {1: 4, 2: 3, 3: 1, 4: 2}
WHO, LEVELS = st.sampled_from(TWO), st.integers(1, 4)
STEPS = 3
LOOKING = {"partners": PARTNERS, "school": SCHOOL}


class OneAssessment(TwoWorlds):
    """A head looks at their own observing, and their adviser does, apart."""

    @initialize(hidden=WHO, luck=st.integers(0, 2**32))
    def begin(self, hidden: str, luck: int) -> None:
        """The hidden one has written something, and says something else in the other world."""
        self.wake(hidden, luck)
        self.criteria = criteria(self.morning.school)
        self.suggests = 0
        self.rate(hidden, 2, 0)
        self.rest(hidden)
        self.every_route(self.morning.world, [], *self._ideas())

    def _ideas(self) -> Iterator[str]:
        """Addresses that fill the form of suggestions."""
        page = f"/programme/observing/rounds/{self.round_id}"
        yield from (f"{page}?idea={key}-0" for key in self.criteria[:2])

    @property
    def round_id(self) -> UUID:
        """The round in which both have begun."""
        return self.morning.world.looked.under_way

    # what they do

    @rule(who=WHO, level=LEVELS, place=st.integers(0, 3))
    def rate(self, who: str, level: int, place: int) -> None:
        self.both(partial(self._rate, who=who, what=self.criteria[place], level=level))

    def _rate(self, day: Day, *, who: str, what: str, level: int) -> None:
        else_ = day.says_else(who)
        said = f"{SEEN[who]} in maths" + " and in art" * else_
        given = Given(OTHER[level] if else_ else level, said)
        self._do(day, assessing_form.rate, what, given, by=who, at=day.clock.at)

    @rule(who=WHO)
    def rest(self, who: str) -> None:
        """In the one world it rests on a lesson of both, in the other on none."""
        lesson = self.morning.world.revealed.id
        self.both(
            lambda day: self._do(
                day, assessing_form.rest_on, [] if day.says_else(who) else [lesson], by=who
            )
        )

    @rule()
    def suggest(self) -> None:
        if self.suggests < suggesting.MOST - 1:
            self.suggests += 1
            self.both(self._suggest)

    def _suggest(self, day: Day) -> None:
        said = f"{SUGGESTED} and read" + " more" * day.says_else("Ruth")
        wish = replace(WISH, text=said)
        self._do(day, suggesting.suggest, wish, by="Ruth", at=day.clock.at)

    @rule(who=WHO)
    def seal(self, who: str) -> None:
        """Everything is written, and sealed."""
        self.both(partial(self._rate_all, who=who))
        self.both(lambda day: self._do(day, assessing_form.seal, by=who, at=day.clock.at))

    def _rate_all(self, day: Day, *, who: str) -> None:
        for number, what in enumerate(self.criteria):
            self._rate(day, who=who, what=what, level=1 + number % 4)

    @rule()
    def time_passes(self) -> None:
        self.both(Day.be_here)

    def _do(self, day: Day, verb: Callable[..., Any], *what: object, by: str, **at: object) -> None:
        with day.database.write(day.school.network_id) as session:
            verb(session, self.round_id, *what, by=day.school[by], **at)

    # what nobody sees

    def opens(self, day: Day) -> bool:
        """Both have sealed."""
        with day.database.read(day.school.network_id) as session:
            return kept.find(session, self.round_id).revealed

    def words(self) -> Sequence[str]:
        return (*SEEN.values(), SUGGESTED)

    def sealed_from(self, name: str) -> Iterator[str]:
        if not (self.opened and name in TWO):
            yield from (word for who, word in SEEN.items() if who != name)
            if name != "Ruth":
                yield SUGGESTED

    def ending(self, name: str) -> Sequence[Callable[[], object]]:
        """Both seal, the hidden one first."""
        (other,) = (who for who in TWO if who != self.hidden)
        return [partial(self.seal, self.hidden), self.suggest, partial(self.seal, other)]


@pytest.mark.parametrize("looking", LOOKING)
def test_no_byte_of_a_look_reaches_anybody_before_both_are_sealed(
    template: str, looking: str
) -> None:
    live(OneAssessment, template, LOOKING[looking], ("both",), STEPS)
