"""§ 132 GWB: by how much an agreement may be changed without a new tender."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.kernel.errors import FieldError
from app.kernel.german import euro, number
from app.kernel.money import NOTHING, Money

MINOR_PERCENT: Final = 10
SINGLE_PERCENT: Final = 50


class AmendmentKind(StrEnum):
    """What an entry in the change log is about."""

    TERMS = "terms"
    CEILING = "ceiling"
    PRICE_RULE = "price_rule"
    EXTENSION = "extension"
    SUPPLIER = "supplier"
    PARTIES = "parties"
    SUCCESSOR = "successor"
    ASSORTMENT = "assortment"
    QUOTA = "quota"
    ARTICLE_CAP = "article_cap"
    CORRECTION = "correction"
    WATCH = "watch"


KIND_WORDS: Final = {
    AmendmentKind.TERMS: "Angaben zum Vertrag",
    AmendmentKind.CEILING: "Höchstwert oder Höchstmenge",
    AmendmentKind.PRICE_RULE: "Preisregel",
    AmendmentKind.EXTENSION: "Verlängerung",
    AmendmentKind.SUPPLIER: "Auftragnehmer",
    AmendmentKind.PARTIES: "Abrufberechtigte",
    AmendmentKind.SUCCESSOR: "Nachfolgevertrag",
    AmendmentKind.ASSORTMENT: "Offenes Sortiment",
    AmendmentKind.QUOTA: "Kontingent eines Mitglieds",
    AmendmentKind.ARTICLE_CAP: "Grenze eines Artikels",
    AmendmentKind.CORRECTION: "Berichtigung des Verbrauchs",
    AmendmentKind.WATCH: "Fristen und Warnstufen",
}


class AmendmentBasis(StrEnum):
    """On what the change rests."""

    REVIEW_CLAUSE = "review_clause"
    ADDITIONAL = "additional"
    UNFORESEEN = "unforeseen"
    NEW_SUPPLIER = "new_supplier"
    MINOR = "minor"
    INSUBSTANTIAL = "insubstantial"


BASIS_WORDS: Final = {
    AmendmentBasis.REVIEW_CLAUSE: "Überprüfungsklausel oder Option, § 132 Abs. 2 Satz 1 Nr. 1 GWB",
    AmendmentBasis.ADDITIONAL: "Zusätzliche Leistungen, § 132 Abs. 2 Satz 1 Nr. 2 GWB",
    AmendmentBasis.UNFORESEEN: "Unvorhersehbare Umstände, § 132 Abs. 2 Satz 1 Nr. 3 GWB",
    AmendmentBasis.NEW_SUPPLIER: "Neuer Auftragnehmer, § 132 Abs. 2 Satz 1 Nr. 4 GWB",
    AmendmentBasis.MINOR: "Geringfügige Änderung, § 132 Abs. 3 GWB",
    AmendmentBasis.INSUBSTANTIAL: "Nicht wesentlich, § 132 Abs. 1 GWB",
}
# What may raise a ceiling; lowering one is never substantial.
RAISING: Final = (
    AmendmentBasis.REVIEW_CLAUSE,
    AmendmentBasis.ADDITIONAL,
    AmendmentBasis.UNFORESEEN,
    AmendmentBasis.MINOR,
)
PUBLISHED: Final = (AmendmentBasis.ADDITIONAL, AmendmentBasis.UNFORESEEN)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What is to be raised, of a lot or of the whole: as awarded, minor raises so far, change."""

    original: Money
    minor_before: Money
    change: Money
    original_quantity: int | None = None
    minor_quantity_before: int = 0
    quantity_change: int = 0


@dataclass(frozen=True, slots=True)
class Amendment:
    """On what a raise rests; `framework_minor_before` sums the minor raises of all lots."""

    basis: AmendmentBasis
    framework_minor_before: Money
    eu_threshold: Money
    notice: str = ""
    character_unchanged: bool = False


def amendment_errors(ceiling: Ceiling, amendment: Amendment) -> Iterator[FieldError]:
    """Every limit that the raise passes; nothing for a change that only lowers."""
    if ceiling.change <= NOTHING and ceiling.quantity_change <= 0:
        return
    basis = amendment.basis
    if basis not in RAISING:
        text = f"„{BASIS_WORDS[basis]}“ erlaubt keinen höheren Höchstwert."
        yield FieldError("basis", "basis_does_not_raise", text)
        return
    if basis in PUBLISHED:
        yield from _single(ceiling, amendment)
        return
    if not amendment.character_unchanged:
        text = "Bitte bestätigen Sie, dass sich der Gesamtcharakter des Auftrags nicht ändert."
        yield FieldError("character", "missing", text)
    if basis is AmendmentBasis.MINOR:
        yield from _minor(ceiling, amendment)


def _single(ceiling: Ceiling, amendment: Amendment) -> Iterator[FieldError]:
    """Nr. 2 and 3: each change at most half of the original value, and it is to be published."""
    if ceiling.change.cents * 100 > ceiling.original.cents * SINGLE_PERCENT:
        text = (
            f"Eine Änderung nach § 132 Abs. 2 Satz 1 Nr. 2 oder 3 GWB darf höchstens "
            f"{SINGLE_PERCENT} % des ursprünglichen Werts von {euro(ceiling.original)} betragen, "
            f"also {euro(_part(ceiling.original, SINGLE_PERCENT))}."
        )
        yield FieldError("value", "above_50_percent", text)
    if _quantity_above(ceiling, ceiling.quantity_change, SINGLE_PERCENT):
        text = f"Die Höchstmenge darf je Änderung um höchstens {SINGLE_PERCENT} % steigen."
        yield FieldError("quantity", "above_50_percent", text)
    if not amendment.notice:
        text = (
            "Diese Änderung ist bekannt zu machen (§ 132 Abs. 5 GWB). "
            "Bitte nennen Sie die Nummer der Bekanntmachung."
        )
        yield FieldError("notice", "missing", text)


def _minor(ceiling: Ceiling, amendment: Amendment) -> Iterator[FieldError]:
    """Abs. 3: all changes together at most a tenth, and not above the EU threshold."""
    total = ceiling.minor_before + ceiling.change
    if total.cents * 100 > ceiling.original.cents * MINOR_PERCENT:
        left = _part(ceiling.original, MINOR_PERCENT) - ceiling.minor_before
        text = (
            f"Geringfügige Änderungen dürfen zusammen höchstens {MINOR_PERCENT} % des "
            f"ursprünglichen Werts von {euro(ceiling.original)} betragen (§ 132 Abs. 3 GWB); "
            f"frei sind noch {euro(max(left, NOTHING))}."
        )
        yield FieldError("value", "above_10_percent", text)
    of_framework = amendment.framework_minor_before + ceiling.change
    if of_framework > amendment.eu_threshold:
        text = (
            "Alle geringfügigen Änderungen des Vertrags zusammen würden "
            f"{euro(of_framework)} erreichen und damit den EU-Schwellenwert "
            f"{euro(amendment.eu_threshold)} übersteigen (§ 132 Abs. 3 Nr. 1 GWB)."
        )
        yield FieldError("value", "above_threshold", text)
    pieces = ceiling.minor_quantity_before + ceiling.quantity_change
    if _quantity_above(ceiling, pieces, MINOR_PERCENT):
        text = (
            f"Geringfügige Änderungen dürfen die Höchstmenge von ursprünglich "
            f"{number(ceiling.original_quantity or 0)} Stück zusammen um höchstens "
            f"{MINOR_PERCENT} % erhöhen."
        )
        yield FieldError("quantity", "above_10_percent", text)


def minor_left(original: Money, minor: Money, of_framework: Money, threshold: Money) -> Money:
    """How much minor changes may still raise a ceiling, of which they have raised `minor`."""
    tenth = _part(original, MINOR_PERCENT) - minor
    return max(min(tenth, threshold - of_framework), NOTHING)


def single_most(original: Money) -> Money:
    """How much one published change may raise a ceiling."""
    return _part(original, SINGLE_PERCENT)


def _quantity_above(ceiling: Ceiling, pieces: int, percent: int) -> bool:
    original = ceiling.original_quantity
    return original is not None and pieces * 100 > original * percent


def _part(whole: Money, percent: int) -> Money:
    return Money(whole.cents * percent // 100)
