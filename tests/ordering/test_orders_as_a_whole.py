"""Any sequence of what people do with orders, beside a small model of states, sums and ceilings.

After each step the portal's lots, lines, states and invoices must equal it.
"""

from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

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
from app.ordering.complete_call_off import complete_call_off
from app.ordering.queries import lock_call_off
from app.ordering.submission import Refused
from tests.ordering.order_machine import SKUS, OrdersPlaced
from tests.ordering.order_model import CEILINGS, CHANGEABLE, Order, cents
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.invoices import operating_company
from tests.support.orders import ready
from tests.support.world import MONITOR, NOTEBOOK, World, lot_of


class Orders(OrdersPlaced):
    """And after placement: deliveries, receipts, wishes to change, invoices."""

    @rule(at=OrdersPlaced.numbers, most=st.integers(1, 6))
    def go_on(self, at: int, most: int) -> None:
        """What usually comes next, so that many an order gets far in eight steps."""
        one = self.model.orders[at]
        if one.state == "in_approval":
            self.approve(at)
            self.confirm(at)
        elif one.state in {"confirmed", "partially_delivered"}:
            self.deliver(at, most)
        elif one.state == "delivered":
            self.bill(at)
        else:
            self.receive(at)
            self.complete(at)

    @rule(at=OrdersPlaced.numbers)
    def go_on_with_all(self, at: int) -> None:
        self.go_on(at, 6)

    @rule(at=OrdersPlaced.numbers, sku=SKUS, pieces=st.integers(1, 8))
    def change_in_one_go(self, at: int, sku: str, pieces: int) -> None:
        self.wish_to_change(at, sku, pieces)
        self.answer_the_wish(at, yes=True)
        self.approve_the_change(at)

    @rule(at=OrdersPlaced.numbers, most=st.integers(1, 6))
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
                one.lines[sku].sent.append(many)
            one.received = False
            one.state = "delivered" if one.whole else "partially_delivered"
            if one.whole:
                one.wish = {}

    def _serials(self, sku: str, many: int) -> tuple[str, ...]:
        if sku == MONITOR:
            return ()
        self.serials += many
        return tuple(f"SN-{at}" for at in range(self.serials - many, self.serials))

    @rule(at=OrdersPlaced.numbers)
    def receive(self, at: int) -> None:
        one = self.model.orders[at]
        found = lock_call_off(self.session, one.number, EVERY_MEMBER)
        legal = not one.received
        self.tried(
            lambda: receive_goods(self.session, found, None, self.orderer, NOON), legal=legal
        )
        one.received = True

    @rule(at=OrdersPlaced.numbers, sku=SKUS, pieces=st.integers(1, 8))
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

    @rule(at=OrdersPlaced.numbers, yes=st.booleans())
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

    @rule(at=OrdersPlaced.numbers)
    def approve_the_change(self, at: int) -> None:
        one = self.model.orders[at]
        legal = bool(one.wish) and one.agreed
        done = self.tried(
            lambda: approve_change(
                self.session, self.approver, one.number, EVERY_MEMBER, one.wishes, NOON
            ),
            legal=legal,
        )
        if legal:
            assert not isinstance(done, Refused)
            self._change(one)

    def _change(self, one: Order) -> None:
        for sku, pieces in one.wish.items():
            one.lines[sku].kept = pieces
        one.wish = {}
        if one.state == "partially_delivered" and one.whole:
            one.state = "delivered"

    @rule(at=OrdersPlaced.numbers)
    def bill(self, at: int) -> None:
        one = self.model.orders[at]
        open_pieces = one.unbilled()
        done = self.tried(
            lambda: issue_invoice(
                self.session, self.desk, one.number, EVERY_MEMBER, operating_company(), NOON
            ),
            legal=True,
        )
        if not any(open_pieces.values()):
            assert isinstance(done, NothingToInvoice)
            assert done.closed == (one.state == "delivered" and bool(one.invoices))
            one.state = "invoiced" if done.closed else one.state
            return
        assert done is not None
        assert not isinstance(done, NothingToInvoice)
        net = sum(cents(sku, many) for sku, sent in open_pieces.items() for many in sent)
        assert done.net == Money(net)
        assert done.gross == Money(net + (net * 19 + 50) // 100)
        for sku, sent in open_pieces.items():
            one.lines[sku].billed += len(sent)
        one.invoices.append((done.number, {}))
        one.state = "invoiced" if one.state == "delivered" else one.state

    @rule(at=OrdersPlaced.numbers)
    def take_back_the_last_invoice(self, at: int) -> None:
        one = self.model.orders[at]
        if not one.invoices or len(one.invoices) > 1:
            return
        number, _ = one.invoices.pop()
        self.tried(
            lambda: cancel_invoice(
                self.session, self.desk, number, EVERY_MEMBER, "Falsche Anschrift", NOON
            ),
            legal=True,
        )
        for line in one.lines.values():
            line.billed = 0
        one.state = "delivered" if one.state in {"invoiced", "completed"} else one.state

    @rule(at=OrdersPlaced.numbers)
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
            super().__init__(session, world)

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=examples,
            stateful_step_count=8,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],  # eight steps can be read; shrinking them takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
