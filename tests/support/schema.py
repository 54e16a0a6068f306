"""All tables of all capabilities in an empty database."""

from app.database.all_records import all_tables
from app.database.engine import open_engine


def build_schema(url: str) -> None:
    engine = open_engine(url)
    all_tables().create_all(engine)
    engine.dispose()
