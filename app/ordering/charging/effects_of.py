"""What an order does to budgets, in words: before it is sent, and while somebody decides on it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.budgets.funds import budgets_of
from app.budgets.queries import BudgetEffect, effects_of
from app.budgets.records import Budget
from app.budgets.rules import Account, Limit, NoFunds, Standing
from app.database.tenant import Tenant
from app.kernel.german import euro
from app.kernel.legal_day import legal_day
from app.kernel.money import NOTHING, Money
from app.kernel.vat import STANDARD_RATE, vat_on
from app.ordering.charging.charges import charges
from app.ordering.checkout import CheckedPart, Checkout
from app.ordering.effects import Effect
from app.ordering.forms import CheckoutForm
from app.ordering.records import CallOff
from app.ordering.rules import HOLDS_RESERVATION
from app.ordering.shares.rules_shares import Coding


def checkout_effects(
    session: Session, content: Checkout, form: CheckoutForm, now: datetime
) -> tuple[Effect, ...]:
    """A box for each budget that the order would be charged to; stores nothing."""
    member_id = content.member.id
    known = budgets_of(session, member_id)
    if not known or not form.value("konto"):
        return ()
    amounts = _amounts(content, form, legal_day(now).year)
    watched = [known[one] for one in amounts if one in known]
    found = {
        one.account: one for one in session.scalars(select(Budget).where(Budget.id.in_(watched)))
    }
    return tuple(
        _before(account, amounts[account], found.get(account)) for account in sorted(amounts)
    )


def order_effects(session: Session, found: CallOff) -> tuple[Effect, ...]:
    """The same of an order on record, for whoever decides on it."""
    return tuple(_on_record(one, found) for one in order_budgets(session, found))


def order_budgets(session: Session, found: CallOff) -> tuple[BudgetEffect, ...]:
    """What the order holds and took; no statement where its member has no budgets."""
    if not budgets_of(session, found.member_id):
        return ()
    return effects_of(session, Tenant(found.member_id), found.number)


def funds_left(session: Session, member_id: int, year: int) -> Mapping[str, Money]:
    """What is free on each account of the year that has a budget; below zero: nothing."""
    if not budgets_of(session, member_id):
        return {}
    rows = session.scalars(select(Budget).where(Budget.member_id == member_id, Budget.year == year))
    return {one.product_account: max(one.standing.remaining, NOTHING) for one in rows}


def _amounts(content: Checkout, form: CheckoutForm, year: int) -> dict[Account, Money]:
    coding = Coding(form.value("konto"), budget_year=form.budget_year)
    sums: dict[Account, Money] = {}
    for part in content.parts:
        for account, amount in _of_part(part, form, coding, year).items():
            sums[account] = sums.get(account, NOTHING) + amount
    return sums


def _of_part(
    part: CheckedPart, form: CheckoutForm, coding: Coding, year: int
) -> dict[Account, Money]:
    lines = [line.coded for line in part.part.lines]
    ordered = {line.sku for line in lines}
    shares = [one.share for one in form.shares if one.share.sku in ordered]
    net = part.part.net
    return charges(lines, shares, coding, net + vat_on(net, STANDARD_RATE), year)


def _before(account: Account, amount: Money, found: Budget | None) -> Effect:
    if found is None:
        text = f"Für Konto {account.text} ist kein Budget hinterlegt; es wird nichts gebunden."
        return Effect("info", "Ohne Budget", text)
    standing = found.standing
    after = Standing(standing.amount, standing.committed + amount, standing.actual).remaining
    if after >= NOTHING:
        text = (
            f"{found.name}, Konto {account.text}: {euro(standing.remaining)} frei, "
            f"nach diesem Abruf {euro(after)}."
        )
        return Effect("ok", f"Budget: {euro(standing.remaining)} frei", text)
    if found.limit is Limit.HARD:
        refused = NoFunds(account, amount, standing.remaining)
        return Effect("bad", "Nicht genug Mittel", refused.text)
    text = (
        f"{found.name}, Konto {account.text}: Der Abruf überschreitet den Ansatz um "
        f"{euro(-after)}. Die Grenze ist weich: Sie können bestellen, die Überschreitung steht "
        "im Abrufvermerk."
    )
    return Effect("warn", "Das Budget wird überschritten", text)


def _on_record(one: BudgetEffect, found: CallOff) -> Effect:
    kind = "warn" if one.exceeded else "ok"
    waits = found.state in HOLDS_RESERVATION
    title = "Budget überschritten" if one.exceeded else "Budget gebunden" if waits else "Budget"
    return Effect(kind, title, one.text)
