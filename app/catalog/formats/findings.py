"""What can be wrong in a catalog file: codes for programs, German sentences for people."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from app.kernel.errors import DomainError

REJECTED_LIMIT: Final = 50_000  # articles; after them nobody believes the rest of the file
KEPT_FINDINGS: Final = 10_000  # of each kind; a hostile file must not fill the memory


class Fault(StrEnum):
    """A finding about one article: `REJECTING` ones keep it out, the others are warnings."""

    EMPTY_SKU = "empty_sku"
    SKU_TOO_LONG = "sku_too_long"
    DUPLICATE_SKU = "duplicate_sku"
    NO_NAME = "no_name"
    NEGATIVE_PRICE = "negative_price"
    SKU_TAKEN = "sku_taken"
    LOT_UNKNOWN = "lot_unknown"
    NOT_IN_CATALOG = "not_in_catalog"
    MODE_UNKNOWN = "mode_unknown"
    NO_NEW_PRICE = "no_new_price"
    OUTSIDE_TRANSACTION = "outside_transaction"
    VARIANTS_UNREADABLE = "variants_unreadable"
    NAME_MISSING = "name_missing"
    NAME_TOO_LONG = "name_too_long"
    GTIN_WRONG = "gtin_wrong"
    UNIT_MAPPED = "unit_mapped"
    UNIT_UNKNOWN = "unit_unknown"
    NUMBER_WITH_COMMA = "number_with_comma"
    NUMBER_UNREADABLE = "number_unreadable"
    DATE_UNREADABLE = "date_unreadable"
    QUANTITY_ROUNDED = "quantity_rounded"
    QUANTITY_UNREADABLE = "quantity_unreadable"
    DELIVERY_UNREADABLE = "delivery_unreadable"
    LOT_UNREADABLE = "lot_unreadable"
    TAX_IN_PERCENT = "tax_in_percent"
    TAX_UNREADABLE = "tax_unreadable"
    NO_PRICE = "no_price"
    PRICE_ZERO = "price_zero"
    PRICE_ON_REQUEST = "price_on_request"
    PRICE_ROUNDED = "price_rounded"
    PRICE_TOO_HIGH = "price_too_high"
    PRICE_TYPE_UNKNOWN = "price_type_unknown"
    GROSS_PRICE_ONLY = "gross_price_only"
    LIST_PRICE_ONLY = "list_price_only"
    PRICE_TWICE = "price_twice"
    PRICE_ELSEWHERE = "price_elsewhere"
    PRICE_BASE = "price_base"
    FOREIGN_CURRENCY = "foreign_currency"
    CURRENCY_MISSING = "currency_missing"
    PERIOD_INVERTED = "period_inverted"
    PERIODS_OVERLAP = "periods_overlap"
    PRICE_EXPIRED = "price_expired"
    PRICE_IN_FUTURE = "price_in_future"
    SCALE_NOT_FROM_ONE = "scale_not_from_one"
    MODE_IGNORED = "mode_ignored"
    NESTED_DETAILS = "nested_details"
    UNKNOWN_GROUP = "unknown_group"
    UNKNOWN_ARTICLE = "unknown_article"
    DANGLING_REFERENCE = "dangling_reference"
    SELF_REFERENCE = "self_reference"
    CIRCULAR_REFERENCE = "circular_reference"
    TOO_MANY_PARTS = "too_many_parts"
    MEDIA_MISSING = "media_missing"
    MEDIA_UNSAFE = "media_unsafe"
    STOCK_UNREADABLE = "stock_unreadable"
    STOCK_MOMENT_UNREADABLE = "stock_moment_unreadable"
    STOCK_FROM_FUTURE = "stock_from_future"
    STOCK_NOT_OF_LOT = "stock_not_of_lot"
    STOCK_OVERTAKEN = "stock_overtaken"
    STOCK_OLD = "stock_old"
    STOCK_ARRIVAL_UNREADABLE = "stock_arrival_unreadable"
    STOCK_DAYS_UNREADABLE = "stock_days_unreadable"


REJECTING: Final = frozenset(
    {
        Fault.EMPTY_SKU,
        Fault.SKU_TOO_LONG,
        Fault.DUPLICATE_SKU,
        Fault.NO_NAME,
        Fault.NEGATIVE_PRICE,
        Fault.MODE_UNKNOWN,
        Fault.NO_NEW_PRICE,
        Fault.OUTSIDE_TRANSACTION,
        Fault.VARIANTS_UNREADABLE,
        Fault.SKU_TAKEN,
        Fault.LOT_UNKNOWN,
        Fault.NOT_IN_CATALOG,
        Fault.STOCK_UNREADABLE,
        Fault.STOCK_MOMENT_UNREADABLE,
        Fault.STOCK_FROM_FUTURE,
        Fault.STOCK_NOT_OF_LOT,
        Fault.STOCK_OVERTAKEN,
    }
)

SENTENCES: Final[dict[Fault, str]] = {
    Fault.EMPTY_SKU: "Der {detail}. Artikel der Datei hat keine Artikelnummer. Bitte ergänzen.",
    Fault.SKU_TOO_LONG: "Die Artikelnummer ist länger als {detail} Zeichen. Bitte kürzen.",
    Fault.DUPLICATE_SKU: "Die Artikelnummer kam schon in Zeile {detail} vor; der erste gilt.",
    Fault.NO_NAME: "Der Artikel hat weder Bezeichnung noch Hersteller. Bitte ergänzen.",
    Fault.NEGATIVE_PRICE: "Der Preis {detail} ist negativ. Bitte berichtigen.",
    Fault.SKU_TAKEN: "Die Artikelnummer gehört schon zum Rahmenvertrag {detail}.",
    Fault.LOT_UNKNOWN: "Kein Los passt zu diesem Artikel ({detail}). Bitte das Los angeben.",
    Fault.MODE_UNKNOWN: "mode=„{detail}“ gibt es nicht; erlaubt sind new, update und delete.",
    Fault.NO_NEW_PRICE: "Kein neuer Preis ist verwendbar; die bisherigen Preise gelten weiter.",
    Fault.OUTSIDE_TRANSACTION: "Der Artikel steht nicht unmittelbar im Katalog (T_NEW_CATALOG …).",
    Fault.VARIANTS_UNREADABLE: "Die Varianten ({detail}) sind unvollständig oder zu viele.",
    Fault.NOT_IN_CATALOG: "Der Artikel ist nicht im Katalog; seine Änderung wurde übergangen.",
    Fault.NAME_MISSING: "Die Kurzbezeichnung fehlt; gezeigt wird „{detail}“.",
    Fault.NAME_TOO_LONG: "Die Kurzbezeichnung ist länger als {detail} Zeichen. Bitte kürzen.",
    Fault.GTIN_WRONG: "Die GTIN {detail} hat eine falsche Prüfziffer und wird nicht verwendet.",
    Fault.UNIT_MAPPED: "Die Einheit „{detail}“ ist kein UN/ECE-Code und wurde übersetzt.",
    Fault.UNIT_UNKNOWN: "Die Einheit „{detail}“ ist unbekannt; angenommen wird Stück (C62).",
    Fault.NUMBER_WITH_COMMA: "„{detail}“: Bitte Dezimalpunkt statt Komma verwenden.",
    Fault.NUMBER_UNREADABLE: "„{detail}“ ist keine eindeutige Zahl; der Preis wird nicht genommen.",
    Fault.DATE_UNREADABLE: "„{detail}“ ist kein Datum; der Preis wird nicht genommen.",
    Fault.QUANTITY_ROUNDED: "Die Menge „{detail}“ ist nicht ganzzahlig und wurde aufgerundet.",
    Fault.QUANTITY_UNREADABLE: "Die Menge „{detail}“ ist nicht lesbar und zählt nicht.",
    Fault.DELIVERY_UNREADABLE: (
        "Die Lieferzeit „{detail}“ ist keine Zahl von Arbeitstagen bis 365 und zählt nicht."
    ),
    Fault.LOT_UNREADABLE: (
        "Das Los „{detail}“ ist keine Nummer; über das Los entscheidet die CPV-Nummer."
    ),
    Fault.TAX_IN_PERCENT: "Der Steuersatz „{detail}“ wurde als Prozent gelesen; üblich ist 0.19.",
    Fault.TAX_UNREADABLE: "Der Steuersatz „{detail}“ ist nicht lesbar; angenommen werden 19 %.",
    Fault.NO_PRICE: "Der Artikel hat keinen Preis und ist nicht bestellbar.",
    Fault.PRICE_ZERO: "Ein Preis ist 0; der Artikel ist zu diesem Preis nicht bestellbar.",
    Fault.PRICE_ON_REQUEST: "Preis auf Anfrage; der Artikel ist nicht bestellbar.",
    Fault.PRICE_ROUNDED: "Der Preis {detail} wurde auf vier Nachkommastellen gerundet.",
    Fault.PRICE_TOO_HIGH: "Der Preis {detail} ist unglaubwürdig hoch und wird nicht genommen.",
    Fault.PRICE_TYPE_UNKNOWN: "Die Preisart „{detail}“ ist nicht vereinbart und zählt nicht.",
    Fault.GROSS_PRICE_ONLY: "Es gibt nur einen Bruttopreis; der Artikel ist nicht bestellbar.",
    Fault.LIST_PRICE_ONLY: "Es gibt nur den Listenpreis; bestellt wird zu diesem Preis.",
    Fault.PRICE_TWICE: "Zwei Preise gelten ab Menge {detail} zugleich; der erste zählt.",
    Fault.PRICE_ELSEWHERE: "Ein Preis gilt nur für {detail}, nicht hier; er zählt nicht.",
    Fault.PRICE_BASE: "Ein Preis gilt je {detail} statt je Bestelleinheit; er zählt nicht.",
    Fault.FOREIGN_CURRENCY: "Ein Preis in {detail} wird nicht genommen; nötig ist EUR.",
    Fault.CURRENCY_MISSING: "Ein Preis hat keine Währung und wird nicht genommen.",
    Fault.PERIOD_INVERTED: "Die Gültigkeit endet vor ihrem Beginn ({detail}); sie gilt nie.",
    Fault.PERIODS_OVERLAP: "Zwei Preiszeiträume überschneiden sich; der später beginnende gilt.",
    Fault.PRICE_EXPIRED: "Der Preis galt nur bis {detail}.",
    Fault.PRICE_IN_FUTURE: "Der Preis gilt erst ab {detail}.",
    Fault.SCALE_NOT_FROM_ONE: "Die Staffel beginnt erst bei Menge {detail}; darunter kein Preis.",
    Fault.MODE_IGNORED: "mode=„{detail}“ gilt in T_NEW_CATALOG nicht; es wird nichts gelöscht.",
    Fault.NESTED_DETAILS: "Verschachtelte Artikeldetails wurden übergangen.",
    Fault.UNKNOWN_GROUP: "Die Warengruppe „{detail}“ gibt es in der Datei nicht.",
    Fault.UNKNOWN_ARTICLE: "Eine Zuordnung nennt den unbekannten Artikel „{detail}“.",
    Fault.DANGLING_REFERENCE: "Der Verweis auf „{detail}“ führt zu keinem Artikel der Datei.",
    Fault.SELF_REFERENCE: "Der Artikel verweist auf sich selbst; der Verweis entfällt.",
    Fault.CIRCULAR_REFERENCE: "Die Verweise bilden einen Kreis ({detail}). Bitte auflösen.",
    Fault.TOO_MANY_PARTS: "Zu viele Angaben: nur die ersten {detail} werden übernommen.",
    Fault.MEDIA_MISSING: "Die Datei „{detail}“ fehlt im Archiv oder ist größer als 20 MB.",
    Fault.MEDIA_UNSAFE: "Der Dateiname „{detail}“ führt aus dem Archiv hinaus; er zählt nicht.",
    Fault.STOCK_UNREADABLE: "„{detail}“ ist kein Bestand. Bitte eine ganze Zahl ab 0 angeben.",
    Fault.STOCK_MOMENT_UNREADABLE: "„{detail}“ ist kein Stand. Bitte so: 21.11.2026 08:10.",
    Fault.STOCK_FROM_FUTURE: "Der Stand {detail} liegt in der Zukunft; die Zeile zählt nicht.",
    Fault.STOCK_NOT_OF_LOT: "Dieser Auftragnehmer beliefert das Los {detail} nicht.",
    Fault.STOCK_OVERTAKEN: "Ein neuerer Stand vom {detail} liegt vor; die Zeile zählt nicht.",
    Fault.STOCK_OLD: "Der Stand {detail} ist zu alt; der Bestand wird als unbekannt gezeigt.",
    Fault.STOCK_ARRIVAL_UNREADABLE: "„{detail}“ ist kein Tag; der nächste Zugang entfällt.",
    Fault.STOCK_DAYS_UNREADABLE: "„{detail}“ ist keine Zahl von Tagen; die Versandzeit entfällt.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of the check: where, which article, what, and what to do (German)."""

    line: int
    sku: str
    code: Fault
    reason: str

    @property
    def rejects(self) -> bool:
        return self.code in REJECTING


class FileRefused(DomainError):
    """The file as a whole cannot be read or trusted; nothing changes. `line` is 1-based or 0.

    `offer` names an encoding with which the same file might be readable, or is ''.
    """

    def __init__(
        self, text: str, code: str, line: int = 0, column: int = 0, *, offer: str = ""
    ) -> None:
        place = f"Zeile {line}, Spalte {column}: " if line else ""
        super().__init__(place + text, code)
        self.line = line
        self.column = column
        self.offer = offer


@dataclass(slots=True)
class Findings:
    """Collects what the reader remarks; counts everything, keeps the first of each kind."""

    kept: list[Finding] = field(default_factory=list)
    counts: Counter[Fault] = field(default_factory=Counter)
    number: int = 0

    def add(self, line: int, sku: str, fault: Fault, detail: object = "") -> None:
        self.number += 1
        self.counts[fault] += 1
        if self.counts[fault] <= KEPT_FINDINGS:
            reason = SENTENCES[fault].format(detail=str(detail)[:80])
            self.kept.append(Finding(line, sku, fault, reason))
        elif self.counts[fault] >= REJECTED_LIMIT and fault in REJECTING:
            raise FileRefused(
                f"{REJECTED_LIMIT} Artikel der Datei sind unbrauchbar, zuletzt: "
                + SENTENCES[fault].format(detail=str(detail)[:80]),
                "too_many_defects",
                line,
                1,
            )

    def join(self, remarks: Iterable[Finding]) -> None:
        """What another reader of the same file has kept, after what is kept here."""
        for one in remarks:
            self.counts[one.code] += 1
            if self.counts[one.code] <= KEPT_FINDINGS:
                self.kept.append(one)

    @property
    def rejected(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.kept if finding.rejects)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.kept if not finding.rejects)
