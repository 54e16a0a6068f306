"""The product accounts of a member: add, rename, take out of use and bring back."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.database.tenant import Tenant
from app.kernel.errors import FieldError, Malformed
from app.members.queries import member_of, product_account
from app.members.records import Member, ProductAccount

LONGEST_ACCOUNT: Final = 60
LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class AccountWish:
    """Number and name as wanted; texts are already cleaned."""

    account: str
    name: str


def add_account(
    session: Session, member_id: int, wish: AccountWish, actor: str, now: datetime
) -> ProductAccount:
    """Malformed where the number does not have the form that the member has set."""
    member = member_of(session, Tenant(member_id), member_id)
    if faults := [*_number_faults(session, member, wish.account), *_name_faults(wish.name)]:
        raise Malformed(*faults)
    added = ProductAccount(member_id=member_id, account=wish.account, name=wish.name)
    session.add(added)
    session.flush()
    _say(session, "product_account_added", added, (actor, now))
    return added


def rename_account(
    session: Session, tenant: Tenant, account_id: int, name: str, by: tuple[str, datetime]
) -> ProductAccount:
    """The number stays: another number is another account. `by`: actor and instant."""
    found = product_account(session, tenant, account_id)
    if faults := _name_faults(name):
        raise Malformed(*faults)
    if found.name != name:
        found.name = name
        _say(session, "product_account_renamed", found, by)
    return found


def archive_account(
    session: Session, tenant: Tenant, account_id: int, by: tuple[str, datetime]
) -> None:
    """No longer offered; orders keep the number they were booked on."""
    found = product_account(session, tenant, account_id)
    if found.archived_at is None:
        found.archived_at = by[1]
        _say(session, "product_account_archived", found, by)


def restore_account(
    session: Session, tenant: Tenant, account_id: int, by: tuple[str, datetime]
) -> None:
    """Offered again under its number and name."""
    found = product_account(session, tenant, account_id)
    if found.archived_at is not None:
        found.archived_at = None
        _say(session, "product_account_restored", found, by)


def _say(session: Session, action: str, account: ProductAccount, by: tuple[str, datetime]) -> None:
    member = session.get_one(Member, account.member_id)
    actor, now = by
    said: dict[str, object] = {"account": account.account, "name": account.name}
    happened = Happening(action, f"product_account:{account.id}", actor, said)
    append(session, member_stream(member.key), now, happened)


def _number_faults(session: Session, member: Member, account: str) -> list[FieldError]:
    if not account or len(account) > LONGEST_ACCOUNT:
        text = f"Bitte geben Sie das Produktkonto mit höchstens {LONGEST_ACCOUNT} Zeichen an."
        return [FieldError("account", "missing", text)]
    if member.account_pattern and re.fullmatch(member.account_pattern, account) is None:
        text = "Das Produktkonto hat nicht die Form, die für Ihre Verwaltung festgelegt ist."
        return [FieldError("account", "account_malformed", text)]
    taken = select(ProductAccount.id).where(
        ProductAccount.member_id == member.id, ProductAccount.account == account
    )
    if session.scalar(taken) is not None:
        text = "Dieses Produktkonto gibt es schon; ein archiviertes können Sie wiederherstellen."
        return [FieldError("account", "account_taken", text)]
    return []


def _name_faults(name: str) -> list[FieldError]:
    if name and len(name) <= LONGEST_NAME:
        return []
    text = f"Bitte geben Sie eine Bezeichnung mit höchstens {LONGEST_NAME} Zeichen an."
    return [FieldError("name", "missing", text)]
