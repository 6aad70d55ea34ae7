"""What a newsletter can tell without anybody's name: figures of the group, themes, new rules from talks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.agreement.figures import Figure
from observe.core.feedback.themes import ALL, Theme, Told, themes_of
from observe.core.groups import People, large_enough, rest_is_safe
from observe.core.permissions import Person
from observe.core.terms import Term, school_year, term_of
from observe.services import group_figures, precedent_board
from observe.storage import network_themes, people, precedents, shelf
from observe.storage.database import NetworkSession

MOST_THEMES = 3
MOST_RULES = 10


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often heads beside advisers, or all observers, gave the same level, and on how much it rests."""

    rubric: str
    same: Figure
    lessons: int
    people: int
    by_role: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A criterion by its title, and in how many summaries it is named."""

    title: str
    times: int


@dataclass(frozen=True, slots=True)
class Themes:
    """What summaries of a school year name most, of five teachers or more."""

    rubric: str
    summaries: int
    teachers: int
    strengths: Sequence[Named]
    next_steps: Sequence[Named]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in use that came of a talk this term, and its criterion."""

    criterion: str
    text: str


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that can be told today; None or nothing where too few people stand behind it."""

    agreement: Agreement | None
    themes: Themes | None
    rules: Sequence[Rule]
    term: Term


def found(session: NetworkSession, *, by: Person, at: datetime) -> Findings:
    """The findings of today."""
    zone = ZoneInfo(people.zone_of(session, by))
    today = at.astimezone(zone).date()
    return Findings(
        agreement=_agreement(session),
        themes=_themes(session, today, zone),
        rules=_rules(session, term_of(today), zone, by),
        term=term_of(today),
    )


def _agreement(session: NetworkSession) -> Agreement | None:
    """As the group's own page shows it, which holds groups back that are smaller than five."""
    shown = group_figures.of_group(session)
    if shown is None or shown.report is None or shown.report.pooled.exact.value is None:
        return None
    pooled = shown.report.pooled
    by_role = shown.selection.by_role
    return Agreement(shown.rubric.title, pooled.exact, pooled.n, shown.people, by_role)


def _themes(session: NetworkSession, today: date, zone: ZoneInfo) -> Themes | None:
    first, after = (datetime.combine(day, time(), zone) for day in school_year(today))
    digests = network_themes.versions_used_most(session, (first, after))
    told = safe_to_add(list(network_themes.told(session, digests, (first, after))))
    titles = {
        criterion: title
        for digest in reversed(digests)
        for criterion, title in shelf.titles(session, digest).items()
    }
    counted = themes_of(told, list(titles), [])
    if not counted.themes:
        return None
    return Themes(
        rubric=shelf.rubric(session, digests[0]).title,
        summaries=counted.summaries[ALL],
        teachers=counted.teachers[ALL],
        strengths=_most(counted.themes, titles, "strengths"),
        next_steps=_most(counted.themes, titles, "next_steps"),
    )


def safe_to_add(told: Sequence[tuple[UUID, Told]]) -> list[Told]:
    """What may be counted together, though each head knows the themes of their own school.

    Schools with fewer than five teachers are shown to nobody. Their teachers together must be five or
    more, or they are left out: else they could be told by taking the other schools from the whole.
    """
    by_school = defaultdict[UUID, set[UUID]](set)
    for school_id, each in told:
        by_school[school_id].add(each.teacher_id)
    small = {school_id: People(who) for school_id, who in by_school.items()}
    small = {school_id: who for school_id, who in small.items() if not large_enough(who)}
    left_out = () if rest_is_safe(small.values()) else small
    return [each for school_id, each in told if school_id not in left_out]


def _most(themes: Sequence[Theme], titles: Mapping[str, str], part: str) -> list[Named]:
    counted = [Named(titles[each.criterion], getattr(each, part)[ALL]) for each in themes]
    named = [each for each in counted if each.times]
    return sorted(named, key=lambda each: -each.times)[:MOST_THEMES]


def _rules(session: NetworkSession, term: Term, zone: ZoneInfo, by: Person) -> list[Rule]:
    since = datetime.combine(term.first_day, time(), zone)
    new = {each.id for each in precedents.everything(session) if each.at >= since}
    rules = [
        Rule(of.criterion.title, held.text)
        for rubric in precedent_board.board(session, by=by)
        for of in rubric.in_use
        for held in of.rules
        if held.id in new
    ]
    return rules[:MOST_RULES]
