"""Price periods of one article: a day has one price list, and a list never changes the past."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from app.kernel.unit_price import UnitPrice


class ListedPrice(NamedTuple):
    """A price from a quantity on, valid on `valid_from <= day < valid_to`; None is without end.

    `dated` where the file itself says the first day.
    """

    lower_bound: int
    unit_price: UnitPrice
    valid_from: date
    valid_to: date | None
    dated: bool = False


Period = tuple[date, date]
Stated = tuple[int, int, str | None, str | None]  # bound, ten-thousandths, first day, last day
Listed = tuple[int, int, date, date | None, bool]
"""A ListedPrice whose amount are ten-thousandths."""
NEXT_DAY = timedelta(days=1)


def listed(stated: Iterable[Stated], begins: date, ends: date | None) -> list[ListedPrice]:
    """What a file says, without overlap.

    Without a first day a price counts from `begins` on, without a last day until `ends`. The
    guarantee may have ended before the price began: then it is never valid.
    """
    prices = (
        ListedPrice(
            bound,
            UnitPrice(amount),
            day_of(first) if first else begins,
            day_behind(last) if last else ends,
            dated=bool(first),
        )
        for bound, amount, first, last in stated
    )
    return disjoint(prices, date.min)


def one_list(stated: Sequence[Stated], begins: date, ends: date | None) -> list[Listed] | None:
    """What `listed` gives where all is said for the same days, each bound once and in its order.

    So it is for nearly every article; None where it is not.
    """
    if not stated:
        return []
    _, _, first, last = stated[0]
    since = day_of(first) if first else begins
    until = day_behind(last) if last else ends
    if until is not None and until <= since:
        return None
    dated, found, below = bool(first), [], -1
    for bound, amount, begun, ended in stated:
        if begun != first or ended != last or bound <= below:
            return None
        found.append((bound, amount, since, until, dated))
        below = bound
    return found


def one_beginning(prices: list[Listed], day: date, *, first: bool) -> list[Listed]:
    """What `beginning` makes of them."""
    if not prices:
        return prices
    _, _, since, until, _ = prices[0]
    if until is not None and until <= day:
        return []
    if first or since >= day:
        return prices
    return [(bound, amount, day, until, dated) for bound, amount, _, _, dated in prices]


@lru_cache(maxsize=4096)
def day_of(written: str) -> date:
    """The same value for the same words, so that it takes little room among many rows."""
    return date.fromisoformat(written)


@lru_cache(maxsize=4096)
def day_behind(written: str) -> date:
    return date.fromisoformat(written) + NEXT_DAY


def beginning(prices: list[ListedPrice], day: date, *, first: bool) -> list[ListedPrice]:
    """Those of `prices` that begin on `day` for an article without any.

    The past is theirs only where the whole catalog is the `first`; a list that has ended is none.
    """
    if all(price.valid_to is not None and price.valid_to <= day for price in prices):
        return []
    return prices if first else disjoint(prices, day)


def disjoint(prices: Iterable[ListedPrice], earliest: date) -> list[ListedPrice]:
    """The same prices without overlap, none before `earliest`; ordered by day and bound.

    Where periods overlap, the one begun last counts while it runs (the shorter one of two that
    begin together), with all its bounds; afterwards the earlier one goes on.
    """
    lists: dict[Period, list[ListedPrice]] = {}
    for price in prices:
        ends = price.valid_to or date.max
        if ends > price.valid_from and ends > earliest:
            lists.setdefault((price.valid_from, ends), []).append(price)
    if len(lists) == 1:
        return _list_within(next(iter(lists.values())), earliest, None)
    days = sorted({max(day, earliest) for period in lists for day in period})
    found: list[ListedPrice] = []
    pieces = [
        (start, end, lists[counting])
        for start, end in pairwise(days)
        if (counting := _counting(lists, start)) is not None
    ]
    for start, end, counted in _joined(pieces):
        found += _list_within(counted, start, end)
    return found


def _counting(lists: Iterable[Period], day: date) -> Period | None:
    running = [period for period in lists if period[0] <= day < period[1]]
    return max(running, key=lambda period: (period[0], -period[1].toordinal()), default=None)


Piece = tuple[date, date, list[ListedPrice]]


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of the same list are one piece: another list's border inside it cuts nothing."""
    joined: list[Piece] = []
    for start, end, prices in pieces:
        if joined and joined[-1][1] == start and joined[-1][2] is prices:
            joined[-1] = (joined[-1][0], end, prices)
        else:
            joined.append((start, end, prices))
    return joined


def _list_within(prices: list[ListedPrice], start: date, end: date | None) -> list[ListedPrice]:
    """One list cut to its piece; of two prices with the same bound the first counts."""
    if len(prices) == 1 and end is None and prices[0].valid_from >= start:
        return prices
    bounds = {price.lower_bound: price for price in reversed(prices)}
    found = []
    for bound in sorted(bounds):
        price = bounds[bound]
        first = max(price.valid_from, start)
        last = price.valid_to if end is None or end == date.max else end
        if (first, last) != (price.valid_from, price.valid_to):
            price = ListedPrice(bound, price.unit_price, first, last, dated=price.dated)
        found.append(price)
    return found
