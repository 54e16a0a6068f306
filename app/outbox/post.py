"""Sending one mail, text and HTML: by SMTP, into a folder, or only into the log."""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, unquote, urlsplit

import structlog

from app.outbox.html_mail import as_html

log = structlog.get_logger()

PATIENCE: Final = 20
"""Seconds for each step of the talk with the mail server."""
PATIENCE_AT_THE_END: Final = 110
"""Seconds until it has taken the mail: it may search it for viruses first, and who hangs up
meanwhile sends it twice. All steps together stay below the lease of a message."""


@dataclass(frozen=True, slots=True)
class Mail:
    """Text to one person; `key` makes a repeated sending recognisable."""

    to: str
    subject: str
    body: str
    key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes; only links below `own_address` may hide behind words in the HTML part."""

    mail: str
    own_address: str = ""


class Talk(smtplib.SMTP):
    """A talk with a mail server, with more patience after the mail than before it."""

    def data(self, msg: Any) -> Any:
        if self.sock:
            self.sock.settimeout(PATIENCE_AT_THE_END)
        return super().data(msg)


class EncryptedTalk(Talk, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


def mail_carrier(url: str, mail_from: str, own_address: str = "") -> Callable[[Mail], None]:
    """What sends: `smtp://user:password@host:25`, `smtps://`, `file:///folder` or `none:`."""
    address, sender = urlsplit(url), Sender(mail_from, own_address)
    if address.scheme in {"smtp", "smtps"}:
        return partial(_by_smtp, address, sender)
    if address.scheme == "file":
        return partial(_into_folder, Path(unquote(address.path)), sender)
    return _into_log


def written(mail: Mail, sender: Sender) -> EmailMessage:
    """The message; its id follows from the key, so the second of two equal ones can be dropped."""
    message = EmailMessage()
    message["From"] = sender.mail
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.at)
    place = sender.mail.rpartition("@")[2]
    message["Message-ID"] = f"<{sha256(mail.key.encode()).hexdigest()[:32]}@{place}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "de"
    message.set_content(mail.body)
    message.add_alternative(as_html(mail.subject, mail.body, sender.own_address), subtype="html")
    return message


def _by_smtp(address: SplitResult, sender: Sender, mail: Mail) -> None:
    host = address.hostname or "localhost"
    if address.scheme == "smtps":
        context = ssl.create_default_context()
        server: Talk = EncryptedTalk(host, address.port or 465, timeout=PATIENCE, context=context)
    else:
        server = Talk(host, address.port or 25, timeout=PATIENCE)
    try:
        server.ehlo()
        if address.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if address.username:
            server.login(unquote(address.username), unquote(address.password or ""))
        server.send_message(written(mail, sender))
    finally:
        with suppress(OSError):  # the mail is taken or refused, whatever is answered to goodbye
            server.quit()
        server.close()


def _into_folder(folder: Path, sender: Sender, mail: Mail) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = sha256(mail.key.encode()).hexdigest()[:32]
    (folder / f"{name}.eml").write_bytes(written(mail, sender).as_bytes())


def _into_log(mail: Mail) -> None:
    """Nobody is written to: the demonstration must not send mail to invented addresses."""
    log.info("mail_not_sent", subject=mail.subject)
