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
