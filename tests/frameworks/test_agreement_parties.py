"""Who may call off: one predicate over named members, classes and lots that narrow them."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.frameworks.agreement_records import FrameworkChange
from app.frameworks.amending.name_parties import PartiesWish, name_parties
from app.frameworks.open_lots import is_party, open_lots
from app.frameworks.parties import NamedParty, Parties, PartyClass, PartyMember, admits
from app.frameworks.records import FrameworkParty, PartyRule
from app.kernel.errors import Malformed
from app.members.rules import BodyKind
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.submission import Refused, Submitted
from app.ordering.wanted import Actor, DeliverTo, Wanted
from tests.frameworks.agreements import NUMBER, decided
from tests.support.clock import NOON, TODAY
from tests.support.evidence import complete_evidence
from tests.support.world import ACCOUNT, MONITOR, NOTEBOOK, World, lot_of, settled

DESSAU = PartyMember(1, "kreisfreie_stadt", "15001", date(2024, 4, 1))


@pytest.fixture
def world(session: Session) -> World:
    made = settled(session)
    complete_evidence(session)
    session.commit()
    return made


def orders(session: Session, world: World, sku: str) -> Submitted | Refused:
    to = DeliverTo("IT", "Zerbster Straße 4", "06844", "Dessau-Roßlau")
    wish = Wanted({sku: 1}, "Probe", ACCOUNT, to)
    return submit_call_off(
        session, Actor(world.it.id, world.dessau.id), world.dessau.id, wish, NOON
    )


CLASSES: list[tuple[str, dict[str, Any], bool]] = [
    ("the kind", {"kinds": frozenset({"kreisfreie_stadt"})}, True),
    ("another kind", {"kinds": frozenset({"landkreis"})}, False),
    ("the district", {"districts": frozenset({"15001", "15083"})}, True),
    ("another district", {"districts": frozenset({"15083"})}, False),
    ("a member by the day", {"members_by": date(2024, 4, 1)}, True),
    ("a member too late", {"members_by": date(2024, 3, 31)}, False),
    (
        "the kind in another district",
        {"kinds": frozenset({"kreisfreie_stadt"}), "districts": frozenset({"15083"})},
        False,
    ),
]


@pytest.mark.parametrize(
    ("stated", "holds"),
    [(stated, holds) for _name, stated, holds in CLASSES],
    ids=[name for name, _stated, _holds in CLASSES],
)
def test_a_class_holds_where_all_it_states_is_true(stated: dict[str, Any], holds: bool) -> None:
    parties = Parties(everybody=False, of_class=PartyClass(**stated))

    assert admits(parties, DESSAU, TODAY) is holds


def test_without_class_or_name_nobody_is_a_party() -> None:
    assert not admits(Parties(everybody=False), DESSAU, TODAY)
    assert admits(Parties(everybody=True), DESSAU, TODAY)


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (TODAY + timedelta(days=1), None, False),
        (None, TODAY - timedelta(days=1), False),
    ],
    ids=["open", "only today", "from tomorrow", "until yesterday"],
)
def test_a_named_member_is_party_on_its_days(
    first: date | None, last: date | None, holds: bool
) -> None:
    parties = Parties(everybody=False, named=(NamedParty(1, first, last),))

    assert admits(parties, DESSAU, TODAY) is holds


def test_lots_are_open_by_party_term_and_their_own_class(session: Session, world: World) -> None:
    notebooks, monitors = lot_of(session, NOTEBOOK), lot_of(session, MONITOR)
    monitors.only_kinds = "landkreis zweckverband"
    session.commit()

    only = frozenset({notebooks.id})
    found = open_lots(session, world.dessau.id, TODAY)
    before = open_lots(session, world.dessau.id, date(2025, 12, 31))

    assert (found.named, found.running) == (only, only)
    assert (before.named, before.running) == (only, frozenset())


def test_naming_a_class_lets_in_who_belongs_to_it(session: Session, world: World) -> None:
    wish = PartiesWish(PartyRule.LISTED, districts=("15003",))

    name_parties(session, world.contracts.id, NUMBER, wish, decided(), NOON)
    session.commit()

    assert is_party(session, world.framework, world.magdeburg.id, TODAY)
    assert not is_party(session, world.framework, world.dessau.id, TODAY)
    refused = orders(session, world, NOTEBOOK)
    assert isinstance(refused, Refused)
    assert refused.code == "not_a_party"
    change = session.scalars(select(FrameworkChange)).one()
    assert change.what == "Abrufberechtigt: alle Mitglieder → Kreise 15003"


def test_a_member_named_one_by_one_may_order_until_it_is_named_no_longer(
    session: Session, world: World
) -> None:
    by_name = PartiesWish(PartyRule.LISTED, keys=(world.dessau.key,))
    name_parties(session, world.contracts.id, NUMBER, by_name, decided(), NOON)
    session.commit()
    assert isinstance(orders(session, world, NOTEBOOK), Submitted)
    session.commit()

    other = PartiesWish(PartyRule.LISTED, keys=(world.magdeburg.key,))
    name_parties(session, world.contracts.id, NUMBER, other, decided(), NOON)
    session.commit()

    party = session.scalars(
        select(FrameworkParty).where(FrameworkParty.member_id == world.dessau.id)
    ).one()
    assert party.valid_to == TODAY
    assert is_party(session, world.framework, world.dessau.id, TODAY)
    assert not is_party(session, world.framework, world.dessau.id, TODAY + timedelta(days=1))


def test_parties_of_a_later_day_are_not_named_today(session: Session, world: World) -> None:
    wish = PartiesWish(PartyRule.LISTED, districts=("15003",))
    later = decided(effective_on=TODAY + timedelta(days=1))

    with pytest.raises(Malformed) as wrong:
        name_parties(session, world.contracts.id, NUMBER, wish, later, NOON)
    session.rollback()

    assert [error.code for error in wrong.value.errors] == ["in_future"]
    assert is_party(session, world.framework, world.dessau.id, TODAY)
    assert session.scalars(select(FrameworkChange)).all() == []


def test_a_lot_for_others_cannot_be_ordered_from(session: Session, world: World) -> None:
    lot_of(session, MONITOR).only_kinds = BodyKind.LANDKREIS.value
    session.commit()

    refused = orders(session, world, MONITOR)

    assert isinstance(refused, Refused)
    assert refused.code == "not_a_party"
    texts = {rule.id: rule.text for rule in refused.assessment.failed}
    assert texts["F-04"] == "Los 2 von RV-2026-01 steht Stadt Dessau-Roßlau nicht offen."


WRONG: list[tuple[str, PartiesWish, str]] = [
    ("nobody", PartiesWish(PartyRule.LISTED), "members"),
    ("an unknown member", PartiesWish(PartyRule.LISTED, keys=("NIEMAND",)), "members"),
    ("an unknown kind", PartiesWish(PartyRule.LISTED, kinds=("reich",)), "kinds"),
    ("half a district", PartiesWish(PartyRule.LISTED, districts=("150",)), "districts"),
    ("all and some", PartiesWish(PartyRule.ALL_MEMBERS, districts=("15001",)), "party_rule"),
    ("what holds already", PartiesWish(PartyRule.ALL_MEMBERS), "party_rule"),
]


@pytest.mark.parametrize(
    ("wish", "field"),
    [(wish, field) for _name, wish, field in WRONG],
    ids=[name for name, _wish, _field in WRONG],
)
def test_parties_that_name_nobody_clearly_are_refused(
    session: Session, world: World, wish: PartiesWish, field: str
) -> None:
    with pytest.raises(Malformed) as wrong:
        name_parties(session, world.contracts.id, NUMBER, wish, decided(), NOON)
    session.rollback()

    assert [error.field for error in wrong.value.errors] == [field]
    assert is_party(session, world.framework, world.dessau.id, TODAY)
    assert session.scalars(select(FrameworkChange)).all() == []
