"""Adding a paper to an agreement: award, contract, notice."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.frameworks.amending.lock_framework import lock_framework
from app.frameworks.amending.log_change import Entry, log_change
from app.frameworks.amending.resolution import Paper, Resolution, paper_errors
from app.frameworks.amendment_limits import AmendmentKind
from app.kernel.errors import Malformed
from app.kernel.legal_day import legal_day


def add_document(
    session: Session, person_id: int, number: str, paper: Paper, now: datetime
) -> int | None:
    """Kept by its hash, never replaced; the number of the paper. Raises Malformed."""
    framework = lock_framework(session, number, None).framework
    today = legal_day(now)
    errors = list(paper_errors(paper, today))
    if errors:
        raise Malformed(*errors)
    entry = Entry(AmendmentKind.TERMS, (f"Dokument: {paper.title}",))
    by = Resolution("", today, "Vertragsunterlage abgelegt", paper)
    return log_change(session, framework, entry, by, person_id, now).document_id
