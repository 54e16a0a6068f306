"""Opening a budget: what an account may take in a year, and what happens beyond."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.budgets.records import Budget, BudgetMovement
from app.budgets.rules import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    LONGEST_ACCOUNT,
    LONGEST_NAME,
    Account,
    Booking,
    Limit,
)
from app.kernel.errors import FieldError, Malformed
from app.kernel.money import Money
from app.members.records import Member, ProductAccount
from app.members.save_account import AccountWish, add_account


@dataclass(frozen=True, slots=True)
class BudgetWish:
    """A budget as wanted; the amount is gross, texts are already cleaned."""

    account: Account
    name: str
    amount: Money
    limit: Limit


@dataclass(frozen=True, slots=True)
class Keeper:
    """Whose budgets, and who keeps them."""

    member_id: int
    person_id: int

    @property
    def name(self) -> str:
        return f"person:{self.person_id}"


def open_budget(
    session: Session, keeper: Keeper, wish: BudgetWish, now: datetime, reason: str = ""
) -> Budget:
    """The account is offered at checkout from now on. Raises Malformed with every wrong field."""
    if faults := [*_faults(wish), *_taken(session, keeper.member_id, wish.account)]:
        raise Malformed(*faults)
    _offer_account(session, keeper, wish, now)
    opened = Budget(
        member_id=keeper.member_id,
        year=wish.account.year,
        product_account=wish.account.number,
        name=wish.name,
        amount=wish.amount,
        limit=wish.limit,
        created_at=now,
    )
    session.add(opened)
    session.flush()
    session.add(
        BudgetMovement(
            budget_id=opened.id,
            member_id=keeper.member_id,
            booking=Booking.OPEN,
            amount=wish.amount,
            person_id=keeper.person_id,
            reason=reason,
            at=now,
        )
    )
    session.flush()
    said: dict[str, object] = {
        "account": wish.account.number,
        "year": wish.account.year,
        "amount": wish.amount.text,
        "limit": wish.limit.value,
    }
    key = session.get_one(Member, keeper.member_id).key
    happened = Happening("budget.opened", f"budget:{opened.id}", keeper.name, said)
    append(session, member_stream(key), now, happened)
    return opened


def _faults(wish: BudgetWish) -> list[FieldError]:
    account, faults = wish.account, []
    if not EARLIEST_YEAR <= account.year <= LATEST_YEAR:
        text = f"Das Haushaltsjahr liegt zwischen {EARLIEST_YEAR} und {LATEST_YEAR}."
        faults.append(FieldError("year", "range", text))
    if not account.number or len(account.number) > LONGEST_ACCOUNT:
        text = f"Bitte geben Sie das Produktkonto mit höchstens {LONGEST_ACCOUNT} Zeichen an."
        faults.append(FieldError("account", "missing", text))
    if not wish.name or len(wish.name) > LONGEST_NAME:
        text = f"Bitte geben Sie eine Bezeichnung mit höchstens {LONGEST_NAME} Zeichen an."
        faults.append(FieldError("name", "missing", text))
    return faults


def _taken(session: Session, member_id: int, account: Account) -> list[FieldError]:
    known = select(Budget.id).where(
        Budget.member_id == member_id,
        Budget.year == account.year,
        Budget.product_account == account.number,
    )
    if session.scalar(known) is None:
        return []
    text = f"Für Konto {account.text} gibt es schon ein Budget; ändern Sie es dort."
    return [FieldError("account", "taken", text)]


def _offer_account(session: Session, keeper: Keeper, wish: BudgetWish, now: datetime) -> None:
    """Raises Malformed where the number has not the form that the member has set."""
    known = select(ProductAccount.id).where(
        ProductAccount.member_id == keeper.member_id,
        ProductAccount.account == wish.account.number,
    )
    if session.scalar(known) is None:
        offered = AccountWish(wish.account.number, wish.name)
        add_account(session, keeper.member_id, offered, keeper.name, now)
