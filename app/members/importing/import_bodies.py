"""Demonstration data: bodies of the official register as members, special cases, accounts."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.kernel.money import Money
from app.members.body_keys import leitweg_id
from app.members.importing.body_register import Body, read_register
from app.members.importing.body_register import select as choose
from app.members.people.assign_roles import Grants
from app.members.people.create_user import NewUser, create_user
from app.members.queries import member_by_key
from app.members.records import (
    DeliveryAddress,
    Member,
    Membership,
    MembershipFee,
    MembershipTerms,
    ProductAccount,
    Unit,
)
from app.members.rules import BodyKind, Role

REGISTER: Final = "st_municipal_bodies_2023-11-30.csv"
CHOICE: Final = "demonstration.toml"
FINE_PART: Final = "DEMO01"
MARK: Final = "Demonstrationsdaten"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account as the sign-in page lists it."""

    mail: str
    shows: str


def demo_accounts(folder: Path) -> tuple[DemoAccount, ...]:
    """The accounts of the file, in its order; needs no database."""
    return tuple(DemoAccount(one["mail"], one["shows"]) for one in _choice(folder)["account"])


def import_bodies(session: Session, folder: Path, today: date, now: datetime) -> int:
    """Adds all members of the choice once; the answer is how many were added.

    `folder` holds the register and the choice. Days of the special cases count from `today`.
    """
    if session.scalar(select(func.count()).select_from(Member)):
        return 0
    choice = _choice(folder)
    selection = choice["selection"]
    bodies = choose(
        read_register((folder / REGISTER).read_text(encoding="utf-8")),
        selection["kinds"],
        selection["always"],
        selection["members"],
    )
    single = {one["key"]: one for one in choice.get("member", ())}
    for body in bodies:
        _add_body(session, body, selection | single.get(body.key, {}), now)
    for special in choice.get("special", ()):
        _add_special(session, special, selection, today, now)
    for fee in choice.get("fee", ()):
        monthly = Money.euros(fee.pop("monthly"))
        session.add(MembershipFee(monthly=monthly, **fee))
    for terms in choice.get("terms", ()):
        share = Money.euros(terms.pop("share"))
        session.add(MembershipTerms(share=share, recorded_at=now, **terms))
    session.flush()
    return len(bodies) + len(choice.get("special", ()))


def import_demo_accounts(session: Session, folder: Path, password_hash: str, now: datetime) -> None:
    """All accounts of the choice with one password; the members must be there already."""
    for one in _choice(folder)["account"]:
        member = member_by_key(session, one["member"]) if "member" in one else None
        unit_id = None
        if member is not None and "unit" in one:
            wanted = select(Unit.id).where(Unit.member_id == member.id, Unit.name == one["unit"])
            unit_id = session.scalar(wanted)
        grants = Grants(
            frozenset(Role(role) for role in one["roles"]),
            None if member is None else member.id,
            unit_id,
        )
        user = NewUser(one["mail"], one["label"], password_hash)
        create_user(session, EVERY_MEMBER, user, grants, "demonstration", now)


def _choice(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / CHOICE).read_text(encoding="utf-8"))


def _add_body(session: Session, body: Body, said: dict[str, Any], now: datetime) -> None:
    member = Member(
        key=body.key,
        name=body.name,
        body_kind=body.kind,
        ags=body.ags,
        ars=body.ars,
        contracting_authority_basis="§ 99 Nr. 1 GWB",
        street=said.get("street", "Am Rathaus 1"),
        postal_code=body.postal_code,
        city=body.city,
        leitweg_id=leitweg_id(body.ags or body.ars, FINE_PART),
        invoice_mail=f"rechnung@{body.slug}.example",
        demonstration=True,
        **_settings(said),
    )
    period = Membership(
        resolved_on=said.get("resolved_on", said["effective_from"] - timedelta(days=30)),
        effective_from=said["effective_from"],
        share_paid_on=said["effective_from"],
        share_contribution=Money.euros(said["share_contribution"]),
        recorded_at=now,
    )
    _add(session, member, period, said)


def _add_special(
    session: Session, said: dict[str, Any], selection: dict[str, Any], today: date, now: datetime
) -> None:
    member = Member(
        key=said["key"],
        name=said["name"],
        body_kind=BodyKind(said["kind"]),
        contracting_authority_basis=said["basis"],
        street="Musterweg 1",
        postal_code="39000",
        city=said["city"],
        leitweg_id=leitweg_id("15", said["key"].replace("-", "")),
        demonstration=True,
    )
    first = today + timedelta(days=said["effective_from_days"])
    last = said.get("effective_to_days")
    period = Membership(
        resolved_on=min(first, today) - timedelta(days=30),
        effective_from=first,
        effective_to=None if last is None else today + timedelta(days=last),
        share_paid_on=min(first, today),
        share_contribution=Money.euros(selection["share_contribution"]),
        recorded_at=now,
    )
    _add(session, member, period, said)


def _settings(said: dict[str, Any]) -> dict[str, Any]:
    kept = (
        "council_paper_number",
        "account_pattern",
        "time_measurement_evidence",
        "baseline_minutes",
        "baseline_source",
        "procurements_per_year",
        "target_hours_per_year",
    )
    values = {name: said[name] for name in kept if name in said}
    values["time_measurement_enabled"] = "time_measurement_evidence" in said
    return values


def _add(session: Session, member: Member, period: Membership, said: dict[str, Any]) -> None:
    session.add(member)
    session.flush()
    period.member_id = member.id
    session.add(period)
    session.add_all(
        Unit(
            member_id=member.id,
            name=one["name"],
            body_kind=BodyKind(one["kind"]),
            own_legal_person=one.get("own_legal_person", False),
        )
        for one in said.get("units", ())
    )
    default = [{"label": "Rathaus", "street": member.street, "recipient": "IT"}]
    for position, one in enumerate(said.get("addresses", default)):
        session.add(
            DeliveryAddress(
                member_id=member.id,
                label=one["label"],
                street=one["street"],
                postal_code=member.postal_code,
                city=member.city,
                recipient=one["recipient"],
                room=one.get("room", ""),
                is_default=position == 0,
            )
        )
    accounts = said.get(
        "product_accounts", [{"account": "11110.0820000", "name": "IT-Ausstattung"}]
    )
    session.add_all(
        ProductAccount(member_id=member.id, account=one["account"], name=one["name"])
        for one in accounts
    )
