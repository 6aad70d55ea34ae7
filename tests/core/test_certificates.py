"""What certificate somebody holds: as judged, as set by hand, and when it runs out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from observe.core.certificates import ByHand, Certificate, Hand, certificate
from observe.core.certification_rule import CLASS_LIKE
from observe.core.certification_standing import Kind, Result
from observe.core.certifying import Decision
from tests.core.test_certification_standing import TODAY, looked
from tests.core.test_certifying import lessons

RULE = replace(CLASS_LIKE, scope=replace(CLASS_LIKE.scope, levels=3))
ENDS = date(2027, 12, 1)


def passed(until: date | None = ENDS) -> Result:
    result = looked(RULE, lessons(5, 0, 0), [])
    return replace(result, expires_on=until)


def by_hand(hand: Hand, until: date | None = None) -> ByHand:
    return ByHand(
        id=uuid4(),
        person_id=uuid4(),
        hand=hand,
        until=until,
        reason="Seen at the residential",
        by=uuid4(),
        at=datetime(2026, 12, 1, tzinfo=UTC),
    )


def test_whoever_passed_holds_a_certificate_until_its_day() -> None:
    result = passed()
    assert certificate([result], None, today=ENDS) == Certificate(True, ENDS, result)
    after = certificate([result], None, today=ENDS + timedelta(days=1))
    assert (after.held, after.ran_out) == (False, True)


def test_whoever_never_passed_and_whoever_was_sent_back_hold_the_same_nothing() -> None:
    sent_back = replace(passed(None), decision=Decision.TRAIN)
    assert certificate([sent_back], None, today=TODAY) == certificate([], None, today=TODAY)


def test_a_re_check_that_was_lost_takes_the_certificate() -> None:
    lost = replace(passed(None), decision=Decision.MORE, kind=Kind.RECHECK)
    assert certificate([passed(), lost], None, today=TODAY) == Certificate()


def test_a_certificate_of_six_weeks_or_less_runs_out_soon() -> None:
    held = certificate([passed()], None, today=TODAY)
    days = (TODAY, ENDS - timedelta(days=43), ENDS - timedelta(days=42), ENDS)
    assert [held.is_soon_over(day) for day in days] == [False, False, True, True]


def test_what_is_set_by_hand_comes_first_and_the_judged_stays_beside_it() -> None:
    result, lost = passed(), by_hand(Hand.NOT_CERTIFIED)
    assert certificate([result], lost, today=TODAY) == Certificate(False, None, result, lost)
    given = by_hand(Hand.CERTIFIED, ENDS)
    assert certificate([], given, today=TODAY) == Certificate(True, ENDS, None, given)


def test_what_is_set_by_hand_is_let_go_by_setting_as_judged() -> None:
    let_go = by_hand(Hand.AS_JUDGED)
    assert certificate([passed()], let_go, today=TODAY).held
    assert certificate([], let_go, today=TODAY) == Certificate()


def test_what_was_set_by_hand_until_a_day_ends_with_it() -> None:
    given = by_hand(Hand.CERTIFIED, TODAY - timedelta(days=1))
    assert certificate([], given, today=TODAY).ran_out
    assert certificate([passed()], given, today=TODAY).result
    assert certificate([passed()], given, today=TODAY).held
