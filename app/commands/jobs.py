"""Which function does which kind of job of the outbox."""

from collections.abc import Mapping
from typing import Final

from app.catalog.upkeep.publish_in_steps import CATALOG_PUBLICATION, run_publication
from app.catalog.upkeep.run_catalog_import import run_catalog_import
from app.catalog.upkeep.send_catalog_file import CATALOG_IMPORT
from app.commands.daily import (
    LAPSE_CHANGE,
    LAPSE_ONE,
    ask,
    erase,
    escalate,
    lapse_one,
    lapse_one_change,
    lapse_reservations,
    refresh_search,
    seal,
    send_daily_mail,
    tell,
    watch,
    watch_demand,
    watch_evidence,
    watch_returns,
)
from app.commands.files import write_year
from app.journal.year_file.ask_year_file import YEAR_FILE
from app.notices.announce import ANNOUNCE
from app.notices.spread import DIGEST
from app.ordering.notify import ASK_APPROVERS
from app.outbox.deliver import Job, LongJob

JOBS: Final[Mapping[str, Job]] = {
    ANNOUNCE: tell,
    DIGEST: send_daily_mail,
    LAPSE_ONE: lapse_one,
    LAPSE_CHANGE: lapse_one_change,
    ASK_APPROVERS: ask,
    "escalate_approvals": escalate,
    "lapse_reservations": lapse_reservations,
    "watch_ceilings": watch,
    "refresh_search": refresh_search,
    "watch_demand": watch_demand,
    "watch_evidence": watch_evidence,
    "watch_returns": watch_returns,
    "erase_expired": erase,
    "seal_trail": seal,
}
DAILY: Final = (
    "escalate_approvals",
    "lapse_reservations",
    "watch_ceilings",
    "refresh_search",
    "watch_demand",
    "watch_evidence",
    "watch_returns",
    "erase_expired",
    "seal_trail",
)

LONG_JOBS: Final[Mapping[str, LongJob]] = {
    CATALOG_IMPORT: run_catalog_import,
    CATALOG_PUBLICATION: run_publication,
    YEAR_FILE: write_year,
}
