"""A closed fiscal year with its annual statement, for the activity test; added once."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.archive.check_upload import Scanner, check_upload, no_scan
from app.audit.append import COOPERATIVE, Happening, append
from app.eligibility.activity_test import BODIES
from app.eligibility.given import Bundle, GivenDocument, GivenTurnover
from app.eligibility.people import ask_for_second_person
from app.eligibility.records import Turnover
from app.eligibility.store_bundle import store_bundle
from app.kernel.canonical import sha256_hex
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.kernel.money import Money

FIRST_YEAR: Final = 1990


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


def record_turnover(
    session: Session,
    wish: YearWish,
    person_id: int,
    now: datetime,
    scan: Scanner = no_scan,
) -> None:
    """Malformed names the fields that cannot be taken; a year is never recorded twice."""
    errors = _errors(session, wish, now)
    checked = check_upload(wish.content, scan)
    if checked.refusal:
        errors.append(FieldError("datei", "file_refused", checked.refusal))
    if errors:
        raise Malformed(*errors)
    document = GivenDocument(
        ref="statement",
        kind="annual_statement",
        title=wish.title or f"Jahresabschluss {wish.year}",
        dated=wish.dated,
        valid_from=wish.dated,
        content=wish.content,
        media_type=checked.media_type,
        file_name=wish.file_name,
    )
    year = GivenTurnover(
        wish.body,
        wish.year,
        members=wish.members,
        nonmembers_public=wish.nonmembers_public,
        private=wish.private,
        ref=document.ref,
        grants=wish.grants,
        consolidated=wish.consolidated,
        group_parent=wish.group_parent,
    )
    numbers = store_bundle(session, Bundle((document,), turnover=(year,)), now, person_id)
    number = numbers[document.ref]
    ask_for_second_person(session, number, document.title, person_id, now)
    append(
        session,
        COOPERATIVE,
        now,
        Happening(
            action="turnover_recorded",
            subject=f"turnover:{wish.body}:{wish.year}",
            actor=f"person:{person_id}",
            payload={
                "members": wish.members.cents,
                "total": year.total.cents,
                "document": number,
                "sha256": sha256_hex(wish.content),
            },
        ),
    )


def _errors(session: Session, wish: YearWish, now: datetime) -> list[FieldError]:
    today = legal_day(now)
    errors = []
    if wish.body not in BODIES:
        errors.append(FieldError("koerper", "unknown", "Bitte wählen Sie, wessen Jahr es ist."))
    if not FIRST_YEAR <= wish.year < today.year:
        text = "Bitte geben Sie ein abgeschlossenes Geschäftsjahr an."
        errors.append(FieldError("jahr", "not_closed", text))
    elif session.scalar(
        select(exists().where(Turnover.body == wish.body, Turnover.fiscal_year == wish.year))
    ):
        text = "Dieses Jahr ist schon erfasst. Festgestellte Zahlen werden nicht überschrieben."
        errors.append(FieldError("jahr", "recorded", text))
    if wish.dated > today:
        errors.append(FieldError("datum", "in_future", "Das Datum liegt in der Zukunft."))
    amounts = (wish.members, wish.nonmembers_public, wish.private, wish.grants)
    if any(amount.cents < 0 for amount in amounts):
        errors.append(FieldError("mitglieder", "negative", "Beträge sind nicht negativ."))
    return errors
