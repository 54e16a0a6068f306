"""The JSON Schema of the report, read from its fields, for programs that check what they get."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from app.documents.savings.savings_report import SavingsReport
from app.kernel.money import Money
from app.kernel.month import Month

PLAIN: dict[Any, dict[str, Any]] = {
    type(None): {"type": "null"},
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    Money: {"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2}$"},
    Month: {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
}


def report_schema() -> dict[str, Any]:
    """As `report_object` writes it: all fields are there, a suppressed figure is null."""
    schema = _of(SavingsReport)
    units = {"type": "object", "additionalProperties": {"type": "string"}}
    return schema | {
        "title": SavingsReport.__name__,
        "properties": {"units": units} | schema["properties"],
        "required": ["units", *schema["required"]],
    }


def _of(kind: Any) -> dict[str, Any]:
    if kind in PLAIN:
        return PLAIN[kind]
    if isinstance(kind, UnionType):
        return {"anyOf": [_of(one) for one in get_args(kind)]}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _of(get_args(kind)[0])}
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        names = [field.name for field in fields(kind)]
        return {
            "type": "object",
            "properties": {name: _of(hints[name]) for name in names},
            "required": names,
            "additionalProperties": False,
        }
    if issubclass(kind, StrEnum):
        return {"type": "string", "enum": [one.value for one in kind]}
    raise TypeError(f"no schema for {kind}")
