"""Recording an agreement after its award; lots, suppliers and papers follow."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.frameworks.amending.log_change import Entry, Said, log_change
from app.frameworks.amendment_limits import AmendmentKind
from app.frameworks.records import AwardModel, Framework, PartyRule
from app.frameworks.rules import longest_end
from app.frameworks.supplier_choice import CallOffMode
from app.kernel.errors import FieldError, Malformed

NUMBER: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{2,39}", re.ASCII)


@dataclass(frozen=True, slots=True)
class NewFramework:
    """What stands in the award; § 21 VgV asks for term, parties and mode."""

    number: str
    title: str
    award_model: AwardModel
    contracting_entity: str
    supplier_name: str
    supplier_vat_id: str | None
    procedure_type: str
    notice_id: str
    award_date: date
    valid_from: date
    valid_to: date
    call_off_mode: CallOffMode
    term_exception_reason: str = ""


def create_framework(
    session: Session, person_id: int, new: NewFramework, now: datetime
) -> Framework:
    """Open to all members until somebody says otherwise. Raises Malformed."""
    errors = list(_errors(session, new))
    if errors:
        raise Malformed(*errors)
    framework = Framework(
        number=new.number,
        title=new.title,
        award_model=new.award_model,
        party_rule=PartyRule.ALL_MEMBERS,
        contracting_entity=new.contracting_entity,
        supplier_name=new.supplier_name,
        supplier_vat_id=new.supplier_vat_id,
        procedure_type=new.procedure_type,
        notice_id=new.notice_id,
        award_date=new.award_date,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        term_exception_reason=new.term_exception_reason or None,
        call_off_mode=new.call_off_mode,
        version=0,
    )
    session.add(framework)
    session.flush()
    entry = Entry(AmendmentKind.TERMS, (f"Rahmenvertrag {new.number} angelegt",))
    log_change(session, framework, entry, Said("Zuschlag erteilt"), person_id, now)
    return framework


def _errors(session: Session, new: NewFramework) -> Iterator[FieldError]:
    if not NUMBER.fullmatch(new.number):
        text = "Die Nummer hat Großbuchstaben, Ziffern und Bindestriche, zum Beispiel RV-APT-02."
        yield FieldError("number", "number", text)
    elif session.scalar(select(exists().where(Framework.number == new.number))):
        yield FieldError("number", "taken", "Diese Nummer hat schon ein Rahmenvertrag.")
    for name, text in (
        ("title", "Bitte geben Sie den Titel an."),
        ("contracting_entity", "Bitte nennen Sie den Auftraggeber."),
        ("supplier_name", "Bitte nennen Sie den Auftragnehmer."),
        ("procedure_type", "Bitte nennen Sie das Vergabeverfahren."),
        ("notice_id", "Bitte nennen Sie die Bekanntmachung oder warum es keine gibt."),
    ):
        if not getattr(new, name):
            yield FieldError(name, "missing", text)
    if new.valid_to < new.valid_from:
        yield FieldError("valid_to", "order", "Das Ende der Laufzeit liegt vor ihrem Beginn.")
    elif new.valid_to > longest_end(new.valid_from) and not new.term_exception_reason:
        text = "Länger als vier Jahre nur mit begründetem Sonderfall (§ 21 Abs. 6 VgV)."
        yield FieldError("term_exception_reason", "missing", text)
    if new.award_date > new.valid_from:
        text = "Der Zuschlag liegt nach dem Beginn der Laufzeit."
        yield FieldError("award_date", "order", text)
