"""Whether somebody may decide over a call-off: value limit, four eyes, the documented exception."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.approvals.record_verdict import Mandate
from app.eligibility.case import FourEyes
from app.eligibility.records import EvidenceDocument
from app.kernel.canonical import canonical_json, sha256_hex
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members.deciders import deciders
from app.members.queries import has_role
from app.members.records import Member
from app.members.rules import Role
from app.ordering.records import CallOff
from app.ordering.shares.write_shares import shares_of


def value_of(member: Member, found: CallOff) -> Money:
    """Net or gross, as the member's limits count."""
    return found.net if member.approval_limit_is_net else found.gross


def mandate_of(
    session: Session, member: Member, found: CallOff, person_id: int, now: datetime
) -> Mandate | None:
    """In whose name the person decides over this order; None where it must not."""
    value = value_of(member, found)
    on = legal_day(now)
    if person_id == found.ordered_by:
        covered = value <= member.self_approval_limit and _proved(session, member, on)
        if not covered or not has_role(session, person_id, Role.APPROVER, on):
            return None
        return Mandate(person_id, exception_evidence_id=member.self_approval_evidence_id)
    able = deciders(session, member.id, value, excluding=found.ordered_by, on=on)
    own = next((decider for decider in able if decider.person_id == person_id), None)
    return Mandate(person_id, on_behalf_of=own.deputy_for) if own is not None else None


def _proved(session: Session, member: Member, on: date) -> bool:
    """Whether the member's own rule still rests on a document that is valid on the day."""
    if member.self_approval_evidence_id is None:
        return False
    proof = session.get_one(EvidenceDocument, member.self_approval_evidence_id)
    last = min(proof.valid_to or date.max, proof.review_due or date.max)
    return proof.valid_from <= on <= last


def four_eyes_of(member: Member, found: CallOff, mandate: Mandate) -> FourEyes:
    """The same for rule O-04: a mandate exists only where limit and rule cover the value."""
    return FourEyes(
        ordered_by=f"person:{found.ordered_by}",
        approved_by=f"person:{mandate.person_id}",
        value=value_of(member, found),
        entitled=True,
        exception=mandate.exception_evidence_id,
    )


def version_sha256(session: Session, found: CallOff) -> str:
    """The hash of what is decided over: lines, prices, value, account, address, shares."""
    own = replace(found.coding, product_account="", cost_centre="")
    shares = shares_of(session, found.id) if found.is_split else ()
    further = {
        **({"coding": own.text} if own.text else {}),
        **({"shares": [[share.sku, share.text] for share in shares]} if shares else {}),
    }
    return sha256_hex(
        canonical_json(
            {
                "number": found.number,
                "lines": [
                    [line.sku, line.quantity, line.unit_price.ten_thousandths]
                    for line in found.lines
                ],
                "gross_cents": found.gross.cents,
                "purpose": found.purpose,
                "product_account": found.product_account,
                "cost_centre": found.cost_centre,
                "deliver_to": [
                    found.delivery_recipient,
                    found.delivery_street,
                    found.delivery_postal_code,
                    found.delivery_city,
                    found.delivery_room,
                ],
                **further,
            }
        )
    )
