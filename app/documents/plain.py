"""Values of documents as plain JSON values: the same facts for programs."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from app.kernel.money import Money
from app.kernel.month import Month
from app.kernel.unit_price import UnitPrice

TEXTUAL = (Money, UnitPrice, Month)


def plain(value: object) -> object:
    """Dataclasses become objects, amounts `1234.56`, days and times ISO 8601, decimals texts."""
    if isinstance(value, TEXTUAL):
        return value.text
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    return _structure(value)


def _structure(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value
