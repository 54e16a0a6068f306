"""Loading the facts of a case with few selects: this runs in every submission of an order."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true
from sqlalchemy.orm import Session

from app.eligibility.case import (
    COOPERATIVE,
    OPERATING_COMPANY,
    OPERATING_LINK,
    FrameworkFacts,
    MemberFacts,
    MemberRegister,
    MembershipFacts,
    RegisterEntry,
    TurnoverYear,
    UnitFacts,
)
from app.eligibility.cooperative_rules import leaves_room_for_private_capital
from app.eligibility.facts import Document, Evidence, Fact, FactValue
from app.eligibility.records import EvidenceDocument, Turnover
from app.eligibility.records import Fact as FactRecord
from app.frameworks.records import Framework, FrameworkParty
from app.kernel.canonical import sha256_hex
from app.kernel.errors import NotFound
from app.members.records import Member, Membership, Unit

YEARS_BACK: Final = 4
Row = Sequence[Any]
SCOPES_OF_ALL: Final = (COOPERATIVE, OPERATING_COMPANY)


def _all(session: Session, statement: Select[*tuple[Any, ...]]) -> Sequence[Row]:
    return session.execute(statement).all()


def member_facts(session: Session, member_id: int, day: date) -> MemberFacts:
    """The member with the membership that counts on `day`; NotFound without such a member."""
    rows = _all(session, _MEMBERS.where(Member.id == member_id))
    if not rows:
        raise NotFound
    return _member(rows, day)


def every_member(session: Session, day: date) -> list[MemberFacts]:
    """All bodies that are, were or will be members."""
    rows = _all(session, _MEMBERS.where(Membership.id.is_not(None)))
    of: dict[int, list[Row]] = {}
    for row in rows:
        of.setdefault(row[0], []).append(row)
    return [_member(periods, day) for periods in of.values()]


_MEMBERS: Final = (
    select(
        Member.id,
        Member.key,
        Member.name,
        Member.body_kind,
        Member.contracting_authority_basis,
        Member.ags,
        Member.ars,
        Member.street,
        Member.postal_code,
        Member.city,
        Membership.effective_from,
        Membership.effective_to,
        Membership.notice_received_on,
        Membership.share_paid_on,
        Membership.votes,
        Membership.resolved_on,
    )
    .outerjoin(Membership, Membership.member_id == Member.id)
    .order_by(Membership.effective_from)
)


def _member(rows: Sequence[Row], day: date) -> MemberFacts:
    number, key, name, kind, basis, ags, ars, street, postal_code, city = rows[0][:10]
    return MemberFacts(
        id=number,
        key=key,
        name=name,
        kind=kind.value,
        basis=basis,
        ags=ags,
        ars=ars,
        address=f"{street}, {postal_code} {city}",
        membership=_membership_on(rows, day),
    )


def _membership_on(rows: Sequence[Row], day: date) -> MembershipFacts | None:
    """The last one begun by `day`, else the next to begin."""
    periods = [MembershipFacts(*row[10:]) for row in rows if row[10] is not None]
    begun = [period for period in periods if period.effective_from <= day]
    return begun[-1] if begun else next(iter(periods), None)


def register_on(session: Session, day: date) -> MemberRegister:
    """Every membership active on `day`, condensed for rule K-05."""
    rows = session.execute(
        select(Member.key, Member.name, Member.body_kind, Member.contracting_authority_basis)
        .join(Membership, Membership.member_id == Member.id)
        .where(
            Membership.effective_from <= day,
            or_(Membership.effective_to.is_(None), Membership.effective_to >= day),
        )
    ).all()
    members = sorted({row.key for row in rows})
    doubtful = {
        row.key: RegisterEntry(row.key, row.name, row.body_kind.value, row[3])
        for row in rows
        if leaves_room_for_private_capital(row.body_kind, row.name, row[3])
    }
    return MemberRegister(
        count=len(members),
        sha256=sha256_hex("\n".join(members)),
        doubtful=tuple(doubtful[key] for key in sorted(doubtful)),
    )


def framework_facts(session: Session, framework_id: int, member_id: int) -> FrameworkFacts:
    """The agreement and whether it names the member; NotFound without such an agreement."""
    listed = (
        exists()
        .where(FrameworkParty.framework_id == Framework.id, FrameworkParty.member_id == member_id)
        .correlate(Framework)
    )
    row = session.execute(
        select(
            Framework.number,
            Framework.title,
            Framework.award_model,
            Framework.party_rule,
            listed.label("listed"),
            Framework.contracting_entity,
            Framework.supplier_name,
            Framework.procedure_type,
            Framework.notice_id,
            Framework.award_date,
            Framework.valid_from,
            Framework.valid_to,
            Framework.term_exception_reason,
            Framework.chain_link,
        ).where(Framework.id == framework_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    number, title, award_model, party_rule, *others = row
    return FrameworkFacts(framework_id, number, title, award_model.value, party_rule.value, *others)


def unit_facts(session: Session, unit_id: int) -> UnitFacts:
    """The ordering unit with the ids above it; a ring of parents ends where it began."""
    found = session.get(Unit, unit_id)
    if found is None:
        raise NotFound
    parents: list[int] = []
    above = found
    while above.parent_id is not None and above.parent_id not in parents:
        parents.append(above.parent_id)
        above = session.get_one(Unit, above.parent_id)
    return UnitFacts(
        id=found.id,
        name=found.name,
        kind=found.body_kind.value,
        own_legal_person=found.own_legal_person,
        member_id=above.member_id,
        parents=tuple(parents),
    )


def turnover_before(session: Session, year: int) -> tuple[tuple[TurnoverYear, ...], list[Document]]:
    """The closed years that the activity test may look at, with their documents."""
    rows = _all(
        session,
        select(
            Turnover.body,
            Turnover.fiscal_year,
            Turnover.total,
            Turnover.members,
            Turnover.nonmembers_public,
            Turnover.private,
            Turnover.grants,
            Turnover.consolidated,
            Turnover.is_group_parent,
            *_DOCUMENT,
        )
        .outerjoin(EvidenceDocument, EvidenceDocument.id == Turnover.evidence_document_id)
        .where(Turnover.fiscal_year < year, Turnover.fiscal_year >= year - YEARS_BACK)
        .order_by(Turnover.body, Turnover.fiscal_year),
    )
    documents = {row[9]: _document(*row[9:]) for row in rows if row[9] is not None}
    return tuple(TurnoverYear(*row[:10]) for row in rows), list(documents.values())


_DOCUMENT: Final = (
    EvidenceDocument.id,
    EvidenceDocument.type,
    EvidenceDocument.title,
    EvidenceDocument.document_date,
    EvidenceDocument.file_sha256,
    EvidenceDocument.valid_from,
    EvidenceDocument.valid_to,
    EvidenceDocument.review_due,
)


def evidence_on(
    session: Session, day: date, members: Iterable[str], framework: FrameworkFacts | None
) -> Evidence:
    """The newest documented fact of each kind on `day`: older ones cannot change the judgement."""
    links = [OPERATING_LINK]
    scopes = [
        FactRecord.scope_type.in_(SCOPES_OF_ALL),
        and_(FactRecord.scope_type == "member", FactRecord.scope_key.in_(sorted(set(members)))),
    ]
    if framework is not None:
        scopes.append(
            and_(FactRecord.scope_type == "framework", FactRecord.scope_key == framework.number)
        )
        if framework.chain_link is not None:
            links.append(framework.chain_link)
    scopes.append(and_(FactRecord.scope_type == "chain_link", FactRecord.scope_key.in_(links)))
    return _facts_where(session, day, or_(*scopes))


def every_evidence(session: Session, day: date) -> Evidence:
    """The same for everybody and everything, for the register and the list of what is due."""
    return _facts_where(session, day, true())


def _facts_where(session: Session, day: date, wanted: ColumnElement[bool]) -> Evidence:
    rows = _all(
        session,
        select(
            FactRecord.id,
            FactRecord.scope_type,
            FactRecord.scope_key,
            FactRecord.key,
            FactRecord.value,
            FactRecord.valid_from,
            FactRecord.valid_to,
            FactRecord.review_due,
            *_DOCUMENT,
        )
        .outerjoin(EvidenceDocument, EvidenceDocument.id == FactRecord.evidence_document_id)
        .where(wanted, FactRecord.valid_from <= day)
        .order_by(FactRecord.valid_from, FactRecord.id),
    )
    return _newest(rows)


def _newest(rows: Sequence[Row]) -> Evidence:
    newest: dict[tuple[str, str, str, bool], Row] = {}
    for row in rows:
        newest[row[1], row[2], row[3], row[8] is not None] = row
    found = sorted(newest.values(), key=lambda row: row[0])
    documents = {row[8]: row for row in found if row[8] is not None}
    return Evidence(
        facts=tuple(_fact(*row[:9]) for row in found),
        documents=tuple(_document(*documents[number][8:]) for number in sorted(documents)),
    )


# Rows of facts and documents are never changed, so that building their values once is enough.
@lru_cache(maxsize=4096)
def _fact(number: int, scope_type: str, scope_key: str, key: str, value: str, *rest: Any) -> Fact:
    return Fact(number, scope_of(scope_type, scope_key), key, fact_value(value), *rest)


@lru_cache(maxsize=4096)
def _document(*row: Any) -> Document:
    return Document(*row)


def scope_of(scope_type: str, scope_key: str) -> str:
    return f"{scope_type}:{scope_key}" if scope_key else scope_type


def fact_value(text: str) -> FactValue:
    """The value of a stored fact; lists are lists of names."""
    value = json.loads(text)
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    if isinstance(value, bool | int | str):
        return value
    raise TypeError(f"{text} is no value of a fact")
