"""Attempts that are not taken: their decisions stay on record, with the reason."""

from datetime import datetime

from sqlalchemy import select

from app.accounts.records import Person
from app.catalog.records import Article
from app.database.tenant import EVERY_MEMBER, Tenant
from app.demonstration import acts
from app.demonstration.acts import Entry, Stage
from app.demonstration.cast import Orderer, deliver_to
from app.demonstration.plan import Buyer, Need
from app.demonstration.script import BlockedSaid
from app.frameworks.records import Framework
from app.kernel.legal_day import legal_day
from app.members.assign_roles import Grants
from app.members.create_user import NewUser, create_user
from app.members.queries import member_by_key, product_accounts
from app.members.rules import Role
from app.ordering.wanted import Actor


def try_expired_framework(stage: Stage, at: datetime) -> bool:
    """An order from an agreement that has ended: refused, and on record all the same."""
    sku = stage.session.scalar(
        select(Article.sku)
        .join(Framework, Framework.id == Article.framework_id)
        .where(Framework.valid_to < legal_day(at))
        .order_by(Article.sku)
        .limit(1)
    )
    if sku is None:
        return False
    orderer = stage.cast.buyers[Buyer.IT]
    acts.submit(stage, Entry(orderer, Need.WORKPLACE, 0, quantities={sku: 1}), at)
    return True


def order_without_evidence(
    stage: Stage, said: BlockedSaid, password: str, opened: datetime, at: datetime
) -> str:
    """A member whose evidence has expired submits: the order waits for the renewal."""
    member = member_by_key(stage.session, said.member)
    user = NewUser(said.mail, said.label, password)
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
