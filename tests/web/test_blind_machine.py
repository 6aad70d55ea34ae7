"""Whatever happens to a lesson, nothing of a record reaches anybody but its author before the reveal.

Two worlds live through the same day; only what one observer records is different. Until the records are
open, everybody else must be answered alike in both, byte by byte, at every address of the app: pages,
files, calendars, what tablets read, and mails. So words show, and levels, numbers, lengths and marks of
versions too. Private notes and reflections are looked for after the reveal as well.
Each way to open records has a day of its own: both seal, one is waived, one withdraws, the leader opens
early, two lessons are joined; all that can have changed is looked at before each step and after it.
It was seen to find a partner's numbers on pages, in files, calendars, mails and what a tablet reads, words
shown to somebody with whom nobody waited, an answer about a target told too early, and a draft on the desk
of somebody who had left.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from observe.core.ids import new_id
from observe.services import summary_review, summary_writing
from observe.storage import joined, lessons, summaries
from tests.factories import NOW, PlannedLesson
from tests.twins import Day
from tests.web import acts
from tests.web.access import World
from tests.web.acts import OPENLY, PRIVATELY, RATED, mark
from tests.web.morning import TABLETS
from tests.web.two_worlds import BEYOND, PARTNERS, SCHOOL, TwoWorlds, live

OBSERVERS = st.sampled_from(TABLETS)
LETTERS = {False: set[str](), True: {"Helen", "Catrin", "Peter", *TABLETS}}
APART = "apart"
STEPS = 3
LOOKING = (*PARTNERS, *SCHOOL, *BEYOND)
ENDINGS = ("both", "waived", "withdrawn", "early", APART)


class OneLesson(TwoWorlds):
    """A lesson of two, sometimes three, from its morning to its summary."""

    @initialize(
        hidden=st.sampled_from(("Sion", "Ruth")),
        luck=st.integers(0, 2**32),
    )
    def begin(self, hidden: str, luck: int) -> None:
        """A planned lesson, or two that tablets made apart; what differs is written at once."""
        self.wake(hidden, luck)
        self.may_read = set[str]()
        self.planned = self._apart() if self.endings[-1] == APART else self._together()
        self.both(self._hand_out)
        self._ask_about(self.morning.world)
        self.start(hidden, letters=True)
        self.note(hidden, "a", OPENLY)
        self.note(hidden, "b", PRIVATELY)
        self.rate(hidden, "routines", 4)

    def _together(self) -> dict[str, UUID]:
        """The lesson of each observer: one for all."""
        planned = self.morning.world.planned
        ids = {**planned.observations, "Mair": new_id(NOW)}
        self.records = ids
        return dict.fromkeys(TABLETS, planned.id)

    def _apart(self) -> dict[str, UUID]:
        """The lesson of each observer: one of their own, that no server knows yet."""
        self.records = {name: new_id(NOW) for name in TABLETS}
        own = {name: new_id(NOW) for name in TABLETS}
        return own | {"Mair": own["Sion"]}

    def _hand_out(self, day: Day) -> None:
        for name, observation_id in self.records.items():
            day.give_tablet(name, observation_id, self.morning.tablets[name])

    def _ask_about(self, world: World, *more: str) -> None:
        """Every address, about the lesson of this day and about one that was talked about long ago."""
        own = [PlannedLesson(each, self.records) for each in self.lessons]
        self.every_route(replace(world, planned=own[0]), [*own, world.revealed], *more)

    # what observers do

    @rule(who=OBSERVERS, letters=st.booleans())
    def start(self, who: str, letters: bool) -> None:
        self.both(lambda day: self._opening(day, who, letters))

    def _opening(self, day: Day, who: str, letters: bool) -> object:
        lesson_id, device = self.planned[who], day.devices[who]
        if len(self.lessons) == 1:
            return acts.begin(day, device, lesson_id)
        return acts.begin_apart(day, device, lesson_id, letters=letters)

    @rule(
        who=OBSERVERS, which=st.sampled_from(("a", "b")), kind=st.sampled_from((OPENLY, PRIVATELY))
    )
    def note(self, who: str, which: str, kind: str) -> None:
        """A tagged note, or a private one: a thought, or a worry about a child."""
        name, private = f"{kind.lower()}-{which}", kind == PRIVATELY
        words = mark(kind, who)
        self.both(lambda day: acts.note(day, day.devices[who], name, words, private=private))

    @rule(who=OBSERVERS, what=st.sampled_from(RATED), level=st.sampled_from((1, 2, 4, "not_seen")))
    def rate(self, who: str, what: str, level: int | str) -> None:
        target = self.morning.target
        self.both(lambda day: acts.rate(day, day.devices[who], what, level, target))

    @rule(who=OBSERVERS)
    def seal(self, who: str) -> None:
        self.both(lambda day: acts.seal(day, day.devices[who]))

    @rule(who=OBSERVERS, include=st.booleans())
    def unseal(self, who: str, include: bool) -> None:
        value = {"reason": "more to say", "include": include}
        self.both(lambda day: self._send(day, who, "unseal", None, value))

    @rule(who=OBSERVERS, really=st.integers(0, 4))
    def withdraw(self, who: str, really: int) -> None:
        if not really:
            self.both(lambda day: self._send(day, who, "withdraw", None, {"reason": "called away"}))

    def _send(self, day: Day, who: str, kind: str, field: str | None, value: object) -> object:
        return acts.send(day, day.devices[who], kind, field, value)

    # what others do

    @rule(who=OBSERVERS, really=st.integers(0, 2))
    def go_on_without(self, who: str, really: int) -> None:
        if not really:
            self.post("Helen", f"/pairs/{self.stands(who)}/waive/{self.id_of(who)}")

    @rule(really=st.integers(0, 3))
    def open_early(self, really: int) -> None:
        if not really:
            self.post("Helen", f"/pairs/{self.stands('Sion')}/open-early")

    @rule(
        observers=st.sampled_from((("Sion", "Mair"), TABLETS, ("Sion", "Ruth"))),
        room=st.integers(7, 8),
    )
    def change(self, observers: tuple[str, ...], room: int) -> None:
        """Another room, an observer replaced, a third who comes late."""
        lesson_id = self.planned["Sion"]
        self.both(lambda day: acts.change(day, lesson_id, observers, str(room)))

    @rule(really=st.integers(0, 9))
    def cancel(self, really: int) -> None:
        if not really:
            self.post("Helen", f"/lessons/{self.planned['Sion']}/cancel", reason="ill")

    @precondition(lambda self: len(self.lessons) > 1)
    @rule()
    def join(self) -> None:
        self.post("Ruth", f"/lessons/{self.planned['Ruth']}/join", other=str(self.planned["Sion"]))

    @precondition(lambda self: len(self.lessons) > 1)
    @rule()
    def separate(self) -> None:
        """What was joined by mistake is two lessons again."""
        self.post("Ruth", f"/lessons/{self.stands('Ruth')}/separate")

    @rule(hours=st.sampled_from((1, 30, 24 * 8)))
    def time_passes(self, hours: int) -> None:
        self.twin.wait(timedelta(hours=hours))

    @rule()
    def mails_go_out(self) -> None:
        self.both(Day.post_mails)

    # after the reveal

    @precondition(lambda self: self.opened)
    @rule(who=OBSERVERS, act=st.sampled_from(("agree", "close", "reflect", "submit", "release")))
    def talk(self, who: str, act: str) -> None:
        """They agree, finish, reflect; the summary goes to its reader and to its teacher."""
        words = {"looked_at": mark(PRIVATELY, who), "revision": "0"}
        page = f"/pairs/{self.stands(who)}"
        if act == "agree":
            self.post(who, f"{page}/agree/routines", agreed="3", revision="0")
        elif act == "close":
            self.post(who, f"{page}/close")
        elif act == "reflect":
            self.post(who, f"{page}/reflection", **words)
        else:
            self.both(lambda day: self._bring_on(day, act, who))

    def _bring_on(self, day: Day, act: str, who: str) -> None:
        with day.database.write(day.school.network_id) as session:
            found = summaries.of_lesson(session, self.stands(who))
            if found and act == "submit":
                author = summaries.row(session, found).author_id
                by = next(each for each in day.school.people.values() if each.id == author)
                summary_writing.submit(session, found, by=by, at=day.clock.at)
            elif found:
                summary_review.release(session, found, by=day.school["Helen"], at=day.clock.at)

    def opens(self, day: Day) -> bool:
        """Two or more take part, and all of them have sealed."""
        with day.database.read(day.school.network_id) as session:
            found = lessons.by_ids(session, self.lessons)
        there = [[seat.sealed for seat in each.observers] for each in found]
        return any(len(sealed) > 1 and all(sealed) for sealed in there)

    def both(self, act: Callable[[Day], object]) -> None:
        super().both(act)
        if self.opened:
            self.may_read |= self._readers()

    def _readers(self) -> set[str]:
        """Whoever has sealed, and once there is a letter whoever may come to read it."""
        day = self.twin.days[0]
        lesson_id = self.stands(self.hidden)
        with day.database.read(day.school.network_id) as session:
            (found,) = lessons.by_ids(session, [lesson_id])
            letter = summaries.of_lesson(session, lesson_id)
        sealed = {seat.person_id for seat in found.observers if seat.sealed}
        return {name for name in TABLETS if self.id_of(name) in sealed} | LETTERS[bool(letter)]

    @property
    def lessons(self) -> list[UUID]:
        return list(dict.fromkeys(self.planned.values()))

    def stands(self, who: str) -> UUID:
        """The lesson that somebody observes, also once it was joined with another."""
        day = self.twin.days[0]
        with day.database.read(day.school.network_id) as session:
            found = joined.find(session, self.planned[who])
        return found.id if found else self.planned[who]

    def sealed_from(self, name: str) -> Iterator[str]:
        for who in TABLETS:
            if who != name:
                yield mark(PRIVATELY, who)
                if name not in self.may_read:
                    yield mark(OPENLY, who)

    def ending(self, name: str) -> Sequence[Callable[[], object]]:
        """Both are there; then the records are opened in the way of this name."""
        return [self.come, *(self._joined() if name == APART else self._in_the_way_of(name))]

    def come(self) -> None:
        """The partner begins, and rates what the hidden record rates too."""
        self.start(self.other, letters=True)
        self.note(self.other, "a", OPENLY)
        self.rate(self.other, "routines", 2)

    @property
    def other(self) -> str:
        """The one whose record is the same in both worlds."""
        return "Ruth" if self.hidden == "Sion" else "Sion"

    def _sealed(self, *names: str) -> list[Callable[[], object]]:
        return [lambda name=name: self.seal(name) for name in names]  # type: ignore[misc]

    def _joined(self) -> list[Callable[[], object]]:
        return [self.join, *self._sealed(self.other, self.hidden)]

    def _in_the_way_of(self, name: str) -> list[Callable[[], object]]:
        hidden, other = self.hidden, self.other
        if name == "early":
            wait, opened = partial(self.time_passes, 24 * 8), partial(self.open_early, 0)
            return [*self._sealed(hidden), wait, opened]
        if name == "both":
            return self._sealed(hidden, other)
        leaves = partial(self.withdraw if name == "withdrawn" else self.go_on_without, other, 0)
        third = [partial(self.change, TABLETS, 9), partial(self.start, "Mair", letters=False)]
        return [*third, *self._sealed(hidden, "Mair"), leaves]

    def last_look(self) -> None:
        self._with_summary()
        super().last_look()

    def _with_summary(self) -> None:
        """What came of it is looked at too."""
        day = self.twin.days[0]
        with day.database.read(day.school.network_id) as session:
            found = summaries.of_lesson(session, self.stands("Sion"))
        if found:
            letter = f"/feedback/{found}", f"/feedback/{found}.pdf"
            self._ask_about(replace(self.world, draft=found, submitted=found), *letter)


def test_no_byte_of_a_record_reaches_anybody_before_the_reveal(template: str) -> None:
    live(OneLesson, template, LOOKING, ENDINGS, STEPS)
