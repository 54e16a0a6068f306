"""Old fee schedules whose period is over: one waits on a list, the other can be proposed."""

from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from app.demonstration.cast import person_id
from app.demonstration.demonstration_paper import demonstration_paper
from app.demonstration.script import Script
from app.eligibility.evidence.given import Bundle, GivenDocument
from app.eligibility.evidence.store_bundle import store_bundle
from app.kernel.canonical import sha256_hex
from app.retention.propose_erasure import propose_erasure

YEARS: Final = ((2009, 2011), (2012, 2014))


def show_erasure(session: Session, script: Script, at: datetime) -> None:
    """They came along when the portal was opened; nothing rests on them any more."""
    entered_by = person_id(session, script.evidence.entered_by)
    approved_by = person_id(session, script.evidence.approved_by)
    papers = tuple(_schedule(first, last) for first, last in YEARS)
    store_bundle(session, Bundle(documents=papers), at, entered_by, approved_by)
    propose_erasure(session, [sha256_hex(papers[0].content)], entered_by, at)


def _schedule(first: int, last: int) -> GivenDocument:
    title = f"Beitragsordnung {first} bis {last} (Demonstrationsnachweis)"
    dated = date(first, 1, 1)
    return GivenDocument(
        ref=f"fees-{first}",
        kind="fee_schedule",
        title=title,
        dated=dated,
        valid_from=dated,
        valid_to=date(last, 12, 31),
        content=demonstration_paper(title, dated),
        media_type="application/pdf",
        file_name=f"beitragsordnung-{first}.pdf",
        confidential=False,
        demonstration=True,
    )
