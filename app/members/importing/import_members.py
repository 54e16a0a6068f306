"""Members and units from a CSV file: all lines or none, every fault with its line."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.kernel.german import clean
from app.members.body_keys import valid_ags, valid_ars, valid_leitweg_id
from app.members.records import DeliveryAddress, Member, Membership, Unit
from app.members.rules import DEPENDENT_KINDS, BodyKind

NEEDED: Final = ("key", "name", "kind", "street", "postal_code", "city", "effective_from")
OPTIONAL: Final = (
    "parent_key",
    "ags",
    "ars",
    "basis",
    "leitweg_id",
    "invoice_mail",
    "resolved_on",
    "effective_to",
    "share_paid_on",
)
UNIT_NEEDED: Final = ("key", "name", "kind")
LARGEST_FILE: Final = 5 * 1024 * 1024
KINDS: Final = frozenset(kind.value for kind in BodyKind)
WIDTHS: Final = {"key": 20, "name": 120, "street": 120, "postal_code": 10, "city": 80, "basis": 40}


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong in one line; line 1 holds the names of the columns."""

    line: int
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class MembersImported:
    """How many were added; existing keys are left as they are."""

    members: int
    units: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class MembersRefused:
    """Nothing was changed."""

    faults: tuple[LineFault, ...]
    code: str = "file_refused"


def import_members(
    session: Session, content: bytes, actor: str, now: datetime
) -> MembersImported | MembersRefused:
    """A line with `parent_key` is a unit of that member, every other line is a member."""
    rows = _rows(content)
    if isinstance(rows, MembersRefused):
        return rows
    ids = {key: number for number, key in session.execute(select(Member.id, Member.key))}
    faults = _all_faults(rows, set(ids))
    if faults:
        return MembersRefused(tuple(faults))
    done = _add_all(session, rows, ids, now)
    said: dict[str, object] = {"members": done.members, "units": done.units}
    append(session, COOPERATIVE, now, Happening("members_imported", "members", actor, said))
    return done


def _rows(content: bytes) -> list[dict[str, str]] | MembersRefused:
    def refused(code: str, reason: str) -> MembersRefused:
        return MembersRefused((LineFault(1, code, reason),))

    if len(content) > LARGEST_FILE:
        return refused("file_too_large", "Die Datei ist größer als 5 MB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return refused("not_utf8", "Die Datei ist nicht in UTF-8 gespeichert.")
    separator = ";" if ";" in text.partition("\n")[0] else ","
    try:
        reader = csv.DictReader(StringIO(text), delimiter=separator, strict=True)
        heads = reader.fieldnames or ()
        rows = [{name: clean(value or "") for name, value in row.items() if name} for row in reader]
    except csv.Error as error:
        return refused("not_csv", f"Die Datei ist keine lesbare CSV-Datei ({error}).")
    missing = [name for name in NEEDED if name not in heads]
    unknown = [name for name in heads if name not in (*NEEDED, *OPTIONAL)]
    if missing or unknown:
        words = [f"Es fehlt die Spalte {name}." for name in missing]
        words += [f"Die Spalte {name} ist unbekannt." for name in unknown]
        return refused("columns_wrong", " ".join(words))
    if not rows:
        return refused("file_empty", "Die Datei enthält keine Mitglieder.")
    return rows


def _all_faults(rows: list[dict[str, str]], known: set[str]) -> list[LineFault]:
    faults: list[LineFault] = []
    seen: set[str] = set()
    for line, row in enumerate(rows, start=2):
        found = list(_faults(row))
        if row["key"] in seen:
            found.append(("key_repeated", f"Der Schlüssel {row['key']} kommt mehrfach vor."))
        parent = row.get("parent_key", "")
        if parent and parent not in known | seen:
            found.append(("parent_unknown", f"Das Mitglied {parent} ist nicht bekannt."))
        if not parent:
            seen.add(row["key"])
        faults.extend(LineFault(line, code, reason) for code, reason in found)
    return faults


def _faults(row: Mapping[str, str]) -> list[tuple[str, str]]:
    needed = UNIT_NEEDED if row.get("parent_key") else NEEDED
    found = [("missing", f"Die Angabe {name} fehlt.") for name in needed if not row[name]]
    for name, width in WIDTHS.items():
        if len(row.get(name, "")) > width:
            found.append(("too_long", f"Die Angabe {name} ist länger als {width} Zeichen."))
    if row["kind"] and row["kind"] not in KINDS:
        found.append(("kind_unknown", f"Die Art {row['kind']} gibt es nicht."))
    for name, valid in (("ags", valid_ags), ("ars", valid_ars), ("leitweg_id", valid_leitweg_id)):
        if row.get(name) and not valid(row[name]):
            found.append((f"{name}_invalid", f"Die Angabe {name} {row[name]} ist nicht gültig."))
    for name in ("effective_from", "effective_to", "resolved_on", "share_paid_on"):
        if row.get(name) and _day(row[name]) is None:
            reason = f"Die Angabe {name} ist kein Datum der Form 2026-11-21."
            found.append(("date_malformed", reason))
    return found


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _add_all(
    session: Session, rows: list[dict[str, str]], ids: dict[str, int], now: datetime
) -> MembersImported:
    members = units = unchanged = 0
    for row in rows:
        if parent := row.get("parent_key"):
            added = _add_unit(session, ids[parent], row)
            units += added
            unchanged += not added
        elif row["key"] in ids:
            unchanged += 1
        else:
            ids[row["key"]] = _add_member(session, row, now)
            members += 1
    session.flush()
    return MembersImported(members, units, unchanged)


def _add_unit(session: Session, member_id: int, row: Mapping[str, str]) -> bool:
    known = select(Unit.id).where(Unit.member_id == member_id, Unit.name == row["name"])
    if session.scalar(known) is not None:
        return False
    kind = BodyKind(row["kind"])
    session.add(
        Unit(
            member_id=member_id,
            name=row["name"],
            body_kind=kind,
            own_legal_person=kind not in DEPENDENT_KINDS,
            leitweg_id=row.get("leitweg_id") or None,
        )
    )
    session.flush()
    return True


def _add_member(session: Session, row: Mapping[str, str], now: datetime) -> int:
    member = Member(
        key=row["key"],
        name=row["name"],
        body_kind=BodyKind(row["kind"]),
        ags=row.get("ags") or None,
        ars=row.get("ars") or None,
        contracting_authority_basis=row.get("basis") or None,
        street=row["street"],
        postal_code=row["postal_code"],
        city=row["city"],
        leitweg_id=(row.get("leitweg_id") or "").upper() or None,
        invoice_mail=row.get("invoice_mail") or None,
    )
    session.add(member)
    session.flush()
    session.add(
        Membership(
            member_id=member.id,
            resolved_on=_day(row.get("resolved_on")),
            effective_from=date.fromisoformat(row["effective_from"]),
            effective_to=_day(row.get("effective_to")),
            share_paid_on=_day(row.get("share_paid_on")),
            recorded_at=now,
        )
    )
    session.add(
        DeliveryAddress(
            member_id=member.id,
            label="Hauptadresse",
            street=member.street,
            postal_code=member.postal_code,
            city=member.city,
            is_default=True,
        )
    )
    return member.id
