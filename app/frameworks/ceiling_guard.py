"""No ceiling rises and no room comes back without its record: triggers on both databases.

A raise names the row of the change log that decided it: of this lot or agreement, of exactly this
amount, and newer than the one before, so that no decision counts twice. Lowering needs no row.
What is called off falls in the same manner, with its row of the ledger. What is reserved needs
none: an order whose reservation was taken away cannot become a call-off (reserved_value >= 0).
"""

from typing import Final

from sqlalchemy import Table

from app.database.guards import refuse_when

REFUSAL: Final = "a ceiling rises only together with its amendment"
COLUMNS: Final = "maximum_value, maximum_quantity, raised_by"
RISES: Final = (
    "NEW.maximum_value > OLD.maximum_value OR NEW.maximum_quantity > OLD.maximum_quantity OR "
    "(NEW.maximum_value IS NULL AND OLD.maximum_value IS NOT NULL) OR "
    "(NEW.maximum_quantity IS NULL AND OLD.maximum_quantity IS NOT NULL) OR "
    "coalesce(NEW.raised_by, 0) < coalesce(OLD.raised_by, 0)"
)
NEWER: Final = "c.id = NEW.raised_by AND c.id > coalesce(OLD.raised_by, 0)"
AMOUNTS: Final = (
    "c.kind = 'ceiling' AND "
    "c.value_change = coalesce(NEW.maximum_value - OLD.maximum_value, 0) AND "
    "c.quantity_change = coalesce(NEW.maximum_quantity - OLD.maximum_quantity, 0) AND "
    "(NEW.maximum_quantity IS NOT NULL OR OLD.maximum_quantity IS NULL) AND "
    "(NEW.maximum_value IS NOT NULL OR OLD.maximum_value IS NULL)"
)
OF_LOT: Final = f"c.lot_id = NEW.id AND {AMOUNTS}"
OF_TOTAL: Final = f"c.framework_id = NEW.id AND c.lot_id IS NULL AND {AMOUNTS}"
OF_QUOTA: Final = "c.lot_id = NEW.lot_id AND c.kind = 'quota'"

NOT_GIVEN_BACK: Final = "what is called off falls only together with its entry in the ledger"
CALLED_OFF: Final = "called_off_value, called_off_quantity, given_back_by"
FALLS: Final = (
    "NEW.called_off_value < OLD.called_off_value OR "
    "NEW.called_off_quantity < OLD.called_off_quantity OR "
    "coalesce(NEW.given_back_by, 0) < coalesce(OLD.given_back_by, 0)"
)
ENTRY: Final = (
    "m.id = NEW.given_back_by AND m.id > coalesce(OLD.given_back_by, 0) AND "
    "m.called_off_value = NEW.called_off_value - OLD.called_off_value AND "
    "m.called_off_quantity = NEW.called_off_quantity - OLD.called_off_quantity"
)
IN_LOT: Final = "m.lot_id = NEW.id"
IN_QUOTA: Final = "m.lot_id = NEW.lot_id AND m.member_id = NEW.member_id"

OF_CAP: Final = "c.lot_id = NEW.lot_id AND c.kind = 'article_cap'"
CAP_RISES: Final = (
    "NEW.maximum_quantity > OLD.maximum_quantity OR "
    "(NEW.maximum_quantity IS NULL AND OLD.maximum_quantity IS NOT NULL) OR "
    "coalesce(NEW.raised_by, 0) < coalesce(OLD.raised_by, 0)"
)
CAP_FALLS: Final = (
    "NEW.called_off_quantity < OLD.called_off_quantity OR "
    "coalesce(NEW.given_back_by, 0) < coalesce(OLD.given_back_by, 0)"
)
CAP_ENTRY: Final = (
    "m.id = NEW.given_back_by AND m.id > coalesce(OLD.given_back_by, 0) AND m.cap_id = NEW.id AND "
    "m.called_off = NEW.called_off_quantity - OLD.called_off_quantity"
)


def guard_ceilings(framework: Table, lot: Table, quota: Table) -> None:
    """Of lots, of agreements over all lots, and of members within a lot."""
    for table, of in ((framework, OF_TOTAL), (lot, OF_LOT), (quota, OF_QUOTA)):
        undecided = f"NOT EXISTS (SELECT 1 FROM framework_change c WHERE {NEWER} AND {of})"  # noqa: S608 - ours
        refuse_when(table, "raise", f"UPDATE OF {COLUMNS}", f"({RISES})", undecided, REFUSAL)
    refuse_when(quota, "lift", "DELETE", "true", "true", REFUSAL)
    for name in ("quotas", "caps"):
        lost = f"OLD.has_{name} AND NOT NEW.has_{name}"
        refuse_when(lot, name, f"UPDATE OF has_{name}", lost, "true", REFUSAL)


def guard_caps(cap: Table) -> None:
    """Of a single article: it rises by its entry of the change log, falls back by its ledger."""
    undecided = f"NOT EXISTS (SELECT 1 FROM framework_change c WHERE {NEWER} AND {OF_CAP})"  # noqa: S608 - ours
    of = "maximum_quantity, raised_by"
    refuse_when(cap, "raise", f"UPDATE OF {of}", f"({CAP_RISES})", undecided, REFUSAL)
    refuse_when(cap, "lift", "DELETE", "true", "true", REFUSAL)
    unwritten = f"NOT EXISTS (SELECT 1 FROM cap_movement m WHERE {CAP_ENTRY})"  # noqa: S608 - ours
    of = "called_off_quantity, given_back_by"
    refuse_when(cap, "fall", f"UPDATE OF {of}", f"({CAP_FALLS})", unwritten, NOT_GIVEN_BACK)


def guard_use(lot: Table, quota: Table) -> None:
    """What is called off of a lot, and by a member with a quota of it, falls by its entry only."""
    for table, of in ((lot, IN_LOT), (quota, IN_QUOTA)):
        unwritten = f"NOT EXISTS (SELECT 1 FROM ceiling_movement m WHERE {ENTRY} AND {of})"  # noqa: S608 - ours
        refuse_when(
            table, "fall", f"UPDATE OF {CALLED_OFF}", f"({FALLS})", unwritten, NOT_GIVEN_BACK
        )
