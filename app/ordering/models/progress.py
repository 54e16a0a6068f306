"""What `/api/v1` says about the signatures of an order."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from app.ordering.showing.progress import Signature, Signed

ACKNOWLEDGED = "Regeln, deren Bedingung zur Kenntnis genommen wurde, `no_conflict`, `funds`"


class ApprovalStepGiven(BaseModel):
    """Eine Unterschrift der jetzigen Fassung; Menschen stehen mit ihrer Funktion da."""

    stage: Annotated[int, Field(description="gleiche Stufen zugleich, die kleinste zuerst")]
    state: Signature
    may_decide: Annotated[
        list[str], Field(description="wer entscheiden darf, solange es offen ist")
    ]
    decided_by: str | None
    deputy: Annotated[bool, Field(description="in Vertretung entschieden")]
    decided_at: datetime | None
    acknowledged: Annotated[list[str], Field(description=ACKNOWLEDGED)]


def signature_given(one: Signed) -> ApprovalStepGiven:
    said = one.verdict
    return ApprovalStepGiven(
        stage=one.stage,
        state=one.state,
        may_decide=list(one.may_decide),
        decided_by=one.decided_by,
        deputy=said is not None and said.on_behalf_of is not None,
        decided_at=None if said is None else said.at,
        acknowledged=[] if said is None else said.acknowledged.split(),
    )
