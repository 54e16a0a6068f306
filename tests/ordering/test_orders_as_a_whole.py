"""Any sequence of what people do with orders, beside a small model of states, sums and ceilings.

After each step the portal's lots, lines, states and invoices must equal it.
"""

from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from app.budgets.open_budget import BudgetWish, Keeper, open_budget
from app.budgets.rules import Account, Limit
from app.database.tenant import EVERY_MEMBER
from app.fulfilment.receive_goods import receive_goods
from app.fulfilment.record_delivery import record_delivery
from app.fulfilment.rules import DeliveredLine
from app.invoicing.cancel_invoice import cancel_invoice
from app.invoicing.issue_invoice import NothingToInvoice, issue_invoice
from app.kernel.money import Money
from app.ordering.changing.answer_change import answer_change
from app.ordering.changing.approve_change import approve_change
from app.ordering.changing.ask_change import ask_change
from app.ordering.changing.enter_change import ChangeWish
from app.ordering.changing.rules import Answer, Said
from app.ordering.queries import lock_call_off
from app.ordering.rules import Side
from app.ordering.steps.complete_call_off import complete_call_off
from app.ordering.submission import Refused
from tests.ordering.order_machine import OrdersPlaced
from tests.ordering.order_model import (
    ACTS,
    BUDGET,
    CEILINGS,
    CHANGEABLE,
    LOTS,
    Order,
    Sent,
    cents,
    gross,
    sensible,
)
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.invoices import operating_company
from tests.support.orders import ready
from tests.support.papers_once import DECISIONS
from tests.support.world import ACCOUNT, MONITOR, NOTEBOOK, WORKSTATION, World, lot_of

FAR: Final = st.sampled_from((0, 0, 2, 3, 3, 4))
FEW: Final = st.integers(1, 7)
SKUS: Final = st.sampled_from(sorted(LOTS))
# Few different ones: papers of the same content are drawn once.
BASKETS: Final = st.sampled_from(
    (
        {NOTEBOOK: 1},
        {NOTEBOOK: 2, MONITOR: 4},
        {NOTEBOOK: 5},
        {WORKSTATION: 1, MONITOR: 1},
        {WORKSTATION: 6},
        {NOTEBOOK: 3, WORKSTATION: 3, MONITOR: 3},
        {MONITOR: 6},
    )
)


class Orders(OrdersPlaced):
    """And after placement: deliveries, receipts, wishes to change, invoices."""

    @initialize(basket=BASKETS, far=FAR, few=FEW)
    def one_is_on_its_way(self, basket: dict[str, int], far: int, few: int) -> None:
        """Most walks begin in the middle, or few would get as far as an invoice."""
        self.order(basket)
        for act in ("approve", "confirm", "deliver", "bill")[:far]:
            self._do(act, 0, 0, NOTEBOOK, few)

    @rule(
        kind=st.sampled_from((*("what comes next",) * 6, "anything", "one more")),
        act=st.sampled_from(ACTS),
        which=st.integers(0, 20),
        sku=SKUS,
        few=FEW,
        basket=BASKETS,
    )
    def somebody_acts(
        self, kind: str, act: str, which: int, sku: str, few: int, basket: dict[str, int]
    ) -> None:
        """Mostly what comes next for the order; anything at all is mostly refused."""
        orders = self.model.orders
        at = which % len(orders)
        if kind == "one more":
            self.order(basket)
        elif kind == "anything":
            self._do(act, at, which, sku, few)
        else:
            acts, skus = sensible(orders[at]), sorted(orders[at].lines)
            self._do(acts[which % len(acts)], at, which, skus[few % len(skus)], few)

    def _do(self, act: str, at: int, which: int, sku: str, few: int) -> None:
        acts: dict[str, Callable[[], None]] = {
            "change": lambda: self.change_in_one_go(at, sku, few),
            "wish": lambda: self.wish_to_change(at, sku, few),
            "answer": lambda: self.answer_the_wish(at, yes=True),
            "refuse the wish": lambda: self.answer_the_wish(at, yes=False),
            "approve the change": lambda: self.approve_the_change(at),
            "deliver": lambda: self.deliver(at, few),
            "receive": lambda: self.receive(at),
            "receive and complete": lambda: self.receive_and_complete(at),
            "bill": lambda: self.bill(at),
            "complete": lambda: self.complete(at),
            "take an invoice back": lambda: self.take_back_an_invoice(at, which),
            "approve": lambda: self.approve(at),
            "approve as the orderer": lambda: self.approve_as_the_orderer(at),
            "reject": lambda: self.reject(at),
            "confirm": lambda: self.confirm(at),
            "cancel": lambda: self.cancel(at, Side.ORDERER),
            "give up": lambda: self.cancel(at, Side.DESK),
        }
        acts[act]()

    def change_in_one_go(self, at: int, sku: str, pieces: int) -> None:
        self.wish_to_change(at, sku, pieces)
        self.answer_the_wish(at, yes=True)
        self.approve_the_change(at)

    def deliver(self, at: int, most: int) -> None:
        """Up to so many pieces of each line that waits."""
        one = self.model.orders[at]
        sent = {sku: min(most, line.left) for sku, line in one.lines.items() if line.left}
        legal = one.state in {"confirmed", "partially_delivered"} and bool(sent)
        found = lock_call_off(self.session, one.number, EVERY_MEMBER)
        wanted = tuple(DeliveredLine(sku, n, self._serials(sku, n)) for sku, n in sent.items())
        self.tried(
            lambda: record_delivery(self.session, found, wanted, self.desk, NOON), legal=legal
        )
        if legal:
            for sku, many in sent.items():
                one.lines[sku].sent.append(Sent(many))
            one.received = False
            one.state = "delivered" if one.whole else "partially_delivered"
            if one.whole:
                one.wish = {}

    def _serials(self, sku: str, many: int) -> tuple[str, ...]:
        if sku == MONITOR:
            return ()
        self.serials += many
        return tuple(f"SN-{at}" for at in range(self.serials - many, self.serials))

    def receive(self, at: int) -> None:
        one = self.model.orders[at]
        found = lock_call_off(self.session, one.number, EVERY_MEMBER)
        legal = not one.received
        self.tried(
            lambda: receive_goods(self.session, found, None, self.orderer, NOON), legal=legal
        )
        one.received = True

    def receive_and_complete(self, at: int) -> None:
        self.receive(at)
        self.complete(at)

    def wish_to_change(self, at: int, sku: str, pieces: int) -> None:
        one = self.model.orders[at]
        line = one.lines.get(sku)
        legal = (
            line is not None
            and one.state in CHANGEABLE
            and not one.wish
            and pieces != line.kept
            and pieces >= line.delivered
        )
        room = True
        if legal and line is not None and pieces > line.kept:
            taken = cents(sku, pieces) - cents(sku, line.kept), pieces - line.kept
            room = self.model.has_room({sku: taken})
        done = self.tried(
            lambda: ask_change(
                self.session,
                self.orderer,
                one.number,
                EVERY_MEMBER,
                ChangeWish({sku: pieces}, "Anderer Bedarf"),
                NOON,
            ),
            legal=legal,
        )
        if legal:
            assert isinstance(done, Refused) != room
        if legal and room:
            one.wish, one.agreed, one.wishes = {sku: pieces}, False, one.wishes + 1

    def answer_the_wish(self, at: int, yes: bool) -> None:
        one = self.model.orders[at]
        asked = bool(one.wish) and not one.agreed
        possible = all(many >= one.lines[sku].delivered for sku, many in one.wish.items())
        said = Said(Answer.ACCEPTED) if yes else Said(Answer.REJECTED, reason="Schon unterwegs")
        self.tried(
            lambda: answer_change(
                self.session,
                self.desk,
                one.number,
                one.wishes,
                dict.fromkeys(one.wish, said),
                NOON,
            ),
            legal=asked and (possible or not yes),
        )
        if asked and not yes:
            one.wish = {}
        elif asked and possible and one.growth:
            one.agreed = True
        elif asked and possible:
            self._change(one)

    def approve_the_change(self, at: int) -> None:
        one = self.model.orders[at]
        legal = bool(one.wish) and one.agreed
        more = one.costs(one.wish) - one.actual - one.committed
        funds = more <= max(self.model.funds_left, 0)
        done = self.tried(
            lambda: approve_change(
                self.session, self.approver, one.number, EVERY_MEMBER, one.wishes, NOON
            ),
            legal=legal,
        )
        if legal:
            assert isinstance(done, Refused) != funds
        if legal and funds:
            self._change(one)

    def _change(self, one: Order) -> None:
        for sku, pieces in one.wish.items():
            one.lines[sku].kept = pieces
        one.wish = {}
        one.hold()
        if one.state == "partially_delivered" and one.whole:
            one.state = "delivered"

    def bill(self, at: int) -> None:
        one = self.model.orders[at]
        waits = bool(one.unbilled())
        done = self.tried(
            lambda: issue_invoice(
                self.session, self.desk, one.number, EVERY_MEMBER, operating_company(), NOON
            ),
            legal=True,
        )
        if not waits:
            assert isinstance(done, NothingToInvoice)
            assert done.closed == (one.state == "delivered" and bool(one.invoices))
            if done.closed:
                one.state, one.committed = "invoiced", 0
            return
        assert done is not None
        assert not isinstance(done, NothingToInvoice)
        net = one.bill(done.number)
        assert (done.net, done.gross) == (Money(net), Money(gross(net)))
        one.state = "invoiced" if one.state == "delivered" else one.state

    def take_back_an_invoice(self, at: int, which: int) -> None:
        one = self.model.orders[at]
        if not one.invoices:
            return
        number = one.unbill(which)
        self.tried(
            lambda: cancel_invoice(
                self.session, self.desk, number, EVERY_MEMBER, "Falsche Anschrift", NOON
            ),
            legal=True,
        )
        one.state = "delivered" if one.state in {"invoiced", "completed"} else one.state

    def complete(self, at: int) -> None:
        one = self.model.orders[at]
        legal = one.state == "invoiced" and one.received
        self.tried(
            lambda: complete_call_off(self.session, self.orderer, one.number, EVERY_MEMBER, NOON),
            legal=legal,
        )
        if legal:
            one.state = "completed"


def small_lots(session: Session) -> World:
    world = ready(session)
    for sku in (NOTEBOOK, MONITOR):
        lot = lot_of(session, sku)
        value, quantity = CEILINGS[lot.number]
        lot.maximum_value, lot.maximum_quantity = Money(value), quantity
    wish = BudgetWish(Account(NOON.year, ACCOUNT), "Hardware", Money(BUDGET), Limit.HARD)
    open_budget(session, Keeper(world.dessau.id, world.member_admin.id), wish, NOON)
    session.commit()
    return world


EXAMPLES: Final = {"sqlite": 500, "postgresql": 25}


@pytest.mark.no_cover  # five hundred walks over lines that others have counted
def test_whatever_people_do_states_sums_and_ceilings_agree(
    database: Database, session: Session
) -> None:
    world = small_lots(session)
    examples = EXAMPLES[database.engine.dialect.name]

    class Here(Orders):
        def __init__(self) -> None:
            DECISIONS.start_over()  # each walk is rolled back
            super().__init__(session, world)

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=examples,
            stateful_step_count=5,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],  # five steps can be read; shrinking them takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
