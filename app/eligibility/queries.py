"""Named reads of decisions."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.eligibility.judging.case import Case
from app.eligibility.judging.plain import from_plain
from app.eligibility.judging.snapshot import Recording
from app.eligibility.records import EligibilityDecision
from app.eligibility.rules import Assessment, Outcome, RuleResult
from app.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Stored:
    """A decision as it was written; reading it judges nothing again."""

    case: Case
    assessment: Assessment
    recording: Recording
    text: str


def decision(session: Session, public_id: str, tenant: Tenant) -> EligibilityDecision:
    """One decision; another member's is NotFound."""
    found = session.scalars(
        select(EligibilityDecision).where(
            EligibilityDecision.public_id == public_id,
            tenant.owns(EligibilityDecision.member_id),
        )
    ).one_or_none()
    if found is None or not _concerns_unit(found, tenant):
        raise NotFound("Diese Entscheidung gibt es nicht.")
    return found


def _concerns_unit(found: EligibilityDecision, tenant: Tenant) -> bool:
    """Somebody bound to a unit reads the decisions about its orders; the snapshot names it."""
    if tenant.units is None:
        return True
    unit = stored_decision(found).case.unit
    return unit is not None and unit.id in tenant.units


def stored_decision(found: EligibilityDecision) -> Stored:
    """The decision's values, read back from its snapshot."""
    content: dict[str, Any] = json.loads(found.snapshot)
    rules = tuple(from_plain(RuleResult, rule) for rule in content["rules"])
    return Stored(
        case=from_plain(Case, content["case"]),
        assessment=Assessment(Outcome(content["outcome"]), rules),
        recording=from_plain(Recording, content["recording"]),
        text=content["text"],
    )


def decisions_of(
    session: Session, tenant: Tenant, member_id: int, limit: int = 50
) -> Sequence[EligibilityDecision]:
    """The latest decisions of a member, newest first."""
    return session.scalars(
        select(EligibilityDecision)
        .where(
            EligibilityDecision.member_id == member_id, tenant.owns(EligibilityDecision.member_id)
        )
        .order_by(EligibilityDecision.position.desc())
        .limit(limit)
    ).all()
