"""Reading a Peppol BIS Catalogue 3 (UBL 2.1 Catalogue) as the same stream of articles."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from app.catalog.formats.article_drafts import article_of
from app.catalog.formats.findings import Fault, FileRefused
from app.catalog.formats.media import MediaSource
from app.catalog.formats.numbers import day
from app.catalog.formats.peppol_line import read_line, read_line_prices
from app.catalog.formats.price_lists import Period
from app.catalog.formats.register import Register, Registered
from app.catalog.formats.source import Source
from app.catalog.formats.texts import one_line
from app.catalog.formats.values import Agreement, Article, Group, Header, Mode, Transaction
from app.catalog.formats.xml_names import NAMES, child, child_text, line_of
from app.catalog.formats.xml_reading import elements, refuse_entities

LINE: Final = "CatalogueLine"
WANTED: Final = ("{*}Catalogue", f"{{*}}{LINE}")
WHOLE: Final = frozenset({"", "Add", "Replace"})
UPDATE: Final = "Update"
MODES: Final = {"": Mode.UPDATE, "Add": Mode.NEW, UPDATE: Mode.UPDATE, "Delete": Mode.DELETE}
NAME_LENGTH: Final = 250
GROUP_LENGTH: Final = 100


class PeppolFile(Registered):
    """A Peppol catalogue being read: Add and Replace are the whole catalog, Update names changes.

    Its prices have no kind: they are the agreed net prices of the contract that it names.
    """

    def __init__(self, source: Source, today: date, *, encoding: str | None = None) -> None:
        self.header = Header("", "")
        self.transaction = ""
        self.prev_version: int | None = None
        self.media = MediaSource(source.archive)
        self.register = Register()
        self.findings = self.register.findings
        self.counts = self.register.counts
        self._today = today
        self._source = source
        self._encoding = encoding

    @property
    def format(self) -> str:
        return "Peppol Catalogue 3"

    def articles(self) -> Iterator[Article]:
        """Every article that is not rejected, in the order of the file."""
        for element in elements(self._source, WANTED, self._encoding):
            if not self.transaction:
                self._begin(element.getroottree().getroot())
            if NAMES[element.tag] == LINE:
                article = self._read(element)
                if article is not None:
                    yield article
        if not self.transaction:
            raise FileRefused("Das ist kein Peppol-Katalog.", "not_bmecat")
        self.register.finish(whole=self.transaction == Transaction.NEW_CATALOG)

    def _begin(self, root: Element) -> None:
        """What stands before the lines; it is complete when the first of them is."""
        refuse_entities(root, self._source)
        self.header = _header(root)
        action = child_text(root, "ActionCode")
        if action in WHOLE:
            self.transaction = Transaction.NEW_CATALOG.value
        elif action == UPDATE:
            self.transaction = Transaction.UPDATE_PRODUCTS.value
        else:
            raise FileRefused(
                f"Ein Katalog mit der Aktion „{action[:20]}“ wird nicht eingelesen. "
                "Einen ganzen Katalog nimmt die Katalogpflege von Hand zurück.",
                "transaction_not_supported",
                line_of(root),
                1,
            )

    def _read(self, line: Element) -> Article | None:
        self.counts.articles += 1
        draft = read_line(line, self.findings)
        if not self.register.enter(draft.line, draft.sku):
            return None
        mode = self._mode(child_text(line, "ActionCode"), draft.line, draft.sku)
        if mode == Mode.DELETE:
            return Article(draft.line, draft.sku, mode)
        within = Period(self.header.valid_from, self.header.valid_until)
        reading = read_line_prices(line, within, self._today)
        self.register.count_prices(len(reading.periods), reading)
        for fault, detail in dict.fromkeys(reading.faults):
            self.findings.add(draft.line, draft.sku, fault, detail)
        article = article_of(draft, mode or Mode.NEW, reading, self.findings, NAME_LENGTH)
        if article is None or mode is None:
            self.register.withdraw(draft.sku)
            return None
        self._count(article)
        self._place(line, article)
        self.register.refer(article.line, article.sku, article.references)
        return article

    def _mode(self, action: str, line: int, sku: str) -> Mode | None:
        mode = MODES.get(action)
        if mode is None:
            self.findings.add(line, sku, Fault.MODE_UNKNOWN, action)
            return None
        if self.transaction == Transaction.NEW_CATALOG:
            if mode == Mode.DELETE:
                self.findings.add(line, sku, Fault.MODE_IGNORED, action)
            return Mode.NEW
        return mode

    def _count(self, article: Article) -> None:
        self.counts.features += len(article.features)
        self.counts.gtins += bool(article.gtin)
        self.counts.mpns += bool(article.mpn)
        for reference in article.references:
            self.counts.references[reference.kind] += 1

    def _place(self, line: Element, article: Article) -> None:
        """Peppol has no groups of its own: a class that is named serves as one."""
        item = child(line, "Item")
        code = child(child(item, "CommodityClassification"), "ItemClassificationCode")
        name = one_line(code.get("name") or "")[:GROUP_LENGTH] if code is not None else ""
        if name:
            if name not in self.register.groups:
                self.register.group(Group(name, name, "", "leaf"))
            self.register.place(article.line, article.sku, name)


def _header(root: Element) -> Header:
    seller = child(child(root, "SellerSupplierParty"), "Party")
    provider = child(child(root, "ProviderParty"), "PartyLegalEntity")
    validity = child(root, "ValidityPeriod")
    contract = child_text(child(root, "ReferencedContract"), "ID")
    name = child_text(child(seller, "PartyName"), "Name")
    return Header(
        version="3",
        namespace=etree.QName(root).namespace or "",
        supplier=name or child_text(provider, "RegistrationName"),
        catalog_id=child_text(root, "ID"),
        catalog_version=child_text(root, "VersionID"),
        catalog_name=child_text(root, "Name"),
        valid_from=day(child_text(validity, "StartDate")),
        valid_until=day(child_text(validity, "EndDate")),
        agreements=(Agreement(contract, None, None),) if contract else (),
    )
