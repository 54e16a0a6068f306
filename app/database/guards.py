"""Triggers that keep evidence as it was written, on both databases."""

from collections.abc import Iterable, Mapping

from sqlalchemy import DDL, Table, event
from sqlalchemy.schema import ExecutableDDLElement

REFUSAL = "row is evidence and stays as written"

POSTGRESQL_FUNCTION = DDL(
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
)


def append_only(table: Table) -> None:
    """Refuse UPDATE and DELETE of `table` for everybody, this program included."""
    frozen(table, (), deletable=False)


def frozen(table: Table, but: Iterable[str], *, deletable: bool = False) -> None:
    """Refuse DELETE and every UPDATE except of the columns named in `but`."""
    allowed = set(but)
    guarded = [column.name for column in table.columns if column.name not in allowed]
    for statement in _statements(table.name, guarded, whole=not allowed, deletable=deletable):
        event.listen(table, "after_create", statement)


def refuse_when(
    table: Table, name: str, moment: str, when: str, wrong: str | Mapping[str, str], refusal: str
) -> None:
    """Refuse `moment` (INSERT, UPDATE OF …, DELETE) of a row with `refusal`.

    `when` sees the row alone; `wrong` may look into other tables, by dialect where they differ.
    """
    there = {"sqlite": wrong, "postgresql": wrong} if isinstance(wrong, str) else wrong
    trigger = f"CREATE TRIGGER {table.name}_{name} BEFORE {moment} ON {table.name}"
    sqlite = (
        f"{trigger} WHEN {when} BEGIN SELECT RAISE(ABORT, '{refusal}') WHERE {there['sqlite']}; END"
    )
    function = f"refuse_{table.name}_{name}"
    body = (
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {there['postgresql']} THEN RAISE EXCEPTION '{refusal}' "
        "USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$"
    )
    postgresql = f"{trigger} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {function}()"
    event.listen(table, "after_create", DDL(sqlite).execute_if(dialect="sqlite"))
    for statement in (body, postgresql):
        event.listen(table, "after_create", DDL(statement).execute_if(dialect="postgresql"))


def _statements(
    name: str, columns: list[str], *, whole: bool, deletable: bool
) -> list[ExecutableDDLElement]:
    of = "" if whole else " OF " + ", ".join(f'"{column}"' for column in columns)
    sqlite = [
        (
            f"CREATE TRIGGER {name}_no_update BEFORE UPDATE{of} ON {name} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
    ]
    postgresql = [
        (
            f"CREATE TRIGGER {name}_no_update BEFORE UPDATE{of} ON {name} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    ]
    if not deletable:
        sqlite.append(
            f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
        postgresql.append(
            f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        postgresql.append(
            f"CREATE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON {name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    return [
        *(DDL(text).execute_if(dialect="sqlite") for text in sqlite),
        POSTGRESQL_FUNCTION.execute_if(dialect="postgresql"),
        *(DDL(text).execute_if(dialect="postgresql") for text in postgresql),
    ]
