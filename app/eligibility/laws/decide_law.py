"""The second person's word on a proposed wording of the law."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.eligibility.judging.rule_sets import LAWS
from app.eligibility.laws.records import LawProposal, LawVerdict
from app.kernel.errors import Conflict, FieldError, Malformed, NotAllowed, NotFound
from app.kernel.legal_day import legal_day

LONGEST_REASON: Final = 1000


def decide_law(
    session: Session,
    proposal_id: int,
    person_id: int,
    now: datetime,
    *,
    approved: bool,
    reason: str = "",
) -> LawVerdict:
    """Approved, it is in force from its first day on.

    Raises NotFound, NotAllowed for the one who proposed it, Conflict where it was decided, where
    its rules changed meanwhile or its first day is over, and Malformed without a reason to refuse.
    """
    found = session.get(LawProposal, proposal_id, with_for_update=True)
    if found is None:
        raise NotFound("Diesen Vorschlag gibt es nicht.")
    if found.proposed_by == person_id:
        raise NotAllowed(
            "Den eigenen Vorschlag gibt eine zweite Person frei oder lehnt ihn ab.", "four_eyes"
        )
    if session.get(LawVerdict, proposal_id) is not None:
        raise Conflict("Über diesen Vorschlag ist schon entschieden.")
    if approved:
        _refuse_stale(found, now)
    elif not reason.strip() or len(reason.strip()) > LONGEST_REASON:
        text = f"Bitte nennen Sie den Grund der Ablehnung, höchstens {LONGEST_REASON} Zeichen."
        raise Malformed(FieldError("grund", "missing", text))
    verdict = LawVerdict(
        proposal_id=found.id,
        proposed_by=found.proposed_by,
        approved=approved,
        reason=reason.strip(),
        decided_by=person_id,
        decided_at=now,
    )
    session.add(verdict)
    session.flush()
    action = "law.approved" if approved else "law.refused"
    content: dict[str, object] = {"proposal": found.id, "reason": verdict.reason}
    happening = Happening(action, found.law_id, f"person:{person_id}", content)
    append(session, COOPERATIVE, now, happening)
    return verdict


def _refuse_stale(found: LawProposal, now: datetime) -> None:
    law = LAWS.get(found.law_id)
    if law is None or law.sha256() != found.sha256:
        raise Conflict(
            "Die Regeln dieses Regelwerks haben sich seit dem Vorschlag geändert. "
            "Lehnen Sie ihn ab und schlagen Sie es erneut vor."
        )
    if found.valid_from < legal_day(now):
        raise Conflict(
            "Der vorgeschlagene erste Tag ist vorbei. Lehnen Sie den Vorschlag ab "
            "und schlagen Sie einen neuen Tag vor."
        )
