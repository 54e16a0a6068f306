"""Periods of the schedule: whole years after the year's end, never shorter than the law."""

from datetime import date

import pytest

from app.database.all_records import all_tables
from app.retention.rules import STANDARD, Kept, cut_off, last_kept_day
from app.retention.rules_tables import RECORDS, UNLIMITED
from app.retention.table_words import COLUMNS, TABLES

RULES = {rule.kind: rule for rule in STANDARD}


@pytest.mark.parametrize(
    ("kind", "since", "last"),
    [
        (Kept.INVOICES, date(2024, 1, 1), date(2032, 12, 31)),
        (Kept.INVOICES, date(2024, 12, 31), date(2032, 12, 31)),
        (Kept.ORDERS, date(2024, 2, 29), date(2034, 12, 31)),
        (Kept.FRAMEWORKS, date(2024, 2, 29), date(2027, 2, 28)),
        (Kept.PEOPLE, date(2024, 11, 21), date(2026, 11, 21)),
        (Kept.SESSIONS, date(2026, 8, 23), date(2026, 11, 21)),
    ],
)
def test_a_record_stays_until_its_last_day(kind: Kept, since: date, last: date) -> None:
    assert last_kept_day(RULES[kind], since) == last


@pytest.mark.parametrize("rule", STANDARD, ids=lambda rule: rule.kind.value)
def test_nothing_is_due_before_its_last_day_is_over(rule: object) -> None:
    today = date(2026, 11, 21)
    known = RULES[rule.kind]  # type: ignore[attr-defined]

    before = cut_off(known, today)

    assert last_kept_day(known, before) >= today
    assert last_kept_day(known, date.fromordinal(before.toordinal() - 1)) < today


def test_every_kind_of_record_has_a_period() -> None:
    assert {rule.kind for rule in STANDARD} == set(Kept) == set(RECORDS)
    assert [kind for kind, tables in RECORDS.items() if not tables] == []


def test_every_table_has_a_line_of_the_schedule_or_a_reason_why_it_has_none() -> None:
    tables = {table.name for table in all_tables().sorted_tables}
    limited = {name for names in RECORDS.values() for name in names}
    unlimited = [name for one in UNLIMITED for name in one.tables]

    assert sorted(limited.intersection(unlimited)) == []
    assert sorted([*limited, *unlimited]) == sorted(tables)
    assert sorted(tables - set(TABLES)) == []
    assert [one for one in UNLIMITED if not one.why or not (*one.tables, *one.stores)] == []


def test_every_table_and_column_that_names_a_person_has_a_german_word() -> None:
    named = [
        (table.name, column.name)
        for table in all_tables().sorted_tables
        for column in table.columns
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    ]

    assert [table for table, _ in named if table not in TABLES] == []
    assert [column for _, column in named if column not in COLUMNS] == []
