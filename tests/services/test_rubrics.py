"""The rubrics that a network begins with."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from observe.core.errors import Conflict
from observe.services import networks, rubrics
from observe.services.tokens import read
from observe.storage.database import Database
from observe.storage.tables.rubrics import RubricVersion
from tests.factories import NOW, School


def test_a_new_network_has_every_shipped_rubric(database: Database) -> None:
    token = networks.create(database, "Dales", "margaret@dales.example", at=NOW)
    network_id, _fingerprint = read(token)
    assert network_id
    with database.read(network_id) as session:
        titles = [rubric.title for rubric in rubrics.published(session)]
    assert titles == sorted(rubric.title for rubric in rubrics.shipped())
    assert "Observing well" in titles


def test_publishing_again_changes_nothing(school: School) -> None:
    with school.database.write(school.network_id) as session:
        assert rubrics.publish_shipped(session, at=NOW) == 0


def test_a_published_version_keeps_its_words(school: School) -> None:
    changed = replace(next(rubrics.shipped()), title="Other words")
    with (
        school.database.write(school.network_id) as session,
        pytest.raises(Conflict, match="next version"),
    ):
        rubrics.publish(session, changed, by=None, at=NOW)


def test_a_new_version_stands_beside_the_old(school: School) -> None:
    shipped = next(rubrics.shipped())
    newer = replace(shipped, version=shipped.version + 1)
    with school.database.write(school.network_id) as session:
        assert rubrics.publish(session, newer, by=school["Margaret"], at=NOW)
    with school.database.read(school.network_id) as session:
        query = select(RubricVersion.version).where(RubricVersion.rubric == newer.rubric)
        assert sorted(session.scalars(query)) == [shipped.version, newer.version]


def test_two_networks_cannot_have_one_name(database: Database) -> None:
    networks.create(database, "Dales", "margaret@dales.example", at=NOW)
    with pytest.raises(Conflict, match="already"):
        networks.create(database, " Dales ", "other@dales.example", at=NOW)
