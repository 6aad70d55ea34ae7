"""How high the levels are that observers give, over the whole network: one's own, and whose one may see."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from uuid import UUID

from observe.core.agreement.figures import FEWEST_LESSONS, Leniency
from observe.core.agreement.leniency import leniency
from observe.core.agreement.ratings import RatedCriterion
from observe.core.figures_shown import Kept, is_open, nth_of, rests_on_enough, to_hold_back
from observe.core.pairing import LeftOut
from observe.core.permissions import OBSERVERS, Person, Thing, may
from observe.core.rubric import Rubric
from observe.core.terms import Term, term_named
from observe.services import group_figures, rated
from observe.services.rated import Remembered
from observe.storage import group_ratings, opened_figures, people, shelf
from observe.storage.database import NetworkSession
from observe.storage.group_ratings import RatedPair, Selection
from observe.storage.people import RoleHeld

MAY_SEE = "see figures of a person"


@dataclass(frozen=True, slots=True)
class Fit:
    """The leniency of every observer of a rubric version, by component, and what it rests on.

    `possible_at` is when each observer's figure could be opened first: at the reveal of lesson five.
    """

    observers: Mapping[UUID, Leniency]
    lessons: Mapping[int, int]
    possible_at: Mapping[UUID, datetime | None]

    def of_component(self, number: int) -> Mapping[UUID, int]:
        """The observers of a component with their lessons."""
        return {i: each.lessons for i, each in self.observers.items() if each.component == number}


_fits: Remembered[Fit] = Remembered(16)


@dataclass(frozen=True, slots=True)
class View:
    """Which rows the fit rests on, and which observers are listed: all, unless something is named."""

    term: str = ""
    criterion: str = ""
    school_id: UUID | None = None


WHOLE = View()


@dataclass(frozen=True, slots=True)
class Line:
    """One observer whose figure the reader may see."""

    id: UUID
    name: str
    roles: Sequence[RoleHeld]
    figure: Leniency
    mine: bool

    @property
    def is_figure(self) -> bool:
        """Whether there are lessons enough for a value."""
        return self.figure.logits is not None

    @property
    def observing(self) -> Sequence[RoleHeld]:
        """The roles in which somebody observes."""
        return [each for each in self.roles if each.kind in OBSERVERS]

    def is_of(self, school_id: UUID) -> bool:
        """Whether they observe for this school."""
        return any(each.school_id == school_id for each in self.observing)


@dataclass(frozen=True, slots=True)
class Component:
    """Observers who are linked by lessons together; `lines` by name, and how many are not shown."""

    number: int
    observers: int
    lessons: int
    lines: Sequence[Line]

    @property
    def hidden(self) -> int:
        """How many of its observers have no line here."""
        return self.observers - len(self.lines)


@dataclass(frozen=True, slots=True)
class LeniencyFigures:
    """All that the page shows to one reader, of one rubric version.

    `view` is what there is of what was asked for; `terms`, `criteria` and `schools` are what one may
    ask for. `elsewhere` observers whose figures the reader may see are not of the school asked for.
    """

    rubric: Rubric
    digest: str
    versions: Sequence[tuple[str, str]]
    view: View
    terms: Sequence[Term]
    criteria: Sequence[RatedCriterion]
    schools: Mapping[UUID, str]
    elsewhere: int
    own: Leniency | None
    components: Sequence[Component]
    kept: Mapping[Kept, int]
    left_out: Mapping[LeftOut, int]

    @property
    def mine(self) -> Component | None:
        """The component of the reader."""
        number = self.own.component if self.own else 0
        return next((each for each in self.components if each.number == number), None)

    @property
    def drawn(self) -> Sequence[Component]:
        """The components in which the reader sees a figure."""
        return [c for c in self.components if any(line.is_figure for line in c.lines)]

    @property
    def others(self) -> Sequence[Component]:
        """The components of which the reader sees somebody else."""
        return [c for c in self.components if any(not line.mine for line in c.lines)]


def of_network(
    session: NetworkSession, *, by: Person, digest: str = "", view: View = WHOLE, at: datetime
) -> LeniencyFigures | None:
    """What this reader may see of a version, else of the one they used most; None before any pair.

    What is unknown is as if it were not asked for. Who may be seen is decided on the rows in view.
    """
    versions = group_ratings.versions(session)
    if not versions:
        return None
    chosen = chosen_version(session, [known for known, _ in versions], by.id, digest)
    rubric, terms = shelf.rubric(session, chosen), _terms(session, chosen)
    asked = _known(view, terms, criteria_of(rubric))
    fit = fit_of(session, chosen, asked)
    shown, kept = _shown(session, fit, by, at=at)
    lines = _lines(session, fit, shown, by.id)
    schools = schools_of(lines)
    school_id = view.school_id if view.school_id in schools else None
    listed = [line for line in lines if school_id is None or line.is_of(school_id)]
    return LeniencyFigures(
        rubric=rubric,
        digest=chosen,
        versions=versions,
        view=replace(asked, school_id=school_id),
        terms=terms,
        criteria=criteria_of(rubric),
        schools=schools,
        elsewhere=len(lines) - len(listed),
        own=fit.observers.get(by.id),
        components=_components(fit, listed),
        kept=kept,
        left_out=group_ratings.left_out(session, _selection(chosen, asked)),
    )


def _terms(session: NetworkSession, digest: str) -> list[Term]:
    """The terms in which pairs were rated, the latest first."""
    keys = {each.term for each in group_ratings.people_behind(session, digest)}
    return sorted((term_named(key) for key in keys), reverse=True)


def criteria_of(rubric: Rubric) -> list[RatedCriterion]:
    """The criteria whose levels have an order: on others nobody gives higher ones."""
    return [each for each in rated.rated_criteria(rubric) if each.scale == "ordinal"]


def _known(view: View, terms: Sequence[Term], criteria: Sequence[RatedCriterion]) -> View:
    """What there is of what is asked for."""
    term = view.term if view.term in {each.key for each in terms} else ""
    return View(term, view.criterion if view.criterion in {e.key for e in criteria} else "")


def _selection(digest: str, view: View) -> Selection:
    return Selection(digest, term=term_named(view.term) if view.term else None)


def schools_of(lines: Sequence[Line]) -> Mapping[UUID, str]:
    """The schools of these observers, by name."""
    found = {each.school_id: each.school for line in lines for each in line.observing}
    named = ((school, name) for school, name in found.items() if school is not None)
    return dict(sorted(named, key=lambda school: school[1].casefold()))


def chosen_version(
    session: NetworkSession, known: Sequence[str], person_id: UUID, digest: str
) -> str:
    """The version asked for, else the one that somebody used most, else the network's first."""
    if digest in known:
        return digest
    own = [version for version, _ in opened_figures.versions_of(session, person_id)]
    return next((version for version in own if version in known), known[0])


def fit_of(session: NetworkSession, digest: str, view: View = WHOLE) -> Fit:
    """The fit over the whole network, in a term or on one criterion where the view names them.

    It takes up to seconds, so it is kept until a rating changes.
    """
    rows = view.term, view.criterion
    stamp = (session.network_id, digest, *rows, group_ratings.sums(session, digest))
    return _fits.get(stamp, lambda: _fitted(session, digest, view))


def _fitted(session: NetworkSession, digest: str, view: View) -> Fit:
    rated_in_term = group_ratings.rated_pairs(session, _selection(digest, view))
    pairs = [p for p in rated_in_term if not view.criterion or view.criterion in p.rated.criteria]
    found = _leniency(shelf.rubric(session, digest), pairs, view.criterion)
    observers = {UUID(each.observer): each for each in found}
    reveals = opened_figures.reveals(session, digest, among={pair.lesson for pair in pairs})
    return Fit(
        observers=observers,
        lessons=_lessons(pairs, observers),
        possible_at={who: nth_of(reveals.get(who, []), FEWEST_LESSONS) for who in observers},
    )


def _leniency(rubric: Rubric, pairs: Sequence[RatedPair], criterion: str) -> tuple[Leniency, ...]:
    """Everybody's, named by their ids in the order in which the ratings number them."""
    ratings = group_figures.ratings_of(rubric, pairs)
    seen = dict.fromkeys(chain((p.observer_a for p in pairs), (p.observer_b for p in pairs)))
    if criterion:
        ratings = rated.on_criterion(ratings, criterion)
    return leniency(replace(ratings, observers=tuple(seen))) if seen else ()


def _lessons(pairs: Sequence[RatedPair], observers: Mapping[UUID, Leniency]) -> Mapping[int, int]:
    """How many lessons link each component."""
    of = {person_id: each.component for person_id, each in observers.items()}
    ids = {name: UUID(name) for name in {pair.observer_a for pair in pairs}}
    lessons: dict[int, set[str]] = defaultdict(set)
    for pair in pairs:
        lessons[of.get(ids[pair.observer_a], 0)].add(pair.lesson)
    return {number: len(found) for number, found in lessons.items()}


def _shown(
    session: NetworkSession, fit: Fit, by: Person, *, at: datetime
) -> tuple[frozenset[UUID], Mapping[Kept, int]]:
    """Whose figures this reader sees, and how many are kept from them for which reason."""
    why = _reasons(session, fit, by, at=at)
    held = dict.fromkeys(_held_back(fit, frozenset(fit.observers) - set(why), by), Kept.WORKED_OUT)
    kept = why | held
    return frozenset(fit.observers) - set(kept), Counter(kept.values())


def _reasons(session: NetworkSession, fit: Fit, by: Person, *, at: datetime) -> dict[UUID, Kept]:
    """Why each observer who is not shown is not."""
    opened = opened_figures.opened(session)
    schools = opened_figures.headships(session, list(fit.observers))
    found = {}
    for who, figure in fit.observers.items():
        sees = _reader(by, _things(session, who, schools.get(who, frozenset())))
        is_opened = is_open(opened.get(who), fit.possible_at.get(who), at=at)
        if reason := _reason(figure, is_opened, sees):
            found[who] = reason
    return found


def _things(session: NetworkSession, who: UUID, schools: frozenset[UUID]) -> list[Thing]:
    """Somebody's figures as permissions see them, once for each school that they head."""
    thing = Thing(network_id=session.network_id, author_id=who)
    return [replace(thing, school_id=school) for school in schools] or [thing]


def _reader(by: Person, things: Sequence[Thing]) -> Callable[[bool, bool], bool]:
    """Whether a reader sees one of these things, if it is opened and rests on enough."""

    def sees(opened: bool, enough: bool) -> bool:
        states = (replace(thing, opened=opened, enough=enough) for thing in things)
        return any(may(by, MAY_SEE, state) for state in states)

    return sees


def _reason(figure: Leniency, is_opened: bool, sees: Callable[[bool, bool], bool]) -> Kept | None:
    """Why somebody's figure is kept from a reader; None where it is shown."""
    enough = rests_on_enough(figure.lessons, figure.partners)
    if figure.logits is None and not sees(False, False):
        return Kept.FEW if sees(True, True) else Kept.THEIRS
    if sees(is_opened, enough):
        return None
    if not sees(True, True):
        return Kept.THEIRS
    return Kept.UNOPENED if sees(True, enough) else Kept.NOT_ENOUGH


def _held_back(fit: Fit, shown: frozenset[UUID], by: Person) -> list[UUID]:
    numbers = {each.component for each in fit.observers.values()}
    return [
        who
        for number in numbers
        for who in to_hold_back(fit.of_component(number), shown, but=by.id)
    ]


def _lines(session: NetworkSession, fit: Fit, shown: Set[UUID], me: UUID) -> Sequence[Line]:
    """Those whom the reader sees, by name."""
    names, held = people.names(session, shown), people.held_by(session, shown)
    return [
        Line(who, names[who], held.get(who, ()), fit.observers[who], mine=who == me)
        for who in sorted(shown, key=lambda each: names[each].casefold())
    ]


def _components(fit: Fit, listed: Sequence[Line]) -> Sequence[Component]:
    """Every component, with those of its observers who are listed."""
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in listed:
        lines[line.figure.component].append(line)
    sizes = Counter(each.component for each in fit.observers.values())
    return [
        Component(number, sizes[number], fit.lessons[number], lines[number])
        for number in sorted(sizes)
    ]
