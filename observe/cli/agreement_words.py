"""A report as a table for people: a sentence first, then each criterion, then who is milder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from observe.core.agreement.figures import (
    CriterionReport,
    Difference,
    Figure,
    Leniency,
    PooledReport,
    Report,
)

NONE = "-"


def readable(name: str, report: Report) -> str:
    """The report of one group, under its name where it has one."""
    heading = [f"{name}:"] if name else []
    return "\n".join(
        [
            *heading,
            _in_a_sentence(report),
            _counted(report),
            *(f"Note: {warning}." for warning in report.warnings),
            "",
            *_by_criterion(report.criteria),
            *_notes(report),
            "",
            *_over_criteria(report.pooled),
            *_who_gives_higher_levels(report.leniency or ()),
        ]
    )


def _counted(report: Report) -> str:
    """`631 lessons, 72 observers, 22715 ratings`."""
    observers = "1 observer" if report.observers == 1 else f"{report.observers} observers"
    ratings = "1 rating" if report.ratings == 1 else f"{report.ratings} ratings"
    return f"{lessons(report.lessons)}, {observers}, {ratings}"


def _in_a_sentence(report: Report) -> str:
    """How far they agree over all criteria; on the one there is, where it cannot be pooled."""
    pooled = report.pooled
    if pooled.exact.value is not None or len(report.criteria) != 1:
        return _how_far(f"Over {criteria(pooled.criteria)}", pooled.exact, pooled.alpha_stratified)
    (only,) = report.criteria
    return _how_far(f"On {only.criterion.key}", only.exact, only.alpha)


def _how_far(where: str, exact: Figure, alpha: Figure) -> str:
    if exact.value is not None and exact.chance is not None:
        same = f"{where} observers gave the same level {percent(exact)} of the time"
        return f"{same}; chance alone would give {exact.chance:.0%}."
    if alpha.value is not None:
        return f"{where} alpha is {decimal(alpha)}."
    return f"{where} no figure can be given: {exact.reason}."


def criteria(number: int) -> str:
    """A number of criteria in words."""
    return {0: "all criteria", 1: "one criterion"}.get(number, f"{number} criteria")


def with_something(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows as lines under the headings in the first, without columns that hold nothing."""
    columns = [column for column in zip(*rows, strict=True) if set(column[1:]) - {NONE, ""}]
    widths = [max(map(len, column)) for column in columns]
    for row in zip(*columns, strict=True):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _cells(report: CriterionReport) -> str:
    return str(report.n) if report.n_cells == report.n else f"{report.n} ({report.n_cells})"


def _icc(report: CriterionReport) -> str:
    return NONE if report.criterion.has_levels else decimal(report.icc_a1)


_COLUMNS: tuple[tuple[str, Callable[[CriterionReport], str]], ...] = (
    ("criterion", lambda report: report.criterion.key),
    ("lessons", _cells),
    ("same level", lambda report: _exact(report)),
    ("by chance", lambda report: _chance(report.exact)),
    ("within one", lambda report: percent(report.within_one)),
    ("by chance", lambda report: _chance(report.within_one)),
    ("alpha", lambda report: decimal(report.alpha)),
    ("AC1", lambda report: NONE if report.ac2.value is not None else decimal(report.ac1)),
    ("AC2", lambda report: decimal(report.ac2)),
    ("ICC(A,1)", _icc),
    ("first minus second", lambda report: signed(report.mean_difference)),
)


def _by_criterion(reports: Sequence[CriterionReport]) -> Iterator[str]:
    """A line for each criterion."""
    headings, cells = zip(*_COLUMNS, strict=True)
    yield from with_something([headings, *(tuple(of(each) for of in cells) for each in reports)])


def _exact(report: CriterionReport) -> str:
    """The share, or the bare count where the lessons are too few for a share."""
    if report.exact.value is None and report.same is not None and report.n_cells:
        return f"same level on {report.same} of {report.n_cells}"
    return percent(report.exact)


def _notes(report: Report) -> Iterator[str]:
    """Why a criterion has no figures, and what to mind about those it has."""
    for each in report.criteria:
        missing = (each.exact.reason, each.alpha.reason, each.ac2.reason)
        for reason in dict.fromkeys((*missing, *each.flags)):
            if reason is not None:
                yield f"  {each.criterion.key}: {reason}"


def _over_criteria(pooled: PooledReport) -> Iterator[str]:
    """The figures over all criteria, or why there are none; then what is not in them, and why."""
    heading = f"Over all criteria ({pooled.criteria}), {lessons(pooled.n)}"
    if pooled.exact.value is None:
        yield f"{heading}: {pooled.exact.reason}"
    else:
        yield heading
        yield from _pooled_lines(pooled)
    for key, reason in pooled.left_out:
        yield f"  not in: {key} ({reason})"


def _pooled_lines(pooled: PooledReport) -> Iterator[str]:
    for words, said in (
        ("same level", percent(pooled.exact)),
        ("  by chance", _chance(pooled.exact)),
        ("within one", percent(pooled.within_one)),
        ("  by chance", _chance(pooled.within_one)),
        ("stratified alpha", decimal(pooled.alpha_stratified)),
        ("mean AC2", decimal(pooled.ac2_mean)),
        ("first minus second", signed(pooled.mean_difference)),
    ):
        yield f"  {words:<20}{said}".rstrip()


def _who_gives_higher_levels(everybody: Sequence[Leniency]) -> Iterator[str]:
    """Each observer in words first, in the order of the file."""
    for component in sorted({each.component for each in everybody}):
        yield f"\nWho gives higher levels, group {component} (logits, 95 % limits)"
        for each in everybody:
            if each.component == component:
                yield f"  {each.observer}: {_gives(each)}, {lessons(each.lessons)}"


def _gives(leniency: Leniency) -> str:
    value, low, high = leniency.logits, leniency.low, leniency.high
    if value is None or low is None or high is None:
        return leniency.reason or NONE
    words = "higher levels" if low > 0 else "lower levels" if high < 0 else "about the same levels"
    return f"{words} {value:+z.2f} ({low:+z.2f} to {high:+z.2f}){_unusual(leniency)}"


def _unusual(leniency: Leniency) -> str:
    """An infit outside .5 to 1.5, in words."""
    if leniency.infit is None or not leniency.unusual:
        return ""
    told = "less predictable" if leniency.infit > 1 else "more alike to the partners"
    return f", {told} than expected (infit {leniency.infit:.2f})"


def lessons(number: int) -> str:
    """A number of lessons in words."""
    return "1 lesson" if number == 1 else f"{number} lessons"


def percent(figure: Figure) -> str:
    """A share with its limits."""
    if figure.value is None or figure.low is None or figure.high is None:
        return NONE
    return f"{figure.value:.0%} ({figure.low:.0%} to {figure.high:.0%})"


def _chance(figure: Figure) -> str:
    return "" if figure.chance is None else f"{figure.chance:.0%}"


def decimal(figure: Figure) -> str:
    """A coefficient with its limits."""
    if figure.value is None:
        return NONE
    return f"{figure.value:.2f} ({figure.low:.2f} to {figure.high:.2f})"


def signed(difference: Difference) -> str:
    """A difference with its limits."""
    if difference.value is None:
        return NONE
    return f"{difference.value:+z.2f} ({difference.low:+z.2f} to {difference.high:+z.2f})"
