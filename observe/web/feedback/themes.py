"""Themes of many summaries, for the head of a school: a page, a picture and a file, without names."""

from collections.abc import Callable, Iterator
from uuid import UUID

from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue

from observe.core.feedback.spoken import listed
from observe.core.feedback.themes import ALL, Group, Theme
from observe.core.typed import number_in
from observe.services import themes as services
from observe.services import visit_cap
from observe.services.themes import SchoolThemes, Year
from observe.web import spreadsheets
from observe.web.addresses import said
from observe.web.database import read
from observe.web.feedback.blueprint import blueprint
from observe.web.guard import requires
from observe.web.spreadsheets import Line, Sheet
from observe.web.words import gettext as _
from observe.web.words import ngettext

MOST_NAMED = 2


@blueprint.get("/schools/<uuid:school_id>/themes")
@requires("see themes", of=visit_cap.thing)
def themes(school_id: UUID) -> ResponseReturnValue:
    """How often each criterion was a strength or a next step in a school year."""
    found = _found(school_id)
    return render_template(
        "feedback/themes.html",
        found=found,
        kept=_kept(found) if found else {},
        sentence=_sentence(found) if found and found.found.themes else "",
        unnamed=_unnamed(found) if found else [],
        years={begins.year: _year_name((begins, ends)) for begins, ends in found.years}
        if found
        else {},
        year_name=_year_name,
        group_name=_group_name,
        place="feedback.index",
    )


@blueprint.get("/schools/<uuid:school_id>/themes.csv")
@requires("see themes", of=visit_cap.thing)
def themes_csv(school_id: UUID) -> Response:
    """A line for each criterion and group."""
    return spreadsheets.as_csv(_lines(_found(school_id)), name="themes")


@blueprint.get("/schools/<uuid:school_id>/themes.xlsx")
@requires("see themes", of=visit_cap.thing)
def themes_xlsx(school_id: UUID) -> Response:
    """The same as a sheet."""
    sheet = Sheet(_("Themes"), _lines(_found(school_id)))
    return spreadsheets.as_workbook([sheet], name="themes")


def _found(school_id: UUID) -> SchoolThemes | None:
    rubric, year = request.args.get("rubric", ""), number_in(request.args.get("year", ""))
    with read() as session:
        return services.of_school(session, school_id, rubric=rubric, year=year, by=g.person)


def _kept(found: SchoolThemes) -> dict[str, object]:
    """What an address says so that a colleague who opens it sees the same."""
    return said(rubric=found.rubric, year=found.year[0].year)


def _lines(found: SchoolThemes | None) -> Iterator[Line]:
    yield ("criterion", "title", "group", "strengths", "next_steps", "summaries", "teachers")
    if found is None:
        return
    for theme in found.found.themes:
        for group in found.found.groups:
            yield _line(found, theme, group)


def _line(found: SchoolThemes, theme: Theme, group: Group) -> Line:
    shown = found.found
    return (
        *(theme.criterion, found.titles[theme.criterion], _group_name(found, group)),
        *(theme.strengths[group], theme.next_steps[group]),
        *(shown.summaries[group], shown.teachers[group]),
    )


def _sentence(found: SchoolThemes) -> str:
    """How much there is, and what is named most; nothing of it where many are named as often."""
    shown = found.found
    told = ngettext(
        "%(num)d summary was released to %(teachers)d teachers.",
        "%(num)d summaries were released to %(teachers)d teachers.",
        shown.summaries[ALL],
        teachers=shown.teachers[ALL],
    )
    strong = _most_named(found, lambda theme: theme.strengths[ALL])
    following = _most_named(found, lambda theme: theme.next_steps[ALL])
    sentences = (
        told,
        strong and _("Named most as a strength: %(titles)s.", titles=strong),
        following and _("Named most as a next step: %(titles)s.", titles=following),
    )
    return " ".join(filter(None, sentences))


def _most_named(found: SchoolThemes, times: Callable[[Theme], int]) -> str:
    most = max(map(times, found.found.themes), default=0)
    named = [theme for theme in found.found.themes if most and times(theme) == most]
    titles = [found.titles[theme.criterion] for theme in named]
    return listed(titles) if len(titles) <= MOST_NAMED else ""


def _unnamed(found: SchoolThemes) -> list[str]:
    return [found.titles[theme.criterion] for theme in found.found.themes if not theme.most]


def _year_name(year: Year) -> str:
    """`2026/27`."""
    return f"{year[0].year}/{year[1].year % 100:02d}"


def _group_name(found: SchoolThemes, group: Group) -> str:
    if isinstance(group, UUID):
        return found.teams[group]
    return _("All teams") if group is ALL else _("Other teams")
