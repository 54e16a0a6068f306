"""Who acts in the demonstration, found in the database once."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.database.tenant import Tenant
from app.demonstration.plan import Buyer
from app.demonstration.script import Script
from app.members.queries import addresses, member_by_key, units
from app.members.records import DeliveryAddress, Member
from app.ordering.wanted import Actor, DeliverTo


@dataclass(frozen=True, slots=True)
class Orderer:
    """A person who orders, with all that an order of hers says about where and on what."""

    actor: Actor
    unit_id: int | None
    account: str
    deliver_to: DeliverTo


@dataclass(frozen=True, slots=True)
class Cast:
    member: Member
    buyers: dict[Buyer, Orderer]
    approver: Actor
    desk: Actor
    neighbour: Orderer
    neighbour_member: Member

    @property
    def tenant(self) -> Tenant:
        return Tenant(self.member.id)

    @property
    def tenant_of_neighbour(self) -> Tenant:
        return Tenant(self.neighbour_member.id)


def find_cast(session: Session, script: Script) -> Cast:
    """Accounts and members must be there; a missing one is LookupError."""
    city = member_by_key(session, script.city.member)
    neighbour = member_by_key(session, script.neighbour.member)
    by_name = {unit.name: unit.id for unit in units(session, Tenant(city.id))}
    buyers = {
        buyer: Orderer(
            actor=Actor(person_id(session, said.mail), city.id),
            unit_id=by_name[said.unit] if said.unit else None,
            account=said.account,
            deliver_to=deliver_to(session, city, said.address),
        )
        for buyer, said in script.buyers.items()
    }
    return Cast(
        member=city,
        buyers=buyers,
        approver=Actor(person_id(session, script.city.approver), city.id),
        desk=Actor(person_id(session, script.city.desk), None),
        neighbour=Orderer(
            actor=Actor(person_id(session, script.neighbour.mail), neighbour.id),
            unit_id=None,
            account=script.neighbour.account,
            deliver_to=deliver_to(session, neighbour),
        ),
        neighbour_member=neighbour,
    )


def person_id(session: Session, mail: str) -> int:
    found = session.scalar(select(Person.id).where(Person.mail == mail))
    if found is None:
        raise LookupError(f"no account {mail}")
    return found


def deliver_to(session: Session, member: Member, label: str = "") -> DeliverTo:
    """The address with this label, else the first one."""
    book = addresses(session, Tenant(member.id))
    chosen: DeliveryAddress = next((one for one in book if one.label == label), book[0])
    return DeliverTo(
        recipient=chosen.recipient,
        street=chosen.street,
        postal_code=chosen.postal_code,
        city=chosen.city,
        room=chosen.room,
    )
