"""Asking the in-house rules about an order: what they need to know of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from app.eligibility.assess_case import Assessed, Question, assess_case
from app.eligibility.judging.case import FourEyes, Line, MarketCheck, Order
from app.eligibility.rules import Phase
from app.frameworks.awarding.suppliers import standing_awards
from app.frameworks.records import Framework
from app.frameworks.supplier_choice import CallOffMode
from app.kernel.legal_day import legal_day
from app.kernel.working_days import after_working_days
from app.ordering.price_lines import PricedLine, case_line, suppliers_of
from app.ordering.quoting.queries import quotes_by_id
from app.ordering.records import CallOff, CallOffLine
from app.ordering.rooms import rooms

DELIVERED: Final = frozenset({Phase.DELIVERY, Phase.INVOICE})


@dataclass(frozen=True, slots=True)
class Setting:
    """What the check needs besides the lines: when it is made, for which account and unit."""

    phase: Phase
    product_account: str | None = None
    unit_id: int | None = None
    known: datetime | None = None  # only what was on record then answers


def judge_wanted(
    session: Session,
    member_id: int,
    lines: tuple[PricedLine, ...],
    setting: Setting,
    now: datetime,
) -> Assessed:
    """The check of a basket (preview, not stored) or of a submission."""
    framework_id = lines[0].article.framework_id
    articles = {(line.article.lot_id, line.article.sku) for line in lines}
    left = rooms(session, framework_id, articles, member_id)
    order = Order(
        lines=tuple(case_line(line) for line in lines),
        lots=left.lots,
        total=left.total,
        product_account=setting.product_account,
        budget_year=legal_day(now).year,
        expected_delivery=promised_day(lines, legal_day(now)),
        unit_id=setting.unit_id,
        suppliers=tuple(one.words for one in suppliers_of(lines)),
        no_supplier=next((line.unsupplied for line in lines if line.unsupplied), None),
    )
    question = Question(member_id, now, setting.phase, framework_id, order, known=setting.known)
    return assess_case(session, question)


def judge_again(
    session: Session,
    found: CallOff,
    now: datetime,
    four_eyes: FourEyes | None = None,
    market: MarketCheck | None = None,
    phase: Phase = Phase.PLACEMENT,
) -> Assessed:
    """The check at placement: the same lines and prices, the facts of now, room already held.

    `four_eyes` is who decides, where somebody does; `market` what the goods cost elsewhere.
    """
    order = replace(
        _order(session, found, [(line, line.ordered) for line in found.lines], now),
        expected_delivery=None if phase in DELIVERED else found.promised_date,
        four_eyes=four_eyes,
        market=market,
    )
    return assess_case(session, Question(found.member_id, now, phase, found.framework_id, order))


def judge_changed(
    session: Session,
    found: CallOff,
    lines: Sequence[tuple[CallOffLine, int]],
    now: datetime,
    phase: Phase,
    four_eyes: FourEyes | None = None,
) -> Assessed:
    """The check of a placed order with these lines and pieces; what grows has its room already."""
    order = replace(
        _order(session, found, lines, now),
        expected_delivery=found.promised_date,
        four_eyes=four_eyes,
    )
    return assess_case(session, Question(found.member_id, now, phase, found.framework_id, order))


def _order(
    session: Session, found: CallOff, lines: Sequence[tuple[CallOffLine, int]], now: datetime
) -> Order:
    articles = {(line.lot_id, line.sku) for line, _ in lines}
    left = rooms(session, found.framework_id, articles, found.member_id)
    lot_numbers = {room.lot_id: room.number for room in left.lots}
    quotes = quotes_by_id(session, [line.free_position_id for line, _ in lines])
    if found.placed_at is not None:  # accepted in time; it binds both sides since
        quotes = {at: replace(quote, valid_until=None) for at, quote in quotes.items()}
    return Order(
        lines=tuple(
            Line(
                sku=line.sku,
                name=line.name,
                quantity=pieces,
                unit_price=line.unit_price,
                net=line.unit_price.times(pieces),
                lot=lot_numbers[line.lot_id],
                lot_id=line.lot_id,
                price_list_version=None if line.is_free else str(line.catalog_version_id),
                list_price=line.unit_price,
                reverse_charge=line.reverse_charge or None,
                pieces=counted(pieces, line.pieces_per_unit),
                quote=quotes[line.free_position_id] if line.free_position_id else None,
            )
            for line, pieces in lines
            if pieces
        ),
        lots=left.lots,
        total=left.total,
        reserved=True,
        product_account=found.product_account,
        budget_year=legal_day(now).year,
        unit_id=found.unit_id,
        number=found.number,
        suppliers=_suppliers(session, found, lot_numbers),
    )


def _suppliers(session: Session, found: CallOff, lot_numbers: Mapping[int, int]) -> tuple[str, ...]:
    """Who was chosen at submission, or after that; no statement where the lots have one each."""
    framework = session.get_one(Framework, found.framework_id)
    if framework.call_off_mode is CallOffMode.DIRECT:
        return ()
    standing = standing_awards(session, found.number)
    return tuple(
        f"Los {lot_numbers[lot_id]}: {seen.supplier.name}. {seen.award.reason}"
        for lot_id, seen in sorted(standing.items())
    )


def counted(units: int, pieces_per_unit: int) -> int | None:
    """Pieces as ceilings count them; None where every unit is one piece."""
    return units * pieces_per_unit if pieces_per_unit > 1 else None


def promised_day(lines: tuple[PricedLine, ...], on: date) -> date:
    """The day by which the slowest line is due, in working days from `on`."""
    return after_working_days(on, max(line.article.delivery_days for line in lines))
