"""Budgets of one member: one with a hard limit, one with a soft one, one that is nearly used."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.budgets.change_budget import BudgetChange, change_budget
from app.budgets.open_budget import BudgetWish, Keeper, open_budget
from app.budgets.records import Budget
from app.budgets.rules import WHOLE, Account, Limit
from app.demonstration.cast import person_id
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members.records import RoleAssignment

FILE: Final = "budgets.toml"
BEFORE_THE_OPEN_ORDERS: Final = timedelta(days=40)
ROUND: Final = 10_000  # cents


def open_budgets(session: Session, folder: Path, start: datetime) -> None:
    """Before the orders that are to be charged to them."""
    said = _said(folder)
    keeper, at = _keeper(session, said["by"]), start - BEFORE_THE_OPEN_ORDERS
    for one in said["budgets"]:
        account = Account(legal_day(start).year, one["account"])
        amount = Money.euros(one["amount"])
        wish = BudgetWish(account, one["name"], amount, Limit(one["limit"]))
        open_budget(session, keeper, wish, at, said["reason"])


def cut_budgets(session: Session, folder: Path, start: datetime) -> None:
    """After the orders: what is to be nearly used is cut, as a treasurer would."""
    said = _said(folder)
    keeper = _keeper(session, said["by"])
    wanted = {one["account"]: one for one in said["budgets"] if "used_percent" in one}
    for found in session.scalars(select(Budget).where(Budget.product_account.in_(wanted))).all():
        session.refresh(found)  # orders moved it past the object mapper
        one, used = wanted[found.product_account], found.standing.used.cents
        if not used:  # in the first days of a year nothing is ordered yet
            continue
        amount = Money(-(-used * WHOLE // one["used_percent"] // ROUND) * ROUND)
        change = BudgetChange(found.name, amount, found.limit, one["cut_reason"])
        change_budget(session, keeper, found.id, change, start)


def _said(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / FILE).read_text(encoding="utf-8"))


def _keeper(session: Session, mail: str) -> Keeper:
    """The account and the member whose budgets it keeps; a missing one is LookupError."""
    person = person_id(session, mail)
    member = select(RoleAssignment.member_id).where(RoleAssignment.person_id == person)
    found = session.scalars(member).first()
    if found is None:
        raise LookupError(mail)
    return Keeper(found, person)
