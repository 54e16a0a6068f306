"""Fill an empty database: members, evidence, catalog, and a year of orders."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.accounts.passwords import first_hash
from app.catalog.load_frameworks import load_frameworks
from app.demonstration.acts import Stage
from app.demonstration.cast import Cast, find_cast, person_id
from app.demonstration.plan import PAST_MONTHS, Need, PlannedOrder, planned_orders
from app.demonstration.record_prices import record_prices
from app.demonstration.run_open_orders import run_open_orders
from app.demonstration.run_past_orders import run_past_orders
from app.demonstration.script import CitySaid, Script, read_script
from app.demonstration.shelf import Shelf, categories_by_sku, shelf_of
from app.demonstration.show_agreements import show_agreements
from app.demonstration.show_approvals import show_approvals
from app.demonstration.show_budgets import cut_budgets, open_budgets
from app.demonstration.show_changes import show_changes, show_successor
from app.demonstration.show_checks import (
    order_with_condition,
    order_without_evidence,
    try_expired_framework,
    try_more_than_is_left,
)
from app.demonstration.show_content import show_content
from app.demonstration.show_demand import show_demand
from app.demonstration.show_erasure import show_erasure
from app.demonstration.show_evidence import show_evidence
from app.demonstration.show_free_positions import show_free_positions
from app.demonstration.show_limits import show_limits
from app.demonstration.show_notices import show_notices
from app.demonstration.show_outage import show_outage
from app.demonstration.show_relations import show_relations
from app.demonstration.show_returns import show_returns
from app.demonstration.show_stock import show_stock
from app.demonstration.show_suppliers import show_suppliers
from app.demonstration.show_workplaces import show_workplaces
from app.demonstration.store_evidence import store_evidence
from app.invoicing.read_issuer import read_issuer
from app.kernel.legal_day import legal_day
from app.kernel.month import Month
from app.members.importing.import_bodies import import_bodies, import_demo_accounts
from app.members.records import Member
from app.outbox.records import OutboxMessage
from app.savings.entering.enter_hourly_rate import enter_hourly_rate
from app.savings.entering.enter_overhead import enter_overhead
from app.savings.forms import OverheadSent, rate_sent

BEFORE: Final = timedelta(days=430)  # the portal opened some weeks before the first order
ACTOR: Final = "demonstration"
HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Filled:
    """What was added; nothing where the database was not empty."""

    members: int = 0
    documents: int = 0
    frameworks: tuple[str, ...] = ()
    past_orders: int = 0
    open_orders: int = 0
    market_prices: int = 0

    @property
    def added(self) -> bool:
        return self.members > 0


def fill_demonstration(
    session: Session,
    start: datetime,
    catalog_dir: Path,
    password: str,
    *,
    months: int = PAST_MONTHS,
) -> Filled:
    """Everything in the caller's one transaction; a second call adds nothing.

    All days count from `start`. `months` of past orders; tests take fewer.
    """
    if session.scalar(select(func.count()).select_from(Member)):
        return Filled()
    script = read_script(catalog_dir)
    password_hash = first_hash(password, "")  # one for all: nobody has to hide it
    opened = start - BEFORE
    members = import_bodies(session, catalog_dir / "members", legal_day(start), opened)
    import_demo_accounts(session, catalog_dir / "members", password_hash, opened)
    contracts = person_id(session, script.contracts)
    frameworks = load_frameworks(session, catalog_dir, start, contracts, opened)
    documents = store_evidence(session, script, opened, start)
    planned = planned_orders(start, months)
    stage = _stage(session, script, catalog_dir, planned, start)
    past = run_past_orders(stage, planned)
    order_without_evidence(stage, script.blocked, password_hash, opened, start - 26 * HOUR)
    open_budgets(session, catalog_dir, start)
    show_approvals(stage, catalog_dir, start)
    still_open = run_open_orders(stage, start) + 1 + _show_orders(stage, script, start)
    order_with_condition(stage, start - 3 * HOUR)
    try_expired_framework(stage, start - 2 * HOUR)
    try_more_than_is_left(stage, start - HOUR)
    cut_budgets(session, catalog_dir, start)
    _show_features(session, script, catalog_dir, contracts, start)
    _enter_inputs(session, stage.cast, script.city, start, months)
    prices = record_prices(stage)
    still_open += show_successor(stage, start - 3 * HOUR)
    still_open += show_free_positions(stage, start - 2 * HOUR)
    show_notices(session, start)
    _settle_mail(session, start)
    session.flush()
    return Filled(members, documents, frameworks, past, still_open + 2, prices)


def _stage(
    session: Session,
    script: Script,
    catalog_dir: Path,
    planned: tuple[PlannedOrder, ...],
    start: datetime,
) -> Stage:
    """Who acts, and what there is to order."""
    return Stage(
        session,
        find_cast(session, script),
        _shelves(session, script, planned, start),
        script.purposes,
        categories_by_sku(session),
        read_issuer(catalog_dir / "issuer.toml"),
    )


def _show_orders(stage: Stage, script: Script, start: datetime) -> int:
    """Changed, ordered on paper, given to one of several suppliers; how many are new."""
    show_changes(stage, start)
    keepers = (
        person_id(stage.session, script.contracts),
        person_id(stage.session, script.publisher),
    )
    return show_outage(stage, start) + show_suppliers(stage, keepers, start)


def _show_features(
    session: Session, script: Script, catalog_dir: Path, contracts: int, start: datetime
) -> None:
    """A little of everything that the pages can show besides orders."""
    show_relations(session, catalog_dir, contracts, start - 5 * HOUR)
    show_content(session, contracts, start - 5 * HOUR)
    show_stock(session, contracts, start - 3 * HOUR)
    show_limits(session, catalog_dir, contracts, start - 4 * HOUR)
    show_agreements(session, catalog_dir, contracts, start - 4 * HOUR)
    show_returns(session, contracts, start - 4 * HOUR)
    show_demand(session, catalog_dir, start - 4 * HOUR)
    show_evidence(session, script, start - 3 * HOUR)
    show_erasure(session, script, start - 3 * HOUR)
    show_workplaces(session, catalog_dir, start - 4 * HOUR)


def _shelves(
    session: Session, script: Script, planned: tuple[PlannedOrder, ...], start: datetime
) -> dict[Need, Shelf]:
    first = min((order.submitted for order in planned), default=start)
    days = (legal_day(first), legal_day(start))
    return {
        need: shelf_of(session, framework, need, days)
        for need, framework in script.frameworks.items()
    }


def _enter_inputs(
    session: Session, cast: Cast, said: CitySaid, start: datetime, months: int
) -> None:
    rate = rate_sent(said.hourly_rate, said.hourly_rate_source)
    enter_hourly_rate(session, cast.member, rate, ACTOR, start)
    month = Month.of(legal_day(start))
    for _ in range(months):
        month = month.previous()
        sent = OverheadSent(month, said.overhead_minutes, said.overhead_note)
        enter_overhead(session, cast.member, sent, ACTOR, start)


def _settle_mail(session: Session, start: datetime) -> None:
    """Nobody gets mail about an invented past."""
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.done_at.is_(None))
        .values(done_at=start)
        .execution_options(synchronize_session=False)
    )
