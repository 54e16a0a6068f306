"""Who sends what the desk writes: the body that fulfils the call-offs."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.documents.sheet.letterhead import Letterhead
from app.frameworks.records import Framework
from app.members.records import Member


def desk_letterhead(session: Session, framework: Framework) -> Letterhead:
    """The operating company delivers; where none is on record, the contracting entity does."""
    operator = session.scalar(
        select(Member).where(Member.is_operating_company).order_by(Member.id).limit(1)
    )
    if operator is None:
        return Letterhead(framework.contracting_entity, framework.supplier_name)
    address = f"{operator.street}, {operator.postal_code} {operator.city}"
    return Letterhead(
        operator.name,
        f"{operator.name}, {address}",
        (
            (operator.name, operator.street, f"{operator.postal_code} {operator.city}"),
            ("Rahmenvertrag", framework.number, framework.contracting_entity),
        ),
    )
