"""The catalog editor records a sustainability label of an article with its proof."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.archive.media_type import media_type_of
from app.archive.store import keep
from app.catalog.content.note_edit import note_edit
from app.catalog.content.queries import article_of
from app.catalog.content_records import ArticleLabel
from app.catalog.rules_labels import LONGEST_GRADE, NEXT_DAY, Label, web_address
from app.kernel.errors import FieldError, Malformed


@dataclass(frozen=True, slots=True)
class LabelWish:
    """As typed; `valid_until` is the last day (None: no end stated), the proof link or file."""

    label: str
    grade: str
    valid_from: date | None
    valid_until: date | None
    proof_url: str
    proof: bytes


def add_label(
    session: Session, sku: str, wish: LabelWish, person_id: int, now: datetime
) -> ArticleLabel:
    """Malformed names the fields that cannot be taken."""
    article = article_of(session, sku)
    errors = [*_errors(wish)]
    media_type = media_type_of(wish.proof) if wish.proof else None
    if wish.proof and media_type is None:
        text = "Bitte wählen Sie eine Datei als PDF, PNG oder JPEG mit höchstens 10 MB."
        errors.append(FieldError("urkunde", "file_refused", text))
    if errors or wish.valid_from is None:
        raise Malformed(*errors)
    entry = ArticleLabel(
        article_id=article.id,
        label=Label(wish.label),
        grade=wish.grade,
        valid_from=wish.valid_from,
        valid_to=wish.valid_until + NEXT_DAY if wish.valid_until else None,
        proof_url=web_address(wish.proof_url),
        proof_sha256=keep(session, wish.proof, media_type, now) if media_type else None,
        recorded_at=now,
        recorded_by=person_id,
    )
    session.add(entry)
    session.flush()
    note_edit(session, article, "label_added", entry.label.german, person_id, now)
    return entry


def _errors(wish: LabelWish) -> list[FieldError]:
    errors = []
    if wish.label not in set(Label):
        errors.append(FieldError("siegel", "unknown", "Bitte wählen Sie ein Umweltzeichen."))
    if len(wish.grade) > LONGEST_GRADE:
        errors.append(FieldError("stufe", "too_long", f"Bitte höchstens {LONGEST_GRADE} Zeichen."))
    if wish.valid_from is None:
        text = "Bitte geben Sie an, seit wann das Umweltzeichen gilt."
        errors.append(FieldError("gueltig_ab", "missing", text))
    elif wish.valid_until is not None and wish.valid_until < wish.valid_from:
        text = "Dieser Tag liegt vor dem Beginn der Gültigkeit."
        errors.append(FieldError("gueltig_bis", "before_begin", text))
    if wish.proof_url and not web_address(wish.proof_url):
        text = "Bitte geben Sie eine vollständige Adresse an, die mit https:// beginnt."
        errors.append(FieldError("nachweis_url", "address", text))
    if not wish.proof_url and not wish.proof:
        text = "Bitte nennen Sie die Adresse des Registereintrags oder laden Sie die Urkunde hoch."
        errors.append(FieldError("nachweis_url", "proof_missing", text))
    return errors
