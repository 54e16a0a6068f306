"""`/api/v1/frameworks`: agreements with what is left of their lots."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from app.frameworks import queries
from app.frameworks.agreement_page import AgreementPage, agreement_page
from app.frameworks.agreement_records import (
    ExtensionOption,
    FrameworkChange,
    FrameworkSupplier,
)
from app.frameworks.amendment_limits import AmendmentBasis, AmendmentKind
from app.frameworks.open_lots import is_party
from app.frameworks.price_rule import PriceRuleKind
from app.frameworks.queries import FrameworkWithLots
from app.frameworks.supplier_choice import CallOffMode
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.web.dependencies import Db, Now
from app.web.paging import Paged

router = APIRouter(prefix="/frameworks", tags=["Rahmenverträge"])
Reader = Annotated[Asking, Depends(needs_token(Scope.CATALOG_READ))]


class LotGiven(BaseModel):
    number: int
    title: str
    maximum_value: str
    called_off: str
    reserved: str
    remaining: str
    maximum_quantity: int | None
    remaining_quantity: int | None
    currency: str = "EUR"
    valid_to: date


class FrameworkGiven(BaseModel):
    number: str
    title: str
    supplier: str
    contracting_entity: str
    valid_from: date
    valid_to: date
    running: bool
    delivery_days: int
    lots: list[LotGiven]


class SupplierGiven(BaseModel):
    name: str
    lot: int | None
    rank: int
    share: int
    valid_from: date
    valid_to: date | None


class ExtensionOptionGiven(BaseModel):
    number: int
    months: int
    notice_by: date
    exercised: bool | None
    decided_on: date | None
    decided_by: str


class AmendmentGiven(BaseModel):
    at: datetime
    kind: AmendmentKind
    basis: AmendmentBasis | None
    effective_on: date | None
    what: str
    reason: str
    decided_by: str
    lot: int | None
    value_change: str
    document: int | None


class PriceRuleGiven(BaseModel):
    kind: PriceRuleKind
    text: str
    fixed_until: date | None
    announcement_days: int


class FrameworkDetail(FrameworkGiven):
    """The agreement in depth; `party` says whether the token's member may call off today."""

    notice_id: str | None
    procedure_type: str | None
    legal_basis: str
    call_off_mode: CallOffMode
    minimum_order_value: str | None
    maximum_order_value: str | None
    parties: str
    party: bool
    price_rule: PriceRuleGiven
    suppliers: list[SupplierGiven]
    extension_options: list[ExtensionOptionGiven]
    amendments: list[AmendmentGiven]
    successor: str | None
    hand_over_on: date | None


class FrameworkList(BaseModel):
    items: list[FrameworkGiven]
    total: int
    next: str | None


@router.get("", summary="Alle Rahmenverträge", description="Mit Losen und was von ihnen übrig ist.")
def show_all(db: Db, now: Now, _asking: Reader, paged: Paged) -> FrameworkList:
    found = queries.all_frameworks(db)
    items = [_given(one, legal_day(now)) for one in paged.of(found)]
    return FrameworkList(items=items, total=len(found), next=paged.next(len(found)))


@router.get(
    "/{number}",
    summary="Ein Rahmenvertrag mit allem, was vereinbart und geändert wurde",
    description="Lose, Abrufverfahren, Auftragnehmer, Preisregel, Optionen, Änderungen mit Grund "
    "und Grundlage, Nachfolger.",
)
def show(db: Db, now: Now, asking: Reader, number: str) -> FrameworkDetail:
    today = legal_day(now)
    page = agreement_page(db, number, today, every_paper=False)
    member = asking.member
    party = member is None or is_party(db, page.framework, member.id, today)
    return _detail(page, queries.changes(db, page.framework.id), party=party)


def _detail(
    page: AgreementPage, changes: Sequence[FrameworkChange], *, party: bool
) -> FrameworkDetail:
    framework, rule = page.framework, page.price_rule
    numbers = {lot.id: lot.number for lot in page.lots}
    return FrameworkDetail(
        **_given(page.found, page.day).model_dump(),
        notice_id=framework.notice_id,
        procedure_type=framework.procedure_type,
        legal_basis=framework.legal_basis,
        call_off_mode=framework.call_off_mode,
        minimum_order_value=_text(framework.minimum_order_value),
        maximum_order_value=_text(framework.maximum_order_value),
        parties=page.parties,
        party=party,
        price_rule=PriceRuleGiven(
            kind=rule.kind,
            text=page.price_words,
            fixed_until=rule.fixed_until,
            announcement_days=rule.announcement_days,
        ),
        suppliers=[_supplier(one, numbers) for one in page.suppliers],
        extension_options=[_option(one) for one in page.options],
        amendments=[_amendment(one, numbers) for one in changes],
        successor=page.successor.number if page.successor else None,
        hand_over_on=framework.hand_over_on,
    )


def _text(amount: Money | None) -> str | None:
    return None if amount is None else amount.text


def _supplier(one: FrameworkSupplier, numbers: dict[int, int]) -> SupplierGiven:
    return SupplierGiven(
        name=one.name,
        lot=None if one.lot_id is None else numbers[one.lot_id],
        rank=one.rank,
        share=one.share,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
    )


def _option(one: ExtensionOption) -> ExtensionOptionGiven:
    return ExtensionOptionGiven(
        number=one.number,
        months=one.months,
        notice_by=one.notice_by,
        exercised=one.exercised,
        decided_on=one.decided_on,
        decided_by=one.decided_by,
    )


def _amendment(one: FrameworkChange, numbers: dict[int, int]) -> AmendmentGiven:
    return AmendmentGiven(
        at=one.at,
        kind=one.kind,
        basis=one.basis,
        effective_on=one.effective_on,
        what=one.what,
        reason=one.reason,
        decided_by=one.decided_by,
        lot=None if one.lot_id is None else numbers[one.lot_id],
        value_change=one.value_change.text,
        document=one.document_id,
    )


def _given(found: FrameworkWithLots, today: date) -> FrameworkGiven:
    framework = found.framework
    return FrameworkGiven(
        number=framework.number,
        title=framework.title,
        supplier=framework.supplier_name,
        contracting_entity=framework.contracting_entity,
        valid_from=framework.valid_from,
        valid_to=framework.valid_to,
        running=found.runs_on(today),
        delivery_days=framework.delivery_days,
        lots=[
            LotGiven(
                number=lot.number,
                title=lot.title,
                maximum_value=lot.maximum_value.text,
                called_off=lot.called_off_value.text,
                reserved=lot.reserved_value.text,
                remaining=lot.remaining_value.text,
                maximum_quantity=lot.maximum_quantity,
                remaining_quantity=lot.remaining_quantity,
                valid_to=framework.valid_to,
            )
            for lot in found.lots
        ],
    )
