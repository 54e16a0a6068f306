"""Values to plain JSON and back by their declared types: short, without floats, reversible."""

from collections.abc import Callable, Container
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice

ATOMS: Final = frozenset({str, bool, int, NoneType})


def plain(value: object, without: Container[str] = ()) -> Any:
    """Dataclasses become objects without empty fields; money cents, prices ten-thousandths.

    `without` names fields of the value itself that are left out.
    """
    kind: Any = type(value)
    if kind in ATOMS:
        return value
    known = PLAIN.get(kind)
    if known is not None:
        return known(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    written = {}
    for name in names(kind):
        if name in without:
            continue
        item = getattr(value, name)
        if item is not None and item != ():
            # Most fields are atoms, and a call for each is half of the time.
            written[name] = item if type(item) in ATOMS else plain(item)
    return written


PLAIN: Final[dict[type, Callable[[Any], Any]]] = {
    Money: lambda value: value.cents,
    UnitPrice: lambda value: value.ten_thousandths,
    date: date.isoformat,
    datetime: lambda value: value.astimezone(UTC).isoformat(),
}


@cache
def names(kind: Any) -> tuple[str, ...]:
    if not is_dataclass(kind):
        raise TypeError(f"{kind.__name__} has no plain form")
    return tuple(field.name for field in fields(kind))


def from_plain(kind: Any, value: Any) -> Any:
    """The value of type `kind`; KeyError, TypeError or ValueError where the text is none."""
    origin = get_origin(kind)
    if origin is tuple:
        item = get_args(kind)[0]
        return tuple(from_plain(item, part) for part in value or ())
    if origin is UnionType:
        return _from_union(get_args(kind), value)
    read = READ.get(kind)
    if read is not None:
        return read(value)
    if is_dataclass(kind):
        return _from_object(kind, value)
    return _checked(kind, value)


def _from_union(kinds: tuple[Any, ...], value: Any) -> Any:
    """An optional value, or a fact's value, which is an atom or a list of texts."""
    if value is None and NoneType in kinds:
        return None
    inner = [kind for kind in kinds if kind is not NoneType]
    if len(inner) == 1:
        return from_plain(inner[0], value)
    if isinstance(value, list):
        return tuple(_checked(str, item) for item in value)
    if type(value) in inner:
        return value
    raise TypeError(f"{value!r} is no value of a fact")


def _from_object(kind: Any, value: Any) -> Any:
    if not isinstance(value, dict):
        raise TypeError(f"{kind.__name__} is an object")
    hints = _hints(kind)
    unknown = value.keys() - hints.keys()
    if unknown:
        raise KeyError(f"{kind.__name__} has no {sorted(unknown)}")
    optional = {name: None for name, hint in hints.items() if NoneType in get_args(hint)}
    listed = {name: () for name, hint in hints.items() if _may_be_list(hint)}
    given = {name: from_plain(hints[name], item) for name, item in value.items()}
    return kind(**{**listed, **optional, **given})


def _may_be_list(hint: Any) -> bool:
    """An empty list is not written, neither that of a field nor that of a fact's value."""
    return tuple in {get_origin(hint), *map(get_origin, get_args(hint))}


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _checked(kind: Any, value: Any) -> Any:
    """Exactly this type: True is no number, and an enum only has its own values."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


READ: Final[dict[Any, Callable[[Any], Any]]] = {
    Money: lambda value: Money(_checked(int, value)),
    UnitPrice: lambda value: UnitPrice(_checked(int, value)),
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
}
