"""The way back from plain JSON values to the value classes, for stored documents."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice

T = TypeVar("T")


def restored(kind: type[T], value: object) -> T:
    """What `plain` made of a `kind`; ValueError or TypeError where it is something else."""
    made: T = _made(kind, value)
    return made


def _made(kind: Any, value: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        (inner,) = [option for option in get_args(kind) if option is not NoneType]
        return None if value is None else _made(inner, value)
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind), value)
    if kind in (Money, UnitPrice):
        return kind.euros(value)
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        names = [item.name for item in fields(kind) if item.name in value]
        return kind(**{name: _made(hints[name], value[name]) for name in names})
    return kind(value) if issubclass(kind, Enum) else _same(kind, value)


def _tuple(kinds: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    """Any number of one kind, or exactly the kinds that are named."""
    if kinds[-1] is Ellipsis:
        return tuple(_made(kinds[0], item) for item in value)
    return tuple(_made(*pair) for pair in zip(kinds, value, strict=True))


def _same(kind: Any, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value
