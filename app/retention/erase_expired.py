"""Erasing what the schedule no longer keeps; a dry run counts the same and changes nothing."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.accounts.records import ApiToken, LoginSession, PasswordReset, Person, SignInAttempt
from app.audit.append import COOPERATIVE, Happening, append
from app.kernel.canonical import canonical_json
from app.kernel.legal_day import legal_day
from app.members.records import Member, RoleAssignment
from app.notices.records import Notice, NoticeChoice, NoticeTimes
from app.ordering.placing.records import IdempotencyKey
from app.outbox.records import OutboxMessage
from app.retention.due_files import due_evidence
from app.retention.due_rows import (
    PERSONAL,
    counted_only,
    due_answers,
    due_attempts,
    due_messages,
    due_people,
    due_personal,
)
from app.retention.erase_released import ErasedFiles, erase_released
from app.retention.queries import Counted, schedule, standing_holds
from app.retention.records import ErasureRun
from app.retention.rules import Kept, Rule, cut_off, pseudonym


def erase_expired(session: Session, actor: str, now: datetime, *, dry: bool) -> tuple[Counted, ...]:
    """One line per kind of the schedule; the run stays on record, a real one also in the chain."""
    today = legal_day(now)
    held = held_people(session)
    files = erase_released(session, actor, now, dry=dry)
    counted = tuple(
        _erase(session, rule.kind, cut_off(rule, today), held, dry=dry)
        if rule.erases
        else _guarded(session, rule, today, files)
        for rule in schedule(session, today)
    )
    plain: list[dict[str, object]] = [
        {"kind": one.kind.value, "due": one.due, "held": one.held, "erased": one.erased}
        for one in counted
    ]
    run = ErasureRun(at=now, actor=actor, dry=dry, counted=canonical_json(plain))
    session.add(run)
    session.flush()
    if any(one.erased for one in counted):
        happened = Happening("records_erased", f"erasure:{run.id}", actor, {"counted": plain})
        append(session, COOPERATIVE, now, happened)
    return counted


def held_people(session: Session) -> set[int] | None:
    """Whose data a hold keeps; None where one keeps everybody's."""
    people: set[int] = set()
    for hold in standing_holds(session):
        kind, _, key = hold.subject.partition(":")
        if kind == "all":
            return None
        if kind == "person":
            people.add(int(key))
        elif kind == "member":
            wanted = (
                select(RoleAssignment.person_id)
                .join(Member, Member.id == RoleAssignment.member_id)
                .where(Member.key == key)
            )
            people.update(session.scalars(wanted))
    return people


def _erase(
    session: Session, kind: Kept, before: date, held: set[int] | None, *, dry: bool
) -> Counted:
    if kind in PERSONAL:
        rows = due_personal(session, kind, before)
        free = [] if held is None else [number for number, person in rows if person not in held]
        if not dry:
            _delete(session, kind, free)
        return _line(kind, len(rows), len(free), dry=dry)
    if kind is Kept.PEOPLE:
        people = due_people(session, before)
        going = [] if held is None else [person for person in people if person not in held]
        if not dry:
            _pseudonymise(session, going)
        return _line(kind, len(people), len(going), dry=dry)
    return _sweep(session, kind, before, held, dry=dry)


def _guarded(session: Session, rule: Rule, today: date, files: ErasedFiles) -> Counted:
    """The rows stay and are counted; what goes is the content of files that two people released."""
    kind = rule.kind
    if kind is Kept.EVIDENCE:
        due = due_evidence(session, today)
    else:
        due = counted_only(session, kind, cut_off(rule, today))
    return Counted(kind, due, files.held[kind], files.erased[kind])


def _sweep(
    session: Session, kind: Kept, before: date, held: set[int] | None, *, dry: bool
) -> Counted:
    """Rows of nobody in particular: any hold over everything keeps them."""
    table, past = {
        Kept.ATTEMPTS: (SignInAttempt, due_attempts),
        Kept.ANSWERS: (IdempotencyKey, due_answers),
        Kept.MESSAGES: (OutboxMessage, due_messages),
    }[kind]
    condition = past(before)
    due = session.scalar(select(func.count()).select_from(table).where(condition)) or 0
    if not dry and held is not None:
        session.execute(delete(table).where(condition))
    return _line(kind, due, 0 if held is None else due, dry=dry)


def _line(kind: Kept, due: int, free: int, *, dry: bool) -> Counted:
    return Counted(kind, due, due - free, 0 if dry else free)


def _delete(session: Session, kind: Kept, numbers: Iterable[int]) -> None:
    table = PERSONAL[kind]
    wanted = list(numbers)
    for at in range(0, len(wanted), 500):
        session.execute(delete(table).where(table.id.in_(wanted[at : at + 500])))


def _pseudonymise(session: Session, people: Iterable[int]) -> None:
    """The number stays in orders, decisions and the chain; name, address and access go."""
    for person in session.scalars(select(Person).where(Person.id.in_(list(people)))):
        former = person.mail
        person.mail, person.label = pseudonym(person.id)
        person.password_hash = None
        for table in (LoginSession, PasswordReset, ApiToken, Notice, NoticeChoice, NoticeTimes):
            session.execute(delete(table).where(table.person_id == person.id))
        done = OutboxMessage.done_at.is_not(None)
        session.execute(delete(OutboxMessage).where(OutboxMessage.recipient == former, done))
        session.execute(delete(SignInAttempt).where(SignInAttempt.subject.contains(former)))
