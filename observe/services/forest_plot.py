"""How far observers agree on each criterion as one drawing: an SVG file that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain

from observe.core.agreement.figures import CriterionReport, Figure, PooledReport, Report

STYLE = """
.ground { fill: #ffffff } .grid { stroke: #dad7cf } .zero { stroke: #5a6269 }
.limits, .all-limits { stroke-width: 2.5; stroke-linecap: round }
.limits { stroke: #0b5a72 } .point { fill: #0b5a72 }
.all-limits { stroke: #1b1f23 } .all { fill: #1b1f23 }
.all-line { stroke: #1b1f23; stroke-dasharray: 2 4 } .chance { stroke: #9a5b00; stroke-width: 2.5 }
text { fill: #1b1f23; font: 13px system-ui, "Segoe UI", Roboto, Arial, sans-serif }
.title { font-size: 17px; font-weight: 600 } .name { font-weight: 600 }
.quiet { fill: #5a6269; font-size: 11.5px; stroke: #ffffff; stroke-width: 3px; paint-order: stroke }
@media (prefers-color-scheme: dark) {
.ground { fill: #191d20 } .grid { stroke: #2d3439 } .zero { stroke: #9aa4ab }
.limits { stroke: #82c9de } .point { fill: #82c9de } .chance { stroke: #efc377 }
.all-limits, .all-line { stroke: #e9ecee } .all, text { fill: #e9ecee }
.quiet { fill: #9aa4ab; stroke: #191d20 }
}
"""

EDGE, NAMES, PANEL, VALUES, GAP = 24, 232, 150, 44, 22
LINE, TOP, AXIS = 26, 34, 26
NARROWEST = 540
LONGEST_NAME = 26


@dataclass(frozen=True, slots=True)
class Panel:
    """One statistic beside the names, from `low` to `high`; `left` is where it begins in pixels."""

    words: str
    field: str
    pooled: str
    low: float
    high: float
    left: float

    @property
    def is_share(self) -> bool:
        """Whether its figures are said in per cent."""
        return self.field in ("exact", "within_one")

    def at(self, value: float) -> float:
        """Where a value lies, in pixels."""
        held = min(max(value, self.low), self.high)
        return round(self.left + PANEL * (held - self.low) / (self.high - self.low), 2)

    def said(self, value: float) -> str:
        """A value in words."""
        return f"{value:.0%}".replace("%", " %") if self.is_share else f"{value:.2f}"

    @property
    def ticks(self) -> tuple[float, ...]:
        """The values that the axis names."""
        step = 0.5 if self.low > -1 else 1.0
        count = round((self.high - self.low) / step) + 1
        return tuple(self.low + step * place for place in range(count))


STATISTICS = (
    ("same level", "exact", "exact"),
    ("within one", "within_one", "within_one"),
    ("alpha", "alpha", "alpha_stratified"),
    ("AC2", "ac2", "ac2_mean"),
)


def forest_plot(reports: Mapping[str, Report], *, title: str) -> str:
    """The criteria of each group with limits and chance, and those over all criteria, as SVG text.

    A group of the name "" has no heading. Groups stand under each other on the same axes.
    """
    panels = _panels(list(reports.values()))
    drawn_width = EDGE + NAMES + (PANEL + VALUES + GAP) * len(panels) + EDGE - GAP
    width = max(drawn_width, NARROWEST)
    top, drawn = 78.0, []
    for name, report in reports.items():
        drawn.append(_group(name, report, panels, top))
        top += _height(name, report)
    height = top + 20
    about = " ".join(_about(name, report) for name, report in reports.items())
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height:g}" '
            f'viewBox="0 0 {width} {height:g}" role="img" aria-labelledby="title about">',
            f'<title id="title">{_text(title)}</title>',
            f'<desc id="about">{_text(about)}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="ground" width="{width}" height="{height:g}"/>',
            _words(EDGE, 32, title, "title"),
            *_key(),
            *chain.from_iterable(drawn),
            "</svg>\n",
        )
    )


def _panels(reports: Sequence[Report]) -> list[Panel]:
    """The statistics that any criterion has; all of them where none has any."""
    held = [each for each in STATISTICS if any(_values(reports, *each[1:]))] or STATISTICS[:1]
    return [
        Panel(*each, *_span(reports, *each[1:]), EDGE + NAMES + place * (PANEL + VALUES + GAP))
        for place, each in enumerate(held)
    ]


def _values(reports: Iterable[Report], field: str, pooled: str) -> list[Figure]:
    figures = (
        figure
        for report in reports
        for figure in (
            *(getattr(each, field) for each in report.criteria),
            getattr(report.pooled, pooled),
        )
    )
    return [figure for figure in figures if figure.value is not None]


def _span(reports: Sequence[Report], field: str, pooled: str) -> tuple[float, float]:
    """From 0 to 1, or from as far below as the limits reach."""
    low = min((figure.low or 0.0 for figure in _values(reports, field, pooled)), default=0.0)
    return (0.0 if low >= 0 else -0.5 if low >= -0.5 else -1.0), 1.0


def _height(name: str, report: Report) -> float:
    return (LINE if name else 0) + TOP + LINE * (len(report.criteria) + 1) + AXIS + 24


def _group(name: str, report: Report, panels: Sequence[Panel], top: float) -> Iterator[str]:
    """One group's heading, grid, criteria, and the line over all of them."""
    if name:
        yield _words(EDGE, top + 8, name, "name")
        top += LINE
    bottom = top + TOP + LINE * (len(report.criteria) + 1)
    yield _words(EDGE + NAMES - 16, top + 8, "lessons", "quiet", "end")
    for panel in panels:
        yield from _ground(panel, top, bottom)
        yield from _pooled_line(panel, report.pooled, top + TOP - 14, bottom)
    for place, each in enumerate(report.criteria):
        yield from _criterion(each, panels, top + TOP + LINE * place)
    yield from _over_all(report.pooled, panels, bottom - LINE)


def _ground(panel: Panel, top: float, bottom: float) -> Iterator[str]:
    yield _words(panel.left, top + 8, panel.words)
    for value in panel.ticks:
        x = panel.at(value)
        yield _line(x, top + TOP - 14, x, bottom, "zero" if value == 0 > panel.low else "grid")
        anchor = "start" if value == panel.low else "end" if value == panel.high else "middle"
        yield _words(x, bottom + 16, panel.said(value), "quiet", anchor)


def _pooled_line(panel: Panel, pooled: PooledReport, top: float, bottom: float) -> Iterator[str]:
    value = getattr(pooled, panel.pooled).value
    if value is not None:
        yield _line(panel.at(value), top, panel.at(value), bottom - LINE / 2, "all-line")


def _criterion(report: CriterionReport, panels: Sequence[Panel], y: float) -> Iterator[str]:
    key, lessons = report.criterion.key, _lessons(report.n)
    yield f"<g><title>{_text(key)}: {lessons}</title>"
    yield _words(EDGE, y + 4, _short(key))
    yield _words(EDGE + NAMES - 16, y + 4, str(report.n), "quiet", "end")
    reasons = set()
    for panel in panels:
        figure = getattr(report, panel.field)
        if figure.value is not None:
            yield from _whisker(panel, figure, y, "limits", _dot(panel.at(figure.value), y))
        elif figure.reason not in reasons:
            yield _words(panel.left, y + 4, _instead(report, panel, figure), "quiet")
        reasons.add(figure.reason)
    yield "</g>"


def _instead(report: CriterionReport, panel: Panel, figure: Figure) -> str:
    """What stands where there is no figure: the bare count where lessons are too few, else why."""
    if panel.field == "exact" and report.same is not None and report.n_cells:
        return f"{report.same} of {report.n_cells}, {figure.reason}"
    return figure.reason or ""


def _over_all(pooled: PooledReport, panels: Sequence[Panel], y: float) -> Iterator[str]:
    words = f"Over all criteria ({pooled.criteria})"
    yield _line(EDGE, y - LINE / 2, EDGE + NAMES - 16, y - LINE / 2, "grid")
    yield f"<g><title>{words}: {_lessons(pooled.n)}</title>"
    yield _words(EDGE, y + 4, words, "name")
    yield _words(EDGE + NAMES - 16, y + 4, str(pooled.n), "quiet", "end")
    for panel in panels:
        figure = getattr(pooled, panel.pooled)
        if figure.value is not None:
            yield from _whisker(panel, figure, y, "all-limits", _diamond(panel.at(figure.value), y))
        elif panel is panels[0]:
            yield _words(panel.left, y + 4, figure.reason or "", "quiet")
    yield "</g>"


def _whisker(panel: Panel, figure: Figure, y: float, kind: str, mark: str) -> Iterator[str]:
    """The limits, chance, the point, and its value in words."""
    if figure.value is None or figure.low is None or figure.high is None:
        return
    yield _line(panel.at(figure.low), y, panel.at(figure.high), y, kind)
    if figure.chance is not None:
        x = panel.at(figure.chance)
        yield _line(x, y - 8, x, y + 8, "chance")
    yield mark
    yield _words(panel.left + PANEL + VALUES, y + 4, panel.said(figure.value), "quiet", "end")


def _key() -> Iterator[str]:
    """What the marks mean, under the title."""
    y = 54
    yield _line(EDGE, y, EDGE + 28, y, "limits")
    yield _dot(EDGE + 14, y)
    yield _words(EDGE + 36, y + 4, "a criterion with its 95 % limits", "quiet")
    yield _line(EDGE + 222, y - 8, EDGE + 222, y + 8, "chance")
    yield _words(EDGE + 232, y + 4, "by chance alone", "quiet")
    yield _diamond(EDGE + 344, y)
    yield _words(EDGE + 358, y + 4, "over all criteria", "quiet")


def _about(name: str, report: Report) -> str:
    """What the drawing shows, in words, for who cannot see it."""
    whose = f"{name}: " if name else ""
    pooled = report.pooled
    said = [f"{whose}{_lessons(report.lessons)}, {len(report.criteria)} criteria."]
    for words, figure in (("the same level", pooled.exact), ("within one", pooled.within_one)):
        if figure.value is not None and figure.chance is not None:
            said.append(
                f"Over all criteria {words} on {figure.value:.0%}, by chance {figure.chance:.0%}."
            )
    if pooled.alpha_stratified.value is not None:
        said.append(f"Stratified alpha {pooled.alpha_stratified.value:.2f}.")
    return " ".join(said)


def _lessons(number: int) -> str:
    return "1 lesson" if number == 1 else f"{number} lessons"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def _text(words: str) -> str:
    """Words as XML may hold them."""
    return escape("".join(letter if letter.isprintable() else " " for letter in words))


def _words(x: float, y: float, words: str, kind: str = "", anchor: str = "") -> str:
    marks = "".join(
        f' {name}="{value}"' for name, value in (("class", kind), ("text-anchor", anchor)) if value
    )
    return f'<text x="{x:g}" y="{y:g}"{marks}>{_text(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"/>'


def _dot(x: float, y: float) -> str:
    return f'<circle class="point" cx="{x:g}" cy="{y:g}" r="4.5"/>'


def _diamond(x: float, y: float) -> str:
    return f'<path class="all" d="M{x:g} {y - 7:g}l7 7-7 7-7-7z"/>'
