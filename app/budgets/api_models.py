"""What programs see of budgets; amounts are texts in euros, gross."""

from pydantic import BaseModel, Field

from app.budgets.queries import BudgetEffect
from app.budgets.records import Budget
from app.budgets.rules import Charge, Limit


class BudgetGiven(BaseModel):
    """A budget of the token's member."""

    year: int
    product_account: str
    name: str
    limit: Limit = Field(description="`hard` lehnt ab, `soft` weist hin")
    amount: str = Field(description="Haushaltsansatz, brutto")
    committed: str = Field(description="durch Abrufe gebunden")
    actual: str = Field(description="durch Rechnungen abgerechnet")
    remaining: str = Field(description="frei; unter null, wo der Ansatz überschritten ist")
    currency: str = "EUR"


class BudgetList(BaseModel):
    items: list[BudgetGiven]
    total: int
    next: str | None


class ChargeGiven(BaseModel):
    """What one call-off takes of a budget, and what is left of it."""

    year: int
    product_account: str
    amount: str
    remaining: str
    limit: Limit
    exceeded: bool


def given_budget(found: Budget) -> BudgetGiven:
    return BudgetGiven(
        year=found.year,
        product_account=found.product_account,
        name=found.name,
        limit=found.limit,
        amount=found.amount.text,
        committed=found.committed.text,
        actual=found.actual.text,
        remaining=found.standing.remaining.text,
    )


def given_charge(one: Charge | BudgetEffect) -> ChargeGiven:
    after = one.after if isinstance(one, Charge) else one.now
    return ChargeGiven(
        year=one.account.year,
        product_account=one.account.number,
        amount=one.amount.text,
        remaining=after.remaining.text,
        limit=one.limit,
        exceeded=one.exceeded,
    )
