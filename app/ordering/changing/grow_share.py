"""What a split line gets besides: a share like the part that grows; a successor gets them all."""

from dataclasses import replace

from sqlalchemy.orm import Session

from app.ordering.changing.records import CallOffChange
from app.ordering.records import CallOff
from app.ordering.shares.rules_shares import Share
from app.ordering.shares.write_shares import add_share, shares_of


def grown_shares(session: Session, found: CallOff, change: CallOffChange) -> tuple[Share, ...]:
    """One for every growing part: its place, day and account, with the pieces that are more."""
    growing = {item.sku: item for item in change.items if item.part is not None}
    replaced = {
        item.successor.replaces_sku: item.sku
        for item in change.items
        if item.successor is not None and found.is_split
    }
    if not growing and not replaced:
        return ()
    kept = {line.sku: line.kept for line in found.lines}
    shares = shares_of(session, found.id)
    grown = [replace(one, sku=replaced[one.sku]) for one in shares if one.sku in replaced]
    for sku, item in growing.items():
        more = item.pieces - kept[sku]
        own = [share for share in shares if share.sku == sku]
        if more > 0 and item.part is not None:
            grown.append(replace(own[item.part - 1], quantity=more))
    return tuple(grown)


def grow_shares(session: Session, found: CallOff, change: CallOffChange) -> None:
    """Call it before the lines change. Shares are never edited, so each gets a part of its own."""
    for share in grown_shares(session, found, change):
        add_share(session, share, found.id, found.member_id)
