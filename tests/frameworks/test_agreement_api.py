"""What a program reads about an agreement."""

import pytest
from sqlalchemy.orm import Session

from app.frameworks.amending.add_extension_option import add_extension_option
from app.frameworks.amending.amend_ceiling import CeilingWish, amend_ceiling
from app.frameworks.amending.name_parties import PartiesWish, name_parties
from app.frameworks.amendment_limits import AmendmentBasis
from app.frameworks.records import PartyRule
from app.kernel.money import Money
from tests.frameworks.agreements import NUMBER, decided
from tests.support.application import Portal
from tests.support.clock import NOON, TODAY
from tests.support.world import World, settled


@pytest.fixture
def world(session: Session) -> World:
    made = settled(session)
    session.commit()
    return made


def test_a_program_reads_what_was_agreed_and_amended(
    portal: Portal, session: Session, world: World
) -> None:
    by = world.contracts.id
    raised = CeilingWish(
        1, Money.euros("1050000"), None, AmendmentBasis.MINOR, character_unchanged=True
    )
    amend_ceiling(session, by, NUMBER, raised, decided(), NOON)
    add_extension_option(session, by, NUMBER, 12, TODAY, NOON, reason="Ziffer 4.2")
    wish = PartiesWish(PartyRule.LISTED, districts=("15003",))
    name_parties(session, by, NUMBER, wish, decided(), NOON)
    session.commit()

    given = portal.api(world.it).get(f"/api/v1/frameworks/{NUMBER}").json()
    other = portal.api(world.it_magdeburg).get(f"/api/v1/frameworks/{NUMBER}").json()

    assert (given["party"], other["party"]) == (False, True)
    assert given["parties"] == "Kreise 15003"
    assert given["call_off_mode"] == "direct"
    assert given["price_rule"] == {
        "kind": "fixed",
        "text": "Festpreis",
        "fixed_until": None,
        "announcement_days": 0,
    }
    assert given["extension_options"] == [
        {
            "number": 1,
            "months": 12,
            "notice_by": TODAY.isoformat(),
            "exercised": None,
            "decided_on": None,
            "decided_by": "",
        }
    ]
    kinds = [entry["kind"] for entry in given["amendments"]]
    assert kinds == ["parties", "extension", "ceiling"]
    ceiling = given["amendments"][-1]
    assert (ceiling["lot"], ceiling["value_change"]) == (1, "50000.00")
    assert (ceiling["basis"], ceiling["decided_by"]) == ("minor", "Vorstand")
    assert given["lots"][0]["maximum_value"] == "1050000.00"
