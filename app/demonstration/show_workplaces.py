"""Standard workplaces as templates, and a basket that was handed to a colleague."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demonstration.cast import person_id
from app.members.records import RoleAssignment
from app.ordering.basket.contents import Owner
from app.ordering.filling.hand_over_basket import HandOver, hand_over_basket
from app.ordering.filling.park_basket import Parking, park_basket
from app.ordering.filling.put_many_in_basket import put_many_in_basket
from app.ordering.filling.rules_templates import Sharing
from app.ordering.filling.save_template import TemplateWish, pieces_from, save_template

FILE: Final = "workplaces.toml"


def show_workplaces(session: Session, folder: Path, now: datetime) -> None:
    """As the accounts of the file would enter them."""
    said = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    for template in said["templates"]:
        wish = TemplateWish(
            template["name"],
            pieces_from(template["pieces"], {}),
            template["description"],
            Sharing(template["sharing"]),
        )
        save_template(session, _owner(session, template["by"]), wish, now)
    for basket in said["baskets"]:
        owner = _owner(session, basket["by"])
        put_many_in_basket(session, owner, basket["pieces"], now)
        parked = park_basket(session, owner, Parking(basket["name"], owner.person_id), now)
        wish_to = HandOver(str(person_id(session, basket["to"])), basket["comment"])
        hand_over_basket(session, owner, parked.id, wish_to, now)


def _owner(session: Session, mail: str) -> Owner:
    """The account and the member it orders for; a missing one is LookupError."""
    person = person_id(session, mail)
    member = select(RoleAssignment.member_id).where(RoleAssignment.person_id == person)
    found = session.scalars(member).first()
    if found is None:
        raise LookupError(mail)
    return Owner(found, person)
