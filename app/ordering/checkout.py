"""The one page on which an order is checked and sent: everything it shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from app.catalog.relations.successor_queries import Offer
from app.database.tenant import Tenant
from app.eligibility.assess_case import Assessed
from app.eligibility.rules import Assessment, Phase
from app.kernel.german import whole_number
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.kernel.vat import STANDARD_RATE, vat_on
from app.members import queries as members
from app.members.bound_units import sees_unit
from app.members.deciders import Decider, deciders
from app.members.records import DeliveryAddress, Member, ProductAccount, Unit
from app.ordering import queries
from app.ordering.attaching.attach_papers import kept_papers
from app.ordering.attaching.records import KeptPaper
from app.ordering.basket.contents import FrameworkPart, Owner, kits_of, parts
from app.ordering.basket.take_successor import offers_for
from app.ordering.earlier_call_offs import earlier_call_offs
from app.ordering.earlier_prices import EarlierPrices, earlier_prices
from app.ordering.forms import BASKET, OTHER_ADDRESS, CheckoutForm
from app.ordering.judge import Setting, judge_wanted, promised_day
from app.ordering.market.queries import Checked, latest_checks
from app.ordering.records import CallOff
from app.ordering.rules_splitting import Splitting, needs_of, splitting
from app.ordering.signing.preview_steps import PathPreview, WantedOrder, preview_steps
from app.ordering.turns.turns_of import turns_instead_of


@dataclass(frozen=True, slots=True)
class CheckedPart:
    """The lines of one framework with the preview of the in-house check."""

    part: FrameworkPart
    assessed: Assessed
    promised: date

    @property
    def assessment(self) -> Assessment:
        return self.assessed.assessment

    @property
    def sendable(self) -> bool:
        assessment = self.assessment
        return self.part.orderable and (assessment.may_submit or assessment.needs_evidence)


@dataclass(frozen=True, slots=True)
class Checkout:
    """What the page shows beside the form."""

    parts: tuple[CheckedPart, ...]
    addresses: Sequence[DeliveryAddress]
    accounts: Sequence[ProductAccount]
    units: Sequence[Unit]
    deciders: tuple[Decider, ...]
    member: Member
    net: Money
    vat: Money
    offers: Mapping[str, Offer]
    splitting: tuple[Splitting, ...] = ()
    market: Mapping[str, Checked] = field(default_factory=dict)
    earlier: EarlierPrices | None = None
    papers: Sequence[KeptPaper] = ()
    paths: tuple[PathPreview, ...] = ()

    @property
    def market_lines(self) -> list[tuple[str, str, int]]:
        """What the market may be asked for: number, name and quantity."""
        lines = [line for part in self.parts for line in part.part.lines if line.quoted is None]
        return [(line.article.sku, line.article.name, line.quantity) for line in lines]

    @property
    def gross(self) -> Money:
        return self.net + self.vat

    @property
    def sendable(self) -> bool:
        return bool(self.parts) and all(part.sendable for part in self.parts)

    @property
    def blocked(self) -> bool:
        """Evidence is missing: it may be sent, but waits."""
        return any(part.assessment.needs_evidence for part in self.parts)


def checkout(session: Session, owner: Owner, form: CheckoutForm, now: datetime) -> Checkout:
    """Prices, check, totals and people for what the form holds; stores nothing."""
    tenant = owner.tenant
    member = members.member_of(session, tenant, owner.member_id)
    unit_id = unit_of(session, tenant, form)
    account = form.value("konto") or None
    setting = Setting(Phase.PREVIEW, account, unit_id)
    kits = kits_of(session, owner, form.quantities) if form.source == BASKET else ()
    checked = tuple(
        CheckedPart(
            part,
            judge_wanted(session, owner.member_id, part.lines, setting, now),
            promised_day(part.lines, legal_day(now)),
        )
        for part in parts(
            session,
            form.quantities,
            now,
            form.terms,
            kits,
            owner=owner,
            turns=turns_instead_of(session, owner.member_id, form.repeats),
        )
    )
    net = Money.total(part.part.net for part in checked)
    # Each call-off is taxed on its own sum, so that the page shows what the orders will.
    vat = Money.total(vat_on(part.part.net, STANDARD_RATE) for part in checked)
    value = net if member.approval_limit_is_net else net + vat
    return Checkout(
        parts=checked,
        addresses=members.addresses(session, tenant),
        accounts=members.product_accounts(session, tenant),
        units=members.units(session, tenant),
        deciders=_deciders(session, owner, value, unit_id, legal_day(now)),
        member=member,
        net=net,
        vat=vat,
        offers=offers_for(session, owner.member_id, form.quantities, now),
        splitting=_splitting(session, owner.member_id, checked, now),
        market=latest_checks(session, tenant, form.quantities, now),
        earlier=_earlier(session, tenant, form, checked),
        papers=kept_papers(session, owner, form.papers) if form.papers else (),
        paths=preview_steps(session, member, _orders(owner, member, form, checked, unit_id), now),
    )


def _orders(
    owner: Owner,
    member: Member,
    form: CheckoutForm,
    checked: tuple[CheckedPart, ...],
    unit_id: int | None,
) -> Iterator[WantedOrder]:
    """What would become of the parts, as the table of approvals asks about it."""
    for one in checked:
        net = one.part.net
        value = net if member.approval_limit_is_net else net + vat_on(net, STANDARD_RATE)
        ordered = {line.article.sku for line in one.part.lines}
        shares = [sent.share for sent in form.shares if sent.share.sku in ordered]
        yield WantedOrder(
            one.part.framework_title,
            owner.person_id,
            one.part.lines,
            value,
            form.value("konto"),
            frozenset(share.coding.product_account for share in shares),
            unit_id,
        )


def _earlier(
    session: Session, tenant: Tenant, form: CheckoutForm, checked: tuple[CheckedPart, ...]
) -> EarlierPrices | None:
    """What an order cost that is repeated here, beside what it costs today."""
    if form.source in {"", BASKET}:
        return None
    lines = {line.article.sku: line for one in checked for line in one.part.lines}
    return earlier_prices(session, tenant, form.source, lines)


def _splitting(
    session: Session, member_id: int, checked: tuple[CheckedPart, ...], now: datetime
) -> tuple[Splitting, ...]:
    """Shown here and not asked for again when the order is sent."""
    wanted = [
        (
            line.article.lot_id,
            f"{one.part.framework_title}, Los {line.article.lot_number}",
            line.net,
        )
        for one in checked
        for line in one.part.lines
    ]
    earlier = earlier_call_offs(session, member_id, {lot_id for lot_id, *_ in wanted}, now)
    return tuple(splitting(need, legal_day(now)) for need in needs_of(wanted, earlier))


def _deciders(
    session: Session, owner: Owner, value: Money, unit_id: int | None, on: date
) -> tuple[Decider, ...]:
    """Who could approve; people bound to another unit never see the order."""
    able = deciders(session, owner.member_id, value, excluding=owner.person_id, on=on)
    return tuple(
        one for one in able if sees_unit(session, one.person_id, owner.member_id, unit_id, on)
    )


def unit_of(session: Session, tenant: Tenant, form: CheckoutForm) -> int | None:
    """The chosen unit if it is one of the person's, else its own; NotFound for any other."""
    chosen = form.value("einheit")
    if not chosen.isdecimal():
        return tenant.home_unit
    return members.unit(session, tenant, whole_number(chosen) or 0).id


def prefilled(
    session: Session, owner: Owner, quantities: dict[str, int], terms: dict[str, int]
) -> CheckoutForm:
    """A fresh form: account, purpose and address as last time."""
    last = queries.latest(session, owner.tenant, owner.person_id)
    values = _values_like(session, owner, last[0] if last else None)
    return CheckoutForm(values, dict(quantities), str(uuid4()), BASKET, terms=terms)


def prefilled_like(session: Session, owner: Owner, before: CallOff) -> CheckoutForm:
    """A form for the same order again, at the prices of today; never with its free positions."""
    quantities = {
        line.sku: line.ordered for line in before.lines if line.ordered and not line.is_free
    }
    terms = {line.sku: line.term for line in before.lines if line.term is not None}
    values = _values_like(session, owner, before)
    return CheckoutForm(values, quantities, str(uuid4()), before.number, terms=terms)


def _values_like(session: Session, owner: Owner, before: CallOff | None) -> dict[str, str]:
    addresses = members.addresses(session, owner.tenant)
    default = str(addresses[0].id) if addresses else OTHER_ADDRESS
    if before is None:
        accounts = members.product_accounts(session, owner.tenant)
        return {"adresse": default, "konto": accounts[0].account if len(accounts) == 1 else ""}
    known = next((one for one in addresses if _same_place(one, before)), None)
    values = {
        "zweck": before.purpose,
        "konto": before.product_account,
        "kostenstelle": before.cost_centre,
        "investitionsnummer": before.investment_number,
        "deckungskreis": before.coverage_circle,
        "einheit": str(before.unit_id or ""),
        "adresse": str(known.id) if known is not None else OTHER_ADDRESS,
    }
    if known is None:
        values |= {
            "empfaenger": before.delivery_recipient,
            "strasse": before.delivery_street,
            "plz": before.delivery_postal_code,
            "ort": before.delivery_city,
            "raum": before.delivery_room,
        }
    return values


def _same_place(address: DeliveryAddress, before: CallOff) -> bool:
    return (address.street, address.postal_code, address.city, address.room) == (
        before.delivery_street,
        before.delivery_postal_code,
        before.delivery_city,
        before.delivery_room,
    )
