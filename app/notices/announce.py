"""Announcing what happened, inside the transaction in which it happens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.notices.rules import Event
from app.outbox.enqueue import job

ANNOUNCE: Final = "announce"


@dataclass(frozen=True, slots=True)
class News:
    """What is said, in plain German; `address` is a path of the portal.

    `mail_links` (text, path) stand in the mail only, with `mail_note` below: one-time links must
    not lie on a page.
    """

    event: Event
    title: str
    text: str
    address: str
    mail_links: tuple[tuple[str, str], ...] = ()
    mail_note: str = ""


def announce(session: Session, news: News, to: Iterable[int], now: datetime, *, cause: str) -> None:
    """One row of the outbox, however many are told; nothing where nobody is.

    The worker spreads it after the commit, so a rolled-back order tells nobody and waits for
    nobody's wishes. The same `cause` (at most 120 signs) is told to nobody twice.
    """
    people = sorted(set(to))
    if not people:
        return
    payload: dict[str, object] = {
        "event": news.event.value,
        "title": " ".join(news.title.split())[:200],
        "text": news.text.strip(),
        "address": news.address,
        "mail_links": [list(one) for one in news.mail_links],
        "mail_note": news.mail_note,
        "people": people,
        "cause": cause,
        "at": now.isoformat(),
    }
    job(session, ANNOUNCE, payload, now, f"{ANNOUNCE}:{cause}")
