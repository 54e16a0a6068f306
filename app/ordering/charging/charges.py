"""What an order costs gross of each account in each budget year: pure."""

from collections.abc import Iterable, Sequence

from app.budgets.rules import Account, gross_of
from app.kernel.money import Money
from app.kernel.vat import vat_on
from app.ordering.shares.rules_shares import CodedLine, Coding, Share, coded_amounts


def charges(
    lines: Sequence[CodedLine], shares: Sequence[Share], order: Coding, gross: Money, year: int
) -> dict[Account, Money]:
    """Gross by account, to the cent; `year` counts where no budget year is said."""
    nets = _by_account(coded_amounts(lines, shares, order).items(), year)
    return gross_of(nets, gross)


def charges_left(
    lines: Sequence[CodedLine],
    kept: Sequence[int],
    shares: Sequence[Share],
    order: Coding,
    tax: tuple[int, int],
) -> dict[Account, Money]:
    """The same for `kept` pieces of each line; `tax`: percent of VAT, and the year.

    Which share of a line is left nobody says, so each is left in its part.
    """
    percent, year = tax
    nets: dict[Account, Money] = {}
    for line, pieces in zip(lines, kept, strict=True):
        whole = _by_account(coded_amounts([line], shares, order).items(), year)
        for account, part in gross_of(whole, line.unit_price.times(pieces)).items():
            nets[account] = nets.get(account, Money(0)) + part
    net = Money.total(nets.values())
    return gross_of({one: nets[one] for one in nets if nets[one]}, net + vat_on(net, percent))


def _by_account(parts: Iterable[tuple[Coding, Money]], year: int) -> dict[Account, Money]:
    """Cost centres and funding share the budget of their account."""
    nets: dict[Account, Money] = {}
    for coding, part in parts:
        account = Account(coding.budget_year or year, coding.product_account)
        nets[account] = nets.get(account, Money(0)) + part
    return nets
