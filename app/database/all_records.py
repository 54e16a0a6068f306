"""Making all tables known, whichever capabilities were imported so far."""

from importlib import import_module
from pathlib import Path

from sqlalchemy import MetaData

from app.database.base import Record

APP = Path(__file__).parents[1]


def all_tables() -> MetaData:
    """By folder, not by import statement: the database lies below every capability."""
    for file in sorted(APP.rglob("records.py")):
        import_module(".".join((APP.name, *file.relative_to(APP).with_suffix("").parts)))
    return Record.metadata
