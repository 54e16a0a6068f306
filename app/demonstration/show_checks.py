"""What the in-house check and the ceilings do: refused, blocked and conditional orders."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, select

from app.accounts.records import Person
from app.catalog.records import Article
from app.database.tenant import EVERY_MEMBER, Tenant
from app.demonstration import acts
from app.demonstration.acts import Entry, Stage
from app.demonstration.cast import Orderer, deliver_to
from app.demonstration.plan import Buyer, Need
from app.demonstration.script import BlockedSaid
from app.frameworks.records import Framework, Lot
from app.kernel.legal_day import legal_day
from app.members.people.assign_roles import Grants
from app.members.people.create_user import NewUser, create_user
from app.members.queries import member_by_key, product_accounts
from app.members.rules import Role
from app.ordering.submission import Refused, Submitted
from app.ordering.wanted import Actor


def try_expired_framework(stage: Stage, at: datetime) -> bool:
    """An order from an agreement that has ended: refused, and on record all the same."""
    sku = _article(stage, Framework.valid_to < legal_day(at))
    return sku is not None and isinstance(_submit(stage, sku, 1, at), Refused)


def try_more_than_is_left(stage: Stage, at: datetime) -> bool:
    """One piece more than the scarcest lot of a running agreement has left."""
    left = Lot.maximum_quantity - Lot.called_off_quantity - Lot.reserved_quantity
    scarcest = stage.session.execute(
        select(Lot.id, left)
        .join(Framework, Framework.id == Lot.framework_id)
        .where(Framework.valid_to >= legal_day(at), Lot.maximum_quantity.is_not(None))
        .order_by(left, Lot.id)
        .limit(1)
    ).one_or_none()
    if scarcest is None:
        return False
    lot_id, pieces = scarcest
    sku = _article(stage, Article.lot_id == lot_id)
    if sku is None or pieces is None:
        return False
    return isinstance(_submit(stage, sku, pieces + 1, at), Refused)


def order_with_condition(stage: Stage, at: datetime) -> bool:
    """From a partner network whose link lacks a current opinion: waits with a condition."""
    sku = _article(
        stage, and_(Framework.chain_link.is_not(None), Framework.valid_to >= legal_day(at))
    )
    return sku is not None and isinstance(_submit(stage, sku, 2, at), Submitted)


def _article(stage: Stage, condition: ColumnElement[bool]) -> str | None:
    return stage.session.scalar(
        select(Article.sku)
        .join(Framework, Framework.id == Article.framework_id)
        .where(condition, Article.active, Article.rc_category.is_(False))
        .order_by(Article.sku)
        .limit(1)
    )


def _submit(stage: Stage, sku: str, quantity: int, at: datetime) -> Submitted | Refused:
    entry = Entry(stage.cast.buyers[Buyer.IT], Need.WORKPLACE, 0, quantities={sku: quantity})
    return acts.submit(stage, entry, at)


def order_without_evidence(
    stage: Stage, said: BlockedSaid, password_hash: str, opened: datetime, at: datetime
) -> str:
    """A member whose evidence has expired submits: the order waits for the renewal."""
    member = member_by_key(stage.session, said.member)
    user = NewUser(said.mail, said.label, password_hash)
    grants = Grants(frozenset({Role.ORDERER}), member.id, None)
    person: Person = create_user(stage.session, EVERY_MEMBER, user, grants, "demonstration", opened)
    accounts = product_accounts(stage.session, Tenant(member.id))
    orderer = Orderer(
        actor=Actor(person.id, member.id),
        unit_id=None,
        account=accounts[0].account,
        deliver_to=deliver_to(stage.session, member),
    )
    return acts.submitted(stage, Entry(orderer, Need.WORKPLACE, 21), at)
