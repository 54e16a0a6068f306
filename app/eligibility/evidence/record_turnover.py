"""A closed fiscal year with its annual statement, for the activity test; added once."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.archive.check_upload import Scanner, check_upload, no_scan
from app.audit.append import COOPERATIVE, Happening, append
from app.eligibility.evidence.given import Bundle, GivenDocument, GivenTurnover
from app.eligibility.evidence.records import Turnover
from app.eligibility.evidence.store_bundle import store_bundle
from app.eligibility.judging.activity_test import BODIES
from app.eligibility.people import ask_for_second_person
from app.kernel.canonical import sha256_hex
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.kernel.money import Money

FIRST_YEAR: Final = 1990
BASES: Final = ("turnover", "cost")


@dataclass(frozen=True, slots=True)
class YearWish:
    """One year of a body, amounts net; grants without consideration stand apart."""

    body: str
    year: int
    members: Money
    nonmembers_public: Money
    private: Money
    grants: Money
    consolidated: bool
    group_parent: bool
    title: str
    dated: date
    file_name: str
    content: bytes
    basis: str = "turnover"
    reason: str = ""


def record_turnover(
    session: Session,
    wish: YearWish,
    person_id: int,
    now: datetime,
    scan: Scanner = no_scan,
) -> None:
    """Malformed names the fields that cannot be taken.

    A year that is recorded already is corrected by a further revision with its reason and its
    statement; it counts once a second person has approved it, and both stay on record.
    """
    before = _revisions(session, wish)
    errors = _errors(wish, before, now)
    checked = check_upload(wish.content, scan)
    if checked.refusal:
        errors.append(FieldError("datei", "file_refused", checked.refusal))
    if errors:
        raise Malformed(*errors)
    document = _statement(wish, checked.media_type)
    year = _given(wish, document.ref, before)
    numbers = store_bundle(session, Bundle((document,), turnover=(year,)), now, person_id)
    number = numbers[document.ref]
    ask_for_second_person(session, number, document.title, person_id, now)
    append(session, COOPERATIVE, now, _recorded(year, document, number, person_id))


def _statement(wish: YearWish, media_type: str) -> GivenDocument:
    return GivenDocument(
        ref="statement",
        kind="annual_statement",
        title=wish.title or f"Jahresabschluss {wish.year}",
        dated=wish.dated,
        valid_from=wish.dated,
        content=wish.content,
        media_type=media_type,
        file_name=wish.file_name,
    )


def _recorded(
    year: GivenTurnover, document: GivenDocument, number: int, person_id: int
) -> Happening:
    return Happening(
        action="turnover_recorded",
        subject=f"turnover:{year.body}:{year.year}",
        actor=f"person:{person_id}",
        payload={
            "revision": year.revision,
            "reason": year.reason,
            "basis": year.basis,
            "members": year.members.cents,
            "total": year.total.cents,
            "document": number,
            "sha256": sha256_hex(document.content),
        },
    )


def _given(wish: YearWish, ref: str, before: int) -> GivenTurnover:
    return GivenTurnover(
        wish.body,
        wish.year,
        members=wish.members,
        nonmembers_public=wish.nonmembers_public,
        private=wish.private,
        ref=ref,
        grants=wish.grants,
        consolidated=wish.consolidated,
        group_parent=wish.group_parent,
        basis=wish.basis,
        revision=before + 1,
        reason=wish.reason if before else "",
    )


def _revisions(session: Session, wish: YearWish) -> int:
    """How often this year is on record."""
    return (
        session.scalar(
            select(func.max(Turnover.revision)).where(
                Turnover.body == wish.body, Turnover.fiscal_year == wish.year
            )
        )
        or 0
    )


def _errors(wish: YearWish, before: int, now: datetime) -> list[FieldError]:
    today = legal_day(now)
    errors = []
    if wish.body not in BODIES:
        errors.append(FieldError("koerper", "unknown", "Bitte wählen Sie, wessen Jahr es ist."))
    if not FIRST_YEAR <= wish.year < today.year:
        text = "Bitte geben Sie ein abgeschlossenes Geschäftsjahr an."
        errors.append(FieldError("jahr", "not_closed", text))
    elif before and not wish.reason:
        text = (
            "Dieses Jahr ist schon erfasst. Festgestellte Zahlen werden nicht überschrieben; "
            "eine Berichtigung braucht unten ihren Grund."
        )
        errors.append(FieldError("jahr", "recorded", text))
    if wish.basis not in BASES:
        text = "Bitte wählen Sie, ob Umsatz oder Kosten zählen."
        errors.append(FieldError("basis", "unknown", text))
    if wish.dated > today:
        errors.append(FieldError("datum", "in_future", "Das Datum liegt in der Zukunft."))
    amounts = (wish.members, wish.nonmembers_public, wish.private, wish.grants)
    if any(amount.cents < 0 for amount in amounts):
        errors.append(FieldError("mitglieder", "negative", "Beträge sind nicht negativ."))
    return errors
