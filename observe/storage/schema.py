"""The database's shape: made and brought up to date by numbered migrations."""

from sqlalchemy import create_engine

from observe.storage.tables import Base


def upgrade(url: str) -> None:
    """Bring the database at this address to the shape of today; makes it where there is none."""
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    engine.dispose()
