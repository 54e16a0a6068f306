"""How many rows every table holds: a refusal must not change it."""

from typing import Final

from app.database.base import Record
from tests.support.application import Portal
from tests.support.table_counts import table_counts

# What signing in, or merely being there, may write.
KEPT_ASIDE: Final = frozenset({"login_session", "api_token", "sign_in_attempt"})


def row_counts(portal: Portal, but: frozenset[str] = KEPT_ASIDE) -> dict[str, int]:
    """Of every table except those in `but`; ends the test's own transaction."""
    portal.end_transaction()
    counted = table_counts(portal.session.connection(), set(Record.metadata.tables) - but)
    portal.end_transaction()
    return counted
