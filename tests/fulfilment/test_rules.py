"""The arithmetic of deliveries and receipts, without a database."""

from datetime import timedelta

import pytest

from app.fulfilment.forms import Typed
from app.fulfilment.rules import (
    Awaited,
    DeliveredLine,
    OpenLine,
    ReceivedLine,
    delivery_errors,
    overdue,
    receipt_errors,
    serials_of,
)
from app.ordering.rules import State
from tests.support.clock import TODAY

OPEN = {
    "NB": OpenLine("NB", "Notebook", 1, 2, serial_numbers=True),
    "MO": OpenLine("MO", "Monitor", 2, 5, serial_numbers=False),
}
WAITING = {7: Awaited(7, "L-1", "MO", "Monitor", 5)}


def test_a_scanner_s_lines_become_serial_numbers() -> None:
    typed = "  sn-1\r\nSN-2\r\n\r\n\u200bsn-3\u0000\t\n"

    assert serials_of(typed) == ("SN-1", "SN-2", "SN-3")
    assert serials_of(" \n\r\n") == ()


@pytest.mark.parametrize("state", list(State))
def test_only_what_is_still_to_come_is_overdue(state: State) -> None:
    yesterday = TODAY - timedelta(days=1)
    on_the_way = state in {State.PLACED, State.CONFIRMED, State.PARTIALLY_DELIVERED}

    assert overdue(state, yesterday, TODAY) is on_the_way
    assert not overdue(state, TODAY, TODAY)
    assert not overdue(state, None, TODAY)


def test_all_wrong_lines_are_named_at_once() -> None:
    errors = delivery_errors(
        OPEN,
        (DeliveredLine("NB", 3, ("A",)), DeliveredLine("MO", 6), DeliveredLine("X", 1)),
    )

    assert [(error.field, error.code) for error in errors] == [
        ("lines.NB.quantity", "more_than_outstanding"),
        ("lines.NB.serial_numbers", "serial_count"),
        ("lines.MO.quantity", "more_than_outstanding"),
        ("lines.X.quantity", "not_ordered"),
    ]
    assert errors[0].text == "Position 1: Es sind nur noch 2 Stück offen, nicht 3."


def test_a_single_piece_left_is_said_in_the_singular() -> None:
    left = {"MO": OpenLine("MO", "Monitor", 2, 1, serial_numbers=False)}

    (error,) = delivery_errors(left, (DeliveredLine("MO", 2),))

    assert error.text == "Position 2: Es ist nur noch 1 Stück offen, nicht 2."


def test_a_right_delivery_has_no_errors() -> None:
    wanted = (DeliveredLine("NB", 2, ("A", "B")), DeliveredLine("MO", 5, ("C",)))

    assert delivery_errors(OPEN, wanted) == ()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (ReceivedLine(7, 5), None),
        (ReceivedLine(7, 3, 1, 1, "Karton offen"), None),
        (ReceivedLine(7, 0, 0, 5, "nichts da"), None),
        (ReceivedLine(7, 4), "does_not_add_up"),
        (ReceivedLine(7, 6), "does_not_add_up"),
        (ReceivedLine(7, 6, -1), "negative"),
        (ReceivedLine(7, 4, 1), "note_missing"),
        (ReceivedLine(7, 4, 0, 1, "x" * 501), "note_too_long"),
        (ReceivedLine(8, 5), "not_awaited"),
    ],
)
def test_a_receipt_adds_up_to_what_was_delivered(line: ReceivedLine, code: str | None) -> None:
    errors = receipt_errors(WAITING, (line,))

    assert [error.code for error in errors] == ([code] if code else [])


def test_a_delivery_line_is_received_once() -> None:
    errors = receipt_errors(WAITING, (ReceivedLine(7, 5), ReceivedLine(7, 5)))

    assert [error.code for error in errors] == ["not_awaited"]


@pytest.mark.parametrize("text", ["-1", "1,5", "1.5", "zwei", "²", "1" * 10, "0x1", "1e3"])
def test_text_in_a_number_field_is_an_error_and_counts_as_nothing(text: str) -> None:
    typed = Typed({"menge-1": text})

    assert typed.whole("menge-1") == 0
    assert [error.code for error in typed.errors] == ["no_number"]
