"""Several suppliers: whose turn it is, what happens when one declines, and who may follow."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.archive.records import StoredFile
from app.database.tenant import EVERY_MEMBER
from app.frameworks.agreement_records import FrameworkChange, FrameworkSupplier, SupplierAward
from app.frameworks.amending.add_supplier import SupplierWish, add_supplier
from app.frameworks.amending.change_supplier import ChangeGround, ChangeWish, change_supplier
from app.frameworks.amendment_limits import AmendmentBasis
from app.frameworks.awarding.suppliers import standing_awards
from app.frameworks.supplier_choice import (
    AwardEvent,
    CallOffMode,
    Candidate,
    Choice,
    NoSupplier,
    choose_supplier,
)
from app.kernel.errors import Conflict, Malformed
from app.kernel.money import Money
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.queries import call_off
from app.ordering.rules import Side, State
from app.ordering.steps.approve_call_off import Blocked, approve_call_off
from app.ordering.steps.cancel_call_off import cancel_call_off
from app.ordering.submission import Refused, Submitted
from app.ordering.turns.pass_to_next_supplier import pass_to_next_supplier
from app.ordering.wanted import Actor, DeliverTo, Wanted
from app.outbox.records import OutboxMessage
from tests.frameworks.agreements import NUMBER, decided
from tests.support.clock import NOON, TODAY
from tests.support.orders import placed, ready, submitted
from tests.support.world import ACCOUNT, NOTEBOOK, World, lot_of

FIRST = Candidate(1, "Elbe GmbH", 1, share=2)
SECOND = Candidate(2, "Saale GmbH", 2, share=1)
THIRD = Candidate(3, "Mulde GmbH", 3, share=1)


@pytest.fixture
def world(session: Session) -> World:
    made = ready(session)
    session.commit()
    return made


def several(session: Session, world: World, mode: CallOffMode, *names: str) -> None:
    """The agreement has these suppliers, ranked in this order."""
    world.framework.call_off_mode = mode
    for rank, name in enumerate(names, 1):
        wish = SupplierWish(name, rank)
        add_supplier(session, world.contracts.id, NUMBER, wish, "Zuschlag", NOON)
    session.commit()


def chosen(choice: Choice | NoSupplier) -> str:
    assert isinstance(choice, Choice), choice
    return choice.supplier.name


def has(session: Session, number: str) -> str:
    return standing_awards(session, number)[lot_of(session, NOTEBOOK).id].supplier.name


def submits(session: Session, world: World, wanted: dict[str, int]) -> Submitted | Refused:
    to = DeliverTo("IT", "Zerbster Straße 4", "06844", "Dessau-Roßlau")
    wish = Wanted(wanted, "Probe", ACCOUNT, to)
    actor = Actor(world.it.id, world.dessau.id)
    return submit_call_off(session, actor, world.dessau.id, wish, NOON)


def passes(session: Session, world: World, number: str, **how: Any) -> Choice | NoSupplier:
    result = pass_to_next_supplier(
        session,
        Actor(world.desk.id, None),
        number,
        lot_of(session, NOTEBOOK).id,
        how.pop("now", NOON),
        event=how.pop("event", AwardEvent.DECLINED),
        reason="Lieferengpass, Schreiben vom 20.11.",
    )
    session.commit()
    return result


def test_a_cascade_begins_with_the_best_rank_and_goes_down() -> None:
    suppliers = [THIRD, SECOND, FIRST]
    choose = choose_supplier

    assert chosen(choose(CallOffMode.CASCADE, suppliers, TODAY)) == "Elbe GmbH"
    second = choose(CallOffMode.CASCADE, suppliers, TODAY, {1})
    assert isinstance(second, Choice)
    assert second.reason == (
        "Rang 2 der Kaskade, nachdem Rang 1 Elbe GmbH ausschied (§ 21 Abs. 4 Nr. 1 VgV)."
    )
    nobody = choose(CallOffMode.CASCADE, suppliers, TODAY, {1, 2, 3})
    assert isinstance(nobody, NoSupplier)
    assert nobody.code == "no_supplier"


def test_a_rotation_serves_who_is_furthest_behind_the_share() -> None:
    """Elbe may have twice as much as each of the others."""
    given = [("0", "0", "0"), ("100", "0", "0"), ("100", "60", "60"), ("200", "100", "100")]
    turns = []
    for first, second, third in given:
        suppliers = [
            Candidate(1, "Elbe", 1, 2, Money.euros(first)),
            Candidate(2, "Saale", 2, 1, Money.euros(second)),
            Candidate(3, "Mulde", 3, 1, Money.euros(third)),
        ]
        turns.append(chosen(choose_supplier(CallOffMode.ROTATION, suppliers, TODAY)))

    assert turns == ["Elbe", "Saale", "Elbe", "Elbe"]


def test_a_supplier_stands_only_on_its_days() -> None:
    gone = Candidate(1, "Elbe GmbH", 1, valid_to=TODAY - timedelta(days=1))
    later = Candidate(3, "Mulde GmbH", 1, valid_from=TODAY + timedelta(days=1))

    choice = choose_supplier(CallOffMode.CASCADE, [gone, later, SECOND], TODAY)

    assert chosen(choice) == "Saale GmbH"


def test_a_new_competition_is_not_held_here() -> None:
    refused = choose_supplier(CallOffMode.MINI_COMPETITION, [FIRST, SECOND], TODAY)

    assert isinstance(refused, NoSupplier)
    assert "§ 21 Abs. 4 Nr. 3, Abs. 5 VgV" in refused.reason


def test_mini_competition_is_refused_at_submission_with_the_paragraph(
    session: Session, world: World
) -> None:
    world.framework.call_off_mode = CallOffMode.MINI_COMPETITION
    session.commit()

    refused = submits(session, world, {NOTEBOOK: 1})

    assert isinstance(refused, Refused)
    assert refused.code == "article_not_orderable"
    (rule,) = refused.assessment.failed
    assert (rule.id, rule.legal_basis) == ("F-08", "§ 21 Abs. 4, 5 VgV")
    assert lot_of(session, NOTEBOOK).reserved_value == Money(0)


def test_a_single_supplier_leaves_no_award(session: Session, world: World) -> None:
    placed(session, world, {NOTEBOOK: 1}, now=NOON)

    assert session.scalars(select(SupplierAward)).all() == []


def test_the_choice_is_on_record_and_in_the_memo(session: Session, world: World) -> None:
    several(session, world, CallOffMode.CASCADE, "Elbe GmbH", "Saale GmbH")

    number = placed(session, world, {NOTEBOOK: 2}, now=NOON)
    session.commit()

    award = session.scalars(select(SupplierAward)).one()
    assert (award.subject, award.event) == (number, AwardEvent.CHOSEN)
    assert award.value == Money.euros("1578")
    found = call_off(session, number, EVERY_MEMBER)
    memo = json.loads(session.get_one(StoredFile, found.memo_json_sha256).content)
    assert memo["supplier"] == "Elbe GmbH"
    assert memo["selection_rule"] == (
        "Los 1: Elbe GmbH. Rang 1 der Kaskade (§ 21 Abs. 4 Nr. 1 VgV)."
    )
    assert memo["lines"][0]["supplier"] == "Elbe GmbH"


def test_a_rotation_counts_what_was_given_and_given_back(session: Session, world: World) -> None:
    several(session, world, CallOffMode.ROTATION, "Elbe GmbH", "Saale GmbH")
    first = placed(session, world, {NOTEBOOK: 3}, now=NOON)
    second = placed(session, world, {NOTEBOOK: 1}, now=NOON)
    assert [has(session, first), has(session, second)] == ["Elbe GmbH", "Saale GmbH"]

    cancel_call_off(
        session,
        Actor(world.it.id, world.dessau.id),
        first,
        EVERY_MEMBER,
        NOON,
        side=Side.ORDERER,
        reason="Bedarf entfallen",
    )
    third = placed(session, world, {NOTEBOOK: 1}, now=NOON)

    assert has(session, third) == "Elbe GmbH"


def test_who_declines_is_followed_by_the_next(session: Session, world: World) -> None:
    several(session, world, CallOffMode.CASCADE, "Elbe GmbH", "Saale GmbH")
    number = placed(session, world, {NOTEBOOK: 1}, now=NOON)
    session.commit()

    result = passes(session, world, number)

    assert chosen(result) == "Saale GmbH"
    assert has(session, number) == "Saale GmbH"
    events = session.scalars(select(SupplierAward.event).order_by(SupplierAward.id)).all()
    assert events == [AwardEvent.CHOSEN, AwardEvent.DECLINED, AwardEvent.CHOSEN]
    mails = session.scalars(select(OutboxMessage)).all()
    assert any("Beauftragt ist jetzt Saale GmbH" in mail.body for mail in mails)


def test_when_the_last_one_declines_that_stays_on_record(session: Session, world: World) -> None:
    several(session, world, CallOffMode.CASCADE, "Elbe GmbH")
    number = placed(session, world, {NOTEBOOK: 1}, now=NOON)
    session.commit()

    result = passes(session, world, number)

    assert isinstance(result, NoSupplier)
    assert standing_awards(session, number) == {}
    assert call_off(session, number, EVERY_MEMBER).state is State.PLACED


def test_silence_counts_only_after_the_time_to_answer(session: Session, world: World) -> None:
    """Saturday noon plus three working days is Wednesday."""
    several(session, world, CallOffMode.CASCADE, "Elbe GmbH", "Saale GmbH")
    number = placed(session, world, {NOTEBOOK: 1}, now=NOON)
    session.commit()

    with pytest.raises(Conflict) as early:
        passes(session, world, number, event=AwardEvent.EXPIRED, now=NOON + timedelta(days=4))
    session.rollback()
    result = passes(session, world, number, event=AwardEvent.EXPIRED, now=NOON + timedelta(days=5))

    assert early.value.code == "answer_not_due"
    assert "25.11.2026" in early.value.text
    assert chosen(result) == "Saale GmbH"


def test_a_single_supplier_has_nobody_behind_him(session: Session, world: World) -> None:
    number = placed(session, world, {NOTEBOOK: 1}, now=NOON)
    session.commit()

    with pytest.raises(Conflict) as single:
        passes(session, world, number)

    assert single.value.code == "single_supplier"


def test_without_any_supplier_nothing_is_submitted(session: Session, world: World) -> None:
    world.framework.call_off_mode = CallOffMode.CASCADE
    session.commit()

    refused = submits(session, world, {NOTEBOOK: 1})

    assert isinstance(refused, Refused)
    assert refused.code == "article_not_orderable"
    (rule,) = refused.assessment.failed
    assert rule.id == "F-08"
    assert rule.text.startswith("Für dieses Los steht heute kein Auftragnehmer bereit.")
    assert lot_of(session, NOTEBOOK).reserved_value == Money(0)


def test_when_the_last_supplier_leaves_approval_blocks_on_record(
    session: Session, world: World
) -> None:
    several(session, world, CallOffMode.CASCADE, "Elbe GmbH")
    number = submitted(session, world, {NOTEBOOK: 1}, now=NOON)
    session.scalars(select(FrameworkSupplier)).one().valid_to = TODAY - timedelta(days=1)
    session.commit()

    result = approve_call_off(
        session, Actor(world.approver.id, world.dessau.id), number, EVERY_MEMBER, NOON
    )
    session.commit()

    assert isinstance(result, Blocked)
    assert result.code == "article_not_orderable"
    assert "steht heute kein Auftragnehmer bereit" in result.text
    assert call_off(session, number, EVERY_MEMBER).state is State.APPROVED
    lot = lot_of(session, NOTEBOOK)
    assert (lot.reserved_quantity, lot.called_off_quantity) == (1, 0)


def test_suppliers_are_recorded_before_the_first_call_off(session: Session, world: World) -> None:
    several(session, world, CallOffMode.CASCADE, "Elbe GmbH")
    with pytest.raises(Malformed) as taken:
        several(session, world, CallOffMode.CASCADE, "Saale GmbH")
    session.rollback()
    placed(session, world, {NOTEBOOK: 1}, now=NOON)
    session.commit()

    with pytest.raises(Malformed) as late:
        add_supplier(
            session, world.contracts.id, NUMBER, SupplierWish("Mulde GmbH", 2), "Zuschlag", NOON
        )

    assert [error.code for error in taken.value.errors] == ["taken"]
    assert [error.code for error in late.value.errors] == ["too_late"]


def change(**facts: Any) -> ChangeWish:
    wanted: dict[str, Any] = {
        "old_id": None,
        "name": "Neue Elbe AG",
        "vat_id": "DE234567895",
        "ground": ChangeGround.SUCCESSION,
        "suitable": True,
    }
    return ChangeWish(**(wanted | facts))


def test_a_successor_in_law_takes_the_place_of_the_single_supplier(
    session: Session, world: World
) -> None:
    by = decided(effective_on=TODAY)

    new = change_supplier(session, world.contracts.id, NUMBER, change(), by, NOON)
    session.commit()

    old = session.get_one(FrameworkSupplier, new.replaces_id)
    assert (old.name, old.valid_to) == ("Systemhaus Elbe GmbH", TODAY - timedelta(days=1))
    assert (new.valid_from, new.rank) == (TODAY, 1)
    session.refresh(world.framework)
    assert world.framework.supplier_name == "Neue Elbe AG"
    log = session.scalars(select(FrameworkChange)).one()
    assert log.basis is AmendmentBasis.NEW_SUPPLIER


WRONG = [
    ("in advance", change(), TODAY + timedelta(days=1), ["in_future"]),
    ("without suitability", change(suitable=False), TODAY, ["missing"]),
    ("nobody", change(name=""), TODAY, ["missing"]),
    ("instead of a stranger", change(old_id=99), TODAY, ["unknown"]),
]


@pytest.mark.parametrize(
    ("wish", "on", "codes"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG]
)
def test_a_supplier_changes_only_in_the_cases_of_the_law(
    session: Session, world: World, wish: ChangeWish, on: date, codes: list[str]
) -> None:
    with pytest.raises(Malformed) as wrong:
        change_supplier(session, world.contracts.id, NUMBER, wish, decided(effective_on=on), NOON)
    session.rollback()

    assert [error.code for error in wrong.value.errors] == codes
    session.refresh(world.framework)
    assert world.framework.supplier_name == "Systemhaus Elbe GmbH"
    assert session.scalars(select(FrameworkSupplier)).all() == []
