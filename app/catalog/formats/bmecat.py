"""Reading a BMEcat catalog as a stream: flat memory, remarks per article, no outside access."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from app.catalog.formats.bmecat_article import ArticleReader
from app.catalog.formats.bmecat_header import read_group, read_header
from app.catalog.formats.findings import Fault, FileRefused
from app.catalog.formats.known_texts import KnownTexts
from app.catalog.formats.media import MediaSource
from app.catalog.formats.register import SKU_LENGTH, Register, Registered
from app.catalog.formats.share import WHOLE, Share
from app.catalog.formats.source import Source
from app.catalog.formats.values import Article, Header, Mode, Transaction
from app.catalog.formats.xml_names import NAMES, child_text, line_of, named, texts_of
from app.catalog.formats.xml_reading import elements, refuse_entities

VERSIONS: Final = ("1.2", "2005")
LONGEST_COUNT: Final = 9
WANTED: Final = tuple(
    f"{{*}}{name}"
    for name in (
        "HEADER",
        "CATALOG_STRUCTURE",
        "ARTICLE",
        "PRODUCT",
        "ARTICLE_TO_CATALOGGROUP_MAP",
        "PRODUCT_TO_CATALOGGROUP_MAP",
        *Transaction,
        "T_NEW_PRODUCTDATA",
        # Only to be freed: whole classification systems travel before the articles.
        "CLASSIFICATION_GROUP",
        "CLASSIFICATION_GROUP_FEATURE_TEMPLATE",
        "CLASSIFICATION_SYSTEM_FEATURE_TEMPLATE",
        "ALLOWED_VALUE",
    )
)


class BmecatFile(Registered):
    """A BMEcat file being read, version 1.2 or 2005, any namespace, any of three transactions.

    `today` only serves remarks on expired prices. `price_quantities`, `known`: see ArticleReader.
    Of a `share` rejected articles are told too, and what concerns all is remarked by nobody.
    """

    def __init__(
        self,
        source: Source,
        today: date,
        *,
        encoding: str | None = None,
        price_quantities: Mapping[str, Decimal] | None = None,
        known: KnownTexts | None = None,
        share: Share = WHOLE,
    ) -> None:
        self.header = Header("", "")
        self.transaction = ""
        self.prev_version: int | None = None
        self.media = MediaSource(source.archive)
        self.register = Register(share)
        self.findings = self.register.findings
        self.counts = self.register.counts
        self._share = share
        self._today = today
        self._source = source
        self._encoding = encoding
        self._price_quantities = {} if price_quantities is None else price_quantities
        # What an archive holds beside the catalog may differ although the text is the same.
        self._known = known if source.archive is None else None
        self._reader = self._article_reader()

    @property
    def format(self) -> str:
        return f"BMEcat {self.header.version}"

    def articles(self) -> Iterator[Article]:
        """Every article that is not rejected, in the order of the file."""
        return chain.from_iterable(self.by_element())

    def by_element(self) -> Iterator[list[Article]]:
        """What each article element of the share comes to."""
        for element in elements(self._source, WANTED, self._encoding):
            if not self.header.version:
                self._begin(element)
            if NAMES[element.tag] != "ITEM":
                self._read_other(element)
            elif self._is_in_transaction(element):
                if self._share.takes(self.counts.articles):
                    yield self._read(element)
                else:
                    self.counts.articles += 1
        if not self.header.version:
            raise _not_bmecat()
        if self._share.whole:
            self.register.finish(whole=self.transaction == Transaction.NEW_CATALOG)

    def _read(self, element: Element) -> list[Article]:
        articles = self._reader.read(element, self.transaction)
        if not self.register.withdrawn:
            return articles
        line, numbers = line_of(element), self.register.withdrawn
        rejected = [Article(line, sku, Mode.REJECTED) for sku in numbers]
        numbers.clear()
        return rejected + articles

    def _begin(self, element: Element) -> None:
        root = element.getroottree().getroot()
        if named(root) != "BMECAT":
            raise _not_bmecat()
        refuse_entities(root, self._source)
        version = root.get("version") or ""
        if not version.startswith(VERSIONS):
            raise FileRefused(
                f"BMEcat in der Version „{version[:20]}“ wird nicht gelesen, nur 1.2 und 2005.",
                "version_not_supported",
            )
        self.header = Header(version, etree.QName(root).namespace or "")

    def _is_in_transaction(self, element: Element) -> bool:
        """Articles stand directly in the transaction; elsewhere the name means something else."""
        parent = element.getparent()
        name = NAMES[parent.tag] if parent is not None else ""
        if name != self.transaction and parent is not None and name.startswith("T_"):
            self._enter_transaction(parent, name)
        inside = name == self.transaction != ""
        if not inside and self._share.takes(self.counts.articles):
            self._report_outside(element)
        return inside

    def _report_outside(self, element: Element) -> None:
        """Inside of another article it is part of that one; without a number it is no article."""
        inside = any(NAMES[above.tag] == "ITEM" for above in element.iterancestors())
        if (sku := child_text(element, "SKU")) and not inside:
            self.findings.add(line_of(element), sku[:SKU_LENGTH], Fault.OUTSIDE_TRANSACTION)

    def _enter_transaction(self, element: Element, name: str) -> None:
        if self.transaction:
            raise FileRefused(
                f"Die Datei enthält {self.transaction} und {name[:40]}. Bitte liefern Sie jedes in "
                "einer eigenen Datei.",
                "several_transactions",
                line_of(element),
                1,
            )
        try:
            self.transaction = Transaction(name).value
        except ValueError:
            raise FileRefused(
                f"{name[:40]} wird nicht eingelesen. Bitte liefern Sie den Katalog "
                "(T_NEW_CATALOG), Änderungen (T_UPDATE_PRODUCTS) oder Preise (T_UPDATE_PRICES).",
                "transaction_not_supported",
                line_of(element),
                1,
            ) from None
        written = element.get("prev_version") or ""
        if written.isdecimal() and len(written) <= LONGEST_COUNT:
            self.prev_version = int(written)

    def _read_other(self, element: Element) -> None:
        name = NAMES[element.tag]
        if name == "CATALOG_STRUCTURE":
            self.register.group(read_group(element))
        elif name == "TO_CATALOGGROUP_MAP" and self._share.first:
            # An update may also take an article out of a group; it then has the one it is put in.
            if element.get("mode") != "delete":
                texts = texts_of(element)
                sku, group = texts.get("MAPPED_SKU", ""), texts.get("CATALOG_GROUP_ID", "")
                self.register.place(line_of(element), sku, group)
        elif name == "HEADER":
            self.header = read_header(element, self.header)
            self.media.root = self.header.media_root
            self._reader = self._article_reader()
        elif name.startswith("T_") and name != self.transaction:
            self._enter_transaction(element, name)

    def _article_reader(self) -> ArticleReader:
        quantities, known = self._price_quantities, self._known
        return ArticleReader(self.header, self._today, self.register, self.media, quantities, known)


def _not_bmecat() -> FileRefused:
    return FileRefused("Das ist kein BMEcat-Katalog.", "not_bmecat")
