"""Certificates of the demonstration: some judged, one set by hand that runs out soon, one taken by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from observe.core.certificates import Hand
from observe.core.certification_rule import DEFAULT
from observe.core.permissions import Person, Role
from observe.core.rechecks import Limits
from observe.services import certificates, certifying, rechecks
from observe.services.demo.cast import Cast, Member
from observe.storage.database import NetworkSession

RULE = replace(DEFAULT, expiry_months=12, recheck_every=10)
JUDGED = slice(3, 6)
SOON = timedelta(weeks=3)


def write(session: NetworkSession, cast: Cast, *, at: datetime) -> None:
    """Some heads looked at their decision; two certificates were set by hand, each with a reason."""
    facilitator = _person(session, cast.facilitators[0])
    agreed = at - timedelta(days=60)
    rechecks.agree(session, Limits(unannounced=True), expected=0, by=facilitator, at=agreed)
    heads = [school.head for school in cast.schools]
    for number, head in enumerate(heads[JUDGED]):
        looked = at - timedelta(days=8 + 5 * number)
        certifying.judge(session, head.id, by=_person(session, head), at=looked)
    _by_hand(session, heads, facilitator, at)


def _by_hand(
    session: NetworkSession, heads: Sequence[Member], facilitator: Person, at: datetime
) -> None:
    """One carried over from before, which runs out in three weeks; one taken at their own wish."""
    day, until = at - timedelta(days=3), (at + SOON).date()
    carried = "Carried over from the course two years ago"
    asked = "Asked to train once more first"
    said = ((heads[7], Hand.CERTIFIED, until, carried), (heads[3], Hand.NOT_CERTIFIED, None, asked))
    for head, hand, last, reason in said:
        certificates.set_by_hand(session, head.id, hand, last, reason, by=facilitator, at=day)


def _person(session: NetworkSession, member: Member) -> Person:
    return Person(member.id, session.network_id, member.name, (Role(member.kind),))
