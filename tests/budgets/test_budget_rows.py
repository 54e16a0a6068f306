"""Lists of budgets as people paste them, and the columns that finance systems take."""

import pytest

from app.budgets.rules import Account, Limit, gross_of, shared_out
from app.budgets.rules_columns import FIELDS, PROFILES, account_parts, column_faults
from app.budgets.rules_rows import NoHeads, as_text, read_amount, rows_of_text
from app.kernel.money import Money

HEAD = "Produktkonto;Haushaltsjahr;Ansatz;Grenze;Bezeichnung\n"


def test_columns_go_by_their_heads_and_unknown_ones_are_passed_over() -> None:
    text = f"{HEAD.strip()};gebunden\n11160.0821050/7831000;2026;25.000,00;hart;IT;12,00\n"

    (row,) = rows_of_text(text)

    assert (row.line, row.account, row.amount.text, row.limit, row.name, row.fault) == (
        2,
        Account(2026, "11160.0821050/7831000"),
        "25000.00",
        Limit.HARD,
        "IT",
        "",
    )
    (again,) = rows_of_text(as_text([row]))
    assert (again.account, again.amount, again.limit) == (row.account, row.amount, row.limit)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("1.1;26;5;hart;IT", "Das Haushaltsjahr hat vier Ziffern."),
        (";2026;5;hart;IT", "Es fehlt das Produktkonto."),
        ("1.1;2026;viel;hart;IT", "Der Ansatz ist kein Betrag wie 25.000,00."),
        ("1.1;2026;-5;hart;IT", "Der Ansatz ist kein Betrag wie 25.000,00."),
        ("1.1;2026;5;fest;IT", "Die Grenze heißt „hart“ oder „weich“."),
    ],
)
def test_a_row_that_cannot_be_read_says_why(line: str, fault: str) -> None:
    assert [row.fault for row in rows_of_text(HEAD + line)] == [fault]


def test_a_list_without_heads_is_refused() -> None:
    with pytest.raises(NoHeads, match="Die erste Zeile"):
        rows_of_text("1.1;2026;5\n")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("25.000,00", "25000.00"),
        ("25000,5", "25000.50"),
        ("25000", "25000.00"),
        ("25000.00", "25000.00"),
        ("1.000", "1000.00"),
    ],
)
def test_amounts_are_read_as_germans_and_spreadsheets_write_them(typed: str, read: str) -> None:
    assert read_amount(typed).text == read


def test_parts_add_up_to_the_cent_whatever_the_weights() -> None:
    assert shared_out(Money(100), [1, 1, 1]) == (Money(33), Money(34), Money(33))
    one, two = Account(2026, "A"), Account(2026, "B")
    assert gross_of({two: Money(1), one: Money(2)}, Money(4)) == {one: Money(3), two: Money(1)}
    assert shared_out(Money(5), [0, 0]) == (Money(0), Money(0))


def test_every_profile_is_usable_and_the_account_falls_into_its_parts() -> None:
    for profile in PROFILES.values():
        assert column_faults(profile.columns) == ()
        assert {name for name, _ in profile.columns} <= set(FIELDS)
    assert account_parts("11160.0821050/7831000") == ("11160", "0821050", "7831000")
    assert account_parts("1.1.1.04.525500") == ("", "", "")
    assert column_faults([("number", "Nr"), ("year", "Nr")]) == ("Zwei Spalten heißen gleich.",)
