"""A released successor in the place of what a placed order still waits for, with consent."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.verify import verify_chains
from app.budgets.open_budget import BudgetWish, Keeper, open_budget
from app.budgets.records import Budget
from app.budgets.rules import Account, Limit
from app.catalog.records import Article, CatalogVersion
from app.database.tenant import EVERY_MEMBER, Tenant
from app.frameworks.amending.set_quota import QuotaWish, set_quota
from app.frameworks.drawing.check_ledger import check_ledger
from app.kernel.errors import Malformed
from app.kernel.money import Money
from app.ordering.changing.approve_change import approve_change
from app.ordering.changing.ask_change import ask_change
from app.ordering.changing.enter_change import ChangeWish
from app.ordering.changing.propose_change import propose_change
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import ChangeState, ChangeStep
from app.ordering.changing.speak_on_change import speak_on_change
from app.ordering.queries import call_off
from app.ordering.records import CallOff
from app.ordering.rules import Move
from app.ordering.submission import Refused
from app.ordering.wanted import Actor
from tests.support.application import Portal
from tests.support.clock import NOON, TODAY
from tests.support.orders import confirmed, delivered, placed, ready
from tests.support.relations import released
from tests.support.told import mails
from tests.support.world import ACCOUNT, MONITOR, NOTEBOOK, World, article, lot_of

WHY = "Das bestellte Modell wird nicht mehr gebaut."
NEW = "NB-15"
ONE_NOTEBOOK = Money.euros("938.91")  # 789.00 and 19 % of it


@dataclass(frozen=True)
class Story:
    """An order of ten notebooks whose successor two persons have released."""

    world: World
    number: str
    mine: Tenant

    @property
    def desk(self) -> Actor:
        return Actor(self.world.desk.id, None)

    @property
    def orderer(self) -> Actor:
        return Actor(self.world.it.id, self.world.dessau.id)

    @property
    def approver(self) -> Actor:
        return Actor(self.world.approver.id, self.world.dessau.id)


def successor(session: Session, world: World, price: str = "700.00", sku: str = NEW) -> Article:
    """In the notebook's lot, with its features, at a price that can be ordered today."""
    release = session.scalars(select(CatalogVersion)).one()
    made = article(session, lot_of(session, NOTEBOOK), release, sku, "Notebook 15 Zoll", price)
    old = session.scalars(select(Article).where(Article.sku == NOTEBOOK)).one()
    made.details = old.details
    session.flush()
    released(session, NOTEBOOK, sku, world.contracts.id, now=NOON - timedelta(days=1))
    return made


@pytest.fixture
def story(session: Session) -> Story:
    world = ready(session)
    number = placed(session, world, {NOTEBOOK: 10, MONITOR: 4})
    successor(session, world)
    return Story(world, number, Tenant(world.dessau.id))


def proposed(session: Session, story: Story, wish: ChangeWish) -> CallOffChange | Refused:
    return propose_change(session, story.desk, story.number, wish, NOON)


def replacing(pieces: int = 10, reason: str = WHY, day: date | None = None) -> ChangeWish:
    return ChangeWish({NOTEBOOK: pieces}, reason, day, successors=frozenset({NOTEBOOK}))


def agreed(session: Session, story: Story) -> CallOff:
    speak_on_change(
        session, story.orderer, story.number, story.mine, 1, NOON, step=ChangeStep.AGREE
    )
    approve_change(
        session, story.approver, story.number, story.mine, 1, NOON, acknowledged=["F-09"]
    )
    session.flush()
    return call_off(session, story.number, EVERY_MEMBER)


def in_lot(session: Session) -> tuple[int, int, Money]:
    lot = lot_of(session, NOTEBOOK)
    session.refresh(lot)
    return lot.reserved_quantity, lot.called_off_quantity, lot.called_off_value


def test_the_new_line_takes_the_old_ones_place_once_member_and_approver_agree(
    session: Session, story: Story
) -> None:
    old = call_off(session, story.number, EVERY_MEMBER).lines[0].unit_price
    before = in_lot(session)
    change = proposed(session, story, replacing(day=TODAY + timedelta(days=40)))
    assert isinstance(change, CallOffChange)
    assert (change.state, in_lot(session)[0]) == (ChangeState.OFFERED, 0)
    asked = [one.body for one in mails(session) if one.recipient == story.world.it.mail][-1]
    assert "Notebook 15 Zoll als Nachfolger zu 700,00" in asked

    found = agreed(session, story)

    first, second, third = found.lines
    assert (first.sku, first.kept, first.cancelled, first.replaced) == (NOTEBOOK, 0, 10, 10)
    assert (second.sku, second.kept) == (MONITOR, 4)
    assert (third.sku, third.position, third.kept, third.net) == (NEW, 3, 10, Money.euros(7000))
    assert found.net == second.net + third.net
    assert found.promised_date == TODAY + timedelta(days=40)
    reserved, called_off, value = in_lot(session)
    assert (reserved, called_off) == (0, 10)
    assert value == before[2] - old.times(10) + Money.euros(7000)
    assert found.history[-1].move is Move.CHANGE
    assert "Notebook 15 Zoll als Nachfolger zu 700,00" in found.history[-1].reason
    assert check_ledger(session) == ()
    assert verify_chains(session).holds


def test_what_is_delivered_stays_and_the_rest_comes_as_successor(session: Session) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 5})
    delivered(session, world, found, (MONITOR, 2, ()))
    release = session.scalars(select(CatalogVersion)).one()
    made = article(session, lot_of(session, MONITOR), release, "MON-28", "Monitor 28", "150.00")
    old = session.scalars(select(Article).where(Article.sku == MONITOR)).one()
    made.details = old.details
    session.flush()
    released(session, MONITOR, "MON-28", world.contracts.id, now=NOON - timedelta(days=1))
    story = Story(world, found.number, Tenant(world.dessau.id))

    wish = ChangeWish({MONITOR: 4}, WHY, successors=frozenset({MONITOR}))
    proposed(session, story, wish)
    after = agreed(session, story)

    assert [(line.sku, line.kept, line.outstanding) for line in after.lines] == [
        (MONITOR, 2, 0),
        ("MON-28", 2, 2),
    ]
    assert after.lines[0].net == after.lines[0].unit_price.times(2)


@pytest.mark.parametrize("bound", ["pieces of the lot", "value of the lot", "quota"])
def test_a_successor_needs_no_room_beside_what_it_replaces(
    session: Session, story: Story, bound: str
) -> None:
    lot = lot_of(session, NOTEBOOK)
    match bound:
        case "pieces of the lot":
            lot.maximum_quantity = lot.called_off_quantity
        case "value of the lot":
            lot.maximum_value = lot.called_off_value
        case _:
            framework = story.world.framework.number
            share = QuotaWish(lot.number, story.world.dessau.key, None, 10)
            set_quota(session, story.world.contracts.id, framework, share, "Anteil", NOON)
    session.flush()

    assert isinstance(proposed(session, story, replacing()), CallOffChange)
    assert in_lot(session)[:2] == (0, 10)
    found = agreed(session, story)

    assert found.lines[2].kept == 10
    assert in_lot(session) == (0, 10, Money.euros(7000))
    assert check_ledger(session) == ()


def test_the_budget_needs_no_room_beside_what_is_replaced(session: Session) -> None:
    world = ready(session)
    keeper = Keeper(world.dessau.id, world.member_admin.id)
    account = Account(TODAY.year, ACCOUNT)
    all_of_it = BudgetWish(account, "IT", ONE_NOTEBOOK * 10, Limit.HARD)
    open_budget(session, keeper, all_of_it, NOON)
    story = Story(world, placed(session, world, {NOTEBOOK: 10}), Tenant(world.dessau.id))
    successor(session, world)
    proposed(session, story, replacing())

    found = agreed(session, story)

    held = session.scalars(select(Budget)).one()
    session.refresh(held)
    assert (held.committed, found.net) == (found.gross, Money.euros(7000))


REFUSALS = {
    "no released successor": ({MONITOR: 4}, {MONITOR}, "kein Nachfolger freigegeben"),
    "not in the order": ({NOTEBOOK: 10}, {"X-1"}, "was in diesem Abruf steht"),
    "nothing left to come": ({NOTEBOOK: 0}, {NOTEBOOK}, "steht nichts mehr aus"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_cannot_be_replaced_is_said_and_nothing_is_held(
    session: Session, story: Story, case: str
) -> None:
    pieces, successors, sentence = REFUSALS[case]
    before = in_lot(session)

    with pytest.raises(Malformed) as refused:
        proposed(session, story, ChangeWish(pieces, WHY, successors=frozenset(successors)))

    assert sentence in refused.value.errors[0].text
    assert in_lot(session) == before
    assert session.scalars(select(CallOffChange)).all() == []


def test_a_dearer_successor_needs_a_clause_that_allows_it(session: Session, story: Story) -> None:
    line = call_off(session, story.number, EVERY_MEMBER).lines[0]
    line.unit_price = type(line.unit_price).euros("650.00")
    session.flush()

    with pytest.raises(Malformed) as refused:
        proposed(session, story, replacing())

    assert "Der Nachfolger kostet 700,00" in refused.value.errors[0].text


def test_only_the_desk_proposes_a_successor(session: Session, story: Story) -> None:
    with pytest.raises(Malformed, match="schlägt die Abwicklung vor"):
        ask_change(session, story.orderer, story.number, story.mine, replacing(), NOON)


def test_a_declined_successor_gives_its_room_back(session: Session, story: Story) -> None:
    before = in_lot(session)
    proposed(session, story, replacing())

    speak_on_change(
        session, story.orderer, story.number, story.mine, 1, NOON, step=ChangeStep.DECLINE
    )

    assert in_lot(session) == before
    assert [line.sku for line in call_off(session, story.number, EVERY_MEMBER).lines] == [
        NOTEBOOK,
        MONITOR,
    ]


def test_desk_member_and_approver_each_on_their_page(
    portal: Portal, session: Session, story: Story
) -> None:
    session.commit()
    world, number = story.world, story.number
    order, at_desk = f"/abrufe/{number}", f"/abwicklung/{number}"
    staff, member = portal.signed_in(world.desk), portal.signed_in(world.it)

    form = staff.page(f"{at_desk}/vorschlagen")
    assert "Was noch aussteht, kommt als Nachfolger: Notebook 15 Zoll" in form
    sent = {"menge-1": "10", "menge-2": "4", "nachfolger-1": "1", "grund": WHY}
    assert staff.post(f"{at_desk}/vorschlagen", sent).status_code == 303
    page = member.page(order)
    assert f"Nachfolger von {NOTEBOOK}: 700,00" in page
    assert "Gleiches Los, in jedem Merkmal gleich oder besser" in page
    assert member.post(f"{order}/aenderungen/1", {"schritt": "agree"}).status_code == 303
    approver = portal.signed_in(world.approver)
    assert approver.post(f"{order}/aenderungen/1", {"schritt": "approve"}).status_code == 303

    page = member.page(order)
    assert "durch Nachfolger ersetzt" in page
    given = portal.api(world.it).get(f"/api/v1/call-offs/{number}/changes").json()["items"][0]
    assert [(one["sku"], one["replaces"]) for one in given["lines"]] == [
        (NOTEBOOK, None),
        (NEW, NOTEBOOK),
    ]
    again = member.page(f"/bestellen?wie={number}")
    assert f'name="menge-{NEW}"' in again
    assert f'name="menge-{NOTEBOOK}"' not in again
