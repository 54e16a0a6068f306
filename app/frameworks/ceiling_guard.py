"""No ceiling rises without its amendment: triggers on both databases, direct SQL included.

A raise names the row of the change log that decided it: of this lot or agreement, of exactly this
amount, and newer than the one before, so that no decision counts twice. Lowering needs no row.
"""

from typing import Final

from sqlalchemy import DDL, Table, event

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


def guard_ceilings(framework: Table, lot: Table, quota: Table) -> None:
    """Of lots, of agreements over all lots, and of members within a lot."""
    for table, of in ((framework, OF_TOTAL), (lot, OF_LOT), (quota, OF_QUOTA)):
        undecided = f"NOT EXISTS (SELECT 1 FROM framework_change c WHERE {NEWER} AND {of})"  # noqa: S608 - ours
        _refuse(table, "raise", f"UPDATE OF {COLUMNS}", f"({RISES})", undecided)
    _refuse(quota, "lift", "DELETE", "true", "true")
    _refuse(lot, "quotas", "UPDATE OF has_quotas", "OLD.has_quotas AND NOT NEW.has_quotas", "true")


def _refuse(table: Table, name: str, moment: str, when: str, unless: str) -> None:
    """`when` sees the row, `unless` may look into other tables."""
    trigger = f"CREATE TRIGGER {table.name}_{name} BEFORE {moment} ON {table.name}"
    sqlite = f"{trigger} WHEN {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}') WHERE {unless}; END"
    function = f"refuse_{table.name}_{name}"
    body = (
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {unless} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'; "
        "END IF; RETURN NEW; END $$"
    )
    postgresql = f"{trigger} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {function}()"
    event.listen(table, "after_create", DDL(sqlite).execute_if(dialect="sqlite"))
    for statement in (body, postgresql):
        event.listen(table, "after_create", DDL(statement).execute_if(dialect="postgresql"))
