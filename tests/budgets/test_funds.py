"""What orders, cancellations and invoices do to budgets, to the cent."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event, func, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from app.budgets.change_budget import BudgetChange, change_budget
from app.budgets.check_budgets import check_budgets
from app.budgets.open_budget import BudgetWish, Keeper, open_budget
from app.budgets.queries import effects_of, movements
from app.budgets.records import Budget, BudgetMovement
from app.budgets.rules import Account, Booking, Limit
from app.database.tenant import EVERY_MEMBER, Tenant
from app.eligibility.records import EligibilityDecision
from app.invoicing.cancel_invoice import cancel_invoice
from app.invoicing.issue_invoice import issue_invoice
from app.invoicing.records import Invoice
from app.kernel.errors import Malformed
from app.kernel.money import Money
from app.notices.records import Notice
from app.notices.rules import Event
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.records import CallOff
from app.ordering.rules import Side
from app.ordering.shares.rules_shares import Coding, Share
from app.ordering.steps.cancel_call_off import cancel_call_off
from app.ordering.steps.lapse_reservation import lapse_reservation
from app.ordering.steps.reject_call_off import reject_call_off
from app.ordering.submission import Refused, Submitted
from app.ordering.trail_records import RefusedAttempt
from app.ordering.wanted import Actor, DeliverTo, Wanted
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.evidence import complete_evidence
from tests.support.invoices import operating_company
from tests.support.orders import confirmed, delivered, ready, submitted
from tests.support.told import told
from tests.support.world import ACCOUNT, NOTEBOOK, World, lot_of, settled

YEAR = 2026
SCHOOLS = "2.1.1.01.525500"
ONE_NOTEBOOK = Money.euros("938.91")  # 789.00 and 19 % of it


def budget(
    session: Session,
    world: World,
    amount: str,
    limit: Limit = Limit.HARD,
    account: str = ACCOUNT,
) -> Budget:
    wish = BudgetWish(Account(YEAR, account), "IT: Geräte", Money.euros(amount), limit)
    keeper = Keeper(world.dessau.id, world.member_admin.id)
    return open_budget(session, keeper, wish, NOON)


def wanted(pieces: int = 1, shares: tuple[Share, ...] = ()) -> Wanted:
    return Wanted(
        quantities={NOTEBOOK: pieces},
        purpose="Ersatz",
        product_account=ACCOUNT,
        deliver_to=DeliverTo("IT-Lager", "Zerbster Straße 4", "06844", "Dessau-Roßlau"),
        shares=shares,
    )


def order(session: Session, world: World, asked: Wanted) -> Submitted | Refused:
    actor = Actor(world.it.id, world.dessau.id)
    return submit_call_off(session, actor, world.dessau.id, asked, NOON)


def standing(session: Session, of: Budget) -> tuple[str, str, str]:
    session.refresh(of)
    return of.standing.remaining.text, of.committed.text, of.actual.text


def test_submitting_binds_the_gross_price_and_says_what_is_left(session: Session) -> None:
    world = ready(session)
    it = budget(session, world, "2000.00")

    taken = order(session, world, wanted())

    assert isinstance(taken, Submitted)
    assert [one.text for one in taken.charges] == [
        "Konto 1.1.1.04.525500 (2026): 938,91\xa0€ brutto, danach 1.061,09\xa0€ frei."
    ]
    assert standing(session, it) == ("1061.09", "938.91", "0.00")
    rows, total = movements(session, Tenant(world.dessau.id), it.id)
    assert [(row.booking, row.subject, row.committed.text) for row in rows] == [
        (Booking.COMMIT, taken.number, "938.91"),
        (Booking.OPEN, "", "0.00"),
    ]
    assert total == len(rows)


def test_a_hard_limit_refuses_on_record_and_gives_the_lots_their_room_back(
    session: Session,
) -> None:
    world = ready(session)
    it = budget(session, world, "938.90")  # a cent short
    before = lot_of(session, NOTEBOOK).reserved_value

    refused = order(session, world, wanted())

    assert isinstance(refused, Refused)
    assert refused.code == "budget_exceeded"
    assert refused.text == (
        "Das Budget reicht nicht: Auf Konto 1.1.1.04.525500 sind im Haushaltsjahr 2026 noch "
        "938,90\xa0€ frei, nötig sind 938,91\xa0€ brutto. Wählen Sie ein anderes Konto oder eine "
        "kleinere Menge, oder bitten Sie Ihre Mitgliedsverwaltung, das Budget zu erhöhen."
    )
    session.expire_all()
    assert lot_of(session, NOTEBOOK).reserved_value == before
    assert standing(session, it) == ("938.90", "0.00", "0.00")
    assert session.scalar(select(func.count()).select_from(CallOff)) == 0
    kept = session.scalars(select(RefusedAttempt)).one()
    assert (kept.code, kept.text) == (refused.code, refused.text)
    assert session.scalar(select(func.count()).select_from(EligibilityDecision)) == 1


def test_a_soft_limit_lets_it_pass_and_says_so(session: Session) -> None:
    world = ready(session)
    it = budget(session, world, "900.00", Limit.SOFT)

    taken = order(session, world, wanted())

    assert isinstance(taken, Submitted)
    assert taken.charges[0].exceeded
    assert standing(session, it)[0] == "-38.91"
    (effect,) = effects_of(session, Tenant(world.dessau.id), taken.number)
    assert effect.text == (
        "Konto 1.1.1.04.525500 (2026): 938,91\xa0€ aus diesem Abruf, "
        "jetzt 38,91\xa0€ über dem Ansatz (weiche Grenze)."
    )


def test_each_share_is_charged_to_its_own_account_and_all_or_none(session: Session) -> None:
    world = ready(session)
    it = budget(session, world, "5000.00")
    schools = budget(session, world, "1000.00", account=SCHOOLS)
    elsewhere = Coding(product_account=SCHOOLS)
    two = (Share(NOTEBOOK, 2), Share(NOTEBOOK, 1, coding=elsewhere))
    three = (Share(NOTEBOOK, 1), Share(NOTEBOOK, 2, coding=elsewhere))

    assert isinstance(order(session, world, wanted(3, two)), Submitted)
    assert standing(session, it)[1] == "1877.82"
    assert standing(session, schools)[1] == "938.91"
    refused = order(session, world, wanted(3, three))

    assert isinstance(refused, Refused)
    assert standing(session, it)[1] == "1877.82"
    assert standing(session, schools)[1] == "938.91"


@pytest.mark.parametrize("way", ["rejected", "cancelled", "lapsed"])
def test_what_is_not_ordered_after_all_is_released(session: Session, way: str) -> None:
    world = ready(session)
    it = budget(session, world, "2000.00")
    number = submitted(session, world, {NOTEBOOK: 1})
    assert standing(session, it)[1] == "938.91"

    if way == "rejected":
        approver = Actor(world.approver.id, world.dessau.id)
        reject_call_off(session, approver, number, EVERY_MEMBER, NOON, reason="Zu früh")
    elif way == "cancelled":
        buyer = Actor(world.it.id, world.dessau.id)
        cancel_call_off(
            session, buyer, number, EVERY_MEMBER, NOON, side=Side.ORDERER, reason="Irrtum"
        )
    else:
        assert lapse_reservation(session, number, NOON.replace(month=12)) is not None

    assert standing(session, it) == ("2000.00", "0.00", "0.00")
    last = movements(session, Tenant(world.dessau.id), it.id)[0][0]
    assert (last.booking, last.committed.text) == (Booking.RELEASE, "-938.91") or (
        way == "cancelled" and last.committed.text == "-938.91"
    )


def test_an_invoice_turns_the_bound_part_into_spent_and_its_cancellation_back(
    session: Session,
) -> None:
    world = ready(session)
    it = budget(session, world, "4000.00")
    found = confirmed(session, world, {NOTEBOOK: 3})
    desk = Actor(world.desk.id, None)
    delivered(session, world, found, (NOTEBOOK, 1, ("S-1",)))

    first = issue_invoice(session, desk, found.number, EVERY_MEMBER, operating_company(), NOON)

    assert isinstance(first, Invoice)
    assert standing(session, it) == ("1183.27", "1877.82", "938.91")
    delivered(session, world, found, (NOTEBOOK, 1, ("S-2",)))
    cancel_call_off(
        session, desk, found.number, EVERY_MEMBER, NOON, side=Side.DESK, reason="Vergriffen"
    )
    assert standing(session, it) == ("2122.18", "938.91", "938.91")
    second = issue_invoice(session, desk, found.number, EVERY_MEMBER, operating_company(), NOON)
    assert isinstance(second, Invoice)
    assert standing(session, it) == ("2122.18", "0.00", "1877.82")
    cancel_invoice(session, desk, first.number, EVERY_MEMBER, "Falsche Stelle", NOON)

    assert standing(session, it) == ("2122.18", "938.91", "938.91")
    sums = session.execute(
        select(
            func.sum(BudgetMovement.amount),
            func.sum(BudgetMovement.committed),
            func.sum(BudgetMovement.actual),
        ).where(BudgetMovement.budget_id == it.id)
    ).one()
    assert tuple(sums) == (it.amount, it.committed, it.actual)
    assert check_budgets(session) == ()
    session.execute(update(Budget).values(actual=Money(1)))
    (fault,) = check_budgets(session)
    assert fault.startswith("Budget 1.1.1.04.525500 (2026) von 15001000: Die Summe der Beweg")


def test_the_keepers_are_told_once_when_a_budget_gets_scarce(session: Session) -> None:
    world = ready(session)
    budget(session, world, "3000.00")

    for _ in range(3):  # 31 %, 62 %, 93 %
        order(session, world, wanted())

    told(session)
    news = session.scalars(select(Notice).where(Notice.event == Event.BUDGET)).all()
    assert [(one.person_id, one.title) for one in news] == [
        (world.member_admin.id, "Budget 1.1.1.04.525500 (2026): noch 183,27 € frei")
    ]


def test_who_has_no_budgets_pays_no_statement_for_them(database: Database) -> None:
    with database.sessions.begin() as session:
        world = settled(session)
        complete_evidence(session)
    said: list[str] = []
    with database.sessions.begin() as session:
        order(session, world, wanted())  # from now on it is known that there are none
    event.listen(
        database.engine, "before_cursor_execute", lambda *asked: said.append(str(asked[2]))
    )
    with database.sessions.begin() as session:
        assert isinstance(order(session, world, wanted()), Submitted)

    assert said
    assert not [one for one in said if "budget " in one or "FROM budget" in one]


def test_an_order_from_before_the_budget_is_not_watched(session: Session) -> None:
    world = ready(session)
    number = submitted(session, world, {NOTEBOOK: 1})
    it = budget(session, world, "2000.00")

    buyer = Actor(world.it.id, world.dessau.id)
    cancel_call_off(session, buyer, number, EVERY_MEMBER, NOON, side=Side.ORDERER, reason="Doppelt")

    assert standing(session, it) == ("2000.00", "0.00", "0.00")


def test_a_hard_limit_is_not_set_below_what_is_bound(session: Session) -> None:
    world = ready(session)
    it = budget(session, world, "2000.00")
    submitted(session, world, {NOTEBOOK: 1})
    keeper = Keeper(world.dessau.id, world.member_admin.id)
    less = BudgetChange("IT: Geräte", Money.euros("938.90"), Limit.HARD, "Haushaltssperre")

    with pytest.raises(Malformed) as refusal:
        change_budget(session, keeper, it.id, less, NOON)

    assert refusal.value.errors[0].field == "amount"
    assert "938,91\xa0€" in refusal.value.errors[0].text
    assert standing(session, it) == ("1061.09", "938.91", "0.00")
    soft = BudgetChange("IT: Geräte", Money.euros("900.00"), Limit.SOFT, "Haushaltssperre")
    changed = change_budget(session, keeper, it.id, soft, NOON)
    assert (changed.limit, changed.standing.remaining.text) == (Limit.SOFT, "-38.91")
    last = movements(session, Tenant(world.dessau.id), it.id)[0][0]
    assert (last.booking, last.amount.text, last.reason) == (
        Booking.CHANGE,
        "-1100.00",
        "Haushaltssperre",
    )


def test_the_database_itself_holds_the_limit_and_the_ledger(database: Database) -> None:
    with database.sessions.begin() as session:
        world = settled(session)
        it = budget(session, world, "100.00")
    beyond = update(Budget).where(Budget.id == it.id).values(committed=Money.euros("100.01"))
    with pytest.raises(IntegrityError, match="hard_limit"), database.sessions.begin() as session:
        session.execute(beyond)
    rewritten = update(BudgetMovement).values(amount=Money(0))
    with pytest.raises(DBAPIError, match="evidence"), database.sessions.begin() as session:
        session.execute(rewritten)


def test_fifty_buyers_for_the_last_three_notebooks_of_a_budget(database: Database) -> None:
    buyers, affordable = 50, 3
    with database.sessions.begin() as session:
        world = settled(session)
        complete_evidence(session)
        it = budget(session, world, "2999.99")

    def buy(_: int) -> str:
        with database.sessions.begin() as session:
            result = order(session, world, wanted())
            return result.code if isinstance(result, Refused) else "taken"

    with ThreadPoolExecutor(8) as pool:
        answers = Counter(pool.map(buy, range(buyers)))

    assert answers == {"taken": affordable, "budget_exceeded": buyers - affordable}
    with database.sessions() as session:
        left = session.get_one(Budget, it.id)
        assert left.committed == ONE_NOTEBOOK * affordable
        assert lot_of(session, NOTEBOOK).reserved_quantity == affordable
        assert session.scalar(select(func.count()).select_from(RefusedAttempt)) == 47
