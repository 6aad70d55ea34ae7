"""What a head sees of many summaries at once: themes by criterion and team, and never a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.feedback.themes import Themes, themes_of
from observe.core.permissions import Person, RoleKind
from observe.core.terms import school_year
from observe.storage import shelf, staff, themes
from observe.storage.database import NetworkSession
from observe.storage.staff import Place
from observe.storage.themes import Rated

Year = tuple[date, date]


@dataclass(frozen=True, slots=True)
class SchoolThemes:
    """The themes of one school, rubric and school year, with what else could be chosen."""

    school: Place
    schools: Mapping[UUID, str]
    rubric: str
    rubrics: Mapping[str, str]
    year: Year
    years: Sequence[Year]
    titles: Mapping[str, str]
    teams: Mapping[UUID, str]
    found: Themes


def of_school(
    session: NetworkSession, school_id: UUID, *, rubric: str, year: int | None, by: Person
) -> SchoolThemes | None:
    """Themes of a school; where `rubric` or `year` is none of its own, the latest. None without any."""
    places = {place.id: place for place in staff.schools(session, by.schools(RoleKind.HEAD))}
    used = themes.rubrics_used(session, school_id)
    if not used:
        return None
    rubrics, school = _titles(session, used), places[school_id]
    rubric = rubric if rubric in rubrics else _latest(used)
    versions = [each for each in used if each.rubric == rubric]
    years = _years(versions, ZoneInfo(school.zone))
    chosen = next((each for each in years if each[0].year == year), years[0])
    titles, teams = _criteria(session, versions), themes.teams(session, school_id)
    told = list(themes.told(session, school_id, [each.digest for each in versions], chosen))
    return SchoolThemes(
        school=school,
        schools={place.id: place.name for place in places.values()},
        rubric=rubric,
        rubrics=rubrics,
        year=chosen,
        years=years,
        titles=titles,
        teams=teams,
        found=themes_of(told, list(titles), list(teams)),
    )


def _titles(session: NetworkSession, used: Sequence[Rated]) -> dict[str, str]:
    """The title of each rubric, as its newest version has it."""
    return {each.rubric: shelf.rubric(session, each.digest).title for each in reversed(used)}


def _latest(used: Sequence[Rated]) -> str:
    """The rubric by which the school was observed last."""
    return max(used, key=lambda each: each.last).rubric


def _years(used: Sequence[Rated], zone: ZoneInfo) -> list[Year]:
    """The school years in which lessons were, the latest first."""
    days = [moment.astimezone(zone).date() for each in used for moment in (each.first, each.last)]
    first, last = school_year(min(days))[0].year, school_year(max(days))[0].year
    return [school_year(date(year, 9, 1)) for year in range(last, first - 1, -1)]


def _criteria(session: NetworkSession, versions: Sequence[Rated]) -> dict[str, str]:
    """Each criterion with code and title, as the newest version that has it says it."""
    told: dict[str, str] = {}
    for each in versions:
        for criterion, title in shelf.titles(session, each.digest).items():
            told.setdefault(criterion, title)
    return told
