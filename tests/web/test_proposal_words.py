"""Why two people should observe together next, as pages say it."""

from datetime import date

import pytest
from flask import Flask

from observe.services.next_pairs import Begins, JoinsGroups, JoinsOne, Reason, Rotates, Waits
from observe.web import proposal_words

SINCE = date(2025, 9, 1)
TOLD: list[tuple[Reason, str]] = [
    (
        Begins(SINCE),
        "Neither has observed with anybody since September 2025, so this is a beginning.",
    ),
    (
        JoinsOne("Mair", "Siôn", 4, SINCE),
        "Mair has observed with nobody since September 2025; with Siôn, all 4 of the group can be "
        "compared.",
    ),
    (
        JoinsGroups(5, everybody=True),
        "Joins the two groups, so that all 5 can be compared.",
    ),
    (
        JoinsGroups(5, everybody=False),
        "Joins two groups, so that 5 observers can be compared.",
    ),
    (
        Rotates("Siôn", "Ruth", 12, 16),
        "12 of Siôn’s 16 lessons were with Ruth. Pairs that never change drift together.",
    ),
    (
        Rotates("Siôn", None, 12, 12),
        "All 12 of Siôn’s lessons were with one person. Pairs that never change drift together.",
    ),
    (Waits("Mair", date(2026, 3, 10), this_year=True), "Mair’s last shared lesson was in March."),
    (
        Waits("Mair", date(2025, 11, 3), this_year=False),
        "Mair’s last shared lesson was in November 2025.",
    ),
]


@pytest.mark.parametrize(("reason", "told"), TOLD)
def test_each_reason_is_a_sentence(app: Flask, reason: Reason, told: str) -> None:
    with app.test_request_context():
        assert proposal_words.why(reason) == told
