"""Printing forms for an outage: a block of numbers that nobody else gets."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.archive.store import keep
from app.audit.append import Happening, append, member_stream
from app.database.tenant import Tenant
from app.documents.limiter import ONE_AT_A_TIME
from app.documents.outage_form_pdf import OutageForms, outage_form_pdf
from app.kernel.errors import FieldError, Malformed
from app.members.queries import member_of, product_accounts
from app.ordering.outage.records import OutageFormBlock
from app.ordering.outage.rules_forms import FEWEST, MANY, MOST, form_number
from app.ordering.placing.draw_number import draw_number
from app.ordering.wanted import Actor

PDF: Final = "application/pdf"


def issue_forms(
    session: Session, actor: Actor, member_id: int, many: int, now: datetime
) -> OutageFormBlock:
    """One page per form. Raises Malformed where `many` is not 1 to 50."""
    if not FEWEST <= many <= MOST:
        raise Malformed(FieldError("anzahl", "number", MANY))
    tenant = Tenant(member_id)
    member = member_of(session, tenant, member_id)
    # The series stays locked until commit, so the numbers follow each other.
    numbers = [draw_number(session, f"outage_form:{member.key}") for _ in range(many)]
    forms = OutageForms(
        numbers=tuple(form_number(member.key, one) for one in numbers),
        member_name=member.name,
        member_address=(member.street, f"{member.postal_code} {member.city}"),
        accounts=tuple(
            f"{one.account} {one.name}" for one in product_accounts(session, tenant)[:6]
        ),
        printed_at=now,
        demonstration=member.demonstration,
    )
    with ONE_AT_A_TIME:
        pdf = outage_form_pdf(forms)
    block = OutageFormBlock(
        member_id=member_id,
        first=numbers[0],
        last=numbers[-1],
        pdf_sha256=keep(session, pdf, PDF, now),
        issued_by=actor.person_id,
        issued_at=now,
    )
    session.add(block)
    session.flush()
    payload: dict[str, object] = {"first": forms.numbers[0], "last": forms.numbers[-1]}
    happening = Happening("outage_forms.issued", forms.numbers[0], actor.name, payload)
    append(session, member_stream(member.key), now, happening)
    return block
