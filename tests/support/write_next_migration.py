"""Writes the migration in work from the difference between the landed ones and the records.

SQLite cannot alter a constraint, so a changed table is built anew there and its rows are copied
(https://www.sqlite.org/lang_altertable.html, section 7); PostgreSQL gets Alembic's operations and
the changed CHECK constraints. Triggers are written again as the records declare them.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, Literal

from alembic import command
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from alembic.operations.ops import (
    AddColumnOp,
    CreateIndexOp,
    CreateTableOp,
    DropIndexOp,
    MigrationScript,
    ModifyTableOps,
)
from sqlalchemy import Engine, create_engine, create_mock_engine, inspect, text
from sqlalchemy.schema import DDL
from sqlalchemy.sql.elements import False_, True_

from app.database.all_records import all_tables
from app.operations.migrate import alembic_config, is_ours
from tests.support.write_first_migration import plain_type

LANDED: Final = "0005"
REVISION: Final = "0006"
TITLE: Final = "Large files out of memory, suppliers under a mark"
VERSIONS: Final = Path(__file__).parents[2] / "migrations" / "versions"
TARGET: Final = VERSIONS / f"{REVISION}_large_files.py"
# What stored rows need besides: a table and the statement, before its guards stand again.
DATA: Final[tuple[tuple[str, str], ...]] = ()


@dataclass(frozen=True)
class State:
    """What stands in a SQLite database, by name, and its columns and checks."""

    tables: dict[str, str]
    indexes: dict[str, str]
    triggers: dict[str, str]
    virtual: dict[str, str]
    columns: dict[str, list[str]]
    checks: dict[tuple[str, str], str]


def main() -> None:
    old_engine, new_engine = _landed(), _wanted()
    old, new = _state(old_engine), _state(new_engine)
    operations = _operations(old_engine)
    TARGET.write_text(_text(old, new, operations), encoding="utf-8")
    ruff = str(Path(sys.executable).parent / "ruff")
    subprocess.run((ruff, "format", "--quiet", str(TARGET)), check=True)  # noqa: S603 - ours


def _landed() -> Engine:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, LANDED)
    return engine


def _wanted() -> Engine:
    engine = create_engine("sqlite://")
    all_tables().create_all(engine)
    return engine


def _state(engine: Engine) -> State:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT type, name, sql FROM sqlite_master")).all()
    ours = [row for row in rows if row.sql and row.name != "alembic_version"]
    virtual = {r.name: r.sql for r in ours if r.sql.startswith("CREATE VIRTUAL")}
    shadows = tuple(f"{name}_" for name in virtual)
    tables = {
        r.name: r.sql
        for r in ours
        if r.type == "table"
        and r.name not in virtual
        and not r.name.startswith((*shadows, "sqlite_"))
    }
    known = inspect(engine)
    return State(
        tables,
        {r.name: r.sql for r in sorted(ours, key=attrgetter("name")) if r.type == "index"},
        {r.name: r.sql for r in ours if r.type == "trigger"},
        virtual,
        {name: [column["name"] for column in known.get_columns(name)] for name in tables},
        {
            (name, str(check["name"])): check["sqltext"]
            for name in tables
            for check in known.get_check_constraints(name)
        },
    )


def _operations(engine: Engine) -> MigrationScript:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": is_ours, "compare_type": True}
        )
        script = produce_migrations(context, all_tables())
    _put_unique_indexes_around_the_tables(script)
    _sort_indexes(script)
    return script


def _sort_indexes(script: MigrationScript) -> None:
    """Alembic finds indexes in the order of a set, which is another one each time."""
    for tree in (script.upgrade_ops, script.downgrade_ops):
        for table in [
            part for part in (tree.ops if tree else ()) if isinstance(part, ModifyTableOps)
        ]:
            places = [at for at, one in enumerate(table.ops) if _index_name(one)]
            ordered = sorted((table.ops[at] for at in places), key=_index_name)
            for at, one in zip(places, ordered, strict=True):
                table.ops[at] = one


def _index_name(operation: Any) -> str:
    """An index's name; empty for whatever else is done to a table."""
    wanted = isinstance(operation, CreateIndexOp | DropIndexOp)
    return str(operation.index_name) if wanted else ""


def _put_unique_indexes_around_the_tables(script: MigrationScript) -> None:
    """A new table may refer to what only a new index of an old table makes unique."""
    up, down = script.upgrade_ops, script.downgrade_ops
    if up is None or down is None:
        raise RuntimeError
    fresh = {part.table_name for part in up.ops if isinstance(part, CreateTableOp)}
    # An index of a new column has to wait for it.
    new = {
        (part.table_name, one.column.name)
        for part in up.ops
        if isinstance(part, ModifyTableOps)
        for one in part.ops
        if isinstance(one, AddColumnOp)
    }
    moved = [
        (part, one)
        for part in up.ops
        if isinstance(part, ModifyTableOps) and part.table_name not in fresh
        for one in part.ops
        if isinstance(one, CreateIndexOp)
        and one.unique
        and not any((part.table_name, _name(column)) in new for column in one.columns)
    ]
    for part, one in moved:
        part.ops.remove(one)
        up.ops.insert(0, one)
    names = {one.index_name for _, one in moved}
    for table in [part for part in down.ops if isinstance(part, ModifyTableOps)]:
        for dropped in [one for one in table.ops if isinstance(one, DropIndexOp)]:
            if dropped.index_name in names:
                table.ops.remove(dropped)
                down.ops.append(dropped)


def _name(column: Any) -> str:
    return str(getattr(column, "name", column))


def _text(old: State, new: State, operations: MigrationScript) -> str:
    up, down = operations.upgrade_ops, operations.downgrade_ops
    if up is None or down is None:
        raise RuntimeError
    added, removed = _changed_triggers()
    forward, backward = _python(up), _python(down)
    used = [name for name in ("postgresql", "sqlite") if f"{name}." in forward + backward]
    dialects = f"from sqlalchemy.dialects import {', '.join(used)}\n" if used else ""
    return f'''"""{TITLE}; written by tests.support.write_next_migration."""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op
{dialects}
revision = "{REVISION}"
down_revision = "{LANDED}"
branch_labels = None
depends_on = None

{_tuple("SQLITE_UP", _sqlite_steps(old, new, [statement for _, statement in DATA]))}

{_tuple("SQLITE_DOWN", _sqlite_steps(new, old, []))}

{_tuple("POSTGRESQL_DATA", list(_unguarded()))}

{_tuple("POSTGRESQL_OLD_TRIGGERS", removed)}

{_tuple("POSTGRESQL_TRIGGERS", added)}


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        _run(SQLITE_UP)
        return
    _run(_drop(one) for one in POSTGRESQL_OLD_TRIGGERS)
{_checks(old, new, drop=True)}
{forward}
{_checks(old, new, drop=False)}
{_expressions(new, old, forward)}
    _run(POSTGRESQL_DATA)
    _run(POSTGRESQL_TRIGGERS)


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        _run(SQLITE_DOWN)
        return
    _run(_drop(one) for one in POSTGRESQL_TRIGGERS)
{_expressions(new, old, backward, drop=True)}
{_checks(new, old, drop=True)}
{backward}
{_checks(new, old, drop=False)}
    _run(POSTGRESQL_OLD_TRIGGERS)


def _run(statements: Iterable[str]) -> None:
    for statement in statements:
        op.execute(sa.text(statement.replace(":", r"\\:")))


def _drop(statement: str) -> str:
    """The way back of one statement: functions and extensions that nothing uses do no harm."""
    words = statement.split()
    if "TRIGGER" not in words[:5]:
        return "SELECT 1"
    at = words.index("TRIGGER") + 1
    return f"DROP TRIGGER IF EXISTS {{words[at]}} ON {{words[words.index('ON', at) + 1]}}"
'''


def _tuple(name: str, statements: list[str]) -> str:
    return f"{name} = (\n" + "".join(f"    {one!r},\n" for one in statements) + ")"


def _python(operations: Any) -> str:
    return "    " + render_python_code(operations, render_item=_rendered).replace("    pass\n", "")


def _rendered(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Read on SQLite, where false is 0; PostgreSQL wants the word."""
    if kind == "server_default" and isinstance(getattr(item, "arg", None), False_ | True_):
        return f"sa.{str(item.arg).lower()}()"
    return plain_type(kind, item, context)


def _unguarded() -> Iterator[str]:
    for table, statement in DATA:
        yield f"ALTER TABLE {table} DISABLE TRIGGER USER"
        yield statement
        yield f"ALTER TABLE {table} ENABLE TRIGGER USER"


def _sqlite_steps(old: State, new: State, data: list[str]) -> list[str]:
    return [
        *(f"DROP TRIGGER {name}" for name in _touched(old, old, new)),
        *(
            f"DROP TABLE {name}"
            for name in old.virtual
            if old.virtual[name] != new.virtual.get(name)
        ),
        *(
            f"DROP INDEX {name}"
            for name in old.indexes
            if old.indexes[name] != new.indexes.get(name)
        ),
        *(sql for name, sql in new.tables.items() if name not in old.tables),
        *_rebuilt(old, new),
        *(f"DROP TABLE {name}" for name in reversed(list(old.tables)) if name not in new.tables),
        *_indexes(old, new),
        *_virtual(old, new),
        *data,
        *(new.triggers[name] for name in _touched(new, old, new)),
    ]


def _touched(state: State, old: State, new: State) -> Iterator[str]:
    """Triggers that speak of a table that is built anew, and those that are not on both sides."""
    rebuilt = [name for name in old.tables.keys() & new.tables.keys() if _differs(old, new, name)]
    named = re.compile(rf"\b({'|'.join(sorted(rebuilt)) or '(?!)'})\b")
    for name, sql in state.triggers.items():
        if named.search(sql) or old.triggers.get(name) != new.triggers.get(name):
            yield name


def _rebuilt(old: State, new: State) -> Iterator[str]:
    for name, sql in new.tables.items():
        if name not in old.tables or not _differs(old, new, name):
            continue
        kept = ", ".join(f'"{c}"' for c in new.columns[name] if c in old.columns[name])
        temporary = f"_new_{name}"
        yield re.sub(rf'^CREATE TABLE "?{name}"? ', f"CREATE TABLE {temporary} ", sql)
        yield f"INSERT INTO {temporary} ({kept}) SELECT {kept} FROM {name}"  # noqa: S608 - ours
        yield f"DROP TABLE {name}"
        yield f"ALTER TABLE {temporary} RENAME TO {name}"


def _differs(old: State, new: State, table: str) -> bool:
    """Whether columns, their order or constraints differ, but for quotes."""
    if old.columns[table] != new.columns[table]:
        return True
    return _parts(old.tables[table]) != _parts(new.tables[table])


def _parts(sql: str) -> list[str]:
    lines = sql.replace('"', "").splitlines()
    return sorted(line.strip().rstrip(", ") for line in lines)


def _indexes(old: State, new: State) -> Iterator[str]:
    for name, sql in sorted(new.indexes.items()):  # a table knows its own as a set
        table = sql.split(" ON ")[1].split()[0].strip('"')
        rebuilt = table in old.tables and _differs(old, new, table)
        if rebuilt or old.indexes.get(name) != sql:
            yield sql


def _virtual(old: State, new: State) -> Iterator[str]:
    for name, sql in new.virtual.items():
        if old.virtual.get(name) != sql:
            yield sql
        source = re.search(r"content='?(\w+)", sql)
        if source and source[1] in old.tables and _differs(old, new, source[1]):
            yield f"INSERT INTO {name}({name}) VALUES ('rebuild')"  # noqa: S608 - ours


def _checks(old: State, new: State, *, drop: bool) -> str:
    """CHECK constraints of tables on both sides that differ: Alembic does not compare them."""
    lines = ["    # CHECK constraints"]
    both = old.tables.keys() & new.tables.keys()
    for (table, name), sql in (old if drop else new).checks.items():
        if table not in both or (new if drop else old).checks.get((table, name)) == sql:
            continue
        if drop:
            lines.append(f'    op.drop_constraint(op.f("{name}"), "{table}", type_="check")')
        elif not _comes_with_its_column(old, new, table, sql):
            lines.append(
                f'    op.create_check_constraint(op.f("{name}"), "{table}", sa.text({sql!r}))'
            )
    return "\n".join(lines)


def _expressions(new: State, old: State, written: str, *, drop: bool = False) -> str:
    """Indexes over an expression, which Alembic cannot read from SQLite and so leaves out."""
    lines = ["    # indexes over expressions"]
    for name, sql in new.indexes.items():
        if name in old.indexes or name in written or not re.search(r"\(\w+\(", sql):
            continue
        statement = f"DROP INDEX {name}" if drop else sql
        lines.append(f"    op.execute({statement!r})")
    return "\n".join(lines)


def _comes_with_its_column(old: State, new: State, table: str, sql: str) -> bool:
    """A column of fixed words brings its own check along when it is added."""
    added = set(new.columns[table]) - set(old.columns[table])
    return any(sql.startswith(f"{column} IN (") for column in added)


def _changed_triggers() -> tuple[list[str], list[str]]:
    """PostgreSQL's triggers and functions that are new, and those that are gone or different."""
    landed = _landed_statements()
    wanted: list[str] = []

    def note(element: Any, *_args: Any, **_more: Any) -> None:
        if isinstance(element, DDL):
            statement = str(element.compile(dialect=engine.dialect))
            if statement not in wanted:
                wanted.append(statement)

    engine = create_mock_engine("postgresql+psycopg://", note)
    all_tables().create_all(engine, checkfirst=False)
    added = [one for one in wanted if one not in landed]
    return added, [one for one in landed if one not in wanted]


def _landed_statements() -> list[str]:
    """PostgreSQL's triggers and functions after the landed migrations, one after the other."""
    standing: list[str] = []
    for path in sorted(VERSIONS.glob("0*.py")):
        if path.name >= REVISION:
            break
        said: dict[str, Any] = {}
        exec(path.read_text(encoding="utf-8"), said)  # noqa: S102 - our own file
        gone = said.get("POSTGRESQL_OLD_TRIGGERS", ())
        standing = [one for one in standing if one not in gone]
        standing += said.get("POSTGRESQL", said.get("POSTGRESQL_TRIGGERS", ()))
    return standing


if __name__ == "__main__":
    main()
