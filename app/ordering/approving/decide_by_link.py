"""Deciding by the link of a mail: once, over the very version that the mail was about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.accounts.bearer import digest
from app.accounts.count_attempt import count_attempt
from app.accounts.passwords import verified
from app.accounts.rules import ATTEMPTS_PER_ADDRESS
from app.accounts.sign_in import Transactions
from app.approvals.records import ApprovalLink
from app.database.tenant import Tenant
from app.ordering.approving.open_link import DeadLink, LivingLink, open_link
from app.ordering.changing.approve_change import approve_change
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.refuse_change import refuse_change
from app.ordering.changing.rules import ChangeState
from app.ordering.changing.steps_of_change import path_of_change
from app.ordering.steps.approve_call_off import Blocked, Placed, StepApproved, approve_call_off
from app.ordering.steps.reject_call_off import reject_call_off
from app.ordering.submission import Refused
from app.ordering.wanted import Actor

TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class LinkWord:
    """What the form of the link says; `address` is where it came from."""

    approve: bool
    reason: str = ""
    acknowledged: tuple[str, ...] = ()
    password: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class PasswordWrong:
    """Not an error: nothing was decided, the link still lives."""

    too_often: bool = False
    missing: bool = False


@dataclass(frozen=True, slots=True)
class LinkDone:
    """What came of it, and a German sentence.

    `placed`, `signed`, `blocked`, `rejected`; of a change `changed`, `change_blocked`,
    `change_refused`.
    """

    outcome: str
    number: str
    text: str = ""


def decide_by_link(
    transactions: Transactions, token: str, word: LinkWord, now: datetime
) -> LinkDone | DeadLink | PasswordWrong:
    """Raises like approving and rejecting do, and then the link still lives.

    The password is computed between two transactions: on SQLite the others would wait for it.
    """
    with transactions.begin() as session:
        seen = open_link(session, token, now)
        if isinstance(seen, DeadLink):
            return seen
        asked, known = seen.needs_password, seen.person.password_hash
        if asked and not word.password:
            return PasswordWrong(missing=True)
        limits = {f"link={digest(token)}": TRIES, f"link from={word.address}": ATTEMPTS_PER_ADDRESS}
        if asked and not count_attempt(session, limits, now):
            return PasswordWrong(too_often=True)
    if asked and not verified(known, word.password):
        return PasswordWrong()
    with transactions.begin() as session:
        return _decide(session, token, word, now, proved=known if asked else None)


def _decide(
    session: Session, token: str, word: LinkWord, now: datetime, *, proved: str | None
) -> LinkDone | DeadLink | PasswordWrong:
    """`proved` is the password that was shown to be known; it must still be the one that counts."""
    seen = open_link(session, token, now, lock=True)
    if isinstance(seen, DeadLink):
        return seen
    if seen.needs_password and (proved is None or seen.person.password_hash != proved):
        return PasswordWrong()
    if not _use(session, seen, now):
        return DeadLink("used", "Dieser Link wurde gerade schon benutzt.", seen.call_off.number)
    return _act(session, seen, word, now)


def _act(session: Session, seen: LivingLink, word: LinkWord, now: datetime) -> LinkDone:
    if seen.change is not None:
        return _act_on_change(session, seen, seen.change, word, now)
    actor = Actor(seen.person.id, seen.member.id, by_link=True)
    number, tenant = seen.call_off.number, Tenant(seen.member.id)
    if not word.approve:
        reject_call_off(session, actor, number, tenant, now, reason=word.reason)
        return LinkDone("rejected", number)
    result = approve_call_off(session, actor, number, tenant, now, acknowledged=word.acknowledged)
    match result:
        case Placed():
            return LinkDone("placed", number)
        case StepApproved(words=words):
            return LinkDone("signed", number, words)
        case Blocked(text=text):
            return LinkDone("blocked", number, text)


def _act_on_change(
    session: Session, seen: LivingLink, change: CallOffChange, word: LinkWord, now: datetime
) -> LinkDone:
    actor = Actor(seen.person.id, seen.member.id, by_link=True)
    number, tenant = seen.call_off.number, Tenant(seen.member.id)
    at = change.position
    if not word.approve:
        refuse_change(session, actor, number, tenant, at, now, reason=word.reason)
        return LinkDone("change_refused", number)
    result = approve_change(session, actor, number, tenant, at, now, acknowledged=word.acknowledged)
    if isinstance(result, Refused):
        return LinkDone("change_blocked", number, result.text)
    if result.state is ChangeState.AGREED:
        path = path_of_change(session, seen.call_off, result)
        return LinkDone("signed", number, "" if path is None else path.progress)
    return LinkDone("changed", number, result.steps[-1].reason)


def _use(session: Session, seen: LivingLink, now: datetime) -> bool:
    """Of two uses at once exactly one wins."""
    won = session.execute(
        update(ApprovalLink)
        .where(ApprovalLink.id == seen.link.id, ApprovalLink.used_at.is_(None))
        .values(used_at=now)
        .returning(ApprovalLink.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    return won is not None
