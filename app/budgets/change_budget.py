"""Changing a budget with a reason: more, less, another limit, another name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import insert, literal, select, true, update
from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.budgets.open_budget import Keeper
from app.budgets.queries import budget_of
from app.budgets.records import Budget, BudgetMovement
from app.budgets.rules import LONGEST_NAME, LONGEST_REASON, Booking, Limit
from app.database.tenant import Tenant
from app.kernel.errors import Conflict, FieldError, Malformed
from app.kernel.german import euro
from app.kernel.money import NOTHING, Money
from app.members.records import Member

STALE: Final = (
    "Jemand anderes hat dieses Budget inzwischen geändert. "
    "Prüfen Sie den neuen Stand und ändern Sie es dann."
)


@dataclass(frozen=True, slots=True)
class BudgetChange:
    """What holds from now on; `seen` is the version on the page, None: whatever holds."""

    name: str
    amount: Money
    limit: Limit
    reason: str
    seen: int | None = None


def change_budget(
    session: Session, keeper: Keeper, budget_id: int, change: BudgetChange, now: datetime
) -> Budget:
    """Raises Malformed, and Conflict `stale_version` where somebody else was faster.

    A hard limit is never set below what is already bound and spent.
    """
    found = budget_of(session, Tenant(keeper.member_id), budget_id)
    if faults := _faults(change):
        raise Malformed(*faults)
    _write(session, found, change)
    difference = change.amount - found.amount
    what = "" if found.limit is change.limit else f"{found.limit} → {change.limit}"
    session.execute(
        insert(BudgetMovement).values(
            budget_id=found.id,
            member_id=found.member_id,
            booking=Booking.CHANGE,
            amount=difference,
            person_id=keeper.person_id,
            reason=change.reason,
            at=now,
        )
    )
    said: dict[str, object] = {
        "account": found.product_account,
        "year": found.year,
        "amount": change.amount.text,
        "difference": difference.text,
        "limit": what or change.limit.value,
        "reason": change.reason,
    }
    key = session.get_one(Member, keeper.member_id).key
    happened = Happening("budget.changed", f"budget:{found.id}", keeper.name, said)
    append(session, member_stream(key), now, happened)
    session.refresh(found)
    return found


def _write(session: Session, found: Budget, change: BudgetChange) -> None:
    """One conditional UPDATE: orders that come in meanwhile are counted."""
    used = Budget.committed + Budget.actual
    limit = literal(change.amount, Budget.amount.type)
    fits = limit >= used if change.limit is Limit.HARD else true()
    done = session.execute(
        update(Budget)
        .where(Budget.id == found.id, Budget.version == (change.seen or found.version), fits)
        .values(
            name=change.name,
            amount=change.amount,
            limit=change.limit,
            overrun=NOTHING,
            version=Budget.version + 1,
        )
        .returning(Budget.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if done is not None:
        return
    now_there = session.execute(
        select(Budget.version, Budget.committed, Budget.actual).where(Budget.id == found.id)
    ).one()
    if change.seen is not None and now_there.version != change.seen:
        raise Conflict(STALE, "stale_version")
    bound = euro(now_there.committed + now_there.actual)
    text = f"Gebunden und abgerechnet sind schon {bound}; eine harte Grenze liegt nicht darunter."
    raise Malformed(FieldError("amount", "below_use", text))


def _faults(change: BudgetChange) -> list[FieldError]:
    faults = []
    if not change.name or len(change.name) > LONGEST_NAME:
        text = f"Bitte geben Sie eine Bezeichnung mit höchstens {LONGEST_NAME} Zeichen an."
        faults.append(FieldError("name", "missing", text))
    if not change.reason or len(change.reason) > LONGEST_REASON:
        text = f"Bitte nennen Sie den Grund mit höchstens {LONGEST_REASON} Zeichen."
        faults.append(FieldError("reason", "missing", text))
    return faults
