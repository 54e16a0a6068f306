"""Jobs of the worker: what people are told, and the work of every day."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from app.catalog.finding.index_articles import index_again
from app.commands.auditing import anchor_folder
from app.demand.watch_rounds import watch_rounds
from app.eligibility.evidence.remind_of_evidence import remind_of_evidence
from app.frameworks.outlook.watch_ceilings import watch_ceilings
from app.frameworks.returns.remind_returns import remind_returns
from app.journal.chains.seal_trail import seal_trail
from app.kernel.legal_day import legal_day
from app.notices.send_digest import send_digest
from app.notices.spread import spread
from app.ordering.approving.ask_approvers import ask_approvers
from app.ordering.approving.escalate_approvals import escalate_approvals
from app.ordering.changing.lapse_change import lapse_change, over_changes
from app.ordering.changing.remind_change import remind_of_changes
from app.ordering.steps.lapse_reservation import (
    lapse_reservation,
    over_reservations,
    remind_of_lapse,
)
from app.outbox.enqueue import job
from app.retention.erase_expired import erase_expired
from app.settings import load_settings

LAPSE_ONE: Final = "lapse_reservation"
LAPSE_CHANGE: Final = "lapse_change"


def lapse_reservations(session: Session, _payload: dict[str, Any], now: datetime) -> None:
    """Each order gets a transaction of its own; those that will be over soon get a reminder."""
    for number in over_reservations(session, now):
        job(session, LAPSE_ONE, {"number": number}, now, f"{LAPSE_ONE}:{number}:{now.isoformat()}")
    for number in over_changes(session, now):
        key = f"{LAPSE_CHANGE}:{number}:{now.isoformat()}"
        job(session, LAPSE_CHANGE, {"number": number}, now, key)
    remind_of_lapse(session, now)
    remind_of_changes(session, now)


def lapse_one(session: Session, payload: dict[str, Any], now: datetime) -> None:
    lapse_reservation(session, payload["number"], now)


def ask(session: Session, payload: dict[str, Any], now: datetime) -> None:
    ask_approvers(session, payload["number"], now)


def escalate(session: Session, _payload: dict[str, Any], now: datetime) -> None:
    escalate_approvals(session, now)


def lapse_one_change(session: Session, payload: dict[str, Any], now: datetime) -> None:
    lapse_change(session, payload["number"], now)


def refresh_search(session: Session, _payload: dict[str, Any], now: datetime) -> None:
    index_again(session, legal_day(now))


def watch_demand(session: Session, _payload: dict[str, Any], now: datetime) -> None:
    watch_rounds(session, now)


def watch(session: Session, _payload: dict[str, Any], now: datetime) -> None:
    watch_ceilings(session, now)


def watch_returns(session: Session, _payload: dict[str, Any], now: datetime) -> None:
    remind_returns(session, now)


def erase(session: Session, _payload: dict[str, Any], now: datetime) -> None:
    """What the schedule no longer keeps and no hold keeps; the run stays on record."""
    erase_expired(session, "worker", now, dry=False)


def seal(session: Session, _payload: dict[str, Any], now: datetime) -> None:
    """Never in a transaction that takes an order: it reads the ends of all chains."""
    seal_trail(session, anchor_folder(None), load_settings().anchor_mail, now)


def watch_evidence(session: Session, _payload: dict[str, Any], now: datetime) -> None:
    remind_of_evidence(session, now)


def tell(session: Session, payload: dict[str, Any], now: datetime) -> None:
    """To each person an announcement is meant for."""
    spread(session, payload, load_settings().base_url, now)


def send_daily_mail(session: Session, payload: dict[str, Any], now: datetime) -> None:
    send_digest(session, payload["person"], load_settings().base_url, now)
