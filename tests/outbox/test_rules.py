"""Pauses grow and end."""

from datetime import timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)

import pytest
from sqlalchemy.exc import OperationalError

from app.outbox.faults import fault_of
from app.outbox.records import Kind
from app.outbox.rules import MOST_ATTEMPTS, Fault, is_last, pause_after


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 30), (2, 60), (3, 120), (8, 3840), (9, 7200), (90, 7200)]
)
def test_the_pause_doubles_up_to_two_hours(attempts: int, seconds: int) -> None:
    assert pause_after(attempts) == timedelta(seconds=seconds)


def test_a_server_that_is_away_is_asked_every_ten_minutes() -> None:
    assert pause_after(3, Fault.SERVER_AWAY) == timedelta(minutes=2)
    assert pause_after(30, Fault.SERVER_AWAY) == timedelta(minutes=10)


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (ConnectionRefusedError(), Fault.SERVER_AWAY),
        (TimeoutError(), Fault.SERVER_AWAY),
        (SMTPServerDisconnected(), Fault.SERVER_AWAY),
        (SMTPAuthenticationError(535, b""), Fault.SERVER_AWAY),
        (SMTPRecipientsRefused({"a@b": (450, b"")}), Fault.PUT_OFF),
        (SMTPRecipientsRefused({"a@b": (550, b"")}), Fault.REFUSED),
        (SMTPDataError(452, b""), Fault.PUT_OFF),
        (SMTPDataError(554, b""), Fault.REFUSED),
        (OperationalError("", {}, OSError()), Fault.DATABASE_AWAY),
        (ValueError(), None),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_says_whether_the_server_or_the_mail_is_at_fault(
    error: Exception, fault: Fault | None
) -> None:
    assert fault_of(error, Kind.MAIL) is fault
    assert fault_of(error, Kind.JOB) is (fault if fault is Fault.DATABASE_AWAY else None)


def test_a_database_that_is_away_makes_no_dead_letter_in_a_day() -> None:
    attempts, waited = 1, timedelta(0)
    while not is_last(attempts, Fault.DATABASE_AWAY):
        waited += pause_after(attempts, Fault.DATABASE_AWAY)
        attempts += 1
    assert waited > timedelta(days=2)


def test_the_eighth_attempt_is_the_last() -> None:
    assert not is_last(MOST_ATTEMPTS - 1)
    assert is_last(MOST_ATTEMPTS)
