"""Facts, documents and closed years as the rules need them, loaded with one select each."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.eligibility.evidence.records import (
    EvidenceDocument,
    EvidenceOverride,
    EvidenceVerdict,
    OverrideRequest,
    Turnover,
)
from app.eligibility.evidence.records import Fact as FactRecord
from app.eligibility.judging.case import (
    COOPERATIVE,
    OPERATING_COMPANY,
    OPERATING_LINK,
    FrameworkFacts,
    TurnoverYear,
)
from app.eligibility.judging.facts import Document, Evidence, Fact, FactValue
from app.eligibility.rules_override import Excuse, end_of

YEARS_BACK: Final = 4
SCOPES_OF_ALL: Final = (COOPERATIVE, OPERATING_COMPANY)
Row = Sequence[Any]


# Statements are built once: building one takes longer than running it.
def _all(
    session: Session, statement: Select[*tuple[Any, ...]], values: Mapping[str, object]
) -> Sequence[Row]:
    return session.execute(statement, values).all()


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
# What a second person has yet to approve, or refused, proves nothing.
_COUNTS: Final = or_(
    EvidenceDocument.id.is_(None),
    EvidenceDocument.approval_needed.is_(False),
    EvidenceVerdict.approved.is_(True),
)
_VERDICT_OF: Final = EvidenceVerdict.document_id == EvidenceDocument.id


def _known(at: datetime, recorded: InstrumentedAttribute[datetime]) -> ColumnElement[bool]:
    """What counted already at this instant: recorded, and approved where that is needed."""
    return and_(
        recorded <= at,
        or_(
            EvidenceDocument.id.is_(None),
            EvidenceDocument.approval_needed.is_(False),
            EvidenceVerdict.decided_at <= at,
        ),
    )


_TURNOVER: Final = (
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
        Turnover.basis,
    )
    .outerjoin(EvidenceDocument, EvidenceDocument.id == Turnover.evidence_document_id)
    .outerjoin(EvidenceVerdict, _VERDICT_OF)
    .where(
        _COUNTS,
        Turnover.fiscal_year < bindparam("year"),
        Turnover.fiscal_year >= bindparam("first_year"),
    )
    # A correction comes after what it corrects: the last one that is proved counts.
    .order_by(Turnover.body, Turnover.fiscal_year, Turnover.revision)
)


# Turnover is the usual one and is not written into the documents.
OTHER_BASIS: Final = {"cost": "cost"}


def turnover_before(
    session: Session, year: int, known: datetime | None = None
) -> tuple[tuple[TurnoverYear, ...], list[Document]]:
    """The closed years that the activity test may look at, with their documents.

    `known`: only what was on record at that instant.
    """
    wanted = _TURNOVER if known is None else _TURNOVER.where(_known(known, Turnover.recorded_at))
    rows = _all(session, wanted, {"year": year, "first_year": year - YEARS_BACK})
    documents = {row[9]: _document(*row[9:-1]) for row in rows if row[9] is not None}
    years = (replace(TurnoverYear(*row[:10]), basis=OTHER_BASIS.get(row[-1])) for row in rows)
    return tuple(years), list(documents.values())


_FACTS: Final = (
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
        EvidenceOverride.request_id,
        EvidenceOverride.begins_on,
        EvidenceOverride.days,
        OverrideRequest.reason,
        EvidenceOverride.asked_by,
        EvidenceOverride.decided_by,
        EvidenceOverride.decided_at,
    )
    .outerjoin(EvidenceDocument, EvidenceDocument.id == FactRecord.evidence_document_id)
    .outerjoin(EvidenceVerdict, _VERDICT_OF)
    .outerjoin(
        EvidenceOverride,
        and_(EvidenceOverride.fact_id == FactRecord.id, EvidenceOverride.confirmed.is_(True)),
    )
    .outerjoin(OverrideRequest, OverrideRequest.id == EvidenceOverride.request_id)
    .where(FactRecord.valid_from <= bindparam("day"), _COUNTS)
    .order_by(FactRecord.valid_from, FactRecord.id)
)
_FACTS_OF_A_CASE: Final = _FACTS.where(
    or_(
        FactRecord.scope_type.in_(SCOPES_OF_ALL),
        and_(
            FactRecord.scope_type == "member",
            FactRecord.scope_key.in_(bindparam("members", expanding=True)),
        ),
        and_(
            FactRecord.scope_type == "chain_link",
            FactRecord.scope_key.in_(bindparam("links", expanding=True)),
        ),
        and_(
            FactRecord.scope_type == "framework",
            FactRecord.scope_key == bindparam("framework"),
        ),
    )
)


def evidence_on(
    session: Session,
    day: date,
    members: Iterable[str],
    framework: FrameworkFacts | None,
    known: datetime | None = None,
) -> Evidence:
    """The newest documented fact of each kind on `day`: older ones cannot change the judgement.

    `known`: only what was on record at that instant.
    """
    links = [OPERATING_LINK]
    if framework is not None and framework.chain_link is not None:
        links.append(framework.chain_link)
    values = {
        "day": day,
        "members": sorted(set(members)),
        "links": links,
        "framework": None if framework is None else framework.number,
    }
    return _newest(_all(session, _known_at(_FACTS_OF_A_CASE, known), values), known)


def every_evidence(session: Session, day: date, known: datetime | None = None) -> Evidence:
    """The same for everybody and everything, for the register and the list of what is due.

    `known`: only what was on record at that instant.
    """
    return _newest(_all(session, _known_at(_FACTS, known), {"day": day}), known)


def _known_at(facts: Select[*tuple[Any, ...]], known: datetime | None) -> Select[*tuple[Any, ...]]:
    return facts if known is None else facts.where(_known(known, FactRecord.asserted_at))


def _newest(rows: Sequence[Row], known: datetime | None = None) -> Evidence:
    newest: dict[tuple[str, str, str, bool], Row] = {}
    for row in rows:
        newest[row[1], row[2], row[3], row[8] is not None] = row
    found = sorted(newest.values(), key=lambda row: row[0])
    documents = {row[8]: row for row in found if row[8] is not None}
    return Evidence(
        facts=tuple(_fact(*row[:9]) for row in found),
        documents=tuple(_document(*documents[number][8:16]) for number in sorted(documents)),
        excuses=tuple(
            _excuse(row[0], *row[16:22])
            for row in found
            if row[16] is not None and (known is None or row[22] <= known)
        ),
    )


def _excuse(fact: int, number: int, begins_on: date, days: int, reason: str, *by: int) -> Excuse:
    asked_by, confirmed_by = (f"person:{person}" for person in by)
    return Excuse(number, fact, begins_on, end_of(begins_on, days), reason, asked_by, confirmed_by)


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
