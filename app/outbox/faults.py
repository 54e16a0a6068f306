"""What kept a mail from leaving: the server, this moment, the mail itself, or our own program."""

import smtplib
from enum import StrEnum
from typing import Final

PERMANENT: Final = 500  # RFC 5321: from here on the same mail is not to be offered again


class MailFault(StrEnum):
    """How the outbox goes on with the mail; kept as its last error."""

    SERVER_AWAY = "server_away"
    PUT_OFF = "put_off"
    REFUSED = "refused"


OF_THE_SERVER: Final = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPSenderRefused,
)
"""These would meet every mail alike."""


def mail_fault(error: Exception) -> MailFault | None:
    """None where the error says nothing about mail: then it is ours."""
    if isinstance(error, OF_THE_SERVER):
        return MailFault.SERVER_AWAY
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _by_code(max(code for code, _ in error.recipients.values()))
    if isinstance(error, smtplib.SMTPResponseException):
        return _by_code(error.smtp_code)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return MailFault.REFUSED
    return MailFault.SERVER_AWAY if isinstance(error, OSError) else None


def _by_code(code: int) -> MailFault:
    return MailFault.REFUSED if code >= PERMANENT else MailFault.PUT_OFF
