"""Reading a BMEcat catalog as a stream: flat memory, remarks per article, no outside access."""

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO, Final

from lxml import etree
from lxml.etree import _Element as Element

from app.catalog.formats.bmecat_article import ArticleReader, Counts
from app.catalog.formats.bmecat_names import child, child_text, line_of, named, text_of
from app.catalog.formats.bmecat_prices import PriceContext
from app.catalog.formats.findings import Fault, FileRefused, Findings
from app.catalog.formats.numbers import day
from app.catalog.formats.source import Source, open_source
from app.catalog.formats.texts import one_line
from app.catalog.formats.values import Agreement, Article, Group, Header

TRANSACTION: Final = "T_NEW_CATALOG"
LATER: Final = frozenset({"T_UPDATE_PRODUCTS", "T_UPDATE_PRICES", "T_NEW_PRODUCTDATA"})
VERSIONS: Final = ("1.2", "2005")
WANTED: Final = (
    "{*}BMECAT",
    "{*}HEADER",
    *(f"{{*}}{name}" for name in (TRANSACTION, *sorted(LATER))),
    "{*}CATALOG_STRUCTURE",
    "{*}ARTICLE",
    "{*}PRODUCT",
    "{*}ARTICLE_TO_CATALOGGROUP_MAP",
    "{*}PRODUCT_TO_CATALOGGROUP_MAP",
)
NO_HEADER: Final = Header("", "", "", "", "", "", (), "", None, None, ())


class CatalogFile:
    """A file being read: iterate `articles()` to its end, then ask for the rest.

    `today` only serves remarks on expired prices. FileRefused may come at any point of the
    iteration, so whoever stores articles must be able to throw them all away.
    """

    def __init__(self, stream: BinaryIO, today: date, *, keep_amounts: bool = False) -> None:
        self.header = NO_HEADER
        self.transaction = ""
        self.findings = Findings()
        self.counts = Counts(amounts=[] if keep_amounts else None)
        self.groups: dict[str, Group] = {}
        self.group_of: dict[str, str] = {}
        self._today = today
        self._source: Source = open_source(stream)
        self._pending: dict[str, list[tuple[int, str]]] = {}
        self._reader = self._article_reader()

    def articles(self) -> Iterator[Article]:
        """Every article that is not rejected, in the order of the file."""
        events = etree.iterparse(
            self._source,
            events=("start", "end"),
            tag=WANTED,
            load_dtd=False,
            no_network=True,
            resolve_entities=False,
            huge_tree=True,
        )
        try:
            for event, element in events:
                if event == "start":
                    self._open(element)
                    continue
                article = self._close(element)
                if article is not None:
                    yield article
        except etree.XMLSyntaxError as error:
            raise _refusal(error) from error
        if self.header.version == "":
            raise FileRefused("Das ist kein BMEcat-Katalog.", "not_bmecat")
        self._remark_on_references()

    @property
    def known_skus(self) -> frozenset[str]:
        return frozenset(self._reader.line_of)

    def _open(self, element: Element) -> None:
        parent = element.getparent()
        name = named(element)
        if parent is None:
            self._check_root(element, name)
        elif named(parent) == "BMECAT" and name.startswith("T_"):
            self.transaction = name
            if name in LATER:
                raise FileRefused(
                    f"{name} kann in dieser Version nicht eingelesen werden. "
                    "Bitte liefern Sie den vollständigen Katalog (T_NEW_CATALOG).",
                    "transaction_not_supported",
                    line_of(element),
                    1,
                )

    def _check_root(self, element: Element, name: str) -> None:
        if name != "BMECAT":
            raise FileRefused("Das ist kein BMEcat-Katalog.", "not_bmecat")
        declared: Any = element.getroottree().docinfo.internalDTD
        entities = declared.entities() if declared is not None else ()
        if any(entity.name not in self._source.parameters for entity in entities):
            raise FileRefused(
                "Die Datei vereinbart XML-Entitäten. Das ist nicht erlaubt.", "entity_declared"
            )
        version = element.get("version") or ""
        if not version.startswith(VERSIONS):
            raise FileRefused(
                f"BMEcat in der Version „{version[:20]}“ wird nicht gelesen, nur 1.2 und 2005.",
                "version_not_supported",
            )
        namespace = etree.QName(element).namespace or ""
        self.header = Header(version, namespace, "", "", "", "", (), "", None, None, ())

    def _close(self, element: Element) -> Article | None:
        name = named(element)
        article = None
        inside = element.getparent()
        if name == "ITEM" and inside is not None and named(inside) == TRANSACTION:
            article = self._reader.read(element)
            if article is not None:
                self._note_references(article)
        elif name == "CATALOG_STRUCTURE":
            self._group(element)
        elif name == "TO_CATALOGGROUP_MAP":
            self._map(element)
        elif name == "HEADER":
            self.header = _header(element, self.header)
            self._reader = self._article_reader()
        elif name in {"BMECAT", TRANSACTION}:
            return None
        _forget(element)
        return article

    def _article_reader(self) -> ArticleReader:
        header = self.header
        context = PriceContext(header.currency, header.valid_from, header.valid_until, self._today)
        return ArticleReader(context, self.findings, self.counts)

    def _group(self, element: Element) -> None:
        self.counts.groups += 1
        group = Group(
            child_text(element, "GROUP_ID"),
            one_line(child_text(element, "GROUP_NAME"))[:100],
            child_text(element, "PARENT_ID"),
            element.get("type") or "",
        )
        self.groups[group.id] = group

    def _map(self, element: Element) -> None:
        self.counts.group_mappings += 1
        sku = child_text(element, "MAPPED_SKU")
        group = child_text(element, "CATALOG_GROUP_ID")
        line = line_of(element)
        if group not in self.groups:
            self.findings.add(line, sku, Fault.UNKNOWN_GROUP, group)
        elif sku not in self._reader.line_of:
            self.findings.add(line, sku, Fault.UNKNOWN_ARTICLE, sku)
        else:
            self.group_of.setdefault(sku, self.groups[group].id)

    def _note_references(self, article: Article) -> None:
        for reference in article.references:
            if reference.sku not in self._reader.line_of:
                self._pending.setdefault(reference.sku, []).append((article.line, article.sku))

    def _remark_on_references(self) -> None:
        for target, origins in self._pending.items():
            if target not in self._reader.line_of:
                self.counts.dangling_references += len(origins)
                for line, sku in origins:
                    self.findings.add(line, sku, Fault.DANGLING_REFERENCE, target)
        self._pending.clear()


def _header(element: Element, begun: Header) -> Header:
    catalog = child(element, "CATALOG")
    supplier = child(element, "SUPPLIER")
    parts = catalog if catalog is not None else ()
    return Header(
        version=begun.version,
        namespace=begun.namespace,
        supplier=child_text(supplier, "SUPPLIER_NAME") if supplier is not None else "",
        catalog_id=child_text(catalog, "CATALOG_ID") if catalog is not None else "",
        catalog_version=child_text(catalog, "CATALOG_VERSION") if catalog is not None else "",
        catalog_name=child_text(catalog, "CATALOG_NAME") if catalog is not None else "",
        languages=tuple(text_of(part) for part in parts if named(part) == "LANGUAGE"),
        currency=child_text(catalog, "CURRENCY") if catalog is not None else "",
        valid_from=day(child_text(catalog, "VALID_START_DATE")) if catalog is not None else None,
        valid_until=day(child_text(catalog, "VALID_END_DATE")) if catalog is not None else None,
        agreements=tuple(_agreement(part) for part in element if named(part) == "AGREEMENT"),
    )


def _agreement(element: Element) -> Agreement:
    days = {
        (part.get("type") or named(part)).lower(): child_text(part, "DATE") or text_of(part)
        for part in element
    }
    return Agreement(
        child_text(element, "AGREEMENT_ID"),
        day(days.get("agreement_start_date", "")),
        day(days.get("agreement_end_date", "")),
    )


def _forget(element: Element) -> None:
    """Free the element and everything before it, else memory grows with the file."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _refusal(error: etree.XMLSyntaxError) -> FileRefused:
    line, column = error.position
    reason = str(error)
    if "proper UTF-8" in reason or "encoding" in reason.lower():
        return FileRefused(
            "Die Zeichen passen nicht zum angegebenen Zeichensatz. Vermutlich ist die Datei in "
            "Windows-1252 gespeichert: Bitte als UTF-8 speichern oder den Zeichensatz berichtigen.",
            "wrong_encoding",
            line,
            column,
        )
    if "entit" in reason.lower():
        return FileRefused(
            "Die Datei verwendet nicht erlaubte XML-Entitäten.", "entity_declared", line, column
        )
    return FileRefused(
        "Die Datei ist kein vollständiges XML. Vermutlich wurde die Übertragung abgebrochen: "
        "Bitte erneut exportieren.",
        "not_well_formed",
        line,
        column,
    )
