"""What a free position must say, and until when the quote behind it may be ordered: pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.kernel.errors import FieldError
from app.kernel.german import day, euro
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from app.kernel.vat import STANDARD_RATE
from app.ordering.wanted import LARGEST_QUANTITY, LARGEST_WRITTEN

PREFIX: Final = "FREI-"
FIELDS: Final = (  # in the order of the form, which is that of its faults
    *("lot", "name", "reason", "quote", "quote_number", "quote_date", "quote_valid_until"),
    *("supplier", "quantity", "unit_price_net", "tax_percent", "manufacturer", "delivery_days"),
)
LONGEST: Final = {
    "name": 255,
    "manufacturer": 100,
    "reason": 1000,
    "supplier": 160,
    "quote_number": 60,
}
MISSING: Final = {
    "name": "Bitte beschreiben Sie die Ware so, wie sie im Angebot steht.",
    "reason": (
        "Bitte begründen Sie in einem Satz, warum die Ware zum Los gehört und "
        "kein Artikel der Preisliste passt."
    ),
    "supplier": "Bitte nennen Sie den Auftragnehmer, von dem das Angebot stammt.",
    "quote_number": "Bitte geben Sie die Nummer des Angebots an.",
}
LONGEST_DELIVERY: Final = 365
HIGHEST_PRICE: Final = UnitPrice(1_000_000 * 10_000)
NO_CLAUSE: Final = (
    "{lot} hat kein offenes Sortiment: Dort ist nur abrufbar, was in der Preisliste steht "
    "(§ 21 Abs. 2 Satz 3 VgV, § 132 GWB). Wählen Sie ein Los mit offenem Sortiment oder melden "
    "Sie den Bedarf."
)


@dataclass(frozen=True, slots=True)
class OpenLot:
    """A lot that takes what is in no list, as it stands for one member on one day."""

    id: int
    number: int
    title: str
    framework_id: int
    framework_number: str
    framework_title: str
    percent: int
    remaining: Money
    delivery_days: int
    cpv: str
    suppliers: tuple[str, ...]

    @property
    def label(self) -> str:
        return f"{self.framework_number} Los {self.number}: {self.title}"


@dataclass(frozen=True, slots=True)
class FreeWish:
    """A free position as somebody describes it; `delivery_days` None: as the agreement says."""

    lot_id: int
    name: str
    manufacturer: str
    quantity: int
    unit_price: UnitPrice
    tax_percent: int
    reason: str
    supplier: str
    quote_number: str
    quote_date: date
    quote_valid_until: date
    delivery_days: int | None = None

    @property
    def net(self) -> Money:
        return self.unit_price.times(self.quantity)


def wish_faults(wish: FreeWish, lot: OpenLot | None, today: date) -> Iterator[FieldError]:
    """Everything that is wrong with the wish, each at its field, with what to do.

    `lot` None: the one that was chosen takes nothing outside its list, and the caller says so.
    """
    yield from _text_faults(wish)
    if not 1 <= wish.quantity <= LARGEST_QUANTITY:
        text = f"Bitte geben Sie eine Menge von 1 bis {LARGEST_WRITTEN} an."
        yield FieldError("quantity", "quantity", text)
    if not UnitPrice(0) < wish.unit_price <= HIGHEST_PRICE:
        text = "Bitte geben Sie den Nettopreis je Stück aus dem Angebot an, zum Beispiel 249,00."
        yield FieldError("unit_price_net", "amount", text)
    elif lot is not None and wish.quantity >= 1 and wish.net > lot.remaining:
        yield FieldError("unit_price_net", "ceiling_reached", _over_the_cap(wish, lot))
    if wish.tax_percent != STANDARD_RATE:
        text = (
            f"Abrufbar sind Positionen mit {STANDARD_RATE} % Umsatzsteuer. Bitten Sie den "
            "Auftragnehmer um ein Angebot zu diesem Satz oder fragen Sie die Abwicklung."
        )
        yield FieldError("tax_percent", "tax", text)
    if wish.delivery_days is not None and not 0 <= wish.delivery_days <= LONGEST_DELIVERY:
        text = f"Bitte geben Sie 0 bis {LONGEST_DELIVERY} Arbeitstage an oder nichts."
        yield FieldError("delivery_days", "number", text)
    if lot is not None and lot.suppliers and wish.supplier and wish.supplier not in lot.suppliers:
        text = f"Das Angebot muss von einem Auftragnehmer des Loses sein: {_or(lot.suppliers)}."
        yield FieldError("supplier", "not_a_supplier", text)
    yield from _date_faults(wish, today)


def _text_faults(wish: FreeWish) -> Iterator[FieldError]:
    for field, longest in LONGEST.items():
        text = getattr(wish, field)
        if not text and field in MISSING:
            yield FieldError(field, "missing", MISSING[field])
        elif len(text) > longest:
            yield FieldError(field, "too_long", f"Bitte höchstens {longest} Zeichen.")


def _date_faults(wish: FreeWish, today: date) -> Iterator[FieldError]:
    if wish.quote_date > today:
        text = "Das Angebot ist in der Zukunft datiert. Bitte prüfen Sie das Datum."
        yield FieldError("quote_date", "future", text)
    if wish.quote_valid_until < today:
        yield FieldError("quote_valid_until", "expired", expired_words(wish.quote_valid_until))
    elif wish.quote_valid_until < wish.quote_date:
        text = "Das Angebot kann nicht enden, bevor es geschrieben wurde."
        yield FieldError("quote_valid_until", "order", text)


def _over_the_cap(wish: FreeWish, lot: OpenLot) -> str:
    return (
        f"Die Position kostet {euro(wish.net)}. Im offenen Sortiment von {lot.framework_number} "
        f"Los {lot.number} ({lot.percent} % der übrigen Lose) sind noch {euro(lot.remaining)} "
        "frei. Verringern Sie die Menge oder melden Sie den Bedarf."
    )


def expired_words(until: date) -> str:
    return f"Das Angebot galt bis {day(until)}. Bitte holen Sie ein neues ein."


def _or(names: tuple[str, ...]) -> str:
    return " oder ".join(names)


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether a free position can still be ordered."""

    number: str
    quantity: int
    valid_until: date
    ordered_as: str | None


def why_not_orderable(
    standing: Standing, quantity: int, today: date, for_order: str
) -> tuple[str, str] | None:
    """Refusal code of the contract and a German sentence; None where it can be ordered.

    `for_order` is the call-off that it already belongs to, where that one is submitted again.
    """
    if standing.ordered_as not in {None, for_order}:
        return "article_not_orderable", (
            f"Diese freie Position steht schon in Abruf {standing.ordered_as}. Für einen weiteren "
            "brauchen Sie ein neues Angebot."
        )
    if standing.valid_until < today:
        return "price_not_valid", expired_words(standing.valid_until)
    if quantity != standing.quantity:
        return "article_not_orderable", (
            f"Das Angebot nennt den Preis für {standing.quantity} Stück. Für eine andere Menge "
            "brauchen Sie ein neues Angebot."
        )
    return None
