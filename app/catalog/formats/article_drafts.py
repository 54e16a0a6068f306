"""An article while its parts are collected, whatever the format, and what becomes of it."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Final, NamedTuple

from app.catalog.formats.findings import Fault, Findings
from app.catalog.formats.numbers import QUANTITIES, UNITS_READ, number
from app.catalog.formats.price_lists import ONE, PriceReading
from app.catalog.formats.remembered import Remembered
from app.catalog.formats.texts import WORDS, one_line, plain_lines
from app.catalog.formats.values import Article, Feature, Media, Mode, Reference

NAME_LENGTH: Final = 150
NAME_CUT: Final = 250
REMARKS_LENGTH: Final = 500
LONG_LENGTH: Final = 20_000
MAKER_LENGTH: Final = 100
MPN_LENGTH: Final = 64
LOT_DIGITS: Final = 6
LONGEST_DELIVERY: Final = 365  # working days; above it is a slipped unit
FAMILY: Final = "FAMILY"
NO_QUANTITY: Final = re.compile(r"0+(?:[.,]0*)?")


class Choice(NamedTuple):
    """A feature whose value the order number's supplement chooses; `order` is its place in it."""

    order: int
    name: str
    unit: str
    values: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Draft:
    """The article so far; `texts` and `order` by the plain names that BMEcat has for them.

    `per` is what its amounts are for. `digest` tells its text again, where nothing more than
    `remarks` findings were there before it was read (see Article).
    """

    line: int
    sku: str
    texts: dict[str, str] = field(default_factory=dict)
    gtin: str = ""
    keywords: list[str] = field(default_factory=list)
    order: dict[str, str] = field(default_factory=dict)
    lot: str = ""
    classifications: list[tuple[str, str]] = field(default_factory=list)
    features: list[Feature] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    media: list[Media] = field(default_factory=list)
    extensions: list[tuple[str, str]] = field(default_factory=list)
    cut: bool = False
    per: Decimal = ONE
    quiet_until: date | None = None
    digest: str = ""
    remarks: int = 0

    def overflows(self, findings: Findings, limit: int) -> bool:
        """There is no room for more of a kind: reported once per article. Always False."""
        if not self.cut:
            findings.add(self.line, self.sku, Fault.TOO_MANY_PARTS, limit)
            self.cut = True
        return False


def article_of(
    draft: Draft,
    mode: Mode,
    reading: PriceReading,
    findings: Findings,
    name_length: int = NAME_LENGTH,
) -> Article | None:
    """None where the article is rejected: it has no name, or a price is negative.

    A name longer than the format's `name_length` is a warning; it is cut after NAME_CUT signs.
    """
    name = _name(draft, findings, name_length)
    if not name or reading.negative:
        return None
    texts, said = draft.texts, draft.order.get
    order_unit, odd = UNITS_READ[said("ORDER_UNIT", "")]
    if odd is not None:
        findings.add(draft.line, draft.sku, odd, draft.order["ORDER_UNIT"])
    largest = _quantity(draft, "QUANTITY_MAX", findings)
    content = said("CONTENT_UNIT")
    return Article(
        line=draft.line,
        sku=draft.sku,
        mode=mode,
        name=name,
        description=plain_lines(texts.get("DESCRIPTION_LONG", ""))[:LONG_LENGTH].rstrip(),
        manufacturer=WORDS[texts.get("MANUFACTURER_NAME", "")][:MAKER_LENGTH].rstrip(),
        mpn=WORDS[texts.get("MPN", "")][:MPN_LENGTH].rstrip(),
        gtin=draft.gtin,
        delivery_days=DELIVERIES[texts.get("DELIVERY_TIME", "")],
        keywords=tuple(draft.keywords),
        remarks=plain_lines(texts.get("REMARKS", ""))[:REMARKS_LENGTH].rstrip(),
        lot=lot_of(draft.lot),
        family=dict(draft.extensions).get(FAMILY, "") if draft.extensions else "",
        order_unit=order_unit,
        content_unit=UNITS_READ[content][0] if content else "",
        content_quantity=POSITIVES[said("NO_CU_PER_OU", "")],
        price_quantity=draft.per,
        quantity_min=_quantity(draft, "QUANTITY_MIN", findings) or 1,
        quantity_interval=_quantity(draft, "QUANTITY_INTERVAL", findings) or 1,
        quantity_max=largest,
        classifications=tuple(draft.classifications),
        features=tuple(draft.features),
        prices=tuple(reading.prices),
        references=tuple(draft.references),
        media=tuple(draft.media),
        extensions=tuple(entry for entry in draft.extensions if entry[0] != FAMILY),
        text_digest="" if draft.choices or findings.number != draft.remarks else draft.digest,
        quiet_until=draft.quiet_until,
    )


def lot_of(text: str) -> int | None:
    """None for what is no number of a lot."""
    return int(text) if text.isdecimal() and len(text) < LOT_DIGITS else None


def _quantity(draft: Draft, name: str, findings: Findings) -> int | None:
    """None where the draft says nothing usable; large systems write 0 for no quantity."""
    written = draft.order.get(name)
    if not written or NO_QUANTITY.fullmatch(written):
        return None
    read, fault = QUANTITIES[written]
    if fault is not None:
        findings.add(draft.line, draft.sku, fault, written)
    return None if fault is Fault.QUANTITY_UNREADABLE else read


def _name(draft: Draft, findings: Findings, length: int) -> str:
    """The short description, else maker and type, else the long one; never empty."""
    texts = draft.texts
    name = one_line(texts.get("DESCRIPTION_SHORT", ""))
    if not name:
        made = f"{texts.get('MANUFACTURER_NAME', '')} {texts.get('MPN', '')}"
        name = one_line(made) or one_line(texts.get("DESCRIPTION_LONG", ""))
        fault = Fault.NAME_MISSING if name else Fault.NO_NAME
        findings.add(draft.line, draft.sku, fault, name[:80])
    if len(name) > length:
        findings.add(draft.line, draft.sku, Fault.NAME_TOO_LONG, length)
    return name if len(name) <= NAME_CUT else name[:NAME_CUT] + "…"


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
