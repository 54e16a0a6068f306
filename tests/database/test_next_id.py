"""Ids that are asked for before their rows are written."""

import pytest
from sqlalchemy import Table, bindparam, func, insert, select
from sqlalchemy.orm import Session

from app.database.base import table_of
from app.database.next_id import next_id
from app.database.straight import execute, fetch_one
from app.eligibility.records import EligibilityDecision
from app.ordering.placing.records import IdempotencyKey
from app.ordering.records import CallOff
from tests.support.clock import NOON

KEY = table_of(IdempotencyKey)
_NEXT = select(next_id(KEY).label("next"))
_INSERT = insert(KEY)


def key(text: str) -> dict[str, object]:
    return {"scope": "form", "key": text, "request_sha256": "0" * 64, "at": NOON}


def test_a_row_has_the_id_that_was_asked_for_and_the_next_one_another(session: Session) -> None:
    execute(session, _INSERT, [key("before")])
    asked = fetch_one(session, _NEXT, {}).next
    execute(session, _INSERT, [key("asked") | {"id": asked}])
    execute(session, _INSERT, [key("after")])

    found = select(KEY.c.id).where(KEY.c.key == bindparam("of"))
    ids = [fetch_one(session, found, {"of": of}).id for of in ("before", "asked", "after")]
    assert ids == sorted(set(ids))
    assert ids[1] == asked


@pytest.mark.parametrize("record", [CallOff, EligibilityDecision])
def test_ids_come_from_where_the_table_takes_its_own(session: Session, record: type) -> None:
    table: Table = table_of(record)
    if session.get_bind().dialect.name == "postgresql":
        sequence = session.scalar(select(func.pg_get_serial_sequence(table.name, "id")))
        assert sequence == f"public.{table.name}_id_seq"
    assert fetch_one(session, select(next_id(table).label("next")), {}).next == 1
