"""The judgement for one member by its key, as the program and the API ask for it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.eligibility.assess_case import Assessed, Question, assess_case
from app.eligibility.rules import Phase
from app.frameworks.records import Framework
from app.kernel.errors import NotFound
from app.members.records import Member


def check_member(
    session: Session,
    member_key: str,
    at: datetime,
    framework_number: str | None,
    known: datetime | None = None,
) -> Assessed:
    """Without an agreement only the chain is judged; NotFound names what does not exist.

    `known`: by what was on record at that instant.
    """
    member_id = session.scalar(select(Member.id).where(Member.key == member_key))
    if member_id is None:
        raise NotFound(f"Ein Mitglied mit dem Schlüssel {member_key} gibt es nicht.")
    framework_id = None
    if framework_number is not None:
        framework_id = session.scalar(
            select(Framework.id).where(Framework.number == framework_number)
        )
        if framework_id is None:
            raise NotFound(f"Einen Rahmenvertrag {framework_number} gibt es nicht.")
    return assess_case(session, Question(member_id, at, Phase.PREVIEW, framework_id, known=known))
