"""Marks of slowly changing tables: as long as the mark stays, so does what was read from them.

Triggers write a new random word, whoever changes a row, direct SQL included; a rolled-back change
takes its word with it, and no word ever comes back. So an answer that was worked out under a mark
holds wherever the same mark is read (ADR 14).
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final, Generic, TypeVar

from sqlalchemy import DDL, Table, bindparam, event, select
from sqlalchemy.orm import Session

from app.database.base import table_of
from app.database.records import Mark

REGISTER: Final = "register"
"""Members, people, their roles and tokens, agreements, evidence: what every check rests on."""

_MARK: Final = table_of(Mark)
_READ: Final = select(_MARK.c.word).where(_MARK.c.name == bindparam("name"))
_FUNCTION: Final = DDL(
    "CREATE OR REPLACE FUNCTION write_mark() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN INSERT INTO mark (name, word) VALUES (TG_ARGV[0], gen_random_uuid()::text) "
    "ON CONFLICT (name) DO UPDATE SET word = EXCLUDED.word; RETURN NULL; END $$"
)

_PINNED: Final = "pinned marks"

Answer = TypeVar("Answer")


def marked(name: str, table: Table, but: Iterable[str] = ()) -> None:
    """A new mark on every change of `table`, except of the columns in `but`."""
    uninteresting = set(but)
    columns = [f'"{column.name}"' for column in table.columns if column.name not in uninteresting]
    update = f"UPDATE OF {', '.join(columns)}" if uninteresting else "UPDATE"
    event.listen(table, "after_create", _FUNCTION.execute_if(dialect="postgresql"))
    for verb, happening in (("insert", "INSERT"), ("update", update), ("delete", "DELETE")):
        trigger = f"CREATE TRIGGER {table.name}_mark_{verb} AFTER {happening} ON {table.name}"
        sqlite = DDL(
            f"{trigger} BEGIN INSERT INTO mark (name, word) "  # noqa: S608 - names of ours
            f"VALUES ('{name}', lower(hex(randomblob(16)))) "
            "ON CONFLICT (name) DO UPDATE SET word = excluded.word; END"
        )
        postgresql = DDL(f"{trigger} FOR EACH STATEMENT EXECUTE FUNCTION write_mark('{name}')")
        event.listen(table, "after_create", sqlite.execute_if(dialect="sqlite"))
        event.listen(table, "after_create", postgresql.execute_if(dialect="postgresql"))


class Kept(Generic[Answer]):
    """The latest answers by question; each process keeps its own, so nobody has to be told."""

    def __init__(self, most: int, mark: str = REGISTER) -> None:
        self._most = most
        self._mark = mark
        self._known: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, session: Session, question: Hashable, work_out: Callable[[], Answer]) -> Answer:
        """The answer to `question` under the mark that this transaction sees.

        Answers are shared between requests: nobody may change one.
        """
        mark = _seen(session, self._mark)
        if mark is None:
            return work_out()
        asked = (mark, question)
        with self._lock:
            if asked in self._known:
                self._known.move_to_end(asked)
                return self._known[asked]
        answer = work_out()
        with self._lock:
            self._known[asked] = answer
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return answer


@contextmanager
def unchanged(session: Session, name: str = REGISTER) -> Iterator[None]:
    """Inside, the transaction itself changes nothing under the mark: it is read only once."""
    pinned = session.info.setdefault(_PINNED, {})
    pinned[name] = _read(session, name)
    try:
        yield
    finally:
        del pinned[name]


def _seen(session: Session, name: str) -> str | None:
    pinned: dict[str, str | None] = session.info.get(_PINNED, {})
    return pinned[name] if name in pinned else _read(session, name)


def _read(session: Session, name: str) -> str | None:
    return session.connection().execute(_READ, {"name": name}).scalar_one_or_none()
