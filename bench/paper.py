"""How fast letters are put on paper, and whether memory stays flat: 200 letters, one after another.

    python bench/paper.py [--letters 200]

Printed are the seconds for all, the largest resident memory after the first twenty and after the last,
and whether every one of them is PDF/UA-1 (checked for one in twenty, after the clock has stopped).
"""

import argparse
import resource
import time
from datetime import UTC, date, datetime

from flask import Flask
from page import validate_pdf_bytes

from observe.core.feedback.facts import Line, Part, Plan
from observe.core.feedback.letter import Letter
from observe.core.feedback.summary import Version
from observe.settings import Settings
from observe.web.app import create_app
from observe.web.feedback.pdf import letter_pdf

WARM, EACH = 20, 20
ON, RELEASED = date(2026, 11, 17), datetime(2026, 11, 20, 15, tzinfo=UTC)


def main() -> None:
    """Print letters, and what it took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--letters", type=int, default=200)
    letters = parser.parse_args().letters
    begun, made, warm = time.perf_counter(), [], 0.0
    with _app().test_request_context():
        for number in range(letters):
            made.append(letter_pdf(_version(number)))
            warm = _megabytes() if number + 1 == WARM else warm
    took, most = time.perf_counter() - begun, _megabytes()
    checked = made[::EACH]
    good = sum(validate_pdf_bytes(each, profile="ua1").is_compliant for each in checked)
    print(
        f"{letters} letters in {took:.1f} s, {1000 * took / letters:.0f} ms each (aim 200 in 10 s)"
    )
    print(f"memory after {WARM}: {warm:.0f} MB, after {letters}: {most:.0f} MB")
    print(f"PDF/UA-1: {good} of {len(checked)} checked")


def _app() -> Flask:
    return create_app(Settings("sqlite://", "for the benchmark only", https=False))


def _version(number: int) -> Version:
    plan = Plan("Wait, then choose who answers", "in three lessons", f"{number} pupils answer", ON)
    lines = (
        Line(Part.OPENING, f"Thank you for letting us see maths in 5{number}."),
        Line(
            Part.STRENGTH, f"At 10:{number % 60:02d}, “Books are open”, you gave pupils time. " * 3
        ),
        Line(
            Part.STRENGTH, "Everybody was at work within a minute: “Off you go, two minutes”. " * 3
        ),
        Line(
            Part.NEXT_STEP, "Wait a little longer before you take an answer, Llŷr and Łukasz. " * 3
        ),
        Line(Part.TARGET, "Wait, then choose who answers.", plan=plan),
        Line(Part.QUESTION, "What did you notice?"),
    )
    letter = Letter(f"Year 5 maths {number}", "Catrin Morley", ON, ("Siôn", "Ruth"), lines)
    return Version(1, letter, "Helen Marsh", RELEASED)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
