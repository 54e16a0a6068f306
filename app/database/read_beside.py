"""Handing a statement to a process that has no SQLAlchemy."""

from typing import Any, Final

from psycopg import RawCursor
from sqlalchemy import Engine, Select
from sqlalchemy.orm import Session

from app.database.plain_reading import PlainReading
from app.database.straight import compiled_for

OWN_CONNECTION: Final[dict[str, dict[str, Any]]] = {
    "sqlite": {"isolation_level": None},
    "postgresql": {"autocommit": True, "cursor_factory": RawCursor},
}


def plain_reading(session: Session, statement: Select[*tuple[Any, ...]]) -> PlainReading:
    """`statement` has no values but its binds, and columns whose values are left as they are."""
    engine: Any = session.get_bind()
    assert isinstance(engine, Engine)  # noqa: S101 - sessions are made for engines
    dialect = engine.dialect
    compiled = compiled_for(dialect, statement)
    place, options = dialect.create_connect_args(engine.url)
    options.pop("context", None)  # SQLAlchemy's way to make values ready, which cannot travel
    return PlainReading(
        dialect.loaded_dbapi.__name__,
        tuple(place),
        dict(options) | OWN_CONNECTION[dialect.name],
        str(compiled),
        tuple(compiled.positiontup or ()),
        dict(compiled.construct_params(_check=False) or {}),
    )
