"""One BMEcat article element as the articles that it stands for."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from lxml.etree import _Element as Element

from app.catalog.formats.article_drafts import NAME_LENGTH, article_of
from app.catalog.formats.article_families import family_members
from app.catalog.formats.bmecat_draft import BmecatDraft, PartReader
from app.catalog.formats.bmecat_prices import PriceContext, read_price_quantity, read_prices
from app.catalog.formats.findings import Fault
from app.catalog.formats.known_texts import KnownTexts, TextDigest
from app.catalog.formats.media import MediaSource
from app.catalog.formats.price_lists import ONE, PriceReading
from app.catalog.formats.register import Register
from app.catalog.formats.values import Article, Header, Mode, Transaction
from app.catalog.formats.xml_names import child_text, line_of

NAME_LENGTHS: Final = {"1.2": 80}


class ArticleReader:
    """Turns article elements into values; what is wrong with them goes to the register.

    `price_quantities` are those of the published articles (where not 1): a file that only
    changes prices does not repeat what its amounts are for. `known` are the texts of published
    ones, which need no second reading; None has everything read.
    """

    def __init__(
        self,
        header: Header,
        today: date,
        register: Register,
        media: MediaSource,
        price_quantities: Mapping[str, Decimal],
        known: KnownTexts | None,
    ) -> None:
        self._context = PriceContext.of(header, today)
        self._name_length = NAME_LENGTHS.get(header.version[:3], NAME_LENGTH)
        self._register = register
        self._findings = register.findings
        self._parts = PartReader(register, media)
        self._price_quantities = price_quantities
        self._known = known
        self._digest = TextDigest(header, known.context) if known else None

    def read(self, element: Element, transaction: str) -> list[Article]:
        """Empty where the article is rejected, several where it has variants."""
        self._register.counts.articles += 1
        draft = BmecatDraft(line_of(element), child_text(element, "SKU"))
        entered = self._register.enter(draft.line, draft.sku)
        digest = self._digest_of(element, transaction)
        if digest and entered and self._known and self._known.holds(digest):
            return self._same(element, draft)
        if digest:
            draft.digest, draft.remarks = digest.hex(), self._findings.number
        mode = self._mode(element.get("mode") or "", transaction, draft)
        self._parts.read(element, draft)
        if mode == Mode.DELETE:
            return self._deleted(draft, entered=entered)
        if mode == Mode.PRICES:
            found = self._with_new_prices(draft)
        else:
            found = self._whole(draft, mode or Mode.NEW)
        if not entered:
            return []
        if mode is None or not found or draft.choices:
            self._register.withdraw(draft.sku)
        articles = self._family(draft, found) if draft.choices and found else found
        return self._referring(articles) if mode else []

    def _referring(self, articles: list[Article]) -> list[Article]:
        for article in articles:
            self._register.refer(article.line, article.sku, article.references)
        return articles

    def _digest_of(self, element: Element, transaction: str) -> bytes | None:
        """None where the text is not all: prices leave the rest alone, files lie beside it."""
        if self._digest is None or transaction == Transaction.UPDATE_PRICES:
            return None
        return self._digest.of(element)

    def _same(self, element: Element, draft: BmecatDraft) -> list[Article]:
        """Only what concerns other articles, and what is counted."""
        self._parts.read_outward(element, draft)
        self._register.refer(draft.line, draft.sku, draft.references)
        return [Article(draft.line, draft.sku, Mode.SAME)]

    def _mode(self, written: str, transaction: str, draft: BmecatDraft) -> Mode | None:
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

    def _deleted(self, draft: BmecatDraft, *, entered: bool) -> list[Article]:
        """What else the file says about it is counted, but nobody has to mend it."""
        reading = PriceReading()
        read_prices(draft.price_blocks, ONE, self._context, reading)
        self._register.count_prices(len(draft.price_blocks), reading)
        if not entered:
            return []
        self._register.refer(draft.line, draft.sku, draft.references)
        return [Article(draft.line, draft.sku, Mode.DELETE)]

    def _with_new_prices(self, draft: BmecatDraft) -> list[Article]:
        """Without a usable price the article is rejected: it keeps the prices that it has."""
        per = self._price_quantities.get(draft.sku, ONE)
        reading = self._prices(draft, per, PriceReading())
        if not reading.prices:
            self._findings.add(draft.line, draft.sku, Fault.NO_NEW_PRICE)
            return []
        return [Article(draft.line, draft.sku, Mode.PRICES, prices=tuple(reading.prices))]

    def _whole(self, draft: BmecatDraft, mode: Mode) -> list[Article]:
        reading = PriceReading()
        per = read_price_quantity(draft.order.get("PRICE_QUANTITY", ""), reading)
        self._prices(draft, per, reading)
        draft.per = per or ONE
        last = reading.last_day
        draft.quiet_until = None if last == date.max else last
        article = article_of(draft, mode, reading, self._findings, self._name_length)
        return [] if article is None else [article]

    def _prices(self, draft: BmecatDraft, per: Decimal, reading: PriceReading) -> PriceReading:
        read_prices(draft.price_blocks, per, self._context, reading)
        self._register.count_prices(len(draft.price_blocks), reading)
        for fault, detail in dict.fromkeys(reading.faults):
            self._findings.add(draft.line, draft.sku, fault, detail)
        return reading

    def _family(self, draft: BmecatDraft, articles: list[Article]) -> list[Article]:
        """The variants instead of the article that describes them all."""
        (article,) = articles
        members = family_members(article, draft.choices)
        if not members:
            names = ", ".join(choice.name for choice in draft.choices)
            self._findings.add(draft.line, draft.sku, Fault.VARIANTS_UNREADABLE, names)
        return [one for one in members if self._register.enter(draft.line, one.sku)]
