"""Telling people of lists to erase: that one waits for a second person, and what came of it."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.kernel.legal_day import legal_day
from app.members.rules import Role
from app.notices.announce import News, announce
from app.notices.people import holders
from app.notices.rules import Event
from app.retention.records import ErasureProposal, ErasureRelease

KEEPERS: Final = (Role.ADMIN, Role.LEGAL)
HERE: Final = "/verwaltung/aufbewahrung/dateien"


def ask_second_person(
    session: Session, proposal: ErasureProposal, files: int, now: datetime
) -> None:
    """Everybody who may decide is told, but not who proposed the list."""
    what = "eine Datei" if files == 1 else f"{files} Dateien"
    text = (
        f"Die Liste {proposal.id} schlägt vor, {what} nach Ablauf der Frist zu löschen. "
        "Eine zweite Person gibt sie frei oder lehnt ab."
    )
    news = News(Event.ERASURE, f"Löschliste {proposal.id} wartet auf die zweite Person", text, HERE)
    people = set(holders(session, KEEPERS, legal_day(now))) - {proposal.proposed_by}
    announce(session, news, people, now, cause=f"erasure:{proposal.id}:proposed")


def tell_proposer(session: Session, verdict: ErasureRelease, now: datetime) -> None:
    """Who proposed the list hears what the second person said."""
    number = verdict.proposal_id
    if verdict.released:
        title = f"Löschliste {number} ist freigegeben"
        text = "Der nächste Lauf löscht die Dateien. Was dann gesperrt ist, bleibt."
    else:
        title = f"Löschliste {number} ist abgelehnt"
        text = f"Die Dateien bleiben. Grund: {verdict.reason}"
    news = News(Event.ERASURE, title, text, HERE)
    announce(session, news, [verdict.proposed_by], now, cause=f"erasure:{number}:decided")
