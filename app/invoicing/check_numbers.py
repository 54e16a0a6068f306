"""Whether the invoice numbers of every issuer and year follow each other without a gap."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.invoicing.records import Invoice
from app.invoicing.rules import SERIES, series_of
from app.ordering.placing.records import NumberSeries


def check_numbers(session: Session) -> tuple[str, ...]:
    """One German sentence per series that does not fit; empty where all numbers are there."""
    issued: dict[str, set[int]] = defaultdict(set)
    for number in session.scalars(select(Invoice.number)):
        prefix, year, drawn = number.rsplit("-", 2)
        issued[series_of(prefix, int(year))].add(int(drawn))
    counters = session.execute(
        select(NumberSeries.series, NumberSeries.last).where(NumberSeries.series.startswith(SERIES))
    )
    last = {series: drawn for series, drawn in counters}  # noqa: C416 - rows are no plain tuples
    return tuple(
        sentence
        for series in sorted({*issued, *last})
        if (sentence := _fault(series, issued[series], last.get(series, 0)))
    )


def _fault(series: str, issued: set[int], last: int) -> str:
    name = series.removeprefix(SERIES)
    if missing := sorted(set(range(1, last + 1)) - issued):
        return f"Rechnungsnummern {name}: es fehlen {', '.join(map(str, missing[:10]))}."
    if beyond := sorted(issued - set(range(1, last + 1))):
        return f"Rechnungsnummern {name}: {beyond[0]} liegt hinter dem Zähler {last}."
    return ""
