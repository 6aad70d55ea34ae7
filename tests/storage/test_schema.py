"""The tables: spread by network, walled, and built up by migrations."""

import pytest
from sqlalchemy import ForeignKeyConstraint, PrimaryKeyConstraint, UniqueConstraint, select, text

from observe.core.errors import Refused
from observe.core.ids import new_id
from observe.storage.database import Database
from observe.storage.schema import is_current
from observe.storage.tables import Base
from observe.storage.tables.people import School
from observe.storage.tenancy import OUTSIDE, tenants_tables
from tests.factories import NOW, a_network


def test_every_key_of_a_tenants_table_leads_with_the_network() -> None:
    led = (PrimaryKeyConstraint, UniqueConstraint, ForeignKeyConstraint)
    for table in tenants_tables():
        for constraint in table.constraints:
            if isinstance(constraint, led):
                first = next(iter(constraint.columns)).name
                assert first == "network_id", f"{table.name}: {constraint.name}"
        for index in table.indexes:
            assert index.columns[0].name == "network_id", f"{table.name}: {index.name}"


def test_only_networks_and_sign_ins_stand_outside_every_network() -> None:
    outside = {t.name for t in Base.metadata.sorted_tables if "network_id" not in t.columns}
    assert outside == set(OUTSIDE)


def test_migrations_build_the_tables_of_today(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    assert is_current(database.engine)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_query_that_forgets_the_network_sees_only_its_own(database: Database) -> None:
    one, other = a_network(database, name="One"), a_network(database, name="Other")
    with database.read(one.network_id) as session:
        found = session.scalars(select(School)).all()
    assert [school.network_id for school in found] == [one.network_id]
    assert other.network_id != one.network_id


def test_the_tests_themselves_notice_a_query_that_names_no_network(database: Database) -> None:
    if database.engine.dialect.name == "postgresql":
        pytest.skip("on PostgreSQL the second wall hides the rows")
    with (
        pytest.raises(AssertionError, match="not bound to one network"),
        database.outside() as session,
    ):
        session.execute(text("SELECT name FROM school"))


def test_a_row_cannot_be_put_into_another_network(database: Database) -> None:
    one, other = a_network(database, name="One"), a_network(database, name="Other")
    with pytest.raises(Refused), database.write(one.network_id) as session:
        session.add(School(network_id=other.network_id, id=new_id(NOW), name="Stray"))
        session.flush()


def test_postgresql_hides_other_networks_from_plain_sql(database: Database) -> None:
    if database.engine.dialect.name != "postgresql":
        pytest.skip("the second wall is PostgreSQL's; script/test runs this there")
    one, _ = a_network(database, name="One"), a_network(database, name="Other")
    with database.read(one.network_id) as session:
        seen = session.execute(text("SELECT DISTINCT network_id FROM person")).scalars().all()
        rights = session.execute(
            text("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        ).one()
    assert seen == [one.network_id]
    assert tuple(rights) == (False, False)


def test_postgresql_walls_every_table_of_a_network_in(database: Database) -> None:
    if database.engine.dialect.name != "postgresql":
        pytest.skip("the second wall is PostgreSQL's; script/test runs this there")
    with database.engine.connect() as connection:
        walled = connection.execute(
            text(
                "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid"
                " WHERE c.relrowsecurity AND c.relforcerowsecurity"
            )
        ).scalars()
        assert set(walled) == {table.name for table in tenants_tables()}


def test_a_transaction_that_fails_leaves_no_trace(database: Database) -> None:
    one = a_network(database, name="One")
    with pytest.raises(ZeroDivisionError), database.write(one.network_id) as session:
        session.add(School(id=new_id(NOW), name="Half made"))
        session.flush()
        _ = 1 / 0
    with database.read(one.network_id) as session:
        assert "Half made" not in session.scalars(select(School.name)).all()
