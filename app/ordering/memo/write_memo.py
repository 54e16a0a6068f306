"""Writing the Abrufvermerk at placement: twenty points as JSON and PDF, kept by their hash."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.approvals.queries import verdicts
from app.approvals.records import Approval
from app.approvals.rules import FUNDS, NO_CONFLICT, Verdict
from app.approvals.rules_path import Path
from app.archive.store import keep
from app.documents.limiter import ONE_AT_A_TIME
from app.documents.memo.facts import (
    MemoApproval,
    MemoBudget,
    MemoEvent,
    MemoFacts,
    MemoLine,
    MemoQuote,
    MemoRule,
)
from app.documents.memo.memo_pdf import memo_pdf
from app.documents.plain import plain
from app.documents.sheet.archival import Attachment
from app.eligibility.deciding.record_decision import Recorded
from app.eligibility.judging.snapshot import exported
from app.eligibility.records import EligibilityDecision
from app.eligibility.rules import OUTCOME_WORDS, RESULT_WORDS
from app.frameworks.procedures import counterfactual
from app.frameworks.records import Framework
from app.kernel.canonical import canonical_json, sha256_hex
from app.kernel.german import moment
from app.kernel.legal_day import legal_day
from app.members.records import Member
from app.ordering.attaching.attach_papers import funds_papers
from app.ordering.charging.effects_of import order_budgets
from app.ordering.memo.checks import kits_by_article, market_checks, splitting_words
from app.ordering.memo.material import (
    comparisons,
    documents,
    exception,
    lots,
    share_words,
    time_spent,
    unit_name,
)
from app.ordering.memo.override_words import override_words
from app.ordering.queries import labels
from app.ordering.quoting.queries import positions_by_id
from app.ordering.quoting.records import FreePosition
from app.ordering.records import CallOff, CallOffLine
from app.ordering.rules_funding import closed_words
from app.ordering.signing.path_words import role_words
from app.ordering.signing.steps_of_order import path_of_order
from app.ordering.turns.suppliers_of_order import OrderSuppliers, suppliers_of_order

LEGAL_BASIS: Final = (
    "Inhouse-Vergabe nach § 108 Abs. 4 und 5 GWB; Teil 4 GWB ist nicht anzuwenden. "
    "Einzelabruf aus einer Rahmenvereinbarung (§ 103 Abs. 5 GWB, § 21 VgV)."
)
COMPETED: Final = "Der Preis ist durch die Rahmenvereinbarung im Wettbewerb ermittelt."
JSON: Final = "application/json"
VERDICTS: Final = {Verdict.APPROVED: "genehmigt", Verdict.REJECTED: "abgelehnt"}


@dataclass(frozen=True, slots=True)
class Memo:
    """Where the two forms of one memo lie in the archive."""

    json_sha256: str
    pdf_sha256: str


def write_memo(
    session: Session, found: CallOff, member: Member, recorded: Recorded, now: datetime
) -> Memo:
    """For every order at placement; voluntary, by analogy with § 8 Abs. 2 VgV."""
    decision = session.get_one(EligibilityDecision, recorded.id)
    facts = sealed_memo(memo_facts(session, found, member, recorded, now), decision)
    text = canonical_json(plain(facts)).encode()
    with ONE_AT_A_TIME:
        pdf = memo_pdf(facts, attachments(found.number, text, decision))
    return Memo(
        json_sha256=keep(session, text, JSON, now),
        pdf_sha256=keep(session, pdf, "application/pdf", now),
    )


def sealed_memo(facts: MemoFacts, decision: EligibilityDecision) -> MemoFacts:
    """With its own hash: that of the canonical JSON of all facts while the hash is empty."""
    chained = replace(facts, previous_sha256=decision.previous_sha256)
    return replace(chained, sha256=sha256_hex(canonical_json(plain(chained))))


def attachments(
    number: str, memo_json: bytes, decision: EligibilityDecision
) -> tuple[Attachment, ...]:
    """What travels inside the PDF: the facts for programs, and the decision to recompute."""
    proof = exported(decision.snapshot, decision.sha256).encode()
    return (
        Attachment(
            f"Abrufvermerk-{number}.json", memo_json, JSON, "Angaben des Vermerks", "Alternative"
        ),
        Attachment(
            f"Inhouse-Entscheidung-{number}.json",
            proof,
            JSON,
            "Inhouse-Entscheidung, nachrechenbar",
        ),
    )


def memo_facts(
    session: Session, found: CallOff, member: Member, recorded: Recorded, now: datetime
) -> MemoFacts:
    """What is known at placement; what comes later (delivery, invoice) stays `nicht erfasst`."""
    framework = session.get_one(Framework, found.framework_id)
    suppliers = suppliers_of_order(session, found, framework)
    checks = market_checks(session, found, now)
    spoken, people = _signatures(session, found)
    return MemoFacts(
        number=found.number,
        placed_at=now,
        member_name=member.name,
        member_address=(member.street, f"{member.postal_code} {member.city}"),
        ordering_unit=unit_name(session, found),
        on_paper=found.paper_words,
        ags=member.ags or member.ars or member.key,
        lines=_lines(session, found, suppliers),
        net=found.net,
        vat=found.vat,
        gross=found.gross,
        purpose=found.purpose,
        contracting_entity=framework.contracting_entity,
        fulfilled_by=framework.contracting_entity,
        legal_basis=LEGAL_BASIS,
        outcome=OUTCOME_WORDS[recorded.outcome],
        rules=_rules(recorded),
        documents=documents(session, recorded),
        conditions=recorded.assessment.conditions,
        lots=lots(session, found, framework),
        supplier=suppliers.names,
        selection_rule=suppliers.rule,
        market_price=found.market_price_evidence,
        market_price_omitted_because="" if found.market_price_evidence or checks else COMPETED,
        market_checks=checks,
        counterfactual=counterfactual(found.net, legal_day(now)),
        splitting=splitting_words(session, found, now),
        budget=_budget(session, found, (member, legal_day(now).year), spoken, people),
        approvals=_approvals(spoken, path_of_order(session, found), people),
        conflicts=_conflicts(found, spoken),
        ordered_by=people.get(found.ordered_by, ""),
        four_eyes_exception=exception(session, found),
        overrides=override_words(session, recorded),
        changes=_changes(found),
        comparisons=comparisons(session, found),
        time=time_spent(session, found),
        decision_sha256=recorded.sha256,
        verify_url=f"im Portal: /pruefung/abrufe/{found.number}",
        written_at=now,
        demonstration=found.demonstration,
    )


def _signatures(session: Session, found: CallOff) -> tuple[Sequence[Approval], dict[int, str]]:
    """The verdicts on this order, and the functions of those who ordered and decided."""
    spoken = verdicts(session, found.member_id, found.number)
    return spoken, labels(session, {found.ordered_by, *(one.decided_by for one in spoken)})


def _lines(session: Session, found: CallOff, suppliers: OrderSuppliers) -> tuple[MemoLine, ...]:
    kits = kits_by_article(session, found)
    quotes = positions_by_id(session, [line.free_position_id for line in found.lines])
    return tuple(
        _line(line, suppliers.of_lot(line.lot_id), kits.get(line.sku, ""), quotes)
        for line in found.lines
    )


def _rules(recorded: Recorded) -> tuple[MemoRule, ...]:
    return tuple(
        MemoRule(
            rule.id,
            "Hinweis" if rule.is_note else RESULT_WORDS[rule.result],
            rule.legal_basis,
            rule.text,
        )
        for rule in recorded.assessment.rules
    )


def _changes(found: CallOff) -> tuple[MemoEvent, ...]:
    """Every move that somebody gave a reason for."""
    return tuple(
        MemoEvent(move.at, move.move.value, move.reason) for move in found.history if move.reason
    )


def _line(
    line: CallOffLine, supplier: str, kit: str, quotes: Mapping[int, FreePosition]
) -> MemoLine:
    quote = quotes.get(line.free_position_id or 0)
    return MemoLine(
        sku=line.sku,
        name=line.name,
        quantity=line.quantity,
        unit_price=line.unit_price,
        net=line.net,
        price_list_version="" if line.is_free else str(line.catalog_version_id),
        supplier=supplier if quote is None else quote.supplier,
        term=line.agreed_text,
        kit=kit,
        quote=None if quote is None else _quote(quote),
    )


def _quote(position: FreePosition) -> MemoQuote:
    return MemoQuote(
        position.quote_number,
        position.supplier,
        position.quote_date,
        position.quote_valid_until,
        position.file_sha256,
        position.reason,
    )


def _confirmed_by(spoken: Sequence[Approval], people: Mapping[int, str]) -> str:
    """`Fachbereich Finanzen, 21.11.2026, 12:00 Uhr`; empty where nobody ticked it."""
    if not _acknowledged(spoken, FUNDS):
        return ""
    return f"{people.get(spoken[-1].decided_by, 'Genehmigung')}, {moment(spoken[-1].at)}"


def _budget(
    session: Session,
    found: CallOff,
    of: tuple[Member, int],
    spoken: Sequence[Approval],
    people: Mapping[int, str],
) -> MemoBudget:
    member, year = of
    return MemoBudget(
        year=found.budget_year or year,
        product_account=found.product_account,
        investment_number=found.investment_number,
        cost_centre=found.cost_centre,
        funds_confirmed=True if _acknowledged(spoken, FUNDS) else None,
        amount=found.gross,
        charges=tuple(one.text for one in order_budgets(session, found)),
        funding_source=found.funding_source,
        earmarked_until=found.earmarked_until,
        coverage_circle=found.coverage_circle,
        financing=found.funding.financing_words,
        after_closing=closed_words(
            member.order_stop_date, found.budget_year, legal_day(found.submitted_at)
        ),
        confirmed_by=_confirmed_by(spoken, people),
        confirmed_with=funds_papers(session, found.id) if _acknowledged(spoken, FUNDS) else (),
        shares=share_words(session, found),
    )


def _acknowledged(spoken: Sequence[Approval], word: str) -> bool:
    """Whether the approver ticked it; nobody is asked to, so nothing ticked is `not recorded`."""
    return bool(spoken) and word in spoken[-1].acknowledged.split()


def _conflicts(found: CallOff, spoken: Sequence[Approval]) -> tuple[tuple[str, bool], ...]:
    """Point 15, by role: who declared to have none."""
    declared = []
    if found.conflict_free:
        declared.append(("Bestellung", True))
    if _acknowledged(spoken, NO_CONFLICT):
        declared.append(("Genehmigung", True))
    return tuple(declared)


def _approvals(
    spoken: Sequence[Approval], path: Path | None, people: dict[int, str]
) -> tuple[MemoApproval, ...]:
    return tuple(
        MemoApproval(
            role=role_words(verdict, path),
            at=verdict.at,
            outcome=VERDICTS[verdict.verdict],
            note=verdict.reason,
            person=people.get(verdict.decided_by, ""),
        )
        for verdict in spoken
    )
