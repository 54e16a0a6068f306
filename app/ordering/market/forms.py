"""Reading the form of a market price check: syntax only, every fault at its field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.demand.rules import ELSEWHERE, BoughtBy
from app.frameworks.amending.forms import Sheet
from app.kernel.errors import FieldError
from app.kernel.unit_price import UnitPrice
from app.ordering.market.rules import MOST_SOURCES, MarketOutcome, Source
from app.ordering.wanted import LARGEST_QUANTITY

LONGEST_SOURCE: Final = 200
LONGEST_REASON: Final = 1000


@dataclass(frozen=True, slots=True)
class SentFile:
    """The proof of a source: a picture of the offer, a PDF."""

    name: str
    content: bytes
    fault: str = ""


@dataclass(frozen=True, slots=True)
class CheckSent:
    """What was typed; `files` by the place of their source, 0 to 2."""

    sku: str
    quantity: int
    sources: tuple[Source, ...]
    files: Mapping[int, SentFile]
    outcome: MarketOutcome
    reason: str
    bought_by: BoughtBy


def read_check(sent: Mapping[str, str], files: Sequence[SentFile]) -> CheckSent:
    """Empty rows of sources are left out. Raises Malformed with every wrong field."""
    sheet = Sheet(sent)
    sources: list[Source] = []
    kept: dict[int, SentFile] = {}
    for place in range(MOST_SOURCES):
        if not _typed(sheet, place):
            continue
        if place < len(files) and files[place].content:
            kept[len(sources)] = files[place]
        sources.append(_source(sheet, place))
    if not sources:
        text = "Bitte nennen Sie mindestens eine Quelle mit Preis und Datum."
        sheet.errors.append(FieldError("quelle-0", "missing", text))
    outcome = sheet.one_of("ausgang", MarketOutcome, MarketOutcome.CALLED_OFF)
    bought_by = sheet.one_of("weg", BoughtBy, BoughtBy.DIRECT_PURCHASE)
    if outcome is MarketOutcome.ELSEWHERE and bought_by not in ELSEWHERE:
        sheet.errors.append(FieldError("weg", "unknown", "Bitte wählen Sie den Weg."))
    result = CheckSent(
        sku=sheet.text("sku", 64),
        quantity=sheet.needed_whole("menge", LARGEST_QUANTITY, 1),
        sources=tuple(sources),
        files=kept,
        outcome=outcome,
        reason=sheet.text("grund", LONGEST_REASON),
        bought_by=bought_by,
    )
    sheet.done()
    return result


def _typed(sheet: Sheet, place: int) -> bool:
    return any(sheet.text(f"{name}-{place}") for name in ("quelle", "preis"))


def _source(sheet: Sheet, place: int) -> Source:
    name = sheet.text(f"quelle-{place}", LONGEST_SOURCE)
    if not name:
        text = "Bitte nennen Sie Angebot, Händler oder Adresse."
        sheet.errors.append(FieldError(f"quelle-{place}", "missing", text))
    price = sheet.amount(f"preis-{place}")
    if price.cents == 0 and not any(one.field == f"preis-{place}" for one in sheet.errors):
        text = "Bitte geben Sie den Nettopreis je Stück so an: 1.234,56."
        sheet.errors.append(FieldError(f"preis-{place}", "amount", text))
    return Source(
        name=name,
        seen_on=sheet.day(f"datum-{place}"),
        unit_price=UnitPrice(price.cents * 100),
        same_specification=not sheet.ticked(f"anders-{place}"),
        is_list_price=sheet.ticked(f"liste-{place}"),
    )
