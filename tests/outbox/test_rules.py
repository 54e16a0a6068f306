"""Pauses grow and end."""

from datetime import timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)

import pytest

from app.outbox.faults import MailFault, mail_fault
from app.outbox.rules import MOST_ATTEMPTS, is_last, pause_after


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 30), (2, 60), (3, 120), (8, 3840), (9, 7200), (90, 7200)]
)
def test_the_pause_doubles_up_to_two_hours(attempts: int, seconds: int) -> None:
    assert pause_after(attempts) == timedelta(seconds=seconds)


def test_a_server_that_is_away_is_asked_every_ten_minutes() -> None:
    assert pause_after(3, MailFault.SERVER_AWAY) == timedelta(minutes=2)
    assert pause_after(30, MailFault.SERVER_AWAY) == timedelta(minutes=10)


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (ConnectionRefusedError(), MailFault.SERVER_AWAY),
        (TimeoutError(), MailFault.SERVER_AWAY),
        (SMTPServerDisconnected(), MailFault.SERVER_AWAY),
        (SMTPAuthenticationError(535, b""), MailFault.SERVER_AWAY),
        (SMTPRecipientsRefused({"a@b": (450, b"")}), MailFault.PUT_OFF),
        (SMTPRecipientsRefused({"a@b": (550, b"")}), MailFault.REFUSED),
        (SMTPDataError(452, b""), MailFault.PUT_OFF),
        (SMTPDataError(554, b""), MailFault.REFUSED),
        (ValueError(), None),
    ],
    ids=repr,
)
def test_an_error_says_whether_the_server_or_the_mail_is_at_fault(
    error: Exception, fault: MailFault | None
) -> None:
    assert mail_fault(error) is fault


def test_the_eighth_attempt_is_the_last() -> None:
    assert not is_last(MOST_ATTEMPTS - 1)
    assert is_last(MOST_ATTEMPTS)
