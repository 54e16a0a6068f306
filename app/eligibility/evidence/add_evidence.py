"""The legal role adds a fact with the document that proves it; nothing is ever overwritten."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.archive.check_upload import Scanner, check_upload, no_scan
from app.audit.append import COOPERATIVE as COOPERATIVE_STREAM
from app.audit.append import Happening, append, member_stream
from app.eligibility.evidence.given import Bundle, GivenDocument, GivenFact
from app.eligibility.evidence.store_bundle import store_bundle
from app.eligibility.evidence.vocabulary import EVIDENCE_TYPES, FACT_NAMES
from app.eligibility.judging.case import OPERATING_LINK
from app.eligibility.judging.facts import FactValue
from app.eligibility.people import ask_for_second_person
from app.frameworks.records import Framework
from app.kernel.canonical import sha256_hex
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.members.records import Member


@dataclass(frozen=True, slots=True)
class EvidenceWish:
    """What was handed in; `scope_key` is empty for the cooperative and its company."""

    scope_type: str
    scope_key: str
    key: str
    value: FactValue
    kind: str
    title: str
    dated: date
    valid_from: date
    valid_to: date | None
    review_due: date | None
    file_name: str
    content: bytes
    confidential: bool = True


def add_evidence(
    session: Session,
    wish: EvidenceWish,
    person_id: int,
    now: datetime,
    scan: Scanner = no_scan,
) -> int:
    """The new document's number; Malformed names the fields that cannot be taken.

    It counts when a second person of the legal role has approved it.
    """
    errors = [*_date_errors(wish, now), *_subject_errors(session, wish)]
    checked = check_upload(wish.content, scan)
    if checked.refusal:
        errors.append(FieldError("datei", "file_refused", checked.refusal))
    if wish.kind not in EVIDENCE_TYPES:
        errors.append(FieldError("art", "unknown", "Bitte wählen Sie die Art des Nachweises."))
    if not wish.title:
        errors.append(FieldError("titel", "missing", "Bitte geben Sie einen Titel an."))
    if errors:
        raise Malformed(*errors)
    member_key = wish.scope_key if wish.scope_type == "member" else None
    document = GivenDocument(
        ref="document",
        kind=wish.kind,
        title=wish.title,
        dated=wish.dated,
        valid_from=wish.valid_from,
        content=wish.content,
        media_type=checked.media_type,
        file_name=wish.file_name,
        valid_to=wish.valid_to,
        review_due=wish.review_due,
        member_key=member_key,
        confidential=wish.confidential,
    )
    fact = GivenFact(
        wish.scope_type, wish.scope_key, wish.key, wish.value, wish.valid_from, ref=document.ref
    )
    numbers = store_bundle(session, Bundle((document,), (fact,)), now, person_id)
    number = numbers[document.ref]
    ask_for_second_person(session, number, wish.title, person_id, now)
    _put_on_trail(session, wish, number, person_id, now)
    return number


def _date_errors(wish: EvidenceWish, now: datetime) -> list[FieldError]:
    errors = []
    if wish.dated > legal_day(now):
        errors.append(FieldError("datum", "in_future", "Das Datum liegt in der Zukunft."))
    for name, day in (("gueltig_bis", wish.valid_to), ("wiedervorlage", wish.review_due)):
        if day is not None and day < wish.valid_from:
            text = "Dieser Tag liegt vor dem Beginn der Gültigkeit."
            errors.append(FieldError(name, "before_begin", text))
    return errors


def _subject_errors(session: Session, wish: EvidenceWish) -> list[FieldError]:
    if (wish.scope_type, wish.key) not in FACT_NAMES:
        return [FieldError("aussage", "unknown", "Bitte wählen Sie, was nachgewiesen wird.")]
    if _subject_exists(session, wish.scope_type, wish.scope_key):
        return []
    text = {
        "member": "Ein Mitglied mit diesem Schlüssel gibt es nicht.",
        "framework": "Einen Rahmenvertrag mit dieser Nummer gibt es nicht.",
        "chain_link": "Dieses Kettenglied gibt es nicht.",
    }.get(wish.scope_type, "Hier bleibt das Feld leer.")
    return [FieldError("bezug", "unknown", text)]


def _subject_exists(session: Session, scope_type: str, scope_key: str) -> bool:
    if scope_type == "member":
        wanted = exists().where(Member.key == scope_key)
    elif scope_type == "framework":
        wanted = exists().where(Framework.number == scope_key)
    elif scope_type == "chain_link" and scope_key != OPERATING_LINK:
        wanted = exists().where(Framework.chain_link == scope_key)
    else:
        return scope_type == "chain_link" or scope_key == ""
    return bool(session.scalar(select(wanted)))


def _put_on_trail(
    session: Session, wish: EvidenceWish, number: int, person_id: int, now: datetime
) -> None:
    member = wish.scope_type == "member"
    append(
        session,
        member_stream(wish.scope_key) if member else COOPERATIVE_STREAM,
        now,
        Happening(
            action="evidence_added",
            subject=f"evidence:{number}",
            actor=f"person:{person_id}",
            payload={
                "scope_type": wish.scope_type,
                "scope_key": wish.scope_key,
                "key": wish.key,
                "type": wish.kind,
                "sha256": sha256_hex(wish.content),
                "valid_from": wish.valid_from.isoformat(),
            },
        ),
    )
