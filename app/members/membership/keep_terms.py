"""Statutes and fees from a day on; what counted before stays on record."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.kernel.errors import FieldError, Malformed
from app.kernel.money import Money
from app.members.records import MembershipFee, MembershipTerms

MONTHS = 12
LONGEST_NOTICE = 60  # § 65 Abs. 2 GenG: at most five years


@dataclass(frozen=True, slots=True)
class TermsWish:
    valid_from: date
    cooperative: str
    first_month: int
    notice_months: int
    share: Money
    source: str


def keep_terms(session: Session, wish: TermsWish, actor: str, now: datetime) -> None:
    """Malformed names every fault; a day has one wording."""
    faults = []
    if not 1 <= wish.first_month <= MONTHS:
        faults.append(FieldError("first_month", "out_of_range", "Bitte wählen Sie den Monat."))
    if not 3 <= wish.notice_months <= LONGEST_NOTICE:  # noqa: PLR2004 - § 65 Abs. 2 GenG
        text = "Die Frist beträgt 3 bis 60 Monate (§ 65 Abs. 2 GenG)."
        faults.append(FieldError("notice_months", "out_of_range", text))
    if not wish.cooperative:
        faults.append(FieldError("cooperative", "missing", "Bitte nennen Sie die Genossenschaft."))
    if not wish.source:
        faults.append(FieldError("terms_source", "missing", "Bitte nennen Sie die Fundstelle."))
    if session.scalar(select(exists().where(MembershipTerms.valid_from == wish.valid_from))):
        text = "Für diesen Tag ist schon eine Fassung erfasst."
        faults.append(FieldError("terms_from", "taken", text))
    if faults:
        raise Malformed(*faults)
    session.add(
        MembershipTerms(
            valid_from=wish.valid_from,
            cooperative=wish.cooperative,
            first_month=wish.first_month,
            notice_months=wish.notice_months,
            share=wish.share,
            source=wish.source,
            recorded_at=now,
        )
    )
    said: dict[str, object] = {
        "valid_from": wish.valid_from.isoformat(),
        "first_month": wish.first_month,
        "notice_months": wish.notice_months,
        "share_cents": wish.share.cents,
        "source": wish.source,
    }
    append(session, COOPERATIVE, now, Happening("terms_kept", "membership_terms", actor, said))


def keep_fee(
    session: Session, valid_from: date, fee: tuple[Money, str], actor: str, now: datetime
) -> None:
    """A monthly fee with its source; Malformed where the day has one already."""
    monthly, source = fee
    faults = []
    if not source:
        faults.append(FieldError("fee_source", "missing", "Bitte nennen Sie die Beitragsordnung."))
    if session.scalar(select(exists().where(MembershipFee.valid_from == valid_from))):
        text = "Für diesen Tag ist schon ein Beitrag erfasst."
        faults.append(FieldError("fee_from", "taken", text))
    if faults:
        raise Malformed(*faults)
    session.add(MembershipFee(valid_from=valid_from, monthly=monthly, source=source))
    said: dict[str, object] = {
        "valid_from": valid_from.isoformat(),
        "monthly_cents": monthly.cents,
        "source": source,
    }
    append(session, COOPERATIVE, now, Happening("fee_kept", "membership_fee", actor, said))
