"""What somebody wants to call off, before anything was checked."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from app.catalog.relations.rules_kits import KitGroup
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean, moment, number
from app.ordering.rules_funding import NO_FUNDING, Funding, funding_faults, year_fault
from app.ordering.shares.rules_shares import Coding, Share, sum_faults

LARGEST_QUANTITY: Final = 100_000
LARGEST_WRITTEN: Final = number(LARGEST_QUANTITY)
MOST_LINES: Final = 500


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person, for one member or (desk) for all; the session carries measured time."""

    person_id: int
    member_id: int | None
    login_session_id: int | None = None
    units: tuple[int, ...] | None = None
    by_link: bool = False
    """Decides by the one-time link of a mail, without a session."""

    @property
    def name(self) -> str:
        return f"person:{self.person_id}"


@dataclass(frozen=True, slots=True)
class DeliverTo:
    """Where it goes; copied into the order, a later change of the address book changes nothing."""

    recipient: str
    street: str
    postal_code: str
    city: str
    room: str = ""


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A form that was filled in while the portal could not be reached."""

    form: str
    ordered_at: datetime

    def words(self, entered_at: datetime) -> str:
        """The mark that the order keeps in its history."""
        return f"Nachgetragen am {moment(entered_at)} vom Ausfallformular {self.form}."


@dataclass(frozen=True, slots=True)
class Wanted:
    """One order under one framework; minutes None = not stated, which is not 0.

    `terms`: months of rent or pages per piece, by article number, where an article is charged so.
    `kits`: which of the pieces were chosen as kits; it changes nothing but how the order reads.
    `shares`: how lines are split; what stands in none goes to the order's own place and account.
    `on_paper`: entered later; prices, facts and rules are those of its moment.
    `instead_of`: the cancelled order that this one repeats; who declined that is not asked again.
    """

    quantities: dict[str, int]
    purpose: str
    product_account: str
    deliver_to: DeliverTo
    cost_centre: str = ""
    investment_number: str = ""
    your_reference: str = ""
    unit_id: int | None = None
    requested_date: date | None = None
    offline_minutes: int | None = None
    market_price_evidence: str = ""
    conflict_free: bool = False
    terms: dict[str, int] = field(default_factory=dict)
    kits: tuple[KitGroup, ...] = ()
    budget_year: int | None = None
    funding_source: str = ""
    earmarked_until: date | None = None
    shares: tuple[Share, ...] = ()
    funding: Funding = NO_FUNDING
    on_paper: OnPaper | None = None
    instead_of: str = ""

    @property
    def coding(self) -> Coding:
        """What is charged where a share says nothing of its own."""
        return Coding.of(self)


class ArticleUnknown(Malformed):
    """There is no article with this number."""

    code = "article_unknown"

    def __init__(self, sku: str) -> None:
        text = (
            f"Den Artikel „{clean(sku)}“ gibt es im Katalog nicht. Prüfen Sie die Artikelnummer "
            "oder suchen Sie im Katalog."
        )
        super().__init__(FieldError("lines", self.code, text))


class SeveralFrameworks(Malformed):
    """A call-off belongs to one framework agreement."""

    code = "several_frameworks"

    def __init__(self) -> None:
        text = (
            "Diese Artikel gehören zu mehreren Rahmenverträgen. "
            "Bitte rufen Sie je Rahmenvertrag einzeln ab."
        )
        super().__init__(FieldError("lines", self.code, text))


class TermWrong(Malformed):
    """A rented article without a term, or with one that its contract does not offer."""

    code = "term"

    def __init__(self, name: str, fault: str) -> None:
        super().__init__(FieldError("lines", self.code, f"{name}: {fault}"))


def merged(lines: list[tuple[str, int]]) -> dict[str, int]:
    """Quantities per article; the same article twice is one line."""
    quantities: dict[str, int] = {}
    for sku, quantity in lines:
        quantities[sku] = quantities.get(sku, 0) + quantity
    if not quantities:
        raise Malformed(FieldError("lines", "empty", "Bitte wählen Sie mindestens einen Artikel."))
    if len(quantities) > MOST_LINES:
        text = f"Ein Abruf hat höchstens {MOST_LINES} verschiedene Artikel."
        raise Malformed(FieldError("lines", "too_many", text))
    for sku, quantity in quantities.items():
        if not 1 <= quantity <= LARGEST_QUANTITY:
            text = f"Die Menge für „{sku}“ muss zwischen 1 und {LARGEST_WRITTEN} liegen."
            raise Malformed(FieldError("lines", "quantity", text))
    return quantities


def merged_terms(lines: list[tuple[str, int | None]]) -> dict[str, int]:
    """Months or pages per article; one call-off agrees one term for an article."""
    terms: dict[str, int] = {}
    for sku, term in lines:
        if term is not None and terms.setdefault(sku, term) != term:
            text = f"Für „{sku}“ sind zwei Laufzeiten genannt. Bitte rufen Sie sie einzeln ab."
            raise Malformed(FieldError("lines", "term", text))
    return terms


def whole(quantities: dict[str, int], shares: tuple[Share, ...], today: date) -> None:
    """Raises Malformed where the shares of a line are not all of it, or one is for yesterday."""
    faults = [*sum_faults(quantities, shares).values()]
    if any(share.wanted_on is not None and share.wanted_on < today for share in shares):
        faults.append("Der Wunschtermin eines Teils liegt in der Vergangenheit.")
    if faults:
        raise Malformed(*(FieldError("lines", "shares", text) for text in faults))


def consistent(wanted: Wanted, today: date) -> None:
    """Raises Malformed for wrong shares, a closed budget year, financing without its note."""
    if wanted.shares:
        whole(wanted.quantities, wanted.shares, today)
    faults = list(funding_faults(wanted.funding)) if wanted.funding is not NO_FUNDING else []
    if closed := year_fault(wanted.budget_year, today):
        faults.append(FieldError("budget_year", "closed", closed))
    if faults:
        raise Malformed(*faults)
