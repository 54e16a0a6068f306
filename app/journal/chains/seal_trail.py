"""The day's anchor over the audit trail and all decisions; mailed to whoever shall keep it."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.anchor import Anchor
from app.audit.anchor_folder import AnchorFolder
from app.audit.seal_day import seal_day
from app.eligibility.deciding.verify_chains import decision_heads
from app.kernel.german import day, moment, number
from app.outbox.enqueue import send_mail


def seal_trail(
    session: Session, folder: AnchorFolder, mail_to: str, now: datetime
) -> tuple[Anchor, bool]:
    """Today's anchor and whether it is new; never part of a transaction that takes an order."""
    anchor, new = seal_day(session, folder, decision_heads(session), now)
    if new and mail_to:
        subject = f"Tagesanker {anchor.number} vom {day(anchor.day)}"
        send_mail(session, mail_to, subject, anchor_text(anchor), now, f"anchor:{anchor.number}")
    return anchor, new


def anchor_text(anchor: Anchor) -> str:
    """What an auditor keeps on paper or in a mailbox: enough to find every later change."""
    return (
        f"Tagesanker Nr. {anchor.number} vom {day(anchor.day)}\n"
        f"Versiegelt: {moment(anchor.sealed_at)}\n"
        f"Ketten: {number(len(anchor.heads))}, Einträge: {number(anchor.rows)}\n"
        f"Merkle-Wurzel:\n{anchor.root}\n"
        f"Prüfsumme dieses Ankers:\n{anchor.sha256}\n"
        f"Prüfsumme des vorigen Ankers:\n{anchor.previous_sha256}\n"
        f"Fingerabdruck des Schlüssels:\n{anchor.key_id}\n"
        f"Signatur (Ed25519):\n{anchor.signature}\n\n"
        "Bitte bewahren Sie diese Angaben außerhalb des Portals auf. Weicht die Prüfsumme eines "
        "Ankers später von diesen Angaben ab, wurde die Ankerdatei verändert.\n"
    )
