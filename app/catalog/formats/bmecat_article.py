"""One article element as a value: a single pass over its children, dispatched by name."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_CEILING
from typing import Final

from lxml.etree import _Element as Element

from app.catalog.formats.bmecat_names import child_text, line_of, named, text_of
from app.catalog.formats.bmecat_prices import PriceContext, read_prices
from app.catalog.formats.findings import Fault, Findings
from app.catalog.formats.numbers import gtin_is_right, number, quantity, unit
from app.catalog.formats.texts import one_line, plain_lines
from app.catalog.formats.values import Article, Feature, Reference

SKU_LENGTH: Final = 64
NAME_LENGTH: Final = 150
NAME_CUT: Final = 250
VALUE_LENGTH: Final = 500
LONG_LENGTH: Final = 20_000
FEATURES: Final = 300
LOT_DIGITS: Final = 6
LONGEST_DELIVERY: Final = 365  # working days; above it is a slipped unit
TEXTS: Final = frozenset(
    {
        "DESCRIPTION_SHORT",
        "DESCRIPTION_LONG",
        "MPN",
        "MANUFACTURER_NAME",
        "DELIVERY_TIME",
        "REMARKS",
    }
)


@dataclass(slots=True)
class Counts:
    """What was seen in the file, read or rejected; the check compares it with other tools."""

    articles: int = 0
    prices: int = 0
    price_blocks: int = 0
    dated_price_blocks: int = 0
    features: int = 0
    gtins: int = 0
    mpns: int = 0
    groups: int = 0
    group_mappings: int = 0
    dangling_references: int = 0
    references: Counter[str] = field(default_factory=Counter)
    price_kinds: Counter[str] = field(default_factory=Counter)
    amounts: list[str] | None = None


@dataclass(slots=True)
class _Draft:
    texts: dict[str, str] = field(default_factory=dict)
    gtin: str = ""
    keywords: list[str] = field(default_factory=list)
    order: dict[str, str] = field(default_factory=dict)
    lot: str = ""
    classifications: list[tuple[str, str]] = field(default_factory=list)
    features: list[Feature] = field(default_factory=list)
    price_blocks: list[Element] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)


class ArticleReader:
    """Turns article elements into values; keeps counts, remarks and the numbers seen."""

    def __init__(self, context: PriceContext, findings: Findings, counts: Counts) -> None:
        self._context = context
        self._findings = findings
        self._counts = counts
        self.line_of: dict[str, int] = {}

    def read(self, element: Element) -> Article | None:
        """None where the article is rejected; the finding then says why."""
        self._counts.articles += 1
        line = line_of(element)
        sku = child_text(element, "SKU")
        rejected = self._reject(line, sku)
        mode = element.get("mode") or "new"
        if mode != "new":
            self._findings.add(line, sku, Fault.MODE_IGNORED, mode)
        draft = _Draft()
        for part in element:
            self._dispatch(part, draft, line, sku)
        article = self._article(draft, line, sku)
        if rejected or article is None:
            return None
        self.line_of[sku] = line
        return article

    def _reject(self, line: int, sku: str) -> bool:
        if not sku:
            self._findings.add(line, sku, Fault.EMPTY_SKU, self._counts.articles)
        elif len(sku) > SKU_LENGTH:
            self._findings.add(line, sku, Fault.SKU_TOO_LONG, SKU_LENGTH)
        elif sku in self.line_of:
            self._findings.add(line, sku, Fault.DUPLICATE_SKU, self.line_of[sku])
        else:
            return False
        return True

    def _dispatch(self, part: Element, draft: _Draft, line: int, sku: str) -> None:
        match named(part):
            case "DETAILS":
                self._details(part, draft, line, sku)
            case "FEATURES":
                self._features(part, draft)
            case "ORDER_DETAILS":
                draft.order = {named(entry): text_of(entry) for entry in part}
            case "PRICE_DETAILS":
                draft.price_blocks.append(part)
            case "REFERENCE":
                self._reference(part, draft)
            case "AGREEMENT_REF":
                draft.lot = child_text(part, "AGREEMENT_LINE_IDREF")
            case _:
                pass  # media, extensions and what a later version may bring

    def _details(self, details: Element, draft: _Draft, line: int, sku: str) -> None:
        for part in details:
            name = named(part)
            if name in TEXTS:
                _keep_german(draft.texts, name, part)
            elif name == "EAN":
                self._gtin(part, draft, line, sku)
            elif name == "KEYWORD" and part.get("lang") in {None, "deu"}:
                draft.keywords.append(one_line(part.text or "")[:80])
            elif name == "AGREEMENT_REF":
                draft.lot = child_text(part, "AGREEMENT_LINE_IDREF")
            elif name == "DETAILS":
                self._findings.add(line, sku, Fault.NESTED_DETAILS)
        self._counts.mpns += bool(draft.texts.get("MPN"))

    def _gtin(self, part: Element, draft: _Draft, line: int, sku: str) -> None:
        gtin = text_of(part)
        self._counts.gtins += bool(gtin)
        if gtin and gtin_is_right(gtin):
            draft.gtin = draft.gtin or gtin
        elif gtin:
            self._findings.add(line, sku, Fault.GTIN_WRONG, gtin)

    def _features(self, block: Element, draft: _Draft) -> None:
        system = child_text(block, "REFERENCE_FEATURE_SYSTEM_NAME")
        group = child_text(block, "REFERENCE_FEATURE_GROUP_ID")
        if system and group:
            draft.classifications.append((one_line(system)[:60], one_line(group)[:60]))
        for part in block:
            if named(part) == "FEATURE":
                self._counts.features += 1
                feature = _feature(part)
                if feature is not None and len(draft.features) < FEATURES:
                    draft.features.append(feature)

    def _reference(self, part: Element, draft: _Draft) -> None:
        kind = part.get("type") or "others"
        self._counts.references[kind] += 1
        target = child_text(part, "TARGET")
        if target and len(target) <= SKU_LENGTH:
            wanted, _ = quantity(part.get("quantity") or "", 1)
            draft.references.append(Reference(kind[:20], target, wanted))

    def _article(self, draft: _Draft, line: int, sku: str) -> Article | None:
        add = self._findings.add
        reading = read_prices(
            draft.price_blocks, draft.order.get("PRICE_QUANTITY", ""), self._context
        )
        self._count_prices(draft, reading.kinds_seen, reading.dated_blocks, reading.amounts)
        for fault, detail in dict.fromkeys(reading.faults):
            add(line, sku, fault, detail)
        name = self._name(draft, line, sku)
        negative = any(fault == Fault.NEGATIVE_PRICE for fault, _ in reading.faults)
        if not name or negative:
            return None
        order_unit, odd = unit(draft.order.get("ORDER_UNIT", ""))
        if odd is not None:
            add(line, sku, odd, draft.order["ORDER_UNIT"])
        texts = draft.texts
        return Article(
            line=line,
            sku=sku,
            name=name,
            description=plain_lines(texts.get("DESCRIPTION_LONG", ""))[:LONG_LENGTH],
            manufacturer=one_line(texts.get("MANUFACTURER_NAME", ""))[:100],
            mpn=one_line(texts.get("MPN", ""))[:64],
            gtin=draft.gtin,
            delivery_days=_working_days(texts.get("DELIVERY_TIME", "")),
            keywords=tuple(filter(None, draft.keywords)),
            remarks=plain_lines(texts.get("REMARKS", ""))[:VALUE_LENGTH],
            lot=int(draft.lot) if draft.lot.isdecimal() and len(draft.lot) < LOT_DIGITS else None,
            order_unit=order_unit,
            quantity_min=quantity(draft.order.get("QUANTITY_MIN", ""), 1)[0],
            quantity_interval=quantity(draft.order.get("QUANTITY_INTERVAL", ""), 1)[0],
            classifications=tuple(draft.classifications),
            features=tuple(draft.features),
            prices=tuple(reading.prices),
            references=tuple(draft.references),
        )

    def _count_prices(
        self, draft: _Draft, kinds: list[str], dated: int, amounts: list[str]
    ) -> None:
        counts = self._counts
        counts.price_blocks += len(draft.price_blocks)
        counts.dated_price_blocks += dated
        counts.prices += len(kinds)
        counts.price_kinds.update(kinds)
        if counts.amounts is not None:
            counts.amounts += amounts

    def _name(self, draft: _Draft, line: int, sku: str) -> str:
        """The short description, else maker and type, else the long one; never empty."""
        texts = draft.texts
        name = one_line(texts.get("DESCRIPTION_SHORT", ""))
        if not name:
            made = f"{texts.get('MANUFACTURER_NAME', '')} {texts.get('MPN', '')}"
            name = one_line(made) or one_line(texts.get("DESCRIPTION_LONG", ""))
            fault = Fault.NAME_MISSING if name else Fault.NO_NAME
            self._findings.add(line, sku, fault, name[:80])
        if len(name) > NAME_LENGTH:
            self._findings.add(line, sku, Fault.NAME_TOO_LONG, NAME_LENGTH)
        return name if len(name) <= NAME_CUT else name[:NAME_CUT] + "…"


def _keep_german(texts: dict[str, str], name: str, part: Element) -> None:
    """Of several languages German wins, else the first."""
    text = (part.text or "").strip()
    if text and (name not in texts or part.get("lang") == "deu"):
        texts[name] = text


def _feature(element: Element) -> Feature | None:
    texts = {"FNAME": "", "FVALUE_DETAILS": "", "FUNIT": ""}
    values: list[str] = []
    for part in element:
        name = named(part)
        if name in texts:
            texts[name] = texts[name] or text_of(part)
        elif name == "FTEMPLATE":
            texts["FNAME"] = texts["FNAME"] or child_text(part, "FT_NAME")
        else:
            values += _feature_values(part, name)
    value = one_line(", ".join(filter(None, values)) or texts["FVALUE_DETAILS"])
    if not texts["FNAME"] or not value:
        return None
    name = one_line(texts["FNAME"])[:120]
    return Feature(name, value[:VALUE_LENGTH], one_line(texts["FUNIT"])[:20])


def _feature_values(part: Element, name: str) -> list[str]:
    if name == "FVALUE":
        return [text_of(part)]
    if name == "VARIANTS":
        return [child_text(entry, "FVALUE") for entry in part if named(entry) == "VARIANT"]
    return []


def _working_days(text: str) -> int | None:
    """Whole working days, rounded up; None where the file says nothing usable."""
    value = number(text).value if text else None
    if value is None or not 0 <= value <= LONGEST_DELIVERY:
        return None
    return int(value.to_integral_value(ROUND_CEILING))
