"""One BMEcat article element as the articles that it stands for."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal
from typing import Final

from lxml.etree import _Element as Element

from app.catalog.formats.bmecat_draft import Draft, PartReader
from app.catalog.formats.bmecat_parts import family_members
from app.catalog.formats.bmecat_prices import PriceContext, read_price_quantity, read_prices
from app.catalog.formats.findings import Fault
from app.catalog.formats.media import MediaSource
from app.catalog.formats.numbers import QUANTITIES, UNITS_READ, number
from app.catalog.formats.price_lists import ONE, PriceReading
from app.catalog.formats.register import Register
from app.catalog.formats.remembered import Remembered
from app.catalog.formats.texts import WORDS, one_line, plain_lines
from app.catalog.formats.values import Article, Mode, Transaction
from app.catalog.formats.xml_names import child_text, line_of

NAME_LENGTH: Final = 150
NAME_CUT: Final = 250
REMARKS_LENGTH: Final = 500
LONG_LENGTH: Final = 20_000
MAKER_LENGTH: Final = 100
MPN_LENGTH: Final = 64
LOT_DIGITS: Final = 6
LONGEST_DELIVERY: Final = 365  # working days; above it is a slipped unit
FAMILY: Final = "FAMILY"


class ArticleReader:
    """Turns article elements into values; what is wrong with them goes to the register.

    `price_quantities` are those of the published articles (where not 1): a file that only
    changes prices does not repeat what its amounts are for.
    """

    def __init__(
        self,
        context: PriceContext,
        register: Register,
        media: MediaSource,
        price_quantities: Mapping[str, Decimal],
    ) -> None:
        self._context = context
        self._register = register
        self._findings = register.findings
        self._parts = PartReader(register, media)
        self._price_quantities = price_quantities

    def read(self, element: Element, transaction: str) -> list[Article]:
        """Empty where the article is rejected, several where it has variants."""
        self._register.counts.articles += 1
        draft = Draft(line_of(element), child_text(element, "SKU"))
        entered = self._register.enter(draft.line, draft.sku)
        mode = self._mode(element.get("mode") or "", transaction, draft)
        if mode == Mode.DELETE:
            return [Article(draft.line, draft.sku, mode)] if entered else []
        self._parts.read(element, draft)
        if mode == Mode.PRICES:
            found = self._with_new_prices(draft)
        else:
            found = self._whole(draft, mode or Mode.NEW)
        if not entered:
            return []
        if mode is None or not found or draft.choices:
            self._register.withdraw(draft.sku)
        articles = self._family(draft, found) if draft.choices and found else found
        for article in articles:
            self._register.refer(article)
        return articles if mode else []

    def _mode(self, written: str, transaction: str, draft: Draft) -> Mode | None:
        if transaction == Transaction.UPDATE_PRICES:
            return Mode.PRICES
        if transaction == Transaction.NEW_CATALOG:
            if written not in {"", Mode.NEW}:
                self._findings.add(draft.line, draft.sku, Fault.MODE_IGNORED, written)
            return Mode.NEW
        if written in {"", Mode.NEW, Mode.UPDATE, Mode.DELETE}:
            return Mode(written or Mode.UPDATE)
        self._findings.add(draft.line, draft.sku, Fault.MODE_UNKNOWN, written)
        return None

    def _with_new_prices(self, draft: Draft) -> list[Article]:
        """Without a usable price the article is rejected: it keeps the prices that it has."""
        per = self._price_quantities.get(draft.sku, ONE)
        reading = self._prices(draft, per, PriceReading())
        if not reading.prices:
            self._findings.add(draft.line, draft.sku, Fault.NO_NEW_PRICE)
            return []
        return [Article(draft.line, draft.sku, Mode.PRICES, prices=tuple(reading.prices))]

    def _whole(self, draft: Draft, mode: Mode) -> list[Article]:
        texts, order = draft.texts, draft.order
        reading = PriceReading()
        per = read_price_quantity(order.get("PRICE_QUANTITY", ""), reading)
        self._prices(draft, per, reading)
        name = self._name(draft)
        if not name or reading.negative:
            return []
        order_unit, odd = UNITS_READ[order.get("ORDER_UNIT", "")]
        if odd is not None:
            self._findings.add(draft.line, draft.sku, odd, order["ORDER_UNIT"])
        article = Article(
            line=draft.line,
            sku=draft.sku,
            mode=mode,
            name=name,
            description=plain_lines(texts.get("DESCRIPTION_LONG", ""))[:LONG_LENGTH],
            manufacturer=WORDS[texts.get("MANUFACTURER_NAME", "")][:MAKER_LENGTH],
            mpn=WORDS[texts.get("MPN", "")][:MPN_LENGTH],
            gtin=draft.gtin,
            delivery_days=DELIVERIES[texts.get("DELIVERY_TIME", "")],
            keywords=tuple(filter(None, draft.keywords)),
            remarks=plain_lines(texts.get("REMARKS", ""))[:REMARKS_LENGTH],
            lot=_lot(draft.lot),
            family=_family_named(draft),
            order_unit=order_unit,
            content_unit=UNITS_READ[order["CONTENT_UNIT"]][0] if order.get("CONTENT_UNIT") else "",
            content_quantity=POSITIVES[order.get("NO_CU_PER_OU", "")],
            price_quantity=per or ONE,
            quantity_min=QUANTITIES[order.get("QUANTITY_MIN", "")][0],
            quantity_interval=QUANTITIES[order.get("QUANTITY_INTERVAL", "")][0],
            quantity_max=QUANTITIES[order["QUANTITY_MAX"]][0] if order.get("QUANTITY_MAX") else None,
            classifications=tuple(draft.classifications),
            features=tuple(draft.features),
            prices=tuple(reading.prices),
            references=tuple(draft.references),
            media=tuple(draft.media),
            extensions=tuple(draft.extensions),
        )
        return [article]

    def _prices(self, draft: Draft, per: Decimal, reading: PriceReading) -> PriceReading:
        read_prices(draft.price_blocks, per, self._context, reading)
        self._register.count_prices(len(draft.price_blocks), reading)
        for fault, detail in dict.fromkeys(reading.faults):
            self._findings.add(draft.line, draft.sku, fault, detail)
        return reading

    def _family(self, draft: Draft, articles: list[Article]) -> list[Article]:
        """The variants instead of the article that describes them all."""
        (article,) = articles
        members = family_members(article, draft.choices)
        if not members:
            names = ", ".join(choice.name for choice in draft.choices)
            self._findings.add(draft.line, draft.sku, Fault.VARIANTS_UNREADABLE, names)
        return [one for one in members if self._register.enter(draft.line, one.sku)]

    def _name(self, draft: Draft) -> str:
        """The short description, else maker and type, else the long one; never empty."""
        texts = draft.texts
        name = one_line(texts.get("DESCRIPTION_SHORT", ""))
        if not name:
            made = f"{texts.get('MANUFACTURER_NAME', '')} {texts.get('MPN', '')}"
            name = one_line(made) or one_line(texts.get("DESCRIPTION_LONG", ""))
            fault = Fault.NAME_MISSING if name else Fault.NO_NAME
            self._findings.add(draft.line, draft.sku, fault, name[:80])
        if len(name) > NAME_LENGTH:
            self._findings.add(draft.line, draft.sku, Fault.NAME_TOO_LONG, NAME_LENGTH)
        return name if len(name) <= NAME_CUT else name[:NAME_CUT] + "…"


def _family_named(draft: Draft) -> str:
    return next((text for name, text in draft.extensions if name == FAMILY), "")


def _lot(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < LOT_DIGITS else None


def _positive(text: str) -> Decimal | None:
    value = number(text).value if text else None
    return value if value is not None and value > 0 else None


def _working_days(text: str) -> int | None:
    """Whole working days, rounded up; None where the file says nothing usable."""
    value = number(text).value if text else None
    if value is None or not 0 <= value <= LONGEST_DELIVERY:
        return None
    return int(value.to_integral_value(ROUND_CEILING))


POSITIVES: Final = Remembered(_positive)
DELIVERIES: Final = Remembered(_working_days)
