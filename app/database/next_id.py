"""The number of a row that is written later, asked for along with something else.

A row that others name needs no round trip of its own then: it waits with them (`together`).
"""

from typing import Any

from sqlalchemy import ColumnElement, Integer, Table
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler


def next_id(table: Table) -> ColumnElement[int]:
    """A column for statements that go straight. Whoever asks has to write the row.

    A number that a rollback leaves unused is lost, as with any id.
    """
    return _NextId(table)


class _NextId(ColumnElement[int]):
    inherit_cache = False
    type = Integer()

    def __init__(self, table: Table) -> None:
        self.of = table


@compiles(_NextId)
def _on_sqlite(element: _NextId, _compiler: SQLCompiler, **_: Any) -> str:
    """Nobody else writes until the transaction ends."""
    return f"(SELECT coalesce(max(id), 0) + 1 FROM {element.of.name})"  # noqa: S608 - our table


@compiles(_NextId, "postgresql")
def _on_postgresql(element: _NextId, _compiler: SQLCompiler, **_: Any) -> str:
    return f"nextval('{element.of.name}_id_seq')"
