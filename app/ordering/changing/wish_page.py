"""What the form shows on which a change is wished or proposed."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.ordering.changing.queries import open_change
from app.ordering.changing.records import CallOffChange
from app.ordering.records import CallOff
from app.ordering.shares.write_shares import shares_of


@dataclass(frozen=True, slots=True)
class WishPage:
    """The order, the change that is still open, and the parts of split lines to choose from."""

    call_off: CallOff
    open: CallOffChange | None
    parts: dict[str, list[tuple[int, str]]]


def wish_page(session: Session, found: CallOff) -> WishPage:
    """Reads only; parts are counted from 1."""
    parts: dict[str, list[tuple[int, str]]] = {}
    for share in shares_of(session, found.id) if found.is_split else ():
        own = parts.setdefault(share.sku, [])
        own.append((len(own) + 1, share.text))
    return WishPage(found, open_change(session, found.id), parts)
