"""Putting a verdict on record; the table itself refuses one's own without a documented rule."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.approvals.records import Approval
from app.approvals.rules import Verdict
from app.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Subject:
    """What was decided over: its number, the hash of the version seen, and its value."""

    member_id: int
    number: str
    sha256: str
    value: Money
    requested_by: int


@dataclass(frozen=True, slots=True)
class Mandate:
    """In whose name a person decides; the exception is the member's rule for one's own orders."""

    person_id: int
    on_behalf_of: int | None = None
    exception_evidence_id: int | None = None
    path_id: int | None = None
    step_id: int | None = None
    by_link: bool = False


def record_verdict(  # noqa: PLR0913 - the parts of one verdict
    session: Session,
    subject: Subject,
    mandate: Mandate,
    verdict: Verdict,
    now: datetime,
    *,
    acknowledged: tuple[str, ...] = (),
    reason: str = "",
) -> None:
    """Append the verdict; whether the person may decide has been settled before."""
    session.execute(
        insert(Approval).values(
            member_id=subject.member_id,
            subject=subject.number,
            subject_sha256=subject.sha256,
            value=subject.value,
            requested_by=subject.requested_by,
            decided_by=mandate.person_id,
            on_behalf_of=mandate.on_behalf_of,
            verdict=verdict,
            acknowledged=" ".join(sorted(acknowledged)),
            reason=reason,
            exception_evidence_id=mandate.exception_evidence_id,
            path_id=mandate.path_id,
            step_id=mandate.step_id,
            by_link=mandate.by_link,
            at=now,
        )
    )
