"""The numbers given out last, as whoever restored a backup compares them with the papers."""

from collections.abc import Iterator, Mapping
from typing import Final

WORDS: Final = {
    "invoice": "Rechnungen",
    "call_off": "Abrufe",
    "supplier_order": "Bestellungen bei Lieferanten",
    "free_position": "Freie Positionen",
    "outage_form": "Ausfallformulare",
}
OF_ONE_ORDER: Final = "delivery"


def last_numbers(last: Mapping[str, int]) -> Iterator[str]:
    """`last`: series and number. Invoices first; delivery notes count anew in each order."""
    kinds = {series: series.partition(":")[0] for series in last}
    order = [*WORDS, *sorted(set(kinds.values()) - {*WORDS, OF_ONE_ORDER})]
    for kind in order:
        for series in sorted(one for one, its in kinds.items() if its == kind):
            which = " ".join(series.split(":")[1:])
            yield f"{WORDS.get(kind, kind)} {which}: {last[series]}"
    if orders := sum(kind == OF_ONE_ORDER for kind in kinds.values()):
        yield f"Lieferscheine: zu {orders} Abrufen"
