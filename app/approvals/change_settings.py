"""What a member says beside its rules: how splitting counts, when a password is asked for."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.approvals.add_rule import TableKeeper
from app.approvals.records import ApprovalSettings
from app.audit.append import Happening, append, member_stream
from app.database.tenant import Tenant
from app.kernel.errors import FieldError, Malformed
from app.kernel.money import NOTHING, Money
from app.members.queries import member_of

MOST_DAYS = 31


def change_settings(
    session: Session, by: TableKeeper, window_days: int, password_above: Money, now: datetime
) -> None:
    """0 days: every order counts alone. Malformed changes nothing."""
    if not 0 <= window_days <= MOST_DAYS:
        text = f"Bitte geben Sie 0 bis {MOST_DAYS} Tage an."
        raise Malformed(FieldError("fenster", "out_of_range", text))
    if password_above < NOTHING:
        text = "Bitte geben Sie einen Betrag ab 0 Euro an."
        raise Malformed(FieldError("passwort_ab", "out_of_range", text))
    found = session.get(ApprovalSettings, by.member_id)
    if found is None:
        session.add(
            ApprovalSettings(
                member_id=by.member_id, window_days=window_days, password_above=password_above
            )
        )
    else:
        found.window_days, found.password_above = window_days, password_above
    session.flush()
    key = member_of(session, Tenant(by.member_id), by.member_id).key
    said: dict[str, object] = {"window_days": window_days, "password_above": password_above.text}
    happening = Happening("approval_settings.changed", f"member:{key}", by.name, said)
    append(session, member_stream(key), now, happening)
