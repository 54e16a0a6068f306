"""From a session or API token to the person behind it: one SELECT, on every request.

Who somebody is changes seldom and is kept under the mark of the register; whether a session is
still open is read every time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from app.accounts.bearer import digest
from app.accounts.records import ApiToken, LoginSession, Person
from app.accounts.rules import Times, alive
from app.database.marks import MARKS, Kept, marks_are, unchanged
from app.database.straight import fetch_all, fetch_one
from app.kernel.legal_day import legal_day
from app.members.asking import Asking, MemberSeen
from app.members.bound_units import units_below
from app.members.records import Deputy, Member, RoleAssignment
from app.members.rules import Role, Scope, scopes_in_unit, scopes_of, token_scopes


@dataclass(frozen=True, slots=True)
class SignedInAsking:
    """Who asks by cookie, and when the session was last written."""

    asking: Asking
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class _Held:
    """Whose token it is today, and until when it counts."""

    asking: Asking
    expires_at: datetime | None


_TOKENS: Final[Kept[_Held | None]] = Kept(most=2_000)
_SESSIONS: Final[Kept[Asking | None]] = Kept(most=2_000)


def _counts(table: type[RoleAssignment]) -> ColumnElement[bool]:
    today = bindparam("today", type_=table.valid_from.type)
    return and_(
        or_(table.valid_from.is_(None), table.valid_from <= today),
        or_(table.valid_to.is_(None), table.valid_to >= today),
    )


def _with_roles(found: Select[*tuple[Any, ...]]) -> Select[Any]:
    today = bindparam("today", type_=Deputy.valid_from.type)
    stands_in = exists().where(
        Deputy.deputy_person_id == Person.id,
        Deputy.valid_from <= today,
        Deputy.valid_to >= today,
    )
    return (
        found.add_columns(
            Person.id.label("person_id"),
            Person.label,
            Person.mail,
            RoleAssignment.role,
            RoleAssignment.unit_id,
            Member.id.label("member_id"),
            Member.key,
            Member.name,
            Member.time_measurement_enabled,
            stands_in.label("stands_in"),
        )
        .outerjoin(
            RoleAssignment, and_(RoleAssignment.person_id == Person.id, _counts(RoleAssignment))
        )
        .outerjoin(Member, Member.id == RoleAssignment.member_id)
        .where(Person.active.is_(True))
        .order_by(RoleAssignment.id)
    )


_TIMES: Final = select(
    LoginSession.expires_at, LoginSession.last_seen_at, LoginSession.revoked_at, MARKS
).where(LoginSession.token_sha256 == bindparam("digest"))
BY_SESSION = _with_roles(
    select(LoginSession.id.label("login_session_id"), LoginSession.csrf_token)
    .join(Person, Person.id == LoginSession.person_id)
    .where(LoginSession.token_sha256 == bindparam("digest"))
)
BY_TOKEN = _with_roles(
    select(ApiToken.id.label("token_id"), ApiToken.scopes, ApiToken.expires_at)
    .join(Person, Person.id == ApiToken.person_id)
    .where(ApiToken.token_sha256 == bindparam("digest"), ApiToken.revoked_at.is_(None))
)


def asking_by_session(session: Session, token: str, now: datetime) -> SignedInAsking | None:
    """None for an unknown, ended, idle or expired session and for a deactivated person."""
    hashed = digest(token)
    times = fetch_one(session, _TIMES, {"digest": hashed})
    if times is None:
        return None
    marks_are(session, times.marks)
    if not alive(Times(times.expires_at, times.last_seen_at, times.revoked_at), now):
        return None
    day = legal_day(now)
    with unchanged(session):
        asking = _SESSIONS.get(session, (hashed, day), lambda: _by_session(session, hashed, day))
    return None if asking is None else SignedInAsking(asking, times.last_seen_at)


def _by_session(session: Session, hashed: str, day: date) -> Asking | None:
    rows = _rows(session, BY_SESSION, hashed, day)
    if not rows:
        return None
    first = rows[0]
    roles, member, units = _held(session, rows)
    return Asking(
        person_id=first.person_id,
        label=first.label,
        mail=first.mail,
        roles=roles,
        scopes=scopes_of(roles) if units is None else scopes_in_unit(roles),
        member=member,
        units=units,
        csrf_token=first.csrf_token,
        login_session_id=first.login_session_id,
    )


def asking_by_token(session: Session, token: str, now: datetime) -> Asking | None:
    """The token's scopes cut with what the roles allow today; None for a dead token."""
    day = legal_day(now)
    hashed = digest(token)
    held = _TOKENS.get(session, (hashed, day), lambda: _by_token(session, hashed, day))
    if held is None or (held.expires_at is not None and held.expires_at <= now):
        return None
    return held.asking


def _by_token(session: Session, hashed: str, day: date) -> _Held | None:
    rows = _rows(session, BY_TOKEN, hashed, day)
    if not rows:
        return None
    first = rows[0]
    roles, member, units = _held(session, rows)
    allowed = scopes_of(roles) if units is None else scopes_in_unit(roles)
    granted: Iterable[Scope] = (
        Scope if first.scopes is None else [Scope(scope) for scope in first.scopes.split()]
    )
    asking = Asking(
        person_id=first.person_id,
        label=first.label,
        mail=first.mail,
        roles=roles,
        scopes=token_scopes(granted, allowed),
        member=member,
        units=units,
        token_id=first.token_id,
    )
    return _Held(asking, first.expires_at)


def _rows(session: Session, found: Select[*tuple[Any, ...]], hashed: str, day: date) -> list[Any]:
    return fetch_all(session, found, {"digest": hashed, "today": day})


def _held(
    session: Session, rows: Sequence[Any]
) -> tuple[frozenset[Role], MemberSeen | None, tuple[int, ...] | None]:
    """Roles of one member, or of the cooperative: never both, the member's go first."""
    own = next((row for row in rows if row.member_id is not None), None)
    member_id = None if own is None else own.member_id
    roles = {row.role for row in rows if row.role is not None and row.member_id == member_id}
    if own is None:
        return frozenset(roles), None, None
    if own.stands_in:
        roles.add(Role.APPROVER)
    unit_id = next((row.unit_id for row in rows if row.unit_id is not None), None)
    seen = MemberSeen(own.member_id, own.key, own.name, own.time_measurement_enabled)
    units = None if unit_id is None else units_below(session, unit_id)
    return frozenset(roles), seen, units
