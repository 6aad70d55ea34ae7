"""SQLite's plans: what a search by person costs does not grow with the network."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from observe.storage.database import Database

PLANS = {
    "pairs of the second observer": (
        "SELECT observer_a, count(DISTINCT lesson_id) FROM paired_rating "
        "WHERE observer_b = :one AND left_out IS NOT NULL AND network_id = :network GROUP BY observer_a",
        "ix_paired_rating_observer_b (network_id=? AND observer_b=?)",
    ),
    "what the first observer gave with a rubric version": (
        "SELECT level_a FROM paired_rating WHERE observer_a = :one AND left_out IS NULL "
        "AND rubric_digest = :one AND network_id = :network",
        "ix_paired_rating_pair (network_id=? AND observer_a=?)",
    ),
    "what the second observer gave with a rubric version": (
        "SELECT level_a FROM paired_rating WHERE observer_b = :one AND left_out IS NULL "
        "AND rubric_digest = :one AND network_id = :network",
        "ix_paired_rating_observer_b (network_id=? AND observer_b=?)",
    ),
    "who rated a criterion": (
        "SELECT person_id FROM rater_count WHERE network_id = :network AND rubric_digest = :one "
        "AND criterion = :one",
        "PRIMARY KEY (network_id=? AND rubric_digest=? AND criterion=?)",
    ),
    "lessons of a school in a term": (
        "SELECT levels FROM paired_lesson WHERE network_id = :network AND rubric_digest = :one "
        "AND school_id = :one AND observed_on BETWEEN '2026-09-01' AND '2026-12-31' "
        "ORDER BY lesson_id, observer_a, observer_b",
        "school_id_observed_on (network_id=? AND rubric_digest=? AND school_id=? AND observed_on>?",
    ),
    "kept counts of a term": (
        "SELECT criterion, sum(times) FROM cell_count WHERE network_id = :network "
        "AND rubric_digest = :one AND term = '' GROUP BY criterion",
        "PRIMARY KEY (network_id=? AND rubric_digest=? AND term=?)",
    ),
    "what two people gave in a lesson": (
        "SELECT value FROM observation JOIN record_field ON record_field.observation_id = observation.id "
        "AND record_field.network_id = :network WHERE observation.lesson_id IN (:one) "
        "AND observation.network_id = :network",
        "record_field_1 (network_id=? AND observation_id=?)",
    ),
}


@pytest.mark.parametrize("what", PLANS)
def test_a_search_goes_by_what_narrows_it_and_never_by_the_network_alone(
    database: Database, what: str
) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL counts its rows itself")
    query, way = PLANS[what]
    with database.engine.connect() as connection:
        asked = {"one": uuid4().hex, "network": uuid4().hex}
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN {query}"), asked).all()
    assert any(way in str(step) for *_, step in plan), plan
