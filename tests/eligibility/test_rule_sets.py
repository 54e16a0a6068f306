from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.eligibility.judging.assess import assess
from app.eligibility.judging.rule_sets import (
    GWB_2016,
    LAW_2016,
    LAW_VERGBG,
    Activation,
    fault_of,
    rule_set_on,
)
from app.eligibility.laws.queries import rule_set_in_force
from app.eligibility.laws.records import LawProposal, LawVerdict
from app.eligibility.rules import Outcome, RuleClass
from app.members.rules import Role
from tests.eligibility.cases import rule, with_fact
from tests.support.clock import NOON, TODAY
from tests.support.world import World, settled, somebody

NEW_YEAR: Final = date(2027, 1, 1)
REFERENCE: Final = "BGBl. 2026 I Nr. 400"
TWO: Final = ("person:1", "person:2")
IN_FORCE: Final = Activation(LAW_VERGBG.id, LAW_VERGBG.sha256(), NEW_YEAR, REFERENCE, TWO)


def sisters() -> Any:
    """Half-sisters: the giver has two mothers, the receiver one of them."""
    link = "chain_link:operating"
    case = with_fact(link, "l2_legal_basis", "d")
    case = with_fact(link, "controllers_of_giver", ("Stadt", "Land"), case)
    return with_fact(link, "controllers_of_receiver", ("Stadt",), case)


def test_the_wording_of_2016_holds_until_two_people_say_otherwise() -> None:
    assert rule_set_on(date(2099, 12, 31)) == GWB_2016["3"]
    assert rule_set_on(NEW_YEAR - timedelta(days=1), [IN_FORCE]) == GWB_2016["3"]

    present = rule_set_on(NEW_YEAR, [IN_FORCE])

    assert (present.id, present.valid_from) == ("GWB-108-VergBG", NEW_YEAR)
    assert (present.reference, present.approved_by) == (REFERENCE, TWO)


def test_an_activation_of_other_rules_does_not_count() -> None:
    assert rule_set_on(NEW_YEAR, [replace(IN_FORCE, sha256="0" * 64)]).id == LAW_2016.id
    assert rule_set_on(NEW_YEAR, [replace(IN_FORCE, law_id="GWB-2040")]).id == LAW_2016.id


def test_half_sisters_are_refused_by_the_old_wording_and_a_condition_of_the_new() -> None:
    old = sisters()
    new = replace(old, rule_set=rule_set_on(NEW_YEAR, [IN_FORCE]))

    assert assess(old).outcome is Outcome.NOT_ELIGIBLE
    assert assess(new).outcome is Outcome.ELIGIBLE_WITH_CONDITION
    assert rule(new, "L2-03").rule_class is RuleClass.SOFT


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, None),
        ({"id": "GWB-2040"}, "GWB-2040 ist hier nicht bekannt"),
        ({"sha256": "0" * 64}, "GWB-108-VergBG hatte andere Angaben"),
        ({"valid_from": date(2027, 1, 2)}, "GWB-108-VergBG galt an dem Tag noch nicht"),
        ({"reference": None}, "für GWB-108-VergBG fehlen Fundstelle oder zweite Freigabe"),
        (
            {"approved_by": ("person:1", "person:1")},
            "für GWB-108-VergBG fehlen Fundstelle oder zweite Freigabe",
        ),
    ],
)
def test_a_decision_names_a_rule_set_that_can_have_been_in_force(
    changes: dict[str, Any], fault: str | None
) -> None:
    present = replace(rule_set_on(NEW_YEAR, [IN_FORCE]), **changes)

    assert fault_of(present, NEW_YEAR, "3") == fault


def test_a_second_person_puts_a_wording_in_force_from_its_day_on(
    session: Session, portal: Any
) -> None:
    world: World = settled(session)
    second = somebody(session, "zweite@kitu.example", Role.LEGAL)
    first, other = portal.signed_in(world.legal), portal.signed_in(second)
    address = "/inhouse-register/regelwerke"
    form = {"regelwerk": LAW_VERGBG.id, "ab": "2027-01-01", "fundstelle": REFERENCE}

    early = first.post(address, form | {"ab": "2026-11-20", "fundstelle": " "})
    assert early.status_code == 422
    assert "Der erste Tag darf nicht zurückliegen" in early.text
    assert "Fundstelle im Bundesgesetzblatt" in early.text
    assert first.post(address, form).status_code == 303
    proposal = session.scalars(select(LawProposal)).one()
    own = first.post(f"{address}/{proposal.id}", {"urteil": "freigeben"})
    assert own.status_code == 403
    assert rule_set_in_force(session, NEW_YEAR).id == LAW_2016.id

    assert other.post(f"{address}/{proposal.id}", {"urteil": "ablehnen"}).status_code == 422
    assert other.post(f"{address}/{proposal.id}", {"urteil": "freigeben"}).status_code == 303
    again = other.post(f"{address}/{proposal.id}", {"urteil": "freigeben"})

    assert again.status_code == 409
    session.expire_all()
    assert rule_set_in_force(session, TODAY).id == LAW_2016.id
    present = rule_set_in_force(session, NEW_YEAR)
    assert present.approved_by == (f"person:{world.legal.id}", f"person:{second.id}")
    page = first.page(address)
    assert REFERENCE in page
    assert "L2-03 Schwestervergabe nur bei derselben Mutter: weich statt hart" in page


def test_nobody_approves_the_own_proposal_by_sql_either(session: Session) -> None:
    world = settled(session)
    proposal = LawProposal(
        law_id=LAW_VERGBG.id,
        sha256=LAW_VERGBG.sha256(),
        valid_from=NEW_YEAR,
        reference=REFERENCE,
        proposed_by=world.legal.id,
        proposed_at=NOON,
    )
    session.add(proposal)
    session.flush()
    row = {
        "proposal_id": proposal.id,
        "proposed_by": world.legal.id,
        "approved": True,
        "reason": "",
        "decided_by": world.legal.id,
        "decided_at": NOON,
    }

    for forged in (row, row | {"proposed_by": world.desk.id}):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(insert(LawVerdict), forged)

    assert session.scalar(select(func.count()).select_from(LawVerdict)) == 0
