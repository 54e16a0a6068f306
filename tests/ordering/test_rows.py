"""Rows of numbers and quantities, however somebody pasted them."""

import pytest

from app.ordering.filling.rules_rows import (
    MOST_ROWS,
    RowFault,
    read_quantity,
    rows_of_cells,
    rows_of_text,
)


@pytest.mark.parametrize(
    ("typed", "number", "quantity"),
    [
        ("NB-14\t5", "NB-14", 5),
        ("NB-14;5", "NB-14", 5),
        ("NB-14; 5 Stück;", "NB-14", 5),
        ("5 x NB-14", "NB-14", 5),
        ("NB-14 5", "NB-14", 5),
        ("NB-14, 5", "NB-14", 5),
        ("NB-14 × 5", "NB-14", 5),
        ("NB-14", "NB-14", 1),
        ("NX-500", "NX-500", 1),
        ("4012345678901\t12", "4012345678901", 12),
        ("12\t4012345678901", "4012345678901", 12),
        ("NB-14\tNotebook 14 Zoll\t5", "NB-14", 5),
        ("'0401234\t2", "0401234", 2),
        ("NB-14\t1.000", "NB-14", 1000),
        ('"NB-14";"3"', "NB-14", 3),
        ("\u202eNB-14\u0007\t5", "NB-14", 5),
    ],
)
def test_a_row_is_read_as_people_write_it(typed: str, number: str, quantity: int) -> None:
    (row,) = rows_of_text(typed)

    assert (row.number, row.quantity, row.fault) == (number, quantity, None)


def test_heads_say_which_column_is_which_and_the_own_number_counts_first() -> None:
    rows = rows_of_text(
        "Pos.\tEAN\tBezeichnung\tMenge\tArt.-Nr.\n"
        "1\t4012345678901\tNotebook\t5\tNB-14\n"
        "\t4012345678918\tMonitor\t2\t\n"
    )

    assert [(row.line, row.number, row.quantity) for row in rows] == [
        (2, "NB-14", 5),
        (3, "4012345678918", 2),
    ]


@pytest.mark.parametrize("head", ["Artikel\tMenge", "Produkt;Anzahl", "Nr.;Bezeichnung;Stück"])
def test_the_titles_of_a_pasted_table_are_no_row(head: str) -> None:
    cells = "NB-14\tNotebook\t5" if "Bezeichnung" in head else "NB-14\t5"
    (row,) = rows_of_text(f"{head}\n{cells}")

    assert (row.number, row.quantity) == ("NB-14", 5)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("NB-14\t0", RowFault.QUANTITY),
        ("NB-14\t1,5", RowFault.QUANTITY),
        ("NB-14\tviele", RowFault.QUANTITY),
        ("4055\tzwei", RowFault.QUANTITY),
        ("NB-14\t100001", RowFault.QUANTITY),
        ("NB-14\t" + "9" * 5000, RowFault.QUANTITY),
        ("NB-14\t-3", RowFault.QUANTITY),
        ("4,01235E+12\t5", RowFault.SHORTENED),
        ("4.01235e+12\t5", RowFault.SHORTENED),
        ("A" * 65 + "\t5", RowFault.NUMBER_TOO_LONG),
    ],
)
def test_a_row_that_cannot_be_read_says_why(typed: str, fault: RowFault) -> None:
    (row,) = rows_of_text(typed)

    assert (row.quantity, row.fault) == (0, fault)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("", 1),
        ("x", 0),
        ("Stück", 0),
        ("5,0", 5),
        ("5.00", 5),
        ("10 Stk.", 10),
        ("٣", 0),
        ("2e3", 0),
    ],
)
def test_a_quantity_is_read_as_spreadsheets_write_it(text: str, quantity: int) -> None:
    assert read_quantity(text) == quantity


def test_blank_lines_are_passed_over_and_reading_stops_behind_the_limit() -> None:
    assert rows_of_text("\n \n;;\n\t\t\n") == ()
    assert len(rows_of_cells((at, ["NB-14"]) for at in range(10_000))) == MOST_ROWS + 1
