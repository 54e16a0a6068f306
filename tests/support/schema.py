"""All tables of all capabilities in an empty database."""

from importlib import import_module
from pathlib import Path

from app.database.base import Record
from app.database.engine import open_engine

APP = Path(__file__).parents[2] / "app"


def build_schema(url: str) -> None:
    for file in sorted(APP.glob("*/records.py")):
        import_module(f"app.{file.parent.name}.records")
    engine = open_engine(url)
    Record.metadata.create_all(engine)
    engine.dispose()
