"""Complete evidence for the world of a test, so that its orders are eligible."""

from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.eligibility.evidence.given import together
from app.eligibility.evidence.standard_facts import (
    Names,
    standard_facts,
    standard_framework,
    standard_member,
    standard_network,
)
from app.eligibility.evidence.store_bundle import store_bundle
from app.frameworks.records import Framework
from app.members.records import Member, Membership
from tests.support.clock import NOON, TODAY
from tests.support.remembered import remembered

NAMES: Final = Names("Einkaufsgenossenschaft eG", "Rechenzentrum GmbH", "rz")


def complete_evidence(session: Session, today: date = TODAY) -> None:
    """Facts and documents for the cooperative and for every member and agreement there is."""
    members = session.execute(
        select(Member.id, Member.key, Member.name, Membership.effective_from).join(
            Membership, Membership.member_id == Member.id
        )
    ).all()
    frameworks = session.execute(
        select(
            Framework.number,
            func.coalesce(Framework.award_date, Framework.valid_from),
            Framework.chain_link,
        )
    ).all()
    bundles = [standard_facts(today, NAMES)]
    bundles += [standard_member(key, name, since, since) for _, key, name, since in members]
    for number, awarded, chain_link in frameworks:
        bundles.append(standard_framework(number, awarded))
        if chain_link is not None:
            bundles.append(standard_network(chain_link, "Partnerverbund", today))
    rests_on = ("evidence", today, *map(tuple, members), *map(tuple, frameworks))
    remembered(session, rests_on, lambda: store_bundle(session, together(bundles), NOON))
