"""Proposing that another wording of the law is in force from a day on."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.eligibility.judging.rule_sets import LAWS
from app.eligibility.laws.records import LawProposal, LawVerdict
from app.kernel.errors import Conflict, FieldError, Malformed, NotFound
from app.kernel.legal_day import legal_day

LONGEST_REFERENCE: Final = 200


def propose_law(
    session: Session,
    law_id: str,
    valid_from: date,
    reference: str,
    person_id: int,
    now: datetime,
) -> LawProposal:
    """It counts once another person approves it. The past is never judged anew.

    Raises NotFound for an unknown or shipped wording, Malformed (fields `ab`, `fundstelle`), and
    Conflict while another proposal for the same wording waits.
    """
    law = LAWS.get(law_id)
    if law is None or law.valid_from is not None:
        raise NotFound("Dieses Regelwerk gibt es nicht.")
    _check(valid_from, reference.strip(), now)
    waiting = session.scalars(
        select(LawProposal.id)
        .outerjoin(LawVerdict, LawVerdict.proposal_id == LawProposal.id)
        .where(LawProposal.law_id == law_id, LawVerdict.proposal_id.is_(None))
    ).first()
    if waiting is not None:
        raise Conflict("Für dieses Regelwerk wartet schon ein Vorschlag auf die zweite Person.")
    proposal = LawProposal(
        law_id=law_id,
        sha256=law.sha256(),
        valid_from=valid_from,
        reference=reference.strip(),
        proposed_by=person_id,
        proposed_at=now,
    )
    session.add(proposal)
    session.flush()
    content: dict[str, object] = {
        "valid_from": valid_from.isoformat(),
        "reference": proposal.reference,
        "rules": proposal.sha256,
    }
    happening = Happening("law.proposed", law_id, f"person:{person_id}", content)
    append(session, COOPERATIVE, now, happening)
    return proposal


def _check(valid_from: date, reference: str, now: datetime) -> None:
    errors = []
    if valid_from < legal_day(now):
        text = "Der erste Tag darf nicht zurückliegen: Entscheidungen werden nie neu beurteilt."
        errors.append(FieldError("ab", "past", text))
    if not reference:
        text = "Bitte nennen Sie die Fundstelle im Bundesgesetzblatt."
        errors.append(FieldError("fundstelle", "missing", text))
    elif len(reference) > LONGEST_REFERENCE:
        text = f"Die Fundstelle darf höchstens {LONGEST_REFERENCE} Zeichen haben."
        errors.append(FieldError("fundstelle", "too_long", text))
    if errors:
        raise Malformed(*errors)
