"""How many rows every table holds: a refusal must not change it."""

from sqlalchemy import func, select

from app.database.base import Record
from tests.support.application import Portal

# What signing in, or merely being there, may write.
KEPT_ASIDE = frozenset({"login_session", "api_token", "sign_in_attempt"})


def row_counts(portal: Portal) -> dict[str, int]:
    portal.end_transaction()
    counted = {
        name: portal.session.scalar(select(func.count()).select_from(table)) or 0
        for name, table in Record.metadata.tables.items()
        if name not in KEPT_ASIDE
    }
    portal.end_transaction()
    return counted
