"""What browsers send about people, addresses and members: syntax only."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from pydantic import BaseModel, Field

from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean, typed_day
from app.kernel.money import Money
from app.members.edit_member import MemberSettings
from app.members.membership.record_period import Period
from app.members.people.assign_roles import Grants
from app.members.people.create_token import TokenWish
from app.members.people.name_deputy import Absence
from app.members.rules import BodyKind, Role
from app.members.save_account import AccountWish
from app.members.save_address import AddressWish

LARGEST_AMOUNT = Decimal(1_000_000_000)
THOUSANDS = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")


class PasswordForm(BaseModel):
    present_password: str = Field(default="", max_length=1000)
    new_password: str = Field(default="", max_length=1000)


class TokenForm(BaseModel):
    name: str = Field(default="", max_length=200)
    scopes: list[str] = Field(default_factory=list, max_length=20)
    days: str = Field(default="365", max_length=10)

    def wish(self) -> TokenWish:
        days = whole("days", self.days)
        return TokenWish(clean(self.name), self.scopes, 0 if days is None else days)


class RolesForm(BaseModel):
    roles: list[str] = Field(default_factory=list, max_length=20)
    member_key: str = Field(default="", max_length=40)
    unit_id: str = Field(default="", max_length=20)
    approval_limit: str = Field(default="", max_length=40)

    def grants(self, member_id: int | None) -> Grants:
        known = {role.value: role for role in Role}
        if unknown := [role for role in self.roles if role not in known]:
            text = f"Die Rolle {unknown[0]} gibt es nicht."
            raise Malformed(FieldError("roles", "role_unknown", text))
        return Grants(
            frozenset(known[role] for role in self.roles),
            member_id,
            whole("unit_id", self.unit_id),
            money("approval_limit", self.approval_limit),
        )


class PersonForm(RolesForm):
    mail: str = Field(default="", max_length=300)
    label: str = Field(default="", max_length=200)


class DeputyForm(BaseModel):
    deputy_person_id: str = Field(default="", max_length=20)
    valid_from: str = Field(default="", max_length=20)
    valid_to: str = Field(default="", max_length=20)

    def absence(self, person_id: int) -> Absence:
        deputy = whole("deputy_person_id", self.deputy_person_id)
        if deputy is None:
            text = "Bitte wählen Sie eine Vertretung."
            raise Malformed(FieldError("deputy_person_id", "missing", text))
        first, last = day("valid_from", self.valid_from), day("valid_to", self.valid_to)
        if first is None or last is None:
            text = "Bitte geben Sie den ersten und den letzten Tag an."
            raise Malformed(FieldError("valid_from", "missing", text))
        return Absence(person_id, deputy, first, last)


class AddressForm(BaseModel):
    label: str = Field(default="", max_length=200)
    street: str = Field(default="", max_length=200)
    postal_code: str = Field(default="", max_length=20)
    city: str = Field(default="", max_length=200)
    recipient: str = Field(default="", max_length=200)
    room: str = Field(default="", max_length=200)
    is_default: str = Field(default="", max_length=5)

    def wish(self) -> AddressWish:
        return AddressWish(
            clean(self.label),
            clean(self.street),
            clean(self.postal_code),
            clean(self.city),
            clean(self.recipient),
            clean(self.room),
            bool(self.is_default),
        )


class AccountForm(BaseModel):
    account: str = Field(default="", max_length=200)
    name: str = Field(default="", max_length=200)

    def wish(self) -> AccountWish:
        return AccountWish(clean(self.account), clean(self.name))


class MemberForm(BaseModel):
    name: str = Field(default="", max_length=200)
    street: str = Field(default="", max_length=120)
    postal_code: str = Field(default="", max_length=10)
    city: str = Field(default="", max_length=80)
    contracting_authority_basis: str = Field(default="", max_length=40)
    leitweg_id: str = Field(default="", max_length=46)
    invoice_mail: str = Field(default="", max_length=254)
    account_pattern: str = Field(default="", max_length=120)
    approval_limit_is_net: str = Field(default="", max_length=5)
    time_measurement_enabled: str = Field(default="", max_length=5)
    time_measurement_evidence: str = Field(default="", max_length=200)
    baseline_minutes: str = Field(default="", max_length=10)
    baseline_source: str = Field(default="", max_length=200)
    procurements_per_year: str = Field(default="", max_length=10)
    target_hours_per_year: str = Field(default="", max_length=10)
    hourly_rate: str = Field(default="", max_length=40)
    hourly_rate_source: str = Field(default="", max_length=200)
    council_paper_number: str = Field(default="", max_length=40)

    def settings(self) -> MemberSettings:
        return MemberSettings(
            name=clean(self.name),
            street=clean(self.street),
            postal_code=clean(self.postal_code),
            city=clean(self.city),
            contracting_authority_basis=clean(self.contracting_authority_basis) or None,
            leitweg_id=clean(self.leitweg_id).upper() or None,
            invoice_mail=clean(self.invoice_mail) or None,
            account_pattern=clean(self.account_pattern) or None,
            approval_limit_is_net=bool(self.approval_limit_is_net),
            time_measurement_enabled=bool(self.time_measurement_enabled),
            time_measurement_evidence=clean(self.time_measurement_evidence) or None,
            baseline_minutes=whole("baseline_minutes", self.baseline_minutes) or 0,
            baseline_source=clean(self.baseline_source),
            procurements_per_year=whole("procurements_per_year", self.procurements_per_year),
            target_hours_per_year=whole("target_hours_per_year", self.target_hours_per_year),
            hourly_rate=money("hourly_rate", self.hourly_rate),
            hourly_rate_source=clean(self.hourly_rate_source) or None,
            council_paper_number=clean(self.council_paper_number) or None,
        )


class UnitForm(BaseModel):
    unit_name: str = Field(default="", max_length=200)
    unit_kind: str = Field(default="", max_length=40)

    def kind(self) -> BodyKind:
        known = {kind.value: kind for kind in BodyKind}
        if self.unit_kind not in known:
            text = "Bitte wählen Sie die Art der Einheit."
            raise Malformed(FieldError("unit_kind", "kind_unknown", text))
        return known[self.unit_kind]


class PeriodForm(BaseModel):
    resolved_on: str = Field(default="", max_length=20)
    effective_from: str = Field(default="", max_length=20)
    effective_to: str = Field(default="", max_length=20)
    notice_received_on: str = Field(default="", max_length=20)
    share_paid_on: str = Field(default="", max_length=20)

    def period(self) -> Period:
        first = day("effective_from", self.effective_from)
        if first is None:
            text = "Bitte geben Sie den ersten Tag der Mitgliedschaft an."
            raise Malformed(FieldError("effective_from", "missing", text))
        return Period(
            resolved_on=day("resolved_on", self.resolved_on),
            effective_from=first,
            effective_to=day("effective_to", self.effective_to),
            notice_received_on=day("notice_received_on", self.notice_received_on),
            share_paid_on=day("share_paid_on", self.share_paid_on),
        )


def sentences(faults: Iterable[FieldError]) -> dict[str, str]:
    """Field → what to do: for the summary at the top and for the message at the field."""
    return {fault.field: fault.text for fault in faults}


def whole(field: str, text: str) -> int | None:
    """A whole number from 0 on; None where nothing was typed."""
    typed = text.strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit()) or len(typed) > 9:  # noqa: PLR2004 - fits INTEGER
        raise Malformed(
            FieldError(field, "number_malformed", "Bitte geben Sie eine ganze Zahl an.")
        )
    return int(typed)


def money(field: str, text: str) -> Money | None:
    """`1.234,56`, `1234,56`, `1234.56` or `1.234`, with or without the sign; None for nothing."""
    typed = text.replace("€", "").replace("\u00a0", "").replace(" ", "")
    if not typed:
        return None
    grouped = "," in typed or THOUSANDS.fullmatch(typed) is not None
    plain = typed.replace(".", "").replace(",", ".") if grouped else typed
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 <= amount <= LARGEST_AMOUNT:
        text = "Bitte geben Sie einen Betrag an, zum Beispiel 5.000,00."
        raise Malformed(FieldError(field, "amount_malformed", text))
    return Money.euros(amount)


def day(field: str, text: str) -> date | None:
    """A day; None for nothing."""
    typed = text.strip()
    if not typed:
        return None
    try:
        return typed_day(typed)
    except ValueError:
        wrong = "Bitte geben Sie ein Datum an, zum Beispiel 21.11.2026."
        raise Malformed(FieldError(field, "date_malformed", wrong)) from None
