"""The planner: a school term, week by week."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from observe.core.permissions import Thing, may
from observe.core.time_of_day import clock
from observe.core.typed import day_in, id_in
from observe.services import certificates, next_pairs, term_plan
from observe.services.certificates import Shown
from observe.services.next_pairs import Proposal
from observe.services.term_plan import LISTED, MOST, MOST_PEOPLE, TermPlan, Wanted
from observe.storage import people, school_days
from observe.storage.database import NetworkSession
from observe.web import certificate_words, proposal_words
from observe.web.addresses import said
from observe.web.capture.blueprint import blueprint
from observe.web.database import now, read
from observe.web.guard import requires

MOST_PROPOSED = 3


@blueprint.get("/planner")
@requires("see planner")
def planner() -> ResponseReturnValue:
    """The term that is asked for, or today's, as far as this person may see it."""
    asked = request.args
    wanted = Wanted(
        term=asked.get("term", ""),
        school_id=id_in(asked.get("school", "")),
        person_id=id_in(asked.get("person", "")),
        week=day_in(asked.get("week", "")),
    )
    with read() as session:
        g.zone = people.zone_of(session, g.person)
        plan = term_plan.of_term(session, wanted, by=g.person, zone=g.zone, at=now())
        certified = _certified(session, plan)
        proposals = _proposals(session, plan)
        school, first_day = plan.school, plan.term.first_day
        own_term = school_days.term_at(session, school.id, first_day) if school else None
    return render_template(
        "capture/planner.html",
        plan=plan,
        own_term=own_term,
        proposals=proposals,
        why=proposal_words.why,
        kept=_kept(plan),
        certified=certified,
        dates=certificate_words,
        may_set_cap=_may_set_cap(plan),
        limits={"listed": LISTED, "most": MOST, "people": MOST_PEOPLE},
    )


def _proposals(session: NetworkSession, plan: TermPlan) -> Sequence[Proposal]:
    """Who should observe together next, for a plan that is of everybody and not over."""
    if plan.wanted.person_id or not plan.coming_days:
        return ()
    found = next_pairs.proposals(session, by=g.person, at=now())
    here = plan.wanted.school_id
    return [each for each in found if here in (None, each.school_id)][:MOST_PROPOSED]


@blueprint.app_template_filter()
def weekday(value: date) -> str:
    """`Thu 26 Nov`."""
    return f"{value:%a} {value.day} {value:%b}"


@blueprint.app_template_filter()
def clock_at(value: datetime, zone: str) -> str:
    """The time of day in the zone of a school, which may not be the reader's."""
    return clock(value.astimezone(ZoneInfo(zone)).time())


def _certified(session: NetworkSession, plan: TermPlan) -> Shown:
    """The certificates of those who observe here, not of more than one page can name."""
    ids = [each.id for each in plan.observers]
    return certificates.shown(session, ids if len(ids) <= MOST_PEOPLE else [], today=now().date())


def _kept(plan: TermPlan) -> dict[str, str]:
    """What the address asks for, so that another term or school keeps the rest."""
    return said(school=plan.wanted.school_id, person=plan.wanted.person_id)


def _may_set_cap(plan: TermPlan) -> bool:
    """Whether this person sets the visits of the school that is shown."""
    if plan.school is None:
        return False
    place = Thing(network_id=g.person.network_id, school_id=plan.school.id)
    return may(g.person, "set visit cap", place)
