"""What kept a mail or job from being done: a server, this moment, the mail itself, or we."""

import smtplib
from typing import Final

from sqlalchemy.exc import OperationalError

from app.outbox.records import Kind
from app.outbox.rules import Fault

PERMANENT: Final = 500  # RFC 5321: from here on the same mail is not to be offered again


OF_THE_SERVER: Final = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPSenderRefused,
)
"""These would meet every mail alike."""


def fault_of(error: Exception, kind: Kind) -> Fault | None:
    """None where it is our own program's."""
    if isinstance(error, OperationalError):  # lost, locked or its disk is full
        return Fault.DATABASE_AWAY
    return _of_mail(error) if kind is Kind.MAIL else None


def _of_mail(error: Exception) -> Fault | None:
    if isinstance(error, OF_THE_SERVER):
        return Fault.SERVER_AWAY
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _by_code(max(code for code, _ in error.recipients.values()))
    if isinstance(error, smtplib.SMTPResponseException):
        return _by_code(error.smtp_code)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Fault.REFUSED
    return Fault.SERVER_AWAY if isinstance(error, OSError) else None


def _by_code(code: int) -> Fault:
    return Fault.REFUSED if code >= PERMANENT else Fault.PUT_OFF
