"""What browsers send to amend an agreement: syntax only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.frameworks.amending.add_lot import LotWish
from app.frameworks.amending.add_supplier import SupplierWish
from app.frameworks.amending.amend_ceiling import CeilingWish
from app.frameworks.amending.amend_price_rule import PriceRuleWish
from app.frameworks.amending.change_supplier import ChangeGround, ChangeWish
from app.frameworks.amending.create_framework import NewFramework
from app.frameworks.amending.forms import Sheet
from app.frameworks.amending.name_parties import PartiesWish
from app.frameworks.amending.record_index_value import Published
from app.frameworks.amending.resolution import Paper, Resolution, resolution_errors
from app.frameworks.amendment_limits import AmendmentBasis
from app.frameworks.price_rule import PriceRule, PriceRuleKind
from app.frameworks.records import AwardModel, PartyRule
from app.frameworks.supplier_choice import CallOffMode
from app.kernel.errors import FieldError
from app.kernel.money import NOTHING
from app.kernel.month import Month
from app.members.rules import BodyKind


@dataclass(frozen=True, slots=True)
class Handed:
    """The file that came with a form."""

    file_name: str
    content: bytes
    fault: str = ""


def read_new(sent: Mapping[str, str]) -> NewFramework:
    sheet = Sheet(sent)
    new = NewFramework(
        number=sheet.text("number", 40).upper(),
        title=sheet.text("title"),
        award_model=sheet.one_of("award_model", AwardModel),
        contracting_entity=sheet.text("contracting_entity"),
        supplier_name=sheet.text("supplier_name"),
        supplier_vat_id=sheet.text("supplier_vat_id", 20) or None,
        procedure_type=sheet.text("procedure_type", 80),
        notice_id=sheet.text("notice_id", 80),
        award_date=sheet.day("award_date"),
        valid_from=sheet.day("valid_from"),
        valid_to=sheet.day("valid_to"),
        call_off_mode=sheet.one_of("call_off_mode", CallOffMode),
        term_exception_reason=sheet.text("term_exception_reason", 2000),
    )
    sheet.done()
    return new


def read_ceiling(sent: Mapping[str, str], handed: Handed) -> tuple[CeilingWish, Resolution]:
    sheet = Sheet(sent)
    whole = sheet.text("lot") == "gesamt"
    wish = CeilingWish(
        lot_number=None if whole else _lot_number(sheet),
        value=sheet.amount("value"),
        quantity=sheet.whole("quantity", 10_000_000, 1),
        basis=sheet.one_of("basis", AmendmentBasis),
        notice=sheet.text("notice", 80),
        character_unchanged=sheet.ticked("character"),
    )
    return wish, _resolution(sheet, handed)


def read_price_rule(sent: Mapping[str, str], handed: Handed) -> tuple[PriceRuleWish, Resolution]:
    sheet = Sheet(sent)
    kind = sheet.one_of("kind", PriceRuleKind)
    indexed = kind is PriceRuleKind.INDEX
    rule = PriceRule(
        kind=kind,
        fixed_until=sheet.possible_day("fixed_until"),
        index_name=sheet.text("index_name", 120) if indexed else "",
        base_month=sheet.possible_month("base_month") if indexed else None,
        threshold_points=sheet.points("threshold") if indexed else 0,
        cap_points=sheet.points("cap") if indexed and sheet.text("cap") else None,
        discount_points=sheet.points("discount") if kind is PriceRuleKind.LIST_DISCOUNT else 0,
        announcement_days=sheet.whole("announcement_days", 365) or 0,
    )
    basis = sheet.one_of("basis", AmendmentBasis)
    return PriceRuleWish(rule, basis), _resolution(sheet, handed)


def read_index_value(sent: Mapping[str, str]) -> Published:
    sheet = Sheet(sent)
    value = Published(
        index_name=sheet.text("index_name", 120),
        month=sheet.possible_month("month") or sheet.no_month("month"),
        hundredths=sheet.points("value", 1000),
        source=sheet.text("source", 200),
    )
    sheet.done()
    return value


def read_parties(sent: Mapping[str, str], handed: Handed) -> tuple[PartiesWish, Resolution]:
    sheet = Sheet(sent)
    wish = PartiesWish(
        rule=sheet.one_of("party_rule", PartyRule),
        kinds=kinds_of(sheet),
        districts=tuple(sheet.text("districts", 200).replace(",", " ").split()),
        members_by=sheet.possible_day("members_by"),
        keys=tuple(dict.fromkeys(sheet.text("members", 4000).replace(",", " ").split())),
    )
    return wish, _resolution(sheet, handed)


def read_supplier(sent: Mapping[str, str]) -> SupplierWish:
    sheet = Sheet(sent)
    wish = SupplierWish(
        name=sheet.text("name"),
        rank=sheet.needed_whole("rank", 99, 1),
        share=sheet.whole("share", 100, 1) or 1,
        vat_id=sheet.text("vat_id", 20) or None,
        mail=sheet.possible_mail("mail"),
        lot_number=sheet.whole("lot", 999, 1),
    )
    sheet.done()
    return wish


def read_supplier_change(sent: Mapping[str, str], handed: Handed) -> tuple[ChangeWish, Resolution]:
    sheet = Sheet(sent)
    wish = ChangeWish(
        old_id=sheet.whole("supplier", 999_999_999, 1),
        name=sheet.text("name"),
        vat_id=sheet.text("vat_id", 20) or None,
        ground=sheet.one_of("ground", ChangeGround),
        mail=sheet.possible_mail("mail"),
        suitable=sheet.ticked("suitable"),
    )
    return wish, _resolution(sheet, handed)


def read_lot(sent: Mapping[str, str]) -> LotWish:
    sheet = Sheet(sent)
    percent = sheet.whole("open_percent", 25, 1)
    wish = LotWish(
        title=sheet.text("title"),
        maximum_value=sheet.amount("maximum_value")
        if percent is None
        else sheet.possible_amount("maximum_value") or NOTHING,
        maximum_quantity=sheet.whole("maximum_quantity", 10_000_000, 1),
        estimated_value=sheet.possible_amount("estimated_value"),
        cpv=sheet.text("cpv", 8) or None,
        open_percent=percent,
        only_kinds=kinds_of(sheet),
        only_districts=tuple(sheet.text("districts", 200).replace(",", " ").split()),
    )
    sheet.done()
    return wish


def read_resolution(sent: Mapping[str, str], handed: Handed) -> Resolution:
    return _resolution(Sheet(sent), handed)


def read_paper(sent: Mapping[str, str], handed: Handed) -> Paper:
    sheet = Sheet(sent)
    _check(sheet, handed)
    paper = sheet.paper(handed.file_name, handed.content)
    sheet.done()
    return paper


def kinds_of(sheet: Sheet) -> tuple[str, ...]:
    """One box per kind of body."""
    return tuple(kind.value for kind in BodyKind if sheet.ticked(f"kind_{kind.value}"))


def month_of(sheet: Sheet) -> Month:
    """The month that the form must name."""
    return sheet.possible_month("month") or sheet.no_month("month")


def _lot_number(sheet: Sheet) -> int:
    if not sheet.text("lot"):
        text = "Bitte wählen Sie ein Los oder den gesamten Vertrag."
        sheet.errors.append(FieldError("lot", "missing", text))
    return sheet.whole("lot", 999, 1) or 1


def _resolution(sheet: Sheet, handed: Handed) -> Resolution:
    """Where a field is wrong, what the decision lacks is said at once, too."""
    _check(sheet, handed)
    by = sheet.resolution(handed.file_name, handed.content)
    if sheet.errors:
        said = {error.field for error in sheet.errors}
        lacking = resolution_errors(by, date.max)
        sheet.errors.extend(error for error in lacking if error.field not in said)
    sheet.done()
    return by


def _check(sheet: Sheet, handed: Handed) -> None:
    if handed.fault:
        sheet.errors.append(FieldError("file", "file_refused", handed.fault))
