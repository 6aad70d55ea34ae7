"""What an expert rates reaches nobody before both have sealed; what a group rates, nobody before the reveal.

The experts' notes stay between the two, and a group's notes stay with whoever wrote them, for ever.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from observe.core.exercises import Given, Mode
from observe.services import exercise_groups, exercise_takings
from observe.storage import exercise_takings as kept
from observe.storage.database import NetworkSession
from tests.exercising import CRITERIA
from tests.twins import Day
from tests.web.acts import OPENLY, mark
from tests.web.morning import IN_GROUP
from tests.web.two_worlds import BEYOND, PARTNERS, SCHOOL, TwoWorlds, live

EXPERTS = ("Sion", "Ruth")
LEADS = "Margaret"
WHO = st.sampled_from(IN_GROUP)
LEVELS = st.integers(1, 4)
OTHER = {1: 4, 2: 3, 3: 1, 4: 2}
STEPS = 5
LOOKING = (*PARTNERS, *SCHOOL, *BEYOND)


class OneExercise(TwoWorlds):
    """Two experts rate an exercise apart, or four people take one together."""

    @initialize(hidden=st.sampled_from(EXPERTS), luck=st.integers(0, 2**32))
    def begin(self, hidden: str, luck: int) -> None:
        """The hidden one has begun, and gives other levels and notes in the other world."""
        self.wake(hidden, luck)
        self.of_experts = self.endings[-1] == "experts"
        self.rate(hidden, CRITERIA[0], 2)
        taking = self._taking(self.twin.days[0], hidden)
        world = replace(self.morning.world, taking=taking)
        if self.of_experts:
            world = replace(world, settled=self.morning.apart)
        else:
            world = replace(world, group=self.morning.asked)
        screen = f"/practice/groups/{self.morning.asked}?screen=1&at={CRITERIA[0]}"
        self.every_route(world, [world.revealed], screen)

    @property
    def those(self) -> Sequence[str]:
        """Whoever rates."""
        return EXPERTS if self.of_experts else IN_GROUP

    # what they do

    @rule(who=WHO, what=st.sampled_from(CRITERIA), level=LEVELS)
    def rate(self, who: str, what: str, level: int) -> None:
        if who in self.those:
            self.both(partial(self._rate, who=who, what=what, level=level))

    def _rate(self, day: Day, *, who: str, what: str, level: int) -> None:
        else_ = day.says_else(who)
        note = f"{mark(OPENLY, who)} at the table" + " and more" * else_
        given = Given(OTHER[level] if else_ else level, note)
        self._do(day, exercise_takings.rate, self._taking(day, who), what, given, by=who)

    @rule(who=WHO)
    def rate_all(self, who: str) -> None:
        for number, what in enumerate(CRITERIA):
            self.rate(who, what, 1 + number % 4)

    @rule(who=WHO)
    def finish(self, who: str) -> None:
        if who in self.those:
            self.both(lambda day: self._finish(day, who))

    def _finish(self, day: Day, who: str) -> None:
        self._do(day, exercise_takings.finish, self._taking(day, who), by=who)

    @rule(really=st.integers(0, 3))
    def reveal(self, really: int) -> None:
        if not self.of_experts and not really:
            self.both(
                lambda day: self._do(day, exercise_groups.reveal, self.morning.asked, by=LEADS)
            )

    @rule()
    def time_passes(self) -> None:
        self.both(Day.be_here)

    def _do(self, day: Day, verb: Callable[..., Any], *what: object, by: str) -> None:
        with day.database.write(day.school.network_id) as session:
            verb(session, *what, by=day.school[by], at=day.clock.at)

    def _taking(self, day: Day, who: str) -> UUID:
        """What somebody takes; an expert who has not, begins."""
        with day.database.write(day.school.network_id) as session:
            if self.of_experts:
                by, at = day.school[who], day.clock.at
                return exercise_takings.begin(session, self.morning.apart, by=by, at=at).id
            return self._in_group(session, self.id_of(who))

    def _in_group(self, session: NetworkSession, person_id: UUID) -> UUID:
        takings = kept.of_group(session, self.morning.asked)
        return next(each.id for each in takings if each.person_id == person_id)

    # what nobody sees

    def opens(self, day: Day) -> bool:
        """Both experts have sealed, or the facilitator has shown the spread."""
        with day.database.read(day.school.network_id) as session:
            experts = kept.of_exercise(session, self.morning.apart, Mode.REFERENCE)
            shown = kept.group(session, self.morning.asked).revealed_at
        return bool(shown) or sum(bool(each.finished_at) for each in experts) == len(EXPERTS)

    def sealed_from(self, name: str) -> Iterator[str]:
        may_read = self.opened and self.of_experts and name in (*EXPERTS, LEADS)
        yield from (mark(OPENLY, who) for who in self.those if who != name and not may_read)

    def ending(self, name: str) -> Sequence[Callable[[], object]]:
        """All rate and seal, the hidden one before the last."""
        rest = [who for who in self.those if who != self.hidden]
        sealed = [partial(self._seal, who) for who in (*rest[1:], self.hidden, rest[0])]
        return [*sealed, partial(self.reveal, 0)]

    def _seal(self, who: str) -> None:
        self.rate_all(who)
        self.finish(who)


def test_no_byte_of_an_exercise_reaches_anybody_before_it_is_opened(template: str) -> None:
    live(OneExercise, template, LOOKING, ("experts", "group"), STEPS)
