"""Cases written for the checks: what is wrong stands between «», and letters have nothing wrong.

Each case is looked at inside a whole letter, as a person would send it: a sentence stands as a paragraph of its
own in one of the letters, an ending takes the place of what the letter `FRAME` proposes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from observe.core.feedback.checks import Context, Finding, Kind, check
from observe.core.feedback.plain_letter import PlainLetter, read_plain

HERE = Path(__file__).parent
HALVES = ("development", "held_out")
ENDINGS = (Kind.NO_NEXT_STEP, Kind.TARGET_NO_DATE)
OF_THE_WHOLE = (Kind.NO_NEXT_STEP, Kind.TOO_LONG)
FRAME = """Dear Morwenna,

I came to your Year 4 lesson on Monday 17 November.

By 9:05 all 28 had the first line on paper. At 9:20 you asked "Who would you believe?" and eleven hands went up.

{ending}

Best wishes,
Ines
"""


@dataclass(frozen=True)
class Case:
    """A text with a fault, or one without (`quote` None); `around` is the letter it stands in."""

    kind: Kind
    text: str
    quote: str | None
    around: str

    @property
    def letter(self) -> str:
        return self.around.format(self.text)


@dataclass(frozen=True)
class Found:
    """How many of the planted faults were found, and how many clean cases raised an alarm."""

    faulty: int
    found: int
    clean: int
    alarms: int

    def __add__(self, other: "Found") -> "Found":
        return Found(
            self.faulty + other.faulty,
            self.found + other.found,
            self.clean + other.clean,
            self.alarms + other.alarms,
        )


def names(half: str) -> tuple[str, ...]:
    return tuple((HERE / half / "names.txt").read_text(encoding="utf-8").split("\n"))[:-1]


def letters(half: str) -> list[str]:
    told: list[str] = yaml_of(half, "letters")["letters"]
    return told


def cases(half: str, kind: Kind) -> tuple[list[Case], list[Case]]:
    """The faulty and the clean cases of a kind."""
    told = yaml_of(half, kind.value)
    around = list(_around(half, kind))
    faulty, clean = ([*_of(kind, told[side], half, around)] for side in ("faulty", "clean"))
    return faulty, [Case(kind, one.text, None, one.around) for one in clean]


def findings(half: str, text: str) -> list[tuple[Finding, int]]:
    """What is found in a letter of one class, as `found_in` says."""
    return found_in(text, names(half))


def found_in(text: str, pupils: tuple[str, ...]) -> list[tuple[Finding, int]]:
    """What is found in a letter and where it begins there; -1 for the whole. Levels may not be told."""
    letter = read_plain(text)
    lines = [placed.line for placed in letter.lines]
    context = Context(graded=False, pupils=pupils, staff=letter.staff, linked=False)
    return [(one, _start(letter, one)) for one in check(lines, context)]


def is_found(half: str, case: Case) -> bool:
    """Whether a finding of the kind has words in common with what is wrong."""
    mine = [one for one in findings(half, case.letter) if one[0].kind is case.kind]
    begun = case.letter.find(case.quote or "", case.letter.find(case.text))
    return any(
        case.kind in OF_THE_WHOLE or touches(one, start, begun, begun + len(case.quote or ""))
        for one, start in mine
    )


def alarms(half: str, case: Case) -> list[Finding]:
    """What is found in the words of a clean case; of its own kind where it is a whole ending or letter."""
    told = findings(half, case.letter)
    if case.kind in (*ENDINGS, Kind.TOO_LONG):
        return [one for one, _ in told if one.kind is case.kind]
    begun = case.letter.find(case.text)
    return [one for one, start in told if touches(one, start, begun, begun + len(case.text))]


def measured(half: str, kind: Kind) -> Found:
    faulty, clean = cases(half, kind)
    return Found(
        len(faulty),
        sum(is_found(half, one) for one in faulty),
        len(clean),
        sum(bool(alarms(half, one)) for one in clean),
    )


def letters_measured(half: str) -> Found:
    told = letters(half)
    return Found(0, 0, len(told), sum(bool(findings(half, one)) for one in told))


def _of(kind: Kind, told: Sequence[Any], half: str, around: list[str]) -> Iterator[Case]:
    for number, one in enumerate(told):
        text = one if isinstance(one, str) else "\n".join(letters(half)[place] for place in one)
        quote = text.partition("«")[2].partition("»")[0]
        plain = text.replace("«", "").replace("»", "") if kind is not Kind.TOO_LONG else text
        yield Case(kind, plain, quote, around[number % len(around)])


def _around(half: str, kind: Kind) -> Iterator[str]:
    if kind is Kind.TOO_LONG:
        yield "{}"
    elif kind in ENDINGS:
        yield FRAME.replace("{ending}", "{}")
    else:
        for letter in letters(half):
            first, _, rest = letter.replace("{", "{{").replace("}", "}}").partition("\n\n")
            yield f"{first}\n\n{{}}\n\n{rest}"


def _start(letter: PlainLetter, finding: Finding) -> int:
    return -1 if finding.line is None else letter.lines[finding.line].start + (finding.start or 0)


def touches(finding: Finding, start: int, begun: int, end: int) -> bool:
    """Whether a finding that begins at `start` has words in common with those from `begun` to `end`."""
    return start >= 0 and start < end and begun < start + len(finding.quote.removesuffix(" …"))


def yaml_of(half: str, name: str) -> Any:
    return yaml.safe_load((HERE / half / f"{name}.yaml").read_text(encoding="utf-8"))
