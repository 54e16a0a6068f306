"""How many rows tables hold."""

from collections.abc import Iterable

from sqlalchemy import Connection


def table_counts(connection: Connection, tables: Iterable[str]) -> dict[str, int]:
    """In one statement, as there are a hundred tables."""
    each = [f"SELECT '{name}' AS name, count(*) FROM {name}" for name in sorted(tables)]  # noqa: S608 - names of ours
    return {row[0]: row[1] for row in connection.exec_driver_sql(" UNION ALL ".join(each))}
