"""Complete evidence for the world of a test, so that its orders are eligible."""

from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.eligibility.given import together
from app.eligibility.standard_facts import (
    Names,
    standard_facts,
    standard_framework,
    standard_member,
    standard_network,
)
from app.eligibility.store_bundle import store_bundle
from app.frameworks.records import Framework
from app.members.records import Member, Membership
from tests.support.clock import NOON, TODAY

NAMES: Final = Names("Einkaufsgenossenschaft eG", "Rechenzentrum GmbH", "rz")


def complete_evidence(session: Session, today: date = TODAY) -> None:
    """Facts and documents for the cooperative and for every member and agreement there is."""
    bundles = [standard_facts(today, NAMES)]
    for member, since in session.execute(
        select(Member, Membership.effective_from).join(
            Membership, Membership.member_id == Member.id
        )
    ):
        bundles.append(standard_member(member.key, member.name, since, since))
    for framework in session.scalars(select(Framework)):
        awarded = framework.award_date or framework.valid_from
        bundles.append(standard_framework(framework.number, awarded))
        if framework.chain_link is not None:
            bundles.append(standard_network(framework.chain_link, "Partnerverbund", today))
    store_bundle(session, together(bundles), NOON)
