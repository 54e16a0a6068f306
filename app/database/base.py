"""Base of every table: names of constraints and kinds of columns are settled once."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Enum, MetaData, Table
from sqlalchemy.orm import DeclarativeBase

from app.database.types import MoneyColumn, UnitPriceColumn, UtcDateTime
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def words(kind: type[StrEnum], name: str | None = None) -> Enum:
    """Stored by value with a CHECK; two columns of one kind in a table need a `name` each."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        length=40,
        create_constraint=True,
        values_callable=lambda members: [item.value for item in members],
    )


class Record(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {
        Money: MoneyColumn,
        UnitPrice: UnitPriceColumn,
        datetime: UtcDateTime,
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            length=40,
            create_constraint=True,
            values_callable=lambda kind: [item.value for item in kind],
        ),
    }


def table_of(record: type[Record]) -> Table:
    """The plain table of a record, for hot paths that go round the object mapper."""
    return Record.metadata.tables[record.__tablename__]
