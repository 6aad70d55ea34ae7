from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from page import validate_pdf_bytes

from observe.core.feedback.facts import Line, Part, Plan
from observe.core.feedback.letter import Letter
from observe.core.feedback.summary import Reply, Version
from observe.core.feedback.targets import TargetState
from observe.core.terms import term_of
from observe.services.term_pack import Pack, Told
from observe.storage import summaries
from observe.storage.targets import Event
from observe.web import printing
from observe.web.feedback.pdf import letter_pdf, pack_pdf
from tests.browser import Browser
from tests.factories import School
from tests.letters import released

WORDS = "You waited: at 10:14, “Llŷr ac Łukasz” a’r gŵr."


def a_version(text: str = WORDS, *, plan: bool = True) -> Version:
    due = Plan("Wait, then choose", "in three lessons", "ten pupils answer", date(2026, 12, 11))
    lines = [
        Line(Part.OPENING, "Thank you, Catrin."),
        Line(Part.STRENGTH, text),
        Line(Part.NEXT_STEP, "Wait a little longer."),
        Line(Part.QUESTION, "What did you notice?"),
    ]
    target = [Line(Part.TARGET, "Wait, then choose.", plan=due)] if plan else []
    on, observers = date(2026, 11, 17), ("Siôn Prydderch", "Ruth Adeyemi")
    letter = Letter("Year 5 maths", "Catrin Morley", on, observers, (*lines, *target))
    return Version(1, letter, "Helen Marsh", datetime(2026, 11, 20, 15, tzinfo=UTC))


def made(app: Flask, version: Version) -> bytes:
    with app.test_request_context():
        return letter_pdf(version)


def test_the_same_version_gives_the_same_bytes(app: Flask) -> None:
    assert made(app, a_version()) == made(app, a_version())


def test_letters_are_printed_at_the_same_time(app: Flask) -> None:
    alone = made(app, a_version())
    with ThreadPoolExecutor(4) as printers:
        together = list(printers.map(lambda _: made(app, a_version()), range(12)))
    assert set(together) == {alone}


@pytest.mark.parametrize("plan", [True, False])
def test_a_letter_on_paper_is_accessible(app: Flask, plan: bool) -> None:
    report = validate_pdf_bytes(made(app, a_version(plan=plan)), profile="ua1")
    assert [(fault.rule_id, fault.message) for fault in report.failures] == []
    assert report.is_compliant


@pytest.mark.parametrize(
    "text",
    [
        "漢字 on the board",
        "a\x07b \U000f0000 c",
        "😀 smiles",
        "one\nor\u2028two\u2029three\u00ad\u0313",
        "#strong[x] $y$ \\ @z",
    ],
)
def test_whatever_was_typed_a_letter_can_be_printed(app: Flask, text: str) -> None:
    assert validate_pdf_bytes(made(app, a_version(text)), profile="ua1").is_compliant


def test_a_letter_full_of_rare_signs_is_printed_without_looking_for_each(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[Any] = []
    compiled = printing._compiled

    def counted(source: Path, told: Any, *, at: int) -> bytes:
        tries.append(told)
        return compiled(source, told, at=at)

    monkeypatch.setattr(printing, "_compiled", counted)
    rare = "".join(chr(sign) for sign in range(0x1200, 0x1700))
    assert validate_pdf_bytes(made(app, a_version(rare)), profile="ua1").is_compliant
    assert len(tries) <= printing.MOST_SIGNS + 1


def test_a_letter_fits_one_page(app: Flask) -> None:
    report = validate_pdf_bytes(made(app, a_version("You gave pupils time. " * 50)), profile="ua1")
    assert report.document.page_count == 1


def a_pack(*versions: Version) -> Pack:
    """A term of letters; of each the target was taken and the letter answered."""
    at = datetime(2026, 11, 21, 9, tzinfo=UTC)
    taken = Event(TargetState.TAKEN, "", date(2026, 12, 11), "Catrin Morley", None, at)
    dropped = Event(TargetState.DROPPED, "A trip", date(2026, 12, 11), None, at, at)
    reply = Reply("Catrin Morley", at, "Thank you both.", False)
    told = [Told(UUID(int=n), each, (reply,), (taken, dropped)) for n, each in enumerate(versions)]
    return Pack("Catrin Morley", term_of(date(2026, 11, 17)), tuple(told))


def test_a_term_on_paper_is_accessible_and_each_letter_has_its_page(app: Flask) -> None:
    with app.test_request_context():
        made = pack_pdf(a_pack(a_version(), a_version("One more. " * 20)))
        again = pack_pdf(a_pack(a_version(), a_version("One more. " * 20)))
    report = validate_pdf_bytes(made, profile="ua1")
    assert report.is_compliant
    assert report.document.page_count == 3
    assert made == again


def test_a_teacher_has_a_term_on_paper_and_has_read_it(school: School, browser: Browser) -> None:
    summary_id = released(school)
    with school.database.read(school.network_id) as session:
        key = term_of(summaries.find(session, summary_id).on).key
    catrin = browser.sign_in(school["Catrin"])
    assert catrin.client.get(f"/feedback/term/{key}.pdf").mimetype == "application/pdf"
    with school.database.read(school.network_id) as session:
        assert summaries.find(session, summary_id).read_at is not None


def test_nobody_has_a_term_of_somebody_else_on_paper(school: School, browser: Browser) -> None:
    released(school)
    for who in ("Aisha", "Sion", "Helen", "Margaret"):
        page = browser.sign_in(school[who]).get("/feedback/term/autumn-2026.pdf", status=404)
        assert "No summary was released to you" in page
        browser.sign_in(school[who]).get("/feedback/term/nonsense.pdf", status=404)
