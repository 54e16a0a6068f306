"""Sealing a day: the ends of all chains are signed and written outside the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.anchor import Anchor, read_anchor, sign
from app.audit.anchor_folder import AnchorFolder
from app.audit.merkle import Head
from app.audit.records import AuditAnchor, AuditStream
from app.kernel.legal_day import legal_day


def seal_day(
    session: Session, folder: AnchorFolder, more: Sequence[Head], now: datetime
) -> tuple[Anchor, bool]:
    """Today's anchor, and whether it is a new one; `more` are ends of chains kept elsewhere.

    The line goes to the disk before the transaction commits. Where that commit fails, the next
    run finds the line in the file and takes it over, so no day ever has two anchors.
    """
    known = session.scalar(select(func.max(AuditAnchor.number))) or 0
    written = [read_anchor(line) for line in folder.lines()]
    for anchor in written:
        if anchor.number > known:
            _keep(session, anchor)
    today = legal_day(now)
    if written and written[-1].day >= today:
        return written[-1], False
    heads = (*_heads(session), *more)
    anchor = sign(folder.private_key(), now, today, heads, written[-1] if written else None)
    _keep(session, anchor)
    session.flush()
    folder.add(anchor.line)
    return anchor, True


def _heads(session: Session) -> list[Head]:
    """One statement, so all heads are of one moment."""
    rows = session.execute(select(AuditStream.name, AuditStream.length, AuditStream.head_sha256))
    return [Head(*row) for row in rows]


def _keep(session: Session, anchor: Anchor) -> None:
    session.add(
        AuditAnchor(
            number=anchor.number,
            day=anchor.day,
            sealed_at=anchor.sealed_at,
            root=anchor.root,
            rows=anchor.rows,
            line=anchor.line,
        )
    )
