"""The signatures that a growing order needs, by value limit or by its member's rule table."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.approvals.open_path import open_path
from app.approvals.path_queries import current_path
from app.approvals.record_verdict import Mandate, Subject
from app.approvals.rules_path import Path
from app.kernel.canonical import canonical_json, sha256_hex
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members.deciders import Decider
from app.members.records import Member
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.totals import totals_after
from app.ordering.records import CallOff
from app.ordering.signing.mandate import mandate_on
from app.ordering.signing.steps_of_order import asked_of, decides_alone, has_table
from app.ordering.signing.version import value_of, version_sha256
from app.ordering.signing.who_decides import Awaited, awaited_words


def value_after(member: Member, found: CallOff, change: CallOffChange) -> Money:
    """Net or gross, as the member's limits count."""
    after = totals_after(found, change)
    return after.net if member.approval_limit_is_net else after.gross


def subject_number(found: CallOff, change: CallOffChange) -> str:
    """Under which number verdicts over this wish stand."""
    return f"{found.number}/{change.position}"


def subject_of(session: Session, member: Member, found: CallOff, change: CallOffChange) -> Subject:
    """Exactly this version of order and wish, at the order's whole new value."""
    wishes = [
        [
            item.sku,
            item.before,
            item.pieces,
            *(() if item.part is None else (item.part,)),
            *(() if item.successor is None else (item.successor.unit_price.ten_thousandths,)),
        ]
        for item in change.items
        if item.sku
    ]
    version = {"order": version_sha256(session, found), "change": change.position, "to": wishes}
    return Subject(
        member_id=found.member_id,
        number=subject_number(found, change),
        sha256=sha256_hex(canonical_json(version)),
        value=value_after(member, found, change),
        requested_by=change.requested_by,
    )


def open_change_steps(
    session: Session, member: Member, found: CallOff, change: CallOffChange, now: datetime
) -> None:
    """By the table of today; nothing where no rule fits, or the rule of self-approval covers it."""
    if not has_table(session, member.id):
        return
    subject = subject_of(session, member, found, change)
    if decides_alone(session, member, change.requested_by, subject.value, now):
        return
    asked = asked_of(session, member, found, now)
    more = subject.value - value_of(member, found)
    grown = replace(asked, value=subject.value, counted=asked.counted + more)
    open_path(session, subject, grown, now)


def path_of_change(session: Session, found: CallOff, change: CallOffChange) -> Path | None:
    """None where the value limit decides alone."""
    if not has_table(session, found.member_id):
        return None
    return current_path(session, found.member_id, subject_number(found, change))


def mandate_of_change(
    session: Session,
    member: Member,
    found: CallOff,
    change: CallOffChange,
    person_id: int,
    now: datetime,
) -> Mandate | None:
    """Over the order's whole new value, so that no limit is got round in small steps."""
    path = path_of_change(session, found, change)
    return mandate_on(session, member, _awaited(member, found, change), path, person_id, now)


def who_decides_change(
    session: Session, member: Member, found: CallOff, change: CallOffChange, now: datetime
) -> tuple[tuple[Decider, int | None], ...]:
    """Whose word the wish waits for now; as `who_decides` says it of orders."""
    path = path_of_change(session, found, change)
    return awaited_words(session, _awaited(member, found, change), path, legal_day(now))


def _awaited(member: Member, found: CallOff, change: CallOffChange) -> Awaited:
    value = value_after(member, found, change)
    return Awaited(member.id, value, change.requested_by, found.unit_id)
