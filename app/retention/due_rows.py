"""Which rows are past their period, kind by kind; whose they are decides about holds."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, String, and_, cast, func, literal, or_, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.accounts.records import ApiToken, LoginSession, PasswordReset, Person, SignInAttempt
from app.approvals.records import ApprovalLink
from app.archive.records import StoredFile
from app.audit.records import AuditEvent
from app.catalog.records import CatalogVersion
from app.database.base import Record
from app.eligibility.records import EligibilityDecision
from app.frameworks.records import Framework, Lot
from app.fulfilment.records import Delivery
from app.invoicing.records import Invoice
from app.kernel.legal_day import start_of_day
from app.notices.records import Notice
from app.ordering.placing.records import IdempotencyKey
from app.ordering.quoting.records import FreePosition
from app.ordering.records import CallOff
from app.outbox.records import OutboxMessage
from app.retention.rules import GONE, Kept
from app.retention.rules_files import used

Personal = (
    type[LoginSession] | type[PasswordReset] | type[ApiToken] | type[Notice] | type[ApprovalLink]
)

PERSONAL: Final[dict[Kept, Personal]] = {
    Kept.SESSIONS: LoginSession,
    Kept.RESETS: PasswordReset,
    Kept.TOKENS: ApiToken,
    Kept.NOTICES: Notice,
    Kept.LINKS: ApprovalLink,
}

Dated = InstrumentedAttribute[date | None] | InstrumentedAttribute[date]
DATED: Final[dict[Kept, tuple[type[Record], Dated]]] = {
    Kept.INVOICES: (Invoice, Invoice.issued_on),
    Kept.DELIVERY_NOTES: (Delivery, Delivery.delivered_on),
    Kept.FRAMEWORKS: (Framework, Framework.valid_to),
}


def counted_only(session: Session, kind: Kept, before: date) -> int:
    """How many guarded records are past their period: they are counted, never deleted here."""
    instant = start_of_day(before)
    table, condition = _guarded(kind, before, instant)
    return session.scalar(select(func.count()).select_from(table).where(condition)) or 0


def due_personal(session: Session, kind: Kept, before: date) -> Sequence[tuple[int, int]]:
    """Number and person of each row."""
    instant = start_of_day(before)
    table = PERSONAL[kind]
    ended: ColumnElement[bool]
    match kind:
        case Kept.SESSIONS:
            ended = and_(
                LoginSession.last_seen_at < instant,
                or_(LoginSession.revoked_at.is_not(None), LoginSession.expires_at < instant),
            )
        case Kept.RESETS:
            ended = PasswordReset.expires_at < instant
        case Kept.NOTICES:
            ended = Notice.at < instant
        case Kept.LINKS:
            ended = ApprovalLink.expires_at < instant
        case _:
            ended = or_(ApiToken.revoked_at < instant, ApiToken.expires_at < instant)
    return [
        (row[0], row[1]) for row in session.execute(select(table.id, table.person_id).where(ended))
    ]


def due_attempts(before: date) -> ColumnElement[bool]:
    return SignInAttempt.at < start_of_day(before)


def due_messages(before: date) -> ColumnElement[bool]:
    """Carried out long ago; what still waits or has died stays for the administration."""
    return OutboxMessage.done_at < start_of_day(before)


def due_answers(before: date) -> ColumnElement[bool]:
    """Kept for a retry; what was ordered stands in the order itself."""
    return IdempotencyKey.at < start_of_day(before)


def due_people(session: Session, before: date) -> Sequence[int]:
    """Locked out before that day and not let in again; the trail knows when."""
    locked = (
        select(func.max(AuditEvent.at))
        .where(
            AuditEvent.action == "user_deactivated",
            AuditEvent.subject == literal("person:") + cast(Person.id, String),
        )
        .correlate(Person)
        .scalar_subquery()
    )
    return session.scalars(
        select(Person.id)
        .where(
            Person.active.is_(False),
            ~Person.mail.endswith(GONE),
            locked < start_of_day(before),
        )
        .order_by(Person.id)
    ).all()


def _guarded(
    kind: Kept, before: date, instant: datetime
) -> tuple[type[Record], ColumnElement[bool]]:
    if kind in DATED:
        table, column = DATED[kind]
        return table, _before(column, before)
    match kind:
        case Kept.ORDERS:
            return CallOff, CallOff.submitted_at < instant
        case Kept.DECISIONS:
            return EligibilityDecision, EligibilityDecision.decided_at < instant
        case Kept.UNUSED:
            return StoredFile, and_(
                StoredFile.stored_at < instant,
                func.length(StoredFile.content) > 0,
                text(f"NOT ({used('stored_file.sha256')})"),
            )
        case Kept.QUOTES:
            lots = select(Lot.id).join(Framework).where(Framework.valid_to < before)
            return FreePosition, and_(
                FreePosition.ordered_as.is_(None), FreePosition.lot_id.in_(lots)
            )
        case _:
            over = select(Framework.id).where(Framework.valid_to < before)
            return CatalogVersion, CatalogVersion.framework_id.in_(over)


def _before(column: Dated, day: date) -> ColumnElement[bool]:
    return and_(column.is_not(None), column < day)
