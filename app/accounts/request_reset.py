"""Asking for a new password: the answer is the same whether the address is known or not."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.count_attempt import count_attempt
from app.accounts.one_time_link import one_time_link
from app.accounts.queries import person_with_mail
from app.accounts.rules import (
    ATTEMPTS_PER_ADDRESS,
    RESET_LIFETIME,
    RESETS_PER_ACCOUNT,
    normal_mail,
)
from app.outbox.enqueue import send_mail

SUBJECT = "Neues Passwort festlegen"
BODY = """Guten Tag,

für Ihr Konto wurde ein neues Passwort angefordert. Über diesen Link legen Sie es fest:

Passwort festlegen: {link}

Der Link gilt 60 Minuten und nur einmal. Wenn Sie nichts angefordert haben, müssen Sie nichts tun:
Ihr Passwort bleibt, wie es ist.

Diese Nachricht gehört zu Ihrem Zugang und lässt sich nicht abbestellen.
"""


def request_reset(session: Session, mail: str, address: str, base_url: str, now: datetime) -> bool:
    """Mail a one-time link to an active person; False only if this was asked too often."""
    wanted = normal_mail(mail)
    limits = {
        f"reset mail={wanted}": RESETS_PER_ACCOUNT,
        f"reset from={address}": ATTEMPTS_PER_ADDRESS,
    }
    if not count_attempt(session, limits, now):
        return False
    owner = person_with_mail(session, wanted)
    if owner is None or not owner.active:
        return True
    link, known_as = one_time_link(session, owner.id, RESET_LIFETIME, base_url, now)
    send_mail(
        session,
        to=owner.mail,
        subject=SUBJECT,
        body=BODY.format(link=link),
        now=now,
        dedupe_key=f"reset:{known_as}",
    )
    return True
