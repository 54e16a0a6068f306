"""Reading budgets: lists, one with its movements, and what an order does to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Select, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from app.budgets.records import Budget, BudgetMovement
from app.budgets.rules import LIMIT_WORDS, SCARCE_PERCENT, WHOLE, Account, Limit, Standing
from app.database.tenant import Tenant
from app.kernel.errors import NotFound
from app.kernel.german import euro
from app.kernel.money import NOTHING, Money

PAGE: Final = 50
_LEFT: Final = Budget.amount - Budget.committed - Budget.actual
SORTS: Final[dict[str, tuple[ColumnElement[Any], ...]]] = {
    "account": (Budget.product_account.asc(),),
    "-account": (Budget.product_account.desc(),),
    "amount": (Budget.amount.asc(),),
    "-amount": (Budget.amount.desc(),),
    "left": (_LEFT.asc(),),
    "-left": (_LEFT.desc(),),
}


@dataclass(frozen=True, slots=True)
class BudgetsWanted:
    """Which budgets: a year (None: all), words, only scarce ones, an order."""

    year: int | None = None
    text: str = ""
    scarce: bool = False
    sort: str = "account"
    page: int = 1
    size: int = PAGE


@dataclass(frozen=True, slots=True)
class BudgetList:
    """One page of budgets, and the sums over all that were asked for."""

    rows: Sequence[Budget]
    total: int
    sums: Standing


@dataclass(frozen=True, slots=True)
class BudgetEffect:
    """What an order holds and took of one budget, and how that stands now."""

    budget_id: int
    account: Account
    amount: Money
    limit: Limit
    now: Standing

    @property
    def exceeded(self) -> bool:
        return self.now.remaining < NOTHING

    @property
    def text(self) -> str:
        left = self.now.remaining
        limit = f"({LIMIT_WORDS[self.limit]}e Grenze)"
        rest = f"{euro(-left)} über dem Ansatz {limit}" if self.exceeded else f"{euro(left)} frei"
        return f"Konto {self.account.text}: {euro(self.amount)} aus diesem Abruf, jetzt {rest}."


def years(session: Session, tenant: Tenant) -> Sequence[int]:
    """The years there are budgets for, the latest first."""
    return session.scalars(
        select(Budget.year)
        .where(tenant.owns(Budget.member_id))
        .distinct()
        .order_by(Budget.year.desc())
    ).all()


def budgets(session: Session, tenant: Tenant, wanted: BudgetsWanted) -> BudgetList:
    """One page; an unknown sort is by account."""
    chosen = _chosen(tenant, wanted)
    counted = session.execute(
        select(
            func.count(),
            func.sum(Budget.amount),
            func.sum(Budget.committed),
            func.sum(Budget.actual),
        ).where(*chosen)
    ).one()
    page = _sorted(select(Budget).where(*chosen), wanted).limit(wanted.size)
    rows = session.scalars(page.offset((wanted.page - 1) * wanted.size)).all()
    amounts = [one or NOTHING for one in counted[1:]]
    return BudgetList(rows, counted[0], Standing(*amounts))


def every_budget(session: Session, tenant: Tenant, wanted: BudgetsWanted) -> Sequence[Budget]:
    """All pages, for a file."""
    return session.scalars(_sorted(select(Budget).where(*_chosen(tenant, wanted)), wanted)).all()


def budget_of(session: Session, tenant: Tenant, budget_id: int) -> Budget:
    """NotFound for budgets of other members."""
    found = session.scalar(
        select(Budget).where(Budget.id == budget_id, tenant.owns(Budget.member_id))
    )
    if found is None:
        raise NotFound("Dieses Budget gibt es nicht.")
    return found


def movements(
    session: Session, tenant: Tenant, budget_id: int, page: int | None = 1
) -> tuple[Sequence[BudgetMovement], int]:
    """The latest first, and how many there are; `page` None: all.

    Orders belong to units: who is bound to one sees what was planned, not who ordered.
    """
    chosen = [BudgetMovement.budget_id == budget_id, tenant.owns(BudgetMovement.member_id)]
    if tenant.units is not None:
        chosen.append(BudgetMovement.subject == "")
    total = session.scalar(select(func.count()).select_from(BudgetMovement).where(*chosen)) or 0
    wanted = select(BudgetMovement).where(*chosen).order_by(BudgetMovement.id.desc())
    if page is not None:
        wanted = wanted.limit(PAGE).offset((page - 1) * PAGE)
    return session.scalars(wanted).all(), total


def effects_of(session: Session, tenant: Tenant, number: str) -> tuple[BudgetEffect, ...]:
    """What order `number` holds and took, by account; nothing where no budget watches it."""
    both = BudgetMovement.committed + BudgetMovement.actual
    amount = type_coerce(func.sum(both), BudgetMovement.committed.type)
    sums = (
        select(BudgetMovement.budget_id, amount.label("amount"))
        .where(BudgetMovement.subject == number, tenant.owns(BudgetMovement.member_id))
        .group_by(BudgetMovement.budget_id)
        .subquery()
    )
    rows = session.execute(
        select(Budget, sums.c.amount)
        .join(sums, sums.c.budget_id == Budget.id)
        .order_by(Budget.year, Budget.product_account)
    )
    return tuple(
        BudgetEffect(one.id, one.account, taken, one.limit, one.standing) for one, taken in rows
    )


def _chosen(tenant: Tenant, wanted: BudgetsWanted) -> list[ColumnElement[bool]]:
    rules = [tenant.owns(Budget.member_id)]
    if wanted.year is not None:
        rules.append(Budget.year == wanted.year)
    if wanted.text:
        rules.append(
            or_(
                Budget.product_account.icontains(wanted.text, autoescape=True),
                Budget.name.icontains(wanted.text, autoescape=True),
            )
        )
    if wanted.scarce:
        used = type_coerce(Budget.committed + Budget.actual, BigInteger) * WHOLE
        rules.append(used >= type_coerce(Budget.amount, BigInteger) * SCARCE_PERCENT)
    return rules


def _sorted(query: Select[Budget], wanted: BudgetsWanted) -> Select[Budget]:
    order = SORTS.get(wanted.sort, SORTS["account"])
    return query.order_by(Budget.year.desc(), *order, Budget.product_account, Budget.id)
