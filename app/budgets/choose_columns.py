"""Remembering how a member's finance system names the columns of its commitments."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.budgets.open_budget import Keeper
from app.budgets.records import CommitmentColumns
from app.budgets.rules_columns import FIELDS, OWN, PROFILES, STANDARD, Choice, column_faults
from app.kernel.errors import FieldError, Malformed
from app.members.records import Member


def choose_columns(session: Session, keeper: Keeper, choice: Choice, now: datetime) -> Choice:
    """A ready profile by its key, or own columns. Raises Malformed where they cannot be used."""
    taken = choice
    if choice.profile != OWN:
        if choice.profile not in PROFILES:
            text = "Bitte wählen Sie eine der Vorlagen."
            raise Malformed(FieldError("profil", "unknown", text))
        taken = Choice(choice.profile, PROFILES[choice.profile].columns)
    elif faults := column_faults(choice.columns):
        raise Malformed(*(FieldError("spalten", "unusable", text) for text in faults))
    found = session.get(CommitmentColumns, keeper.member_id)
    if found is None:
        found = CommitmentColumns(member_id=keeper.member_id)
        session.add(found)
    found.profile = taken.profile
    found.columns = [list(one) for one in taken.columns]
    found.person_id, found.at = keeper.person_id, now
    session.flush()
    said: dict[str, object] = {"profile": taken.profile, "columns": len(taken.columns)}
    key = session.get_one(Member, keeper.member_id).key
    happened = Happening("commitment_columns.chosen", f"member:{key}", keeper.name, said)
    append(session, member_stream(key), now, happened)
    return taken


def chosen_columns(session: Session, member_id: int) -> Choice:
    """What the member chose last; all columns where it chose nothing."""
    found = session.get(CommitmentColumns, member_id)
    if found is None:
        return STANDARD
    columns = tuple((name, head) for name, head in found.columns if name in FIELDS)
    return Choice(found.profile, columns)
