"""`/api/v1/eligibility`: the preview of the in-house check for the token's member."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from app.eligibility.check_member import check_member
from app.eligibility.rules import Outcome, Result, RuleClass
from app.kernel.errors import Conflict
from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.web.dependencies import Db, Now

router = APIRouter(tags=["Inhouse-Prüfung"])
Reader = Annotated[Asking, Depends(needs_token(Scope.CATALOG_READ))]


class RuleJudged(BaseModel):
    """One rule; `class` hard decides, soft conditions, info explains."""

    id: str
    rule_class: RuleClass
    result: Result
    title: str
    legal_basis: str
    text: str
    help: str


class EligibilityGiven(BaseModel):
    """The judgement of now, without lines of an order; nothing is stored."""

    outcome: Outcome
    rules: list[RuleJudged]


@router.get(
    "/eligibility",
    summary="Vorschau der Inhouse-Prüfung",
    description="Ob das Mitglied des Tokens jetzt abrufen darf; `framework` nimmt die Regeln "
    "dieses Rahmenvertrags hinzu. Es wird nichts gespeichert.",
    responses={404: {}, 409: {}},
)
def eligibility(
    db: Db,
    now: Now,
    reader: Reader,
    framework: Annotated[str | None, Query(max_length=40)] = None,
) -> EligibilityGiven:
    """Whether the token's member may call off now; `framework` adds the agreement's rules."""
    if reader.member is None:
        text = "Die Inhouse-Prüfung gilt für ein Mitglied; dieses Token gehört zu keinem."
        raise Conflict(text, "no_member")
    assessment = check_member(db, reader.member.key, now, framework).assessment
    return EligibilityGiven(
        outcome=assessment.outcome,
        rules=[
            RuleJudged(
                id=rule.id,
                rule_class=rule.rule_class,
                result=rule.result,
                title=rule.title,
                legal_basis=rule.legal_basis,
                text=rule.text,
                help=rule.help,
            )
            for rule in assessment.rules
        ],
    )
