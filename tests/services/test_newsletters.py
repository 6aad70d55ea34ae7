"""Newsletters on a real database: who is named in them, and what can be told without a name."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe.core.errors import Conflict, Invalid, Stale
from observe.core.feedback.themes import Told
from observe.core.newsletter import Part
from observe.services import newsletter_findings, newsletters
from observe.services.newsletter_findings import Findings, safe_to_add
from observe.storage import newsletters as kept
from tests import letters
from tests.factories import NOW, School
from tests.groups import a_crowd
from tests.precedents import a_rule
from tests.talks import a_talk, same


def begun(school: School, *parts: Part) -> UUID:
    with school.database.write(school.network_id) as session:
        by = school["Margaret"]
        made = newsletters.begin(session, "What we found", by=by, at=NOW)
        newsletters.keep(session, made, "What we found", parts, revision=1, by=by, at=NOW)
    return made


def publish(school: School, newsletter_id: UUID, *, meant: bool = False) -> None:
    with school.database.write(school.network_id) as session:
        by = school["Margaret"]
        newsletters.publish(session, newsletter_id, names_meant=meant, by=by, at=NOW)


def findings(school: School) -> Findings:
    with school.database.read(school.network_id) as session:
        return newsletter_findings.found(session, by=school["Margaret"], at=NOW)


def test_what_names_nobody_is_published_at_once_and_withdrawn_again(school: School) -> None:
    made = begun(school, Part("Looking", "We wait three seconds."))
    publish(school, made)
    with school.database.write(school.network_id) as session:
        reader = school["Catrin"]
        assert [each.id for each in newsletters.lately(session, by=reader, at=NOW)] == [made]
        assert not newsletters.lately(session, by=reader, at=NOW + timedelta(days=20))
        with pytest.raises(Conflict):
            by = school["Margaret"]
            newsletters.keep(session, made, "Other", (), revision=2, by=by, at=NOW)
        newsletters.withdraw(session, made, by=school["Margaret"], at=NOW)
        assert not kept.published(session)
        assert [each.id for each in kept.drafts(session)] == [made]


@pytest.mark.parametrize("text", ["Ask Ruth Adeyemi.", "As Siôn found.", "At Thornbeck Primary."])
def test_what_names_a_person_or_a_school_is_published_only_when_that_is_meant(
    school: School, text: str
) -> None:
    made = begun(school, Part("Looking", text))
    with pytest.raises(Invalid, match="Say that this is meant"):
        publish(school, made)
    publish(school, made, meant=True)


@pytest.mark.parametrize(
    ("who", "reads"),
    [("Catrin", ["Rules"]), *((who, ["Same", "Rules"]) for who in ("Sion", "Ruth", "Helen"))],
)
def test_figures_of_agreement_are_for_those_who_may_see_the_groups(
    school: School, who: str, reads: list[str]
) -> None:
    publish(school, begun(school, Part("Same", "58 %", figures=True), Part("Rules", "Wait.")))
    publish(school, begun(school, Part("Same", "61 %", figures=True)))
    with school.database.read(school.network_id) as session:
        found = newsletters.published(session, by=school[who])
    assert reads in [[part.heading for part in each.parts] for each in found]
    assert len(found) == (1 if who == "Catrin" else 2)


def test_an_empty_one_is_not_published(school: School) -> None:
    with pytest.raises(Conflict):
        publish(school, begun(school, Part()))


def test_what_another_facilitator_typed_meanwhile_is_not_lost(school: School) -> None:
    made = begun(school, Part("Looking", "Mine"))
    with school.database.write(school.network_id) as session, pytest.raises(Stale):
        by = school["Margaret"]
        newsletters.keep(session, made, "What we found", (), revision=1, by=by, at=NOW)


def test_a_draft_is_thrown_away_and_what_is_out_is_not(school: School) -> None:
    made = begun(school, Part("Looking", "We wait."))
    publish(school, made)
    with school.database.write(school.network_id) as session:
        with pytest.raises(Conflict):
            newsletters.throw_away(session, made, by=school["Margaret"], at=NOW)
        newsletters.withdraw(session, made, by=school["Margaret"], at=NOW)
        newsletters.throw_away(session, made, by=school["Margaret"], at=NOW)
        session.flush()
        assert not kept.drafts(session)


def test_of_two_observers_and_one_teacher_nothing_is_told(school: School) -> None:
    a_talk(school, {"Sion": same(), "Ruth": same()})
    letters.released(school)
    found = findings(school)
    assert found.agreement is None
    assert found.themes is None


def test_of_a_crowd_the_figure_of_its_page_is_told_with_n_and_limits(school: School) -> None:
    from observe.services import group_figures

    a_crowd(school, lessons=60)
    told = findings(school).agreement
    with school.database.read(school.network_id) as session:
        page = group_figures.of_group(session)
    assert page
    assert page.report
    assert told
    assert told.same == page.report.pooled.exact
    assert (told.lessons, told.people) == (page.report.pooled.n, page.people)
    assert told.people >= 5


def test_rules_of_this_term_are_told_and_retired_ones_are_not(school: School) -> None:
    talk = a_talk(school, {"Sion": same(), "Ruth": same()})
    a_rule(school, talk.id, "Quick recall does not count against it.")
    (rule,) = findings(school).rules
    assert rule.text == "Quick recall does not count against it."
    with school.database.read(school.network_id) as session:
        later = NOW + timedelta(days=120)
        found = newsletter_findings.found(session, by=school["Margaret"], at=later)
    assert not found.rules


TEACHERS = [uuid4() for _ in range(12)]
SCHOOLS = [uuid4() for _ in range(4)]
SUMMARIES = st.lists(
    st.tuples(st.sampled_from(SCHOOLS), st.sampled_from(range(12))).map(
        lambda pair: (pair[0], Told(TEACHERS[pair[1]], None, frozenset()))
    ),
    max_size=40,
)


@given(SUMMARIES)
def test_nobody_can_tell_a_few_teachers_by_taking_schools_from_the_whole(
    told: list[tuple[UUID, Told]],
) -> None:
    """A head who knows the themes of every school that is shown learns of five more teachers, or of none."""
    teachers = {at: {e.teacher_id for school, e in told if school == at} for at in SCHOOLS}
    shown = {at for at in SCHOOLS if len(teachers[at]) >= 5}
    others = {each.teacher_id for at, each in told if at not in shown}
    counted = safe_to_add(told)
    if len(counted) == len(told):
        assert not others or len(others) >= 5
    else:
        assert [id(each) for each in counted] == [id(each) for at, each in told if at in shown]
