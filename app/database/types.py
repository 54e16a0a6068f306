"""Column types: money as whole numbers, instants always in UTC, documents as their one text."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from app.kernel.canonical import canonical_json
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice


class MoneyColumn(TypeDecorator[Money]):
    """Integer cents; SQLite would keep NUMERIC as a float. PostgreSQL sums BIGINT to NUMERIC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:
        return None if value is None else value.cents

    def process_result_value(self, value: int | None, dialect: Dialect) -> Money | None:
        return None if value is None else Money(int(value))


class UnitPriceColumn(TypeDecorator[UnitPrice]):
    """Integer ten-thousandths of a euro."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: UnitPrice | None, dialect: Dialect) -> int | None:
        return None if value is None else value.ten_thousandths

    def process_result_value(self, value: int | None, dialect: Dialect) -> UnitPrice | None:
        return None if value is None else UnitPrice(value)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware instants; stored in UTC, which SQLite keeps without an offset."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class CanonicalJson(TypeDecorator[dict[str, Any]]):
    """A document kept as the text that was hashed; who has the text already may hand that in."""

    impl = Text
    cache_ok = True

    def process_bind_param(
        self, value: dict[str, Any] | str | None, dialect: Dialect
    ) -> str | None:
        return value if value is None or isinstance(value, str) else canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, Any] | None:
        return None if value is None else json.loads(value)
