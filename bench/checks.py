"""How many planted faults the checks of a summary find, and how often they cry out at a clean text.

python bench/checks.py [--missed]      (aim: 95 % found, under 5 % false alarms)

`development` is the half the rules were made with, `held out` was written before and never looked at
while they were made.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from observe.core.feedback.checks import Kind
from tests.feedback import corpus, whole_letters
from tests.feedback.corpus import HALVES, Found
from tests.feedback.whole_letters import SETS

ROW = "{:<16}{:>14}{:>16}{:>14}{:>16}"


def main() -> None:
    print(_heads())
    for kind in Kind:
        print(_row(kind.value, [corpus.measured(half, kind) for half in HALVES]))
    everything = [
        sum((corpus.measured(half, kind) for kind in Kind), Found(0, 0, 0, 0)) for half in HALVES
    ]
    print(_row("all kinds", everything))
    print(_row("whole letters", [corpus.letters_measured(half) for half in HALVES]))
    for held in SETS:
        print(f"\n{held.replace('_', ' ')}", *_whole(held), sep="\n")
    if "--missed" in sys.argv:
        print(*_missed(), sep="\n")


def _whole(held: str) -> Iterator[str]:
    """Faults found by kind, and clean letters with an alarm, in a set by which the rules were widened."""
    told = {kind.value: whole_letters.measured(held, kind) for kind in Kind}
    for name, (faulty, found) in told.items():
        yield f"{name:<16}{_share(found, faulty):>14}"
    planted, found = (sum(column) for column in zip(*told.values(), strict=True))
    yield f"{'all kinds':<16}{_share(found, planted):>14}"
    clean = len(whole_letters.clean(held))
    yield f"{'clean letters':<16}{_share(whole_letters.letters_with_alarms(held), clean):>14} with an alarm"


def _heads() -> str:
    halves = "".join(f"{half.replace('_', ' '):>30}" for half in HALVES)
    return f"{'':<16}{halves}\n" + ROW.format("kind", *("found", "false alarms") * 2)


def _row(name: str, halves: list[Found]) -> str:
    shares = (
        cell
        for each in halves
        for cell in (_share(each.found, each.faulty), _share(each.alarms, each.clean))
    )
    return ROW.format(name, *shares)


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} {part / whole:.0%}" if whole else "-"


def _missed() -> Iterator[str]:
    """What was missed or cried out at, in the development half only: the other stays unseen."""
    half = HALVES[0]
    for kind in Kind:
        faulty, clean = corpus.cases(half, kind)
        yield from (
            f"missed {kind.value}: {one.text}" for one in faulty if not corpus.is_found(half, one)
        )
        for one in clean:
            yield from (
                f"alarm {kind.value}: {alarm.kind.value} “{alarm.quote}” in: {one.text}"
                for alarm in corpus.alarms(half, one)
            )
    for number, letter in enumerate(corpus.letters(half)):
        yield from (
            f"letter {number}: {one.kind.value} “{one.quote}”"
            for one, _ in corpus.findings(half, letter)
        )


if __name__ == "__main__":
    main()
