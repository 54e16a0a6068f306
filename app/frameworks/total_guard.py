"""The ceiling over all lots of an agreement: triggers refuse whatever passes it, on both databases.

A CHECK sees one row only. What is used of the total is the sum of the lots, so nothing can drift.
"""

from typing import Final

from sqlalchemy import DDL, Table, event

REFUSAL: Final = "the lots of this framework would pass its total ceiling"
DRAWN: Final = "reserved_value, called_off_value, reserved_quantity, called_off_quantity"
MAXIMA: Final = "maximum_value, maximum_quantity"
GROWS: Final = (
    "NEW.framework_id <> OLD.framework_id OR "
    "NEW.reserved_value + NEW.called_off_value > OLD.reserved_value + OLD.called_off_value OR "
    "NEW.reserved_quantity + NEW.called_off_quantity > "
    "OLD.reserved_quantity + OLD.called_off_quantity"
)
ABOVE: Final = (
    "EXISTS (SELECT 1 FROM framework f WHERE f.id = NEW.{key} AND ("
    "f.maximum_value < (SELECT sum(l.reserved_value + l.called_off_value) FROM lot l "
    "WHERE l.framework_id = f.id) OR "
    "f.maximum_quantity < (SELECT sum(l.reserved_quantity + l.called_off_quantity) FROM lot l "
    "WHERE l.framework_id = f.id)))"
)
# The row of the agreement is locked first: two orders on two lots must not both find room.
LOCK: Final = (
    "PERFORM 1 FROM framework f WHERE f.id = NEW.{key} AND "
    "(f.maximum_value IS NOT NULL OR f.maximum_quantity IS NOT NULL) FOR NO KEY UPDATE"
)


def guard_total(framework: Table, lot: Table) -> None:
    """For new lots, for every growth of a lot, and for a total that is set or lowered."""
    _guard(lot, "lot_total_insert", "INSERT", "framework_id")
    _guard(lot, "lot_total_update", f"UPDATE OF framework_id, {DRAWN}", "framework_id", GROWS)
    _guard(framework, "framework_total_update", f"UPDATE OF {MAXIMA}", "id")


def _guard(table: Table, name: str, moment: str, key: str, when: str = "") -> None:
    above = ABOVE.format(key=key)
    sqlite = (
        f"CREATE TRIGGER {name} AFTER {moment} ON {table.name} "
        + (f"WHEN {when} " if when else "")
        + f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}') WHERE {above}; END"
    )
    function = (
        f"CREATE OR REPLACE FUNCTION keep_total_by_{key}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {LOCK.format(key=key)}; IF FOUND AND {above} THEN "
        f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'; END IF; "
        "RETURN NULL; END $$"
    )
    postgresql = (
        f"CREATE TRIGGER {name} AFTER {moment} ON {table.name} FOR EACH ROW "
        + (f"WHEN ({when}) " if when else "")
        + f"EXECUTE FUNCTION keep_total_by_{key}()"
    )
    event.listen(table, "after_create", DDL(sqlite).execute_if(dialect="sqlite"))
    for statement in (function, postgresql):
        event.listen(table, "after_create", DDL(statement).execute_if(dialect="postgresql"))
