"""An API token for a person: never more than its roles, expiring, shown once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.accounts.issue_token import IssuedToken, issue_token
from app.accounts.queries import person_with_mail
from app.kernel.errors import FieldError, Malformed, NotFound
from app.kernel.legal_day import legal_day
from app.members.queries import roles_of
from app.members.rules import Scope, grantable

LONGEST_DAYS = 730


@dataclass(frozen=True, slots=True)
class TokenWish:
    """Scopes as written in the contract; None means all of the role's, at each call anew."""

    name: str
    scopes: Sequence[str] | None = None
    days: int = 365


def create_token(session: Session, person_id: int, wish: TokenWish, now: datetime) -> IssuedToken:
    """Malformed names each scope that does not exist or that the person's roles do not allow."""
    held = [assignment.role for assignment in roles_of(session, person_id, legal_day(now))]
    allowed = {scope.value for scope in grantable(held)}
    refused = [scope for scope in wish.scopes or () if scope not in allowed]
    faults = [FieldError("scopes", "scope_not_allowed", _refusal(scope)) for scope in refused]
    if wish.scopes is not None and not wish.scopes:
        text = "Bitte wählen Sie mindestens einen Bereich, den der Token lesen oder ändern darf."
        faults.append(FieldError("scopes", "scopes_missing", text))
    if not 1 <= wish.days <= LONGEST_DAYS:
        text = f"Bitte wählen Sie eine Gültigkeit von 1 bis {LONGEST_DAYS} Tagen."
        faults.append(FieldError("days", "days_out_of_range", text))
    if faults:
        raise Malformed(*faults)
    expires_at = now + timedelta(days=wish.days)
    return issue_token(session, person_id, wish.name, wish.scopes, now, expires_at)


def create_token_for_mail(
    session: Session, mail: str, wish: TokenWish, now: datetime
) -> IssuedToken:
    """For the command line. NotFound where nobody active has this address."""
    person = person_with_mail(session, mail)
    if person is None or not person.active:
        raise NotFound("Zu dieser E-Mail-Adresse gibt es kein aktives Konto.")
    return create_token(session, person.id, wish, now)


def _refusal(scope: str) -> str:
    known = scope in {one.value for one in Scope}
    return (
        f"„{scope}“ gehört nicht zu den Rollen dieser Person."
        if known
        else f"Den Bereich „{scope}“ gibt es nicht."
    )
