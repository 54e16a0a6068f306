"""What the Abrufvermerk states: the twenty points of the rule book, each field may be unknown."""

from dataclasses import dataclass, field
from datetime import date, datetime

from app.kernel.german import day
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice


@dataclass(frozen=True, slots=True)
class MemoDocument:
    """A document that a fact of the decision rests on; `sha256` is printed as a prefix."""

    kind: str
    title: str
    issued: date | None = None
    valid_to: date | None = None
    sha256: str = ""
    confidential: bool = False
    review_due: date | None = None  # last day before it has to be reviewed


@dataclass(frozen=True, slots=True)
class MemoRule:
    """One rule of the decision: `result` in German (erfüllt, nicht erfüllt, ungeklärt ...)."""

    rule: str
    result: str
    legal_basis: str
    text: str


@dataclass(frozen=True, slots=True)
class MemoQuote:
    """What a free position rests on: it stands in no price list."""

    number: str
    supplier: str
    dated: date
    valid_until: date
    sha256: str
    reason: str

    @property
    def words(self) -> str:
        """As the line says it."""
        return (
            f"Freie Position im offenen Sortiment nach Angebot {self.number} von {self.supplier} "
            f"vom {day(self.dated)}, gültig bis {day(self.valid_until)}, SHA-256 {self.sha256}. "
            f"{self.reason}"
        )


@dataclass(frozen=True, slots=True)
class MemoLine:
    sku: str
    name: str
    quantity: int
    unit_price: UnitPrice
    net: Money
    price_list_version: str = ""
    supplier: str = ""
    term: str = ""  # "36 Monate zu je 12,50 €" where the price is one over a term
    kit: str = ""  # "6 in 3 × Schul-Paket" where pieces were ordered as kits
    quote: MemoQuote | None = None  # in the place of a price list


@dataclass(frozen=True, slots=True)
class MemoApproval:
    """Who decided; `person` (a function, never a name) stands in no copy that may be published."""

    role: str
    at: datetime
    outcome: str
    note: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class MemoEvent:
    at: datetime
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MemoLot:
    """Point 8: the agreement and what the order took from its lot."""

    number: str
    title: str
    lot: str
    runs_from: date
    runs_until: date
    procedure: str = ""
    notice_id: str = ""
    awarded_on: date | None = None
    maximum: Money | None = None
    called_off_before: Money | None = None
    called_off_after: Money | None = None
    remaining_after: Money | None = None


@dataclass(frozen=True, slots=True)
class MemoBudget:
    """Point 13."""

    year: int | None = None
    product_account: str = ""
    investment_number: str = ""
    cost_centre: str = ""
    funds_confirmed: bool | None = None
    amount: Money | None = None
    charges: tuple[str, ...] = ()  # what the order takes of each budget, and what is left
    funding_source: str = ""
    earmarked_until: date | None = None
    coverage_circle: str = ""
    financing: str = ""  # "außerplanmäßig: Beschluss vom …"
    after_closing: str = ""  # the warning, where it was ordered after the closing day
    confirmed_with: tuple[str, ...] = ()  # the files with which the funds were confirmed
    confirmed_by: str = ""  # by whom and when the funds were confirmed; a function, never a name
    shares: tuple[str, ...] = ()  # parts of lines with own places, days, accounts


@dataclass(frozen=True, slots=True)
class MemoTime:
    """Point 19: minutes, None = not recorded (never read as 0)."""

    portal_minutes: int | None = None
    offline_minutes: int | None = None
    baseline_minutes: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class MemoComparison:
    """Articles beside each other as the buyer saw them; each row: a name, then a value each."""

    on: date
    articles: tuple[tuple[str, str], ...]  # number, name
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class MemoMarketPrice:
    """One source of a market price check, net and per piece; the file lies in the archive."""

    article: str
    source: str
    seen_on: date
    unit_price: UnitPrice
    contract_price: UnitPrice
    same_specification: bool
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class MemoMarketCheck:
    """What the member found and why it ordered all the same; `reason` if it was cheaper."""

    checked_on: date
    sources: tuple[MemoMarketPrice, ...]
    result: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MemoFacts:
    """All facts of one call-off at the moment of writing; the numbers are those of RULEBOOK 4.1."""

    # 1 order
    number: str
    placed_at: datetime
    member_name: str
    member_address: tuple[str, ...]
    ordering_unit: str
    ags: str
    # 2 object and value, 10 prices
    lines: tuple[MemoLine, ...]
    net: Money
    vat: Money
    gross: Money
    # 3 need
    purpose: str
    # 4 to 7 parties, legal basis, facts, conditions
    contracting_entity: str
    fulfilled_by: str
    legal_basis: str
    outcome: str  # German word of the outcome: "zulässig", "zulässig mit Auflage" ...
    on_paper: str = ""  # on which form and when, where the portal could not be reached
    rules: tuple[MemoRule, ...] = ()
    documents: tuple[MemoDocument, ...] = ()
    conditions: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()
    # 8, 9 framework and supplier
    lots: tuple[MemoLot, ...] = ()
    supplier: str = ""
    selection_rule: str = ""
    # 11, 12 comparison
    market_price: str = ""
    market_price_omitted_because: str = ""
    comparisons: tuple[MemoComparison, ...] = ()
    counterfactual: str = ""
    splitting: str = ""  # what was called off for the same need within 90 days
    market_checks: tuple[MemoMarketCheck, ...] = ()
    # 13 to 15
    budget: MemoBudget = field(default_factory=MemoBudget)
    approvals: tuple[MemoApproval, ...] = ()
    four_eyes_exception: str = ""
    conflicts: tuple[tuple[str, bool], ...] = ()  # role, declared free of conflict
    # 16 to 19
    deliveries: tuple[tuple[str, date], ...] = ()
    accepted_on: date | None = None
    invoices: tuple[str, ...] = ()
    changes: tuple[MemoEvent, ...] = ()
    time: MemoTime = field(default_factory=MemoTime)
    # 20 proof
    sha256: str = ""
    previous_sha256: str = ""
    decision_sha256: str = ""
    verify_url: str = ""
    written_at: datetime | None = None
    demonstration: bool = False
    ordered_by: str = ""  # a function, never a name
    public: bool = False  # without persons, prices of others and confidential documents
    continued_at: datetime | None = None  # a later copy with what happened after placement
