"""What people do with orders up to placement, beside the model; after each step both agree."""

from collections.abc import Callable
from typing import Final, TypeVar

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.verify import verify_chains
from app.budgets.records import Budget, BudgetMovement
from app.database.tenant import EVERY_MEMBER
from app.frameworks.drawing.check_ledger import check_ledger
from app.frameworks.records import Lot
from app.kernel.errors import DomainError
from app.ordering.basket import contents as basket
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.records import CallOff, CallOffLine
from app.ordering.rules import Side, State
from app.ordering.steps.approve_call_off import Placed, approve_call_off
from app.ordering.steps.cancel_call_off import cancel_call_off
from app.ordering.steps.confirm_call_off import confirm_call_off
from app.ordering.steps.reject_call_off import reject_call_off
from app.ordering.submission import Refused, Submitted
from app.ordering.wanted import Actor, DeliverTo, Wanted
from tests.ordering.order_model import CANCELLABLE, CEILINGS, Line, Model, Order, cents
from tests.support.clock import NOON
from tests.support.world import ACCOUNT, World

Given = TypeVar("Given")
FRESH: Final = {"populate_existing": True}


class OrdersPlaced(RuleBasedStateMachine):
    """One member, its orderer and approver, the desk; each method is one person's act."""

    def __init__(self, session: Session, world: World) -> None:
        super().__init__()
        self.session, self.world, self.model = session, world, Model()
        self.orderer = Actor(world.it.id, world.dessau.id)
        self.approver = Actor(world.approver.id, world.dessau.id)
        self.desk = Actor(world.desk.id, None)
        self.serials = 0

    def teardown(self) -> None:
        try:
            assert check_ledger(self.session) == ()
            assert verify_chains(self.session).breaks == ()
        finally:
            self.session.rollback()

    def tried(self, act: Callable[[], Given], *, legal: bool) -> Given | None:
        """As at the edge: an error takes everything with it. It is one exactly where not legal."""
        try:
            with self.session.begin_nested():
                done = act()
        except DomainError as refused:
            done, said = None, refused.text
        else:
            said = ""
        assert legal == (not said), said
        return done

    @property
    def owner(self) -> basket.Owner:
        return basket.Owner(self.world.dessau.id, self.world.it.id)

    def order(self, pieces: dict[str, int]) -> None:
        """Through the basket, which is empty again afterwards."""
        for sku, many in pieces.items():
            basket.put_in_basket(self.session, self.owner, sku, many, NOON)
        chosen = basket.quantities(self.session, self.owner)
        assert chosen == pieces
        wanted = Wanted(
            chosen, "Ersatz", ACCOUNT, DeliverTo("IT", "Zerbster Straße 4", "06844", "Dessau")
        )
        member_id = self.world.dessau.id
        done = submit_call_off(self.session, self.orderer, member_id, wanted, NOON)
        basket.take_out(self.session, self.owner, tuple(chosen))
        room = self.model.has_room({sku: (cents(sku, n), n) for sku, n in pieces.items()})
        one = Order("", {sku: Line(many) for sku, many in pieces.items()})
        one.hold()
        funds = one.committed <= self.model.funds_left
        if isinstance(done, Refused):
            assert not (room and funds), done.text
            assert done.code == ("budget_exceeded" if room else "ceiling_reached")
            return
        assert isinstance(done, Submitted)
        assert room
        assert funds
        one.number = done.number
        self.model.orders.append(one)

    def approve(self, at: int) -> None:
        one = self.model.orders[at]
        legal = one.state == "in_approval"
        done = self.tried(
            lambda: approve_call_off(self.session, self.approver, one.number, EVERY_MEMBER, NOON),
            legal=legal,
        )
        if legal:
            assert isinstance(done, Placed)
            one.state = "placed"

    def reject(self, at: int) -> None:
        one = self.model.orders[at]
        legal = one.state == "in_approval"
        self.tried(
            lambda: reject_call_off(
                self.session, self.approver, one.number, EVERY_MEMBER, NOON, reason="Zu viel"
            ),
            legal=legal,
        )
        if legal:
            one.state, one.committed = "rejected", 0

    def approve_as_the_orderer(self, at: int) -> None:
        number = self.model.orders[at].number
        self.tried(
            lambda: approve_call_off(self.session, self.orderer, number, EVERY_MEMBER, NOON),
            legal=False,
        )

    def cancel(self, at: int, side: Side) -> None:
        one = self.model.orders[at]
        legal = one.state in CANCELLABLE[side.value]
        actor = self.orderer if side is Side.ORDERER else self.desk
        self.tried(
            lambda: cancel_call_off(
                self.session, actor, one.number, EVERY_MEMBER, NOON, side=side, reason="Entfällt"
            ),
            legal=legal,
        )
        if legal:
            for line in one.lines.values():
                line.kept = line.delivered
            one.hold()
            one.state = "delivered" if one.state == "partially_delivered" else "cancelled"
            one.wish = {}

    def confirm(self, at: int) -> None:
        one = self.model.orders[at]
        legal = one.state == "placed"
        self.tried(
            lambda: confirm_call_off(self.session, self.desk, one.number, EVERY_MEMBER, NOON),
            legal=legal,
        )
        if legal:
            one.state = "confirmed"

    @invariant()
    def lots_hold_what_the_orders_hold(self) -> None:
        self.session.flush()
        lots = self.session.scalars(select(Lot), execution_options=FRESH)
        for lot in lots:
            held = self.model.held(lot.number)
            assert held == (
                lot.reserved_value.cents,
                lot.reserved_quantity,
                lot.called_off_value.cents,
                lot.called_off_quantity,
            )
            assert held[0] + held[2] <= CEILINGS[lot.number][0]
            assert held[1] + held[3] <= CEILINGS[lot.number][1]

    @invariant()
    def the_budget_holds_what_the_orders_hold(self) -> None:
        """And each order's movements, added up, are its part of it."""
        budget = self.session.scalars(select(Budget), execution_options=FRESH).one()
        orders = self.model.orders
        assert budget.committed.cents == sum(one.committed for one in orders)
        assert budget.actual.cents == sum(one.actual for one in orders)
        assert budget.overrun.cents >= -self.model.funds_left
        moved = BudgetMovement
        rows = self.session.execute(
            select(moved.subject, func.sum(moved.committed), func.sum(moved.actual))
            .where(moved.subject != "")
            .group_by(moved.subject)
        )
        assert {number: (held.cents, taken.cents) for number, held, taken in rows} == {
            one.number: (one.committed, one.actual) for one in orders
        }

    @invariant()
    def orders_stand_where_the_model_says(self) -> None:
        states = dict(self.session.execute(select(CallOff.number, CallOff.state)).all())
        assert states == {one.number: one.state for one in self.model.orders}
        kept = CallOffLine.quantity - CallOffLine.cancelled
        rows = self.session.execute(
            select(CallOff.number, CallOffLine.sku, kept, CallOffLine.delivered)
            .join(CallOff, CallOff.id == CallOffLine.call_off_id)
            .where(CallOff.state != State.REJECTED)
        )
        assert {(number, sku): (left, there) for number, sku, left, there in rows} == {
            (one.number, sku): (line.kept, line.delivered)
            for one in self.model.orders
            for sku, line in one.lines.items()
            if one.state != "rejected"
        }
