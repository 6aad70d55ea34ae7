"""How fast agreement is worked out, beside a loop over `krippendorff.alpha` in the same run.

    python bench/agreement.py [--ratings 10000000] [--rows 1000000] [--keep FOLDER]

Prints a line for each measure, with its aim: the median of several turns by the clock, and the time of the
processor, which other work on the machine does not lengthen.
Draws: 2,000 of ordinal alpha, by Observe and by a loop over `krippendorff.alpha` (and, where they are
installed, by irrCAC and by statsmodels, whose Fleiss' kappa is the nearest it has); a loop is run over
some of the 2,000 and multiplied. Page: 25 criteria on 40 lessons with every statistic. Leniency: 200
observers, 100,000 paired ratings. Stored: all figures of a group from the counts that the database keeps,
in a process of its own, of a tenth of the ratings and of all of them; to write them first takes minutes and
5 GB of disk. File: `observe agreement` on a million rows, beside `csv.reader` alone on the same file.
"""

import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import krippendorff
import numpy as np
import stored

from observe.core.agreement import coefficients, limits
from observe.core.agreement.leniency import leniency
from observe.core.agreement.ratings import Floats, PairedRatings, RatedCriterion
from observe.core.agreement.report import report

LEVELS = (1, 2, 3, 4)
DRAWS, TURNS = 2000, 15
LESSONS = (20, 1_000, 100_000)
TIMES = 10


class Taken(NamedTuple):
    """Seconds by the clock and seconds of the processor, which other work does not lengthen."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{said(self.clock)} ({said(self.processor)} of the processor)"


def said(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms" if seconds < 0.1 else f"{seconds:,.2f} s"


def median(do: Callable[[], object], turns: int = TURNS) -> Taken:
    """The median of some turns after one that warms up."""
    do()
    taken = []
    for _ in range(turns):
        begun, used = time.perf_counter(), processor()
        do()
        taken.append((time.perf_counter() - begun, processor() - used))
    return Taken(*(statistics.median(each) for each in zip(*taken, strict=True)))


def processor() -> float:
    """Seconds of the processor of this process and of those that it started and saw end."""
    ended = os.times()
    return time.process_time() + ended.children_user + ended.children_system


def table_of(rng: np.random.Generator, lessons: int) -> Floats:
    """A K x K table of so many lessons, most of them on or beside the diagonal."""
    K = len(LEVELS)
    first = rng.integers(0, K, lessons)
    second = np.clip(first + rng.integers(-1, 2, lessons), 0, K - 1)
    added = np.bincount(first * K + second, minlength=K * K)
    return added.reshape(K, K).astype(np.float64)


def our_draws(table: Floats) -> limits.Limits:
    """Limits of ordinal alpha by 2,000 draws."""
    drawn = coefficients.alpha(limits.drawn(table).pairs, "ordinal", np.arange(len(LEVELS) * 1.0))
    return limits.of_draws(drawn, 0.5)


def lessons_of(table: Floats, rng: np.random.Generator) -> Floats:
    """Lessons x levels, drawn from the table with putting back, as a bootstrap has them."""
    K = len(LEVELS)
    cells = np.repeat(np.arange(K * K), table.ravel().astype(np.int64))
    taken = rng.choice(cells, cells.size)
    one = np.eye(K)
    return np.asarray(one[taken // K] + one[taken % K])


def by_krippendorff(counts: Floats) -> object:
    return krippendorff.alpha(value_counts=counts, level_of_measurement="ordinal")


def by_irrcac(counts: Floats) -> object:
    pandas, raw = import_module("pandas"), import_module("irrCAC.raw")
    pairs = [np.repeat(np.arange(row.size), row.astype(int)) for row in counts]
    return raw.CAC(pandas.DataFrame(pairs), weights="ordinal").krippendorff()


def by_statsmodels(counts: Floats) -> object:
    return import_module("statsmodels.stats.inter_rater").fleiss_kappa(counts)


OTHERS = {"krippendorff": by_krippendorff, "irrCAC": by_irrcac, "statsmodels": by_statsmodels}


def draws(rng: np.random.Generator) -> Iterator[str]:
    """2,000 draws at each number of lessons, and the loops beside them."""
    for lessons in LESSONS:
        table = table_of(rng, lessons)
        ours = median(partial(many_times, partial(our_draws, table)))
        one = ours.clock / TIMES
        yield f"2,000 draws of alpha, n = {lessons:,}: {said(one)} (aim 3 ms)"
        for name, other in OTHERS.items():
            if find_spec(name) is None:
                yield f"  {name} is not installed"
                continue
            loop = DRAWS * median(partial(other, lessons_of(table, rng)), turns=5).clock
            yield f"  the same by a loop over {name}: {said(loop)}, {loop / one:,.0f} times as long"


def many_times(do: Callable[[], object]) -> None:
    for _ in range(TIMES):
        do()


def a_page(rng: np.random.Generator) -> PairedRatings:
    """25 criteria on 40 lessons."""
    criteria, lessons = 25, 40
    quality = rng.normal(size=lessons)
    lesson = np.repeat(np.arange(lessons), criteria)
    first, second = (near(rng, quality[lesson]) for _ in range(2))
    return PairedRatings(
        criteria_of(criteria), np.tile(np.arange(criteria), lessons), lesson, first, second
    )


def a_network(rng: np.random.Generator, *, observers: int = 200) -> PairedRatings:
    """100,000 paired ratings of 5,000 lessons, two of the observers in each."""
    criteria, lessons = 20, 5_000
    pair = np.array([rng.choice(observers, 2, replace=False) for _ in range(lessons)])
    lesson = np.repeat(np.arange(lessons), criteria)
    quality, lenient = rng.normal(size=lessons)[lesson], 0.4 * rng.normal(size=observers)
    by = [pair[lesson, side] for side in (0, 1)]
    first, second = (near(rng, quality + lenient[who]) for who in by)
    return PairedRatings(
        criteria_of(criteria),
        np.tile(np.arange(criteria), lessons),
        lesson,
        first,
        second,
        first_by=by[0],
        second_by=by[1],
        observers=tuple(str(number) for number in range(observers)),
    )


def near(rng: np.random.Generator, quality: Floats) -> np.typing.NDArray[np.int64]:
    seen = np.round(1.5 + quality + 0.7 * rng.normal(size=quality.size))
    return np.clip(seen, 0, len(LEVELS) - 1).astype(np.int64)


def criteria_of(number: int) -> tuple[RatedCriterion, ...]:
    return tuple(RatedCriterion(f"c{n}", f"c{n}", LEVELS) for n in range(number))


def of_stored(folder: Path, ratings: int) -> Iterator[str]:
    """The group's figures of a tenth of the ratings and of all of them, each in a new process."""
    for many in (ratings // 10, ratings):
        place = folder / str(many)
        if not place.exists():
            python(Path(stored.__file__), str(place), str(many))
        told = json.loads(python(Path(stored.__file__), str(place)))
        first, again = Taken(*told["first"]), Taken(*told["again"])
        yield (
            f"{many:,} stored ratings, all figures of the group: {first} at first, "
            f"{again} after a withdrawal (aim 1 s); {told['memory']:.0f} MB (aim 300)"
        )


def of_file(folder: Path, rows: int, rng: np.random.Generator) -> Iterator[str]:
    """`observe agreement` beside csv.reader."""
    path = folder / "ratings.csv"
    write(path, rows, rng)
    alone = median(lambda: [None for _ in csv.reader(path.open(newline=""))], turns=3)
    ours = median(lambda: python("-m", "observe", "agreement", str(path), "--json"), turns=3)
    yield f"csv.reader alone on {rows:,} rows: {alone}"
    times = ours.clock / alone.clock, ours.processor / alone.processor
    yield f"observe agreement on them: {ours}, {times[0]:.1f} times ({times[1]:.1f}; aim 12)"


def write(path: Path, rows: int, rng: np.random.Generator) -> None:
    """Two observers, twenty criteria a lesson."""
    criteria, observers = 20, 200
    lessons = rows // criteria // 2
    quality = rng.normal(size=lessons)
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(("lesson", "observer", "criterion", "rating"))
        for lesson in range(lessons):
            for who in rng.choice(observers, 2, replace=False):
                given = near(rng, np.full(criteria, quality[lesson])) + 1
                out.writerows(
                    (f"L{lesson}", f"R{who}", f"C{n}", level) for n, level in enumerate(given)
                )


def python(*arguments: str | Path) -> str:
    """What a new process of Python says."""
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def measured(asked: argparse.Namespace, folder: Path) -> Iterator[str]:
    rng = np.random.default_rng(20)
    yield from draws(rng)
    page, network = a_page(rng), a_network(rng)
    yield f"a page of 25 criteria on 40 lessons: {median(lambda: report(page))} (aim 60 ms)"
    taken = median(lambda: leniency(network), turns=3)
    yield f"leniency of 200 observers, 100,000 paired ratings: {taken} (aim 2 s)"
    if asked.rows:
        yield from of_file(folder, asked.rows, rng)
    if asked.ratings:
        yield from of_stored(folder, asked.ratings)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--ratings", type=int, default=10_000_000, help="0: not stored at all")
    parser.add_argument("--rows", type=int, default=1_000_000, help="0: no file")
    parser.add_argument("--keep", type=Path, help="keep the databases there for the next run")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="observe-bench-") as folder:
        for line in measured(asked, asked.keep or Path(folder)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
