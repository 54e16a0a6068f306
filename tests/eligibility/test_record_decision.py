import json
from dataclasses import replace
from datetime import date, timedelta
from threading import Thread

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.eligibility.assess_case import Question, assess_case
from app.eligibility.check_member import check_member
from app.eligibility.deciding.record_decision import record_decision
from app.eligibility.deciding.verify_chains import verify_decision_chains
from app.eligibility.evidence.standard_facts import standard_framework
from app.eligibility.evidence.store_bundle import store_bundle
from app.eligibility.judging.case import Line, LotRoom, Order
from app.eligibility.judging.snapshot import GENESIS, exported
from app.eligibility.judging.verify_decision import verify_decision
from app.eligibility.queries import decision, decisions_of, stored_decision
from app.eligibility.records import DecisionHead, EligibilityDecision
from app.eligibility.rules import Outcome, Phase
from app.frameworks.records import Framework, Lot
from app.kernel.errors import NotFound
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from app.members.records import Member, Membership, Unit
from app.members.rules import BodyKind
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.evidence import complete_evidence
from tests.support.world import NOTEBOOK, World, body, lot_of, settled

PRICE = UnitPrice.euros("789.00")


@pytest.fixture
def world(session: Session) -> World:
    settled_world = settled(session)
    complete_evidence(session)
    return settled_world


def order_of(lot: Lot, quantity: int = 3) -> Order:
    line = Line(NOTEBOOK, "Notebook", quantity, PRICE, PRICE.times(quantity), 1, lot.id, "1", PRICE)
    room = LotRoom(lot.id, 1, lot.maximum_value, lot.reserved_value, lot.called_off_value)
    return Order((line,), (room,), product_account="11160", budget_year=2026)


def question(session: Session, member: Member, framework: Framework) -> Question:
    order = order_of(lot_of(session, NOTEBOOK))
    return Question(member.id, NOON, Phase.SUBMISSION, framework.id, order)


def stored(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(EligibilityDecision)) or 0


def test_a_preview_stores_nothing(session: Session, world: World) -> None:
    found = assess_case(session, question(session, world.dessau, world.framework))

    assert found.assessment.outcome is Outcome.ELIGIBLE
    assert found.case.register.count == 2
    assert stored(session) == 0


def test_a_recorded_decision_proves_itself_and_reads_back(session: Session, world: World) -> None:
    found = assess_case(session, question(session, world.dessau, world.framework))

    recorded = record_decision(session, found, NOON, "person:7")

    row = decision(session, recorded.public_id, Tenant(world.dessau.id))
    assert row.sha256 == recorded.sha256
    assert (row.outcome, row.phase, row.position) == ("eligible", "submission", 1)
    assert verify_decision(exported(row.snapshot, row.sha256)).sound
    assert stored_decision(row).case == found.case
    assert stored_decision(row).assessment == found.assessment


def test_decisions_of_a_member_form_a_chain_of_their_own(session: Session, world: World) -> None:
    dessau = assess_case(session, question(session, world.dessau, world.framework))
    magdeburg = assess_case(session, question(session, world.magdeburg, world.framework))

    first = record_decision(session, dessau, NOON)
    other = record_decision(session, magdeburg, NOON)
    second = record_decision(session, dessau, NOON)

    rows = {row.public_id: row for row in session.scalars(select(EligibilityDecision))}
    assert rows[first.public_id].previous_sha256 == GENESIS
    assert rows[other.public_id].previous_sha256 == GENESIS
    assert rows[second.public_id].previous_sha256 == first.sha256
    assert json.loads(rows[second.public_id].snapshot)["recording"]["prev_sha256"] == first.sha256
    assert [row.position for row in decisions_of(session, Tenant(None), world.dessau.id)] == [2, 1]
    assert verify_decision_chains(session) == ()


def test_a_refusal_is_on_record_too(session: Session, world: World) -> None:
    session.execute(
        update(Membership)
        .where(Membership.member_id == world.dessau.id)
        .values(effective_to=date(2026, 1, 1))
    )
    found = assess_case(session, question(session, world.dessau, world.framework))

    recorded = record_decision(session, found, NOON)

    assert recorded.outcome is Outcome.NOT_ELIGIBLE
    assert found.assessment.code == "membership_ended"
    assert stored(session) == 1


def test_a_later_refusal_stands_on_the_passed_decision(session: Session, world: World) -> None:
    found = assess_case(session, question(session, world.dessau, world.framework))

    recorded = record_decision(session, found, NOON, refusal="ceiling_reached")

    row = decision(session, recorded.public_id, Tenant(None))
    assert row.outcome == "eligible"
    assert stored_decision(row).recording.refusal == "ceiling_reached"
    assert verify_decision(exported(row.snapshot, row.sha256)).sound


@pytest.mark.parametrize("change", [{"outcome": "eligible"}, {"snapshot": "{}"}, {"position": 9}])
def test_the_database_refuses_to_change_a_decision(
    session: Session, world: World, change: dict[str, object]
) -> None:
    found = assess_case(session, question(session, world.dessau, world.framework))
    record_decision(session, found, NOON)
    session.commit()

    with pytest.raises(DatabaseError, match="stays as written"):
        session.execute(update(EligibilityDecision).values(**change))
    session.rollback()

    assert verify_decision_chains(session) == ()


def test_the_database_refuses_to_delete_a_decision(session: Session, world: World) -> None:
    found = assess_case(session, question(session, world.dessau, world.framework))
    record_decision(session, found, NOON)
    session.commit()

    with pytest.raises(DatabaseError, match="stays as written"):
        session.execute(delete(EligibilityDecision))
    session.rollback()

    assert stored(session) == 1


def test_a_lost_row_at_the_end_of_a_chain_is_found(session: Session, world: World) -> None:
    found = assess_case(session, question(session, world.dessau, world.framework))
    record_decision(session, found, NOON)
    session.execute(update(DecisionHead).values(length=2))

    assert verify_decision_chains(session) == (
        "Entscheidungen von 15001000: Zeile 2: das Ende der Kette fehlt.",
    )


def test_a_decision_needs_an_agreement(session: Session, world: World) -> None:
    found = assess_case(session, Question(world.dessau.id, NOON, Phase.PREVIEW))

    with pytest.raises(ValueError, match="agreement"):
        record_decision(session, found, NOON)


def test_the_decision_of_another_member_does_not_exist(session: Session, world: World) -> None:
    found = assess_case(session, question(session, world.dessau, world.framework))
    recorded = record_decision(session, found, NOON)

    with pytest.raises(NotFound):
        decision(session, recorded.public_id, Tenant(world.magdeburg.id))


def test_parallel_decisions_of_one_member_stay_one_chain(
    session: Session, world: World, database: Database
) -> None:
    wanted = question(session, world.dessau, world.framework)
    session.commit()

    def decide() -> None:
        with database.sessions.begin() as own:
            record_decision(own, assess_case(own, wanted), NOON)

    threads = [Thread(target=decide) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert stored(session) == 8
    assert verify_decision_chains(session) == ()


def test_an_owned_company_may_not_order_through_the_city_but_a_municipal_enterprise_may(
    session: Session, world: World
) -> None:
    company = Unit(
        member_id=world.dessau.id,
        name="Stadtwerke GmbH",
        body_kind=BodyKind.EIGENGESELLSCHAFT,
        own_legal_person=True,
    )
    enterprise = Unit(
        member_id=world.dessau.id, name="Stadtpflege", body_kind=BodyKind.EIGENBETRIEB
    )
    session.add_all([company, enterprise])
    session.flush()
    asked = question(session, world.dessau, world.framework)
    assert asked.order is not None

    outcomes = [
        assess_case(
            session, replace(asked, order=replace(asked.order, unit_id=unit.id))
        ).assessment.outcome
        for unit in (company, enterprise)
    ]

    assert outcomes == [Outcome.NOT_ELIGIBLE, Outcome.ELIGIBLE]


def test_a_private_company_in_the_register_breaks_the_orders_of_all(
    session: Session, world: World
) -> None:
    facts = {
        "key": "pk",
        "name": "Privatkauf GmbH",
        "body_kind": BodyKind.EIGENGESELLSCHAFT,
        "contracting_authority_basis": "§ 99 Nr. 2 GWB",
        "street": "Weg 1",
        "postal_code": "39104",
        "city": "Magdeburg",
    }
    body(session, facts, member_since=date(2026, 1, 1))

    found = check_member(session, world.dessau.key, NOON, world.framework.number)

    assert found.assessment.outcome is Outcome.UNDETERMINED
    assert [result.id for result in found.assessment.failed] == ["K-05"]
    assert "Privatkauf GmbH" in found.assessment.failed[0].text


def test_last_years_orders_were_eligible_at_their_time(session: Session, world: World) -> None:
    session.execute(
        update(Framework).values(valid_from=date(2025, 1, 1), award_date=date(2024, 12, 1))
    )
    store_bundle(session, standard_framework(world.framework.number, date(2024, 12, 1)), NOON)
    asked = question(session, world.dessau, world.framework)
    assert asked.order is not None
    order = replace(asked.order, budget_year=None)

    outcomes = {
        assess_case(
            session, replace(asked, at=NOON - timedelta(weeks=weeks), order=order)
        ).assessment.outcome
        for weeks in range(0, 53, 4)
    }

    assert outcomes == {Outcome.ELIGIBLE}


def test_without_evidence_everything_stays_open(session: Session) -> None:
    bare = settled(session)

    found = check_member(session, bare.dessau.key, NOON, bare.framework.number)

    assert found.assessment.outcome is Outcome.UNDETERMINED
    assert found.assessment.code == "evidence_missing"


@pytest.mark.parametrize(("key", "number"), [("99", None), ("15001000", "RV-0")])
def test_what_does_not_exist_is_named(
    session: Session, world: World, key: str, number: str | None
) -> None:
    assert world.dessau.key == "15001000"
    with pytest.raises(NotFound) as refused:
        check_member(session, key, NOON, number)

    assert (number or key) in refused.value.text


def test_money_of_the_lot_is_stored_in_cents(session: Session, world: World) -> None:
    found = assess_case(session, question(session, world.dessau, world.framework))
    record_decision(session, found, NOON)

    snapshot = json.loads(session.scalars(select(EligibilityDecision.snapshot)).one())

    assert snapshot["case"]["order"]["lots"][0]["maximum_value"] == 100_000_000
    assert snapshot["case"]["order"]["lines"][0]["unit_price"] == 7_890_000
    assert found.case.order is not None
    assert found.case.order.net == Money.euros("2367")


def without_guards(session: Session, database: Database) -> None:
    """Somebody with the database's own rights switches the triggers off."""
    if database.is_sqlite:
        session.execute(text("DROP TRIGGER eligibility_decision_no_update"))
        session.execute(text("DROP TRIGGER eligibility_decision_no_delete"))
    else:
        session.execute(text("ALTER TABLE eligibility_decision DISABLE TRIGGER USER"))


@pytest.mark.parametrize(
    ("position", "changes", "reason"),
    [
        (1, {"snapshot": '{"recording":{"prev_sha256":"x"}}'}, "Prüfsumme"),
        (2, {"previous_sha256": "f" * 64}, "die Kette ist unterbrochen"),
        (2, {"position": 7}, "Zeile 2: Diese Zeile fehlt."),
        (3, {"outcome": "not_eligible"}, "Zeile 3: der Inhalt passt nicht zur Prüfsumme"),
    ],
)
def test_a_row_changed_behind_the_programs_back_is_found(
    session: Session,
    world: World,
    database: Database,
    position: int,
    changes: dict[str, object],
    reason: str,
) -> None:
    found = assess_case(session, question(session, world.dessau, world.framework))
    for _ in range(3):
        record_decision(session, found, NOON)
    without_guards(session, database)

    session.execute(
        update(EligibilityDecision)
        .where(EligibilityDecision.position == position)
        .values(**changes)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()

    broken, *_others = verify_decision_chains(session)
    assert broken.startswith("Entscheidungen von 15001000: ")
    assert reason in broken


def test_the_chain_of_units_ends_at_the_member(session: Session, world: World) -> None:
    enterprise = Unit(
        member_id=world.dessau.id, name="Stadtpflege", body_kind=BodyKind.EIGENBETRIEB
    )
    session.add(enterprise)
    session.flush()
    depot = Unit(
        member_id=world.dessau.id,
        name="Betriebshof",
        body_kind=BodyKind.REGIEBETRIEB,
        parent_id=enterprise.id,
    )
    session.add(depot)
    session.flush()
    asked = question(session, world.dessau, world.framework)
    assert asked.order is not None

    found = assess_case(session, replace(asked, order=replace(asked.order, unit_id=depot.id)))

    assert found.case.unit is not None
    assert found.case.unit.parents == (enterprise.id,)
    assert found.assessment.outcome is Outcome.ELIGIBLE
    with pytest.raises(NotFound):
        assess_case(session, replace(asked, order=replace(asked.order, unit_id=99_999)))


def test_a_member_that_came_back_is_judged_by_its_present_period(
    session: Session, world: World
) -> None:
    session.execute(
        update(Membership)
        .where(Membership.member_id == world.dessau.id)
        .values(effective_to=date(2025, 12, 31))
    )
    session.add(
        Membership(
            member_id=world.dessau.id,
            effective_from=date(2026, 7, 1),
            share_paid_on=date(2026, 7, 1),
            recorded_at=NOON,
        )
    )
    session.flush()
    asked = Question(world.dessau.id, NOON, Phase.PREVIEW)

    now = assess_case(session, asked).assessment
    between = assess_case(session, replace(asked, at=NOON - timedelta(days=180))).assessment

    assert now.outcome is Outcome.ELIGIBLE
    assert between.code == "membership_ended"
