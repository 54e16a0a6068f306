"""Many values as one: a statement about five hundred numbers has one value, so it stays the same.

SQLAlchemy writes every `IN` anew with as many places, which costs more than the answer itself.
"""

import json
from collections.abc import Collection
from typing import Any, Self

from sqlalchemy import Boolean, ColumnElement, Dialect, Text, bindparam
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeDecorator, TypeEngine


def among(column: Any, name: str, *, few: bool = False) -> ColumnElement[bool]:
    """Whether `column` is one of the values of the bind `name`: numbers or texts, also none.

    `few`: some ten. For one or two PostgreSQL finds a plan of their own cheaper and makes it anew
    each time, which takes longer than reading the rows; so it is not told how many there are.
    """
    return _Among(column, name, few=few)


class _Values(TypeDecorator[Collection[Any]]):
    """A list for PostgreSQL, for SQLite the text of one."""

    impl = Text
    cache_ok = True

    def __init__(self, of: TypeEngine[Any]) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.ARRAY(self.of))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Collection[Any] | None, dialect: Dialect) -> Any:
        values = list(value or ())
        return values if dialect.name == "postgresql" else json.dumps(values)


class _Among(ColumnElement[bool]):
    inherit_cache = False
    type = Boolean()

    def __init__(self, column: ColumnElement[Any], name: str, *, few: bool) -> None:
        self.column = column
        self.few = few
        self.values = bindparam(name, type_=_Values(column.type))

    def self_group(self, against: object = None) -> Self:  # noqa: ARG002 - SQLAlchemy's name
        """As it is: with `= 1` behind it, as for other yes and no, SQLite would use no index."""
        return self


@compiles(_Among)
def _on_sqlite(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column = compiler.process(element.column, **options)
    values = compiler.process(element.values)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - a bind


@compiles(_Among, "postgresql")
def _on_postgresql(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column = compiler.process(element.column, **options)
    values = compiler.process(element.values)
    if element.few:
        kind = compiler.dialect.type_compiler_instance.process(element.values.type)
        values = f"(SELECT {values})::{kind}"
    return f"{column} = ANY ({values})"
