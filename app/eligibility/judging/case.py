"""Everything that one judgement rests on: enough to repeat it years later without a database."""

from dataclasses import dataclass
from datetime import date, datetime

from app.eligibility.judging.facts import Evidence
from app.eligibility.rules import Phase, RuleSet
from app.frameworks.procedures import LandThresholds
from app.kernel.money import NOTHING, Money
from app.kernel.unit_price import UnitPrice

COOPERATIVE = "cooperative"
OPERATING_COMPANY = "operating_company"
OPERATING_LINK = "operating"


@dataclass(frozen=True, slots=True)
class MembershipFacts:
    """One period of membership; days are inclusive."""

    effective_from: date
    effective_to: date | None = None
    notice_received_on: date | None = None
    share_paid_on: date | None = None
    votes: int = 1
    resolved_on: date | None = None


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """The member that wants to call off; `basis` is its place in §§ 99, 100 GWB."""

    id: int
    key: str
    name: str
    kind: str
    basis: str | None
    ags: str | None = None
    ars: str | None = None
    address: str = ""
    membership: MembershipFacts | None = None

    @property
    def scope(self) -> str:
        return f"member:{self.key}"


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """The ordering unit; `parents` are the ids above it, `member_id` is where they end."""

    id: int
    name: str
    kind: str
    own_legal_person: bool
    member_id: int
    parents: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """An active member whose form leaves room for private capital (rule K-05)."""

    key: str
    name: str
    kind: str
    basis: str | None

    @property
    def scope(self) -> str:
        return f"member:{self.key}"


@dataclass(frozen=True, slots=True)
class MemberRegister:
    """All active memberships on the day, condensed: number, hash of the list, doubtful ones."""

    count: int
    sha256: str
    doubtful: tuple[RegisterEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnoverYear:
    """One closed fiscal year of `body`; `total` is without grants."""

    body: str
    year: int
    total: Money
    members: Money
    nonmembers_public: Money
    private: Money
    grants: Money = NOTHING
    consolidated: bool = False
    group_parent: bool = False
    document: int | None = None
    basis: str | None = None  # None: turnover; "cost" where the activity is measured by it


@dataclass(frozen=True, slots=True)
class LotOutlook:
    """What a lot's use before this day leads to; `lasts` and `thin` name no day."""

    lot: int
    state: str
    exhausted_on: date | None = None


@dataclass(frozen=True, slots=True)
class FrameworkFacts:
    """The agreement; days are inclusive, `listed` says whether the member is named in it."""

    id: int
    number: str
    title: str
    award_model: str
    party_rule: str
    listed: bool
    contracting_entity: str
    supplier: str
    procedure_type: str | None
    notice_id: str | None
    award_date: date | None
    valid_from: date
    valid_to: date
    term_exception_reason: str | None = None
    chain_link: str | None = None
    call_off_mode: str = "direct"
    minimum_order: Money | None = None
    maximum_order: Money | None = None
    successor: str | None = None
    outlooks: tuple[LotOutlook, ...] = ()

    @property
    def scope(self) -> str:
        return f"framework:{self.number}"


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A limit beside the lots' own: over all lots, or of one member; None is no limit. Net."""

    maximum_value: Money | None
    maximum_quantity: int | None
    used_value: Money
    used_quantity: int

    @property
    def free_value(self) -> Money | None:
        return None if self.maximum_value is None else self.maximum_value - self.used_value

    @property
    def free_quantity(self) -> int | None:
        return None if self.maximum_quantity is None else self.maximum_quantity - self.used_quantity


@dataclass(frozen=True, slots=True)
class ArticleRoom:
    """The cap of one article within a lot, in pieces."""

    sku: str
    maximum_quantity: int
    used_quantity: int

    @property
    def free(self) -> int:
        return self.maximum_quantity - self.used_quantity


@dataclass(frozen=True, slots=True)
class LotRoom:
    """A lot's ceilings as they stood when the case was taken, net values."""

    lot_id: int
    number: int
    maximum_value: Money
    reserved_value: Money
    called_off_value: Money
    maximum_quantity: int | None = None
    reserved_quantity: int = 0
    called_off_quantity: int = 0
    quota: Ceiling | None = None
    minimum_order: Money | None = None
    maximum_order: Money | None = None
    only_kinds: tuple[str, ...] = ()
    only_districts: tuple[str, ...] = ()
    articles: tuple[ArticleRoom, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """What a free position rests on: the supplier's quote, and the clause of its lot.

    `open_percent` None: the lot has no open assortment; `valid_until` None: it is accepted.
    """

    number: str
    supplier: str
    dated: date
    sha256: str
    valid_until: date | None = None
    open_percent: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One article wanted. No list price means: none is valid on the day of submission."""

    sku: str
    name: str
    quantity: int
    unit_price: UnitPrice
    net: Money
    lot: int
    lot_id: int
    price_list_version: str | None
    list_price: UnitPrice | None
    reverse_charge: bool | None = None
    pieces: int | None = None
    quote: Quote | None = None

    @property
    def counted(self) -> int:
        """Pieces as ceilings count them; `pieces` is None where every unit is one piece."""
        return self.quantity if self.pieces is None else self.pieces


@dataclass(frozen=True, slots=True)
class MarketCheck:
    """The lowest price found elsewhere for the same goods, net, and why it does not decide."""

    lowest: Money
    sources: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FourEyes:
    """Who ordered and who decides, by pseudonymous number; `value` as the member's limits count.

    `entitled` = the person's own limit, or that of the one it stands in for, covers the value;
    `exception` is the document that allows a person to approve its own order.
    """

    ordered_by: str
    approved_by: str
    value: Money
    entitled: bool
    exception: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be called off; `reserved` = its amounts already are inside the lots' columns."""

    lines: tuple[Line, ...]
    lots: tuple[LotRoom, ...]
    reserved: bool = False
    product_account: str | None = None
    budget_year: int | None = None
    expected_delivery: date | None = None
    unit_id: int | None = None
    number: str | None = None
    total: Ceiling | None = None
    sphere: str | None = None
    market: MarketCheck | None = None
    four_eyes: FourEyes | None = None
    suppliers: tuple[str, ...] = ()
    """Who delivers which lot and by which rule, where several share it."""
    no_supplier: str | None = None
    """Why none of several delivers a part of it."""

    @property
    def net(self) -> Money:
        return Money.total(line.net for line in self.lines)


@dataclass(frozen=True, slots=True)
class Case:
    """One question to the rules, with all its facts, at one instant."""

    reference: datetime
    phase: Phase
    rule_set: RuleSet
    member: MemberFacts
    register: MemberRegister
    evidence: Evidence
    turnover: tuple[TurnoverYear, ...] = ()
    unit: UnitFacts | None = None
    framework: FrameworkFacts | None = None
    order: Order | None = None
    eu_threshold: Money | None = None
    thresholds_version: str = ""
    land_thresholds: LandThresholds | None = None
    grace_days: int = 0
