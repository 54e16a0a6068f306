"""Sending the checkout page: one call-off per framework, once however often it is pressed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.kernel.errors import Conflict
from app.kernel.german import whole_number
from app.members import queries as members
from app.ordering.attaching.attach_papers import attach_papers
from app.ordering.basket.contents import FrameworkPart, Owner, kits_of, parts, take_out
from app.ordering.basket.forget_empty_kits import forget_empty_kits
from app.ordering.checkout import unit_of
from app.ordering.comparing.attach_comparisons import attach_comparisons
from app.ordering.forms import BASKET, OTHER_ADDRESS, CheckoutForm
from app.ordering.placing.answer_once import Earlier, claim_key, keep_answer
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.shares.rules_shares import Share
from app.ordering.submission import Refused, Submitted, reason_of
from app.ordering.turns.turns_of import turns_instead_of
from app.ordering.wanted import Actor, DeliverTo, Wanted

NOWHERE = 0  # no address has this number


class PricesMoved(Conflict):
    """Nobody orders at a price that was not shown; the page shows the new one and asks again."""

    code = "price_not_valid"

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            f"Der Preis hat sich geändert, seit Sie die Seite geöffnet haben: {', '.join(names)}. "
            "Bitte prüfen Sie die neuen Preise und senden Sie noch einmal ab."
        )


class BasketMoved(Conflict):
    """Two windows show one basket; what one of them ordered is not ordered again unasked."""

    code = "basket_moved"

    def __init__(self) -> None:
        super().__init__(
            "Nicht alles davon ist noch in Ihrem Warenkorb. Vielleicht ist es in einem anderen "
            "Fenster schon bestellt: Bitte sehen Sie unter „Bestellungen“ nach. Brauchen Sie es "
            "noch einmal, senden Sie noch einmal ab."
        )


@dataclass(frozen=True, slots=True)
class RefusedPart:
    """What was not taken of a basket, and why."""

    title: str
    reason: str
    quantities: dict[str, int]
    refused: Refused


@dataclass(frozen=True, slots=True)
class Sent:
    """Numbers of the orders that were taken, and the parts that were not."""

    numbers: tuple[str, ...]
    refused: tuple[RefusedPart, ...] = ()


def send_checkout(
    session: Session, actor: Actor, owner: Owner, form: CheckoutForm, now: datetime
) -> Sent:
    """The same key again gives the same numbers.

    Raises KeyReused, ArticleUnknown, NotFound, and PricesMoved or BasketMoved, on which the caller
    rolls back.
    """
    scope = f"checkout:{owner.member_id}:{owner.person_id}"
    claimed = claim_key(session, scope, form.key, form.sha256, now)
    if isinstance(claimed, Earlier):
        return Sent(tuple(json.loads(claimed.answer)))
    numbers: list[str] = []
    refused: list[RefusedPart] = []
    from_basket = form.source == BASKET
    kits = kits_of(session, owner, form.quantities) if from_basket else ()
    turns = turns_instead_of(session, owner.member_id, form.repeats)
    found = parts(session, form.quantities, now, form.terms, kits, owner=owner, turns=turns)
    _as_seen(found, form.seen)
    for part in found:
        quantities = {line.article.sku: line.quantity for line in part.lines}
        wanted = _wanted(session, owner, form, part)
        match submit_call_off(session, actor, owner.member_id, wanted, now):
            case Submitted(number=number):
                numbers.append(number)
                if from_basket and take_out(session, owner, tuple(quantities)) < set(quantities):
                    raise BasketMoved
                attach_comparisons(session, owner, number, quantities, now)
            case Refused() as no:
                reason = reason_of(no)
                refused.append(RefusedPart(part.framework_title, reason, quantities, no))
    if kits:
        forget_empty_kits(session, owner)
    if form.papers:
        attach_papers(session, owner, form.papers, numbers, now)
    keep_answer(session, claimed, json.dumps(numbers))
    return Sent(tuple(numbers), tuple(refused))


def _wanted(session: Session, owner: Owner, form: CheckoutForm, part: FrameworkPart) -> Wanted:
    tenant = owner.tenant
    quantities = {line.article.sku: line.quantity for line in part.lines}
    return Wanted(
        quantities=quantities,
        purpose=form.value("zweck"),
        product_account=form.value("konto"),
        deliver_to=_deliver_to(session, tenant, form),
        cost_centre=form.value("kostenstelle"),
        investment_number=form.value("investitionsnummer"),
        your_reference=form.value("zeichen"),
        unit_id=unit_of(session, tenant, form),
        requested_date=form.requested_date,
        offline_minutes=form.offline_minutes,
        market_price_evidence=form.value("marktpreis"),
        conflict_free=bool(form.value("konfliktfrei")),
        terms={sku: term for sku, term in form.terms.items() if sku in quantities},
        kits=part.kits,
        budget_year=form.budget_year,
        funding_source=form.value("foerderung"),
        earmarked_until=form.earmarked_until,
        funding=form.funding,
        shares=_shares(session, tenant, form, quantities) if form.shares else (),
        instead_of=form.repeats,
    )


def _shares(
    session: Session, tenant: Tenant, form: CheckoutForm, quantities: Mapping[str, int]
) -> tuple[Share, ...]:
    """Those of this call-off, with the addresses copied out of the address book."""
    shares = []
    for one in form.shares:
        place = one.share.place
        if one.address.isdecimal():
            known = members.address(session, tenant, whole_number(one.address) or NOWHERE)
            place = replace(
                place,
                recipient=place.recipient or known.recipient or known.label,
                street=known.street,
                postal_code=known.postal_code,
                city=known.city,
                room=place.room or known.room,
            )
        if one.share.sku in quantities:
            shares.append(replace(one.share, place=place))
    return tuple(shares)


def _as_seen(found: tuple[FrameworkPart, ...], seen: Mapping[str, tuple[int, int]]) -> None:
    """Raises PricesMoved where a line costs something else than the page showed for it."""
    moved = [
        line.article.name
        for part in found
        for line in part.lines
        if (known := seen.get(line.article.sku)) is not None
        and known[0] == line.quantity
        and known[1] != (line.unit_price.ten_thousandths if line.unit_price else 0)
    ]
    if moved:
        raise PricesMoved(moved)


def _deliver_to(session: Session, tenant: Tenant, form: CheckoutForm) -> DeliverTo:
    chosen = form.value("adresse")
    if chosen not in {"", OTHER_ADDRESS} and chosen.isdecimal():
        known = members.address(session, tenant, whole_number(chosen) or NOWHERE)
        return DeliverTo(
            recipient=known.recipient or known.label,
            street=known.street,
            postal_code=known.postal_code,
            city=known.city,
            room=known.room,
        )
    return DeliverTo(
        recipient=form.value("empfaenger"),
        street=form.value("strasse"),
        postal_code=form.value("plz"),
        city=form.value("ort"),
        room=form.value("raum"),
    )
