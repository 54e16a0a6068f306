"""A real mail server on a free port of this machine."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from app.outbox.deliver import Carriers
from app.outbox.enqueue import send_mail
from app.outbox.post import mail_carrier
from app.outbox.records import OutboxMessage
from tests.support.clock import NOON
from tests.support.databases import Database, free_port

TO = "freigabe@dessau-rosslau.example"


def by_mail(url: str) -> Carriers:
    return Carriers(mail_carrier(url, "portal@kitu.example"), {})


def waiting(database: Database) -> list[OutboxMessage]:
    with database.sessions() as session:
        return list(session.scalars(select(OutboxMessage).where(OutboxMessage.done_at.is_(None))))


def enqueue(database: Database, key: str = "order-1") -> None:
    with database.sessions.begin() as session:
        send_mail(session, TO, "Ein Abruf wartet", "Bitte prüfen Sie ihn.", NOON, key)


class Mailbox:
    """Keeps what arrives; `refusals` of the next mails are turned away for now.

    `unknown` people have no post box here; `goodbye` answers whoever leaves.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refusals = 0
        self.url = ""
        self.unknown: set[str] = set()
        self.goodbye = "221 bye"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name and arguments
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.unknown:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_QUIT(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        return self.goodbye

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.refusals:
            self.refusals -= 1
            return "451 try again later"
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    port = free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    box.url = f"smtp://127.0.0.1:{port}"
    yield box
    server.stop()
