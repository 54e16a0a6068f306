"""Page of the rule sets: what each says, what differs, and who put it in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.eligibility.judging.rule_sets import LAW_2016, LAWS, Law
from app.eligibility.judging.rule_table import ENGINE_VERSION, RULES, Rule
from app.eligibility.laws.decide_law import decide_law
from app.eligibility.laws.propose_law import propose_law
from app.eligibility.laws.queries import proposals, rule_set_in_force
from app.eligibility.rules import RuleClass
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.forms import day, sentences
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Sent
from app.web.pages import redirect, render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Asking, Depends(needs(Scope.EVIDENCE_READ))]
Writer = Annotated[Asking, Depends(needs(Scope.EVIDENCE_WRITE))]
ADDRESS = "/inhouse-register/regelwerke"
CLASS_WORDS = {RuleClass.HARD: "hart", RuleClass.SOFT: "weich", RuleClass.INFO: "Hinweis"}


@dataclass(frozen=True, slots=True)
class Difference:
    """A rule that weighs differently under another wording."""

    rule: Rule
    shipped: str
    other: str


@dataclass(frozen=True, slots=True)
class LawLine:
    """One wording with what differs from the shipped one."""

    law: Law
    sha256: str
    in_force: bool
    differences: tuple[Difference, ...]


@router.get(ADDRESS)
def show_rule_sets(request: Request, db: Db, now: Now, reader: Reader) -> Response:
    return _page(request, db, now, reader)


@router.post(ADDRESS)
def propose(request: Request, db: Db, now: Now, writer: Writer, sent: Sent) -> Response:
    """The first of two people: from when, and where it was published."""
    try:
        propose_law(
            db,
            sent.get("regelwerk", ""),
            _first_day(sent),
            sent.get("fundstelle", ""),
            writer.person_id,
            now,
        )
    except Malformed as refused:
        return _page(request, db, now, writer, {"sent": sent, "errors": list(refused.errors)})
    return redirect(
        request, ADDRESS, "Das Regelwerk ist vorgeschlagen. Eine zweite Person entscheidet."
    )


def _first_day(sent: Mapping[str, str]) -> date:
    begins = day("ab", sent.get("ab", ""))
    if begins is None:
        raise Malformed(FieldError("ab", "missing", "Bitte nennen Sie den ersten Tag."))
    return begins


@router.post(ADDRESS + "/{proposal_id}")
def decide(
    request: Request,
    db: Db,
    now: Now,
    writer: Writer,
    sent: Sent,
    proposal_id: Annotated[int, Path(ge=1, le=2**31 - 1)],
) -> Response:
    """The second person: approves, or refuses with a reason."""
    try:
        decide_law(
            db,
            proposal_id,
            writer.person_id,
            now,
            approved=sent.get("urteil") == "freigeben",
            reason=sent.get("grund", ""),
        )
    except Malformed as refused:
        return _page(request, db, now, writer, {"errors": list(refused.errors)})
    return redirect(request, ADDRESS, "Die Entscheidung über das Regelwerk ist eingetragen.")


def _page(
    request: Request,
    db: Session,
    now: datetime,
    asking: Asking,
    context: dict[str, Any] | None = None,
) -> Response:
    present = rule_set_in_force(db, legal_day(now))
    known: dict[str, Any] = {
        "laws": [_line(law, law.id == present.id) for law in LAWS.values()],
        "present": present,
        "proposals": proposals(db),
        "rules": list(RULES.values()),
        "class_words": CLASS_WORDS,
        "engine": ENGINE_VERSION,
        "may_write": asking.may(Scope.EVIDENCE_WRITE),
        "person_id": asking.person_id,
        "sent": {},
        "errors": [],
    }
    known |= context or {}
    known["wrong"] = sentences(known["errors"])
    status = 422 if known["errors"] else 200
    return render(request, "eligibility/rule_sets.html", known, status)


def _line(law: Law, in_force: bool) -> LawLine:
    differences = tuple(
        Difference(
            RULES[rule_id],
            CLASS_WORDS[LAW_2016.class_of(rule_id)],
            CLASS_WORDS[law.class_of(rule_id)],
        )
        for rule_id in law.classes
    )
    return LawLine(law, law.sha256(), in_force, differences)
