"""Evidence that waits for a second person, and an exception that somebody asked for."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demonstration.cast import person_id
from app.demonstration.demonstration_paper import demonstration_paper
from app.demonstration.script import Script
from app.eligibility.evidence.add_evidence import EvidenceWish, add_evidence
from app.eligibility.evidence.ask_override import Asked, ask_override
from app.eligibility.evidence.records import Fact
from app.kernel.legal_day import legal_day

REASON = "Die Erneuerung steht auf der nächsten Sitzung der Verbandsversammlung (Demonstration)."


def show_evidence(session: Session, script: Script, at: datetime) -> None:
    """Both wait: nothing counts that only one person said."""
    legal = person_id(session, script.evidence.entered_by)
    today = legal_day(at)
    title = f"Beitragsordnung {today.year + 1} (Demonstrationsnachweis)"
    dated = today - timedelta(days=3)
    wish = EvidenceWish(
        scope_type="cooperative",
        scope_key="",
        key="fee_schedule",
        value=True,
        kind="fee_schedule",
        title=title,
        dated=dated,
        valid_from=date(today.year + 1, 1, 1),
        valid_to=None,
        review_due=None,
        file_name="beitragsordnung.pdf",
        content=demonstration_paper(title, dated),
        confidential=False,
    )
    add_evidence(session, wish, legal, at)
    expired = session.scalar(
        select(Fact.id).where(
            Fact.scope_key == script.blocked.member, Fact.key == "accession_declaration"
        )
    )
    if expired is not None:
        ask_override(session, expired, Asked(14, REASON), legal, at)
