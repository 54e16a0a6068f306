"""What the form shows on which a change is wished or proposed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.orm import Session

from app.ordering.changing.queries import open_change
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.replace_line import Replaceable, replaceable
from app.ordering.records import CallOff
from app.ordering.shares.write_shares import shares_of


@dataclass(frozen=True, slots=True)
class WishPage:
    """The order, the change that is still open, and the parts of split lines to choose from."""

    call_off: CallOff
    open: CallOffChange | None
    parts: dict[str, list[tuple[int, str]]]
    successors: Mapping[str, Replaceable] = field(default_factory=dict)


def proposal_page(session: Session, found: CallOff, today: date) -> WishPage:
    """The desk's: with the successors that it may propose."""
    return replace(wish_page(session, found), successors=replaceable(session, found, today))


def wish_page(session: Session, found: CallOff) -> WishPage:
    """Reads only; parts are counted from 1."""
    parts: dict[str, list[tuple[int, str]]] = {}
    for share in shares_of(session, found.id) if found.is_split else ():
        own = parts.setdefault(share.sku, [])
        own.append((len(own) + 1, share.text))
    return WishPage(found, open_change(session, found.id), parts)
