"""Labelled demonstration evidence for the cooperative, its members and its agreements."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demonstration.cast import person_id
from app.demonstration.script import Script
from app.eligibility.evidence.given import Bundle, together
from app.eligibility.evidence.standard_facts import (
    standard_facts,
    standard_framework,
    standard_member,
    standard_network,
)
from app.eligibility.evidence.store_bundle import store_bundle
from app.frameworks.records import Framework
from app.kernel.legal_day import legal_day
from app.members.records import Member, Membership

EXPIRED: Final = timedelta(days=30)
LONG_TERM: Final = timedelta(days=4 * 365 + 1)
MORNING: Final = time(8, tzinfo=UTC)


def store_evidence(session: Session, script: Script, opened: datetime, start: datetime) -> int:
    """What is dated after `opened` is stored on the day after its date, as it would have been."""
    today = legal_day(start)
    whole = together(
        [
            standard_facts(today, script.names),
            *_members(session, script, today),
            *_frameworks(session, script, today),
        ]
    )
    first = legal_day(opened)
    entered_by = person_id(session, script.evidence.entered_by)
    approved_by = person_id(session, script.evidence.approved_by)
    days = sorted({max(document.dated, first) for document in whole.documents})
    for day in days:
        at = opened if day == first else datetime.combine(day + timedelta(days=1), MORNING)
        bundle = _of_day(whole, day, first)
        store_bundle(session, bundle, min(at, start), entered_by, approved_by)
    return len(whole.documents)


def _of_day(whole: Bundle, day: date, first: date) -> Bundle:
    documents = tuple(item for item in whole.documents if max(item.dated, first) == day)
    refs = {item.ref for item in documents}
    return Bundle(
        documents=documents,
        facts=tuple(fact for fact in whole.facts if fact.ref in refs),
        turnover=tuple(year for year in whole.turnover if year.ref in refs),
    )


def _members(session: Session, script: Script, today: date) -> Iterator[Bundle]:
    rows = session.execute(
        select(Member, Membership)
        .join(Membership, Membership.member_id == Member.id)
        .order_by(Member.key)
    )
    for member, period in rows:
        resolved = period.resolved_on or period.effective_from
        declared = min(period.effective_from, today)
        expired = today - EXPIRED if member.key == script.blocked.member else None
        yield standard_member(member.key, member.name, resolved, declared, expired)


def _frameworks(session: Session, script: Script, today: date) -> Iterator[Bundle]:
    networks = set()
    for framework in session.scalars(select(Framework).order_by(Framework.number)):
        awarded = framework.award_date or framework.valid_from
        long_term = framework.valid_to - framework.valid_from > LONG_TERM
        yield standard_framework(framework.number, awarded, exception=long_term)
        link = framework.chain_link
        if link is not None and link not in networks:
            networks.add(link)
            yield standard_network(link, script.networks.get(link, link), today)
    # Networks that no agreement runs over yet: their link has a current opinion.
    for link in sorted(script.networks.keys() - networks):
        yield standard_network(link, script.networks[link], today, opinion=True)
