"""`/api/v1/eligibility`: the preview of the in-house check for the token's member."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from app.eligibility.check_member import check_member
from app.eligibility.evidence.counting import every_evidence
from app.eligibility.evidence.due import last_day
from app.eligibility.judging.facts import Document, Fact, FactValue
from app.eligibility.register.as_of import as_of
from app.eligibility.rules import Outcome, Result, RuleClass
from app.kernel.errors import Conflict
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.web.dependencies import Db, Now
from app.web.paging import Paged
from app.web.query_days import QueryDay

router = APIRouter(tags=["Inhouse-Prüfung"])
Reader = Annotated[Asking, Depends(needs_token(Scope.CATALOG_READ))]
Auditor = Annotated[Asking, Depends(needs_token(Scope.AUDIT_READ))]


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
    "dieses Rahmenvertrags hinzu. `about` fragt nach einem anderen Tag, `known` nach dem, "
    "was bis zu einem früheren Tag bekannt war. Es wird nichts gespeichert.",
    responses={404: {}, 409: {}},
)
def eligibility(
    db: Db,
    now: Now,
    reader: Reader,
    framework: Annotated[str | None, Query(max_length=40)] = None,
    about: QueryDay = None,
    known: QueryDay = None,
) -> EligibilityGiven:
    """Whether the token's member may call off now; `framework` adds the agreement's rules."""
    if reader.member is None:
        text = "Die Inhouse-Prüfung gilt für ein Mitglied; dieses Token gehört zu keinem."
        raise Conflict(text, "no_member")
    asked = as_of(_text(about), _text(known), now)
    found = check_member(db, reader.member.key, asked.at, framework or None, asked.known)
    assessment = found.assessment
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


class EvidenceDocumentGiven(BaseModel):
    """The paper behind a fact; the file itself is read in the portal."""

    number: int
    type: str
    title: str
    document_date: date
    sha256: str


class FactGiven(BaseModel):
    """A statement that counted; `last_day` is the day after which it no longer did."""

    number: int
    subject: str
    key: str
    value: FactValue
    valid_from: date
    last_day: date | None
    expired: bool
    document: EvidenceDocumentGiven


class EvidenceGiven(BaseModel):
    """What was known on one day about another."""

    about: date
    known: date
    items: list[FactGiven]
    total: int
    next: str | None


@router.get(
    "/evidence",
    summary="Nachweise zu einem Stichtag",
    description="Welche Angaben an dem Tag `about` zählten, nach dem Wissen von `known`; "
    "beide ohne Angabe heute. `subject` ist `cooperative`, `operating_company`, "
    "`member:SCHLÜSSEL`, `framework:NUMMER` oder `chain_link:NAME`, ohne Angabe alle.",
)
def evidence(
    db: Db,
    now: Now,
    _auditor: Auditor,
    subject: Annotated[str, Query(max_length=100)] = "",
    about: QueryDay = None,
    known: QueryDay = None,
    *,
    paged: Paged,
) -> EvidenceGiven:
    """The facts that decided, for auditors."""
    asked = as_of(_text(about), _text(known), now)
    day = legal_day(asked.at)
    found = every_evidence(db, day, asked.known)
    papers = {paper.number: paper for paper in found.documents}
    facts = [
        (fact, papers[fact.document])
        for fact in found.facts
        if fact.document is not None and subject in {"", fact.scope}
    ]
    return EvidenceGiven(
        about=day,
        known=asked.known_on or legal_day(now),
        items=[_given(fact, paper, day) for fact, paper in paged.of(facts)],
        total=len(facts),
        next=paged.next(len(facts)),
    )


def _given(fact: Fact, paper: Document, day: date) -> FactGiven:
    ends = last_day(fact, paper)
    return FactGiven(
        number=fact.number,
        subject=fact.scope,
        key=fact.key,
        value=fact.value,
        valid_from=fact.valid_from,
        last_day=ends,
        expired=ends is not None and ends < day,
        document=EvidenceDocumentGiven(
            number=paper.number,
            type=paper.kind,
            title=paper.title,
            document_date=paper.dated,
            sha256=paper.sha256,
        ),
    )


def _text(day: date | None) -> str:
    return "" if day is None else day.isoformat()
