"""Saying who may call off: all members, a class, or members one by one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.frameworks.amending.lock_framework import lock_framework
from app.frameworks.amending.log_change import Entry, log_change
from app.frameworks.amending.resolution import Resolution, not_yet_effective, resolution_errors
from app.frameworks.amendment_limits import AmendmentBasis, AmendmentKind
from app.frameworks.party_words import class_words
from app.frameworks.records import Framework, FrameworkParty, PartyRule
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import day
from app.kernel.legal_day import legal_day
from app.members.records import Member
from app.members.rules import BodyKind


@dataclass(frozen=True, slots=True)
class PartiesWish:
    """`kinds` and `districts` are a class; `keys` are members named one by one."""

    rule: PartyRule
    kinds: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    members_by: date | None = None
    keys: tuple[str, ...] = ()


def name_parties(  # noqa: PLR0913 - who changes what, by whose decision
    session: Session,
    person_id: int,
    number: str,
    wish: PartiesWish,
    by: Resolution,
    now: datetime,
    *,
    seen: int | None = None,
) -> None:
    """At once, so not before `by.effective_on`; who is no longer named stays on record.

    Raises Malformed with every wrong field.
    """
    framework = lock_framework(session, number, seen).framework
    today = legal_day(now)
    known = _members(session, wish.keys)
    errors = [
        *_errors(wish, known.keys()),
        *not_yet_effective(by, today),
        *resolution_errors(by, today),
    ]
    if errors:
        raise Malformed(*errors)
    what = list(_class_changes(framework, wish))
    what.extend(_named_changes(session, framework, known, today))
    if not what:
        raise Malformed(FieldError("party_rule", "unchanged", "Das gilt schon so."))
    entry = Entry(AmendmentKind.PARTIES, tuple(what), AmendmentBasis.INSUBSTANTIAL)
    log_change(session, framework, entry, by, person_id, now)


def _members(session: Session, keys: tuple[str, ...]) -> dict[str, Member]:
    rows = session.scalars(select(Member).where(Member.key.in_(keys)))
    return {member.key: member for member in rows}


def _errors(wish: PartiesWish, known: Collection[str]) -> Iterator[FieldError]:
    if wish.rule is PartyRule.ALL_MEMBERS:
        if wish.kinds or wish.districts or wish.keys or wish.members_by:
            text = "Wenn alle Mitglieder abrufen dürfen, bleiben Klasse und Namen leer."
            yield FieldError("party_rule", "everybody", text)
        return
    unknown = [kind for kind in wish.kinds if kind not in set(BodyKind)]
    if unknown:
        yield FieldError("kinds", "unknown", f"Die Art {unknown[0]} gibt es nicht.")
    if any(not (one.isdecimal() and len(one) == 5) for one in wish.districts):  # noqa: PLR2004 - AGS
        text = "Ein Kreis hat fünf Ziffern, zum Beispiel 15083."
        yield FieldError("districts", "district", text)
    missing = [key for key in wish.keys if key not in known]
    if missing:
        text = f"Ein Mitglied mit dem Schlüssel {missing[0]} gibt es nicht."
        yield FieldError("members", "unknown", text)
    if not (wish.kinds or wish.districts or wish.keys or wish.members_by):
        text = "Bitte nennen Sie eine Klasse oder mindestens ein Mitglied (§ 21 Abs. 2 VgV)."
        yield FieldError("members", "missing", text)


def _class_changes(framework: Framework, wish: PartiesWish) -> Iterator[str]:
    before = class_words(framework)
    framework.party_rule = wish.rule
    framework.party_kinds = " ".join(sorted(wish.kinds))
    framework.party_districts = " ".join(sorted(wish.districts))
    framework.party_members_by = wish.members_by
    after = class_words(framework)
    if before != after:
        yield f"Abrufberechtigt: {before} → {after}"


def _named_changes(
    session: Session, framework: Framework, named: dict[str, Member], today: date
) -> Iterator[str]:
    wanted = {member.id: member for member in named.values()}
    rows = session.execute(
        select(FrameworkParty, Member)
        .join(Member, Member.id == FrameworkParty.member_id)
        .where(FrameworkParty.framework_id == framework.id)
    ).all()
    for party, member in rows:
        if member.id not in wanted and (party.valid_to is None or party.valid_to >= today):
            party.valid_to = today
            yield f"{member.name}: bis {day(today)}"
        elif member.id in wanted and party.valid_to is not None:
            party.valid_to = None
            yield f"{member.name}: wieder benannt"
    there = {member.id for _party, member in rows}
    for member in wanted.values():
        if member.id not in there:
            session.add(FrameworkParty(framework_id=framework.id, member_id=member.id))
            yield f"{member.name}: benannt"
