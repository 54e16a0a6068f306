"""Changing what is recorded about a member; each change is on record with its fields."""

import re
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.kernel.errors import FieldError, Malformed
from app.kernel.money import NOTHING, Money
from app.members.body_keys import valid_leitweg_id
from app.members.queries import member_by_key
from app.members.records import Member

LONGEST_BASELINE = 10_000


@dataclass(frozen=True, slots=True)
class MemberSettings:
    """Everything that can be changed about a member after it was taken in."""

    name: str
    street: str
    postal_code: str
    city: str
    contracting_authority_basis: str | None
    leitweg_id: str | None
    invoice_mail: str | None
    account_pattern: str | None
    approval_limit_is_net: bool
    time_measurement_enabled: bool
    time_measurement_evidence: str | None
    baseline_minutes: int
    baseline_source: str
    procurements_per_year: int | None
    target_hours_per_year: int | None
    hourly_rate: Money | None
    hourly_rate_source: str | None
    council_paper_number: str | None


def edit_member(
    session: Session, key: str, settings: MemberSettings, actor: str, now: datetime
) -> Member:
    """Malformed names every fault; then nothing changes."""
    member = member_by_key(session, key)
    if faults := _faults(settings):
        raise Malformed(*faults)
    changed: dict[str, object] = {}
    for field in fields(settings):
        value = getattr(settings, field.name)
        if getattr(member, field.name) != value:
            setattr(member, field.name, value)
            changed[field.name] = value.text if isinstance(value, Money) else value
    if changed:
        said = Happening("member_changed", f"member:{key}", actor, changed)
        append(session, member_stream(key), now, said)
    return member


def _faults(settings: MemberSettings) -> list[FieldError]:
    faults = [
        FieldError(name, "missing", text)
        for name, text in (
            ("name", "Bitte geben Sie den Namen an."),
            ("street", "Bitte geben Sie Straße und Hausnummer an."),
            ("postal_code", "Bitte geben Sie die Postleitzahl an."),
            ("city", "Bitte geben Sie den Ort an."),
            ("baseline_source", "Bitte nennen Sie die Quelle des Vergleichswerts."),
        )
        if not getattr(settings, name)
    ]
    if settings.leitweg_id and not valid_leitweg_id(settings.leitweg_id):
        text = "Die Leitweg-ID stimmt nicht; bitte prüfen Sie besonders die letzten zwei Ziffern."
        faults.append(FieldError("leitweg_id", "leitweg_id_invalid", text))
    if settings.account_pattern and not _compiles(settings.account_pattern):
        text = "Die Form der Produktkonten ist kein gültiger regulärer Ausdruck."
        faults.append(FieldError("account_pattern", "pattern_invalid", text))
    if settings.time_measurement_enabled and not settings.time_measurement_evidence:
        text = "Die Zeitmessung braucht einen Nachweis, zum Beispiel die Dienstvereinbarung."
        faults.append(FieldError("time_measurement_evidence", "evidence_missing", text))
    if not 0 < settings.baseline_minutes <= LONGEST_BASELINE:
        text = "Bitte geben Sie die Minuten je Vorgang ohne Portal an."
        faults.append(FieldError("baseline_minutes", "out_of_range", text))
    if settings.hourly_rate is not None and (
        settings.hourly_rate <= NOTHING or not settings.hourly_rate_source
    ):
        text = "Zu einem Stundensatz über 0 Euro gehört die Quelle mit Jahr."
        faults.append(FieldError("hourly_rate_source", "source_missing", text))
    return faults


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
