"""Wiring: the application with its routes, and nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
from fastapi import Depends, FastAPI, Request
from sqlalchemy.orm import Session, sessionmaker
from starlette.middleware.gzip import GZipMiddleware

from app.accounts import routes as account_pages
from app.accounts.rules import IDLE
from app.approvals import routes as approval_rules
from app.archive.scan_file import scanner_of
from app.audit.anchor_folder import AnchorFolder
from app.budgets import api as budgets_api
from app.budgets.routes import budgets as budget_pages
from app.budgets.routes import imports as budget_imports
from app.catalog import api as catalog_api
from app.catalog.routes import article_care, relations_api, same_words, stock_api, term_total
from app.catalog.routes import articles as catalog_pages
from app.catalog.routes import kits as kit_pages
from app.catalog.routes import media as catalog_media
from app.catalog.routes import options as option_pages
from app.catalog.routes import sending as catalog_files
from app.catalog.routes import stock as stock_pages
from app.catalog.routes import successors as successor_pages
from app.catalog.routes import supplier_prices as supplier_price_pages
from app.catalog.routes import supplies as supply_pages
from app.catalog.routes import upkeep as catalog_upkeep
from app.cockpit import api as cockpit_api
from app.cockpit import routes as cockpit_pages
from app.database.engine import looking, reading
from app.demand import api as demand_api
from app.demand.routes import needs as need_pages
from app.demand.routes import rounds as round_pages
from app.demand.routes import steering as need_steering
from app.eligibility import api as eligibility_api
from app.eligibility import routes as eligibility_pages
from app.frameworks import api as frameworks_api
from app.frameworks.routes import agreements, amendments
from app.frameworks.routes import upkeep as framework_upkeep
from app.fulfilment import api as fulfilment_api
from app.fulfilment import routes as fulfilment_pages
from app.fulfilment.delivered_under import delivered_under
from app.invoicing import api as invoicing_api
from app.invoicing import routes as invoice_pages
from app.invoicing.read_issuer import read_issuer
from app.journal import api as journal_api
from app.journal import routes as journal_pages
from app.journal.order_parts import order_parts
from app.members import api as member_api
from app.members import current
from app.members import routes as member_pages
from app.members.importing.import_bodies import demo_accounts
from app.notices import api as notices_api
from app.notices import routes as notice_pages
from app.notices.queries import unread_count
from app.ordering import api as ordering_api
from app.ordering.charging.effects_of import checkout_effects, order_effects
from app.ordering.placing.glance import seen_by, still_so
from app.ordering.routes import (
    approval_links,
    approvals,
    attachments,
    attachments_api,
    basket,
    call_offs,
    changes,
    changes_api,
    checkout,
    commitments,
    comparisons,
    delivery_calendar,
    filling_api,
    free_positions,
    free_positions_api,
    kits,
    market,
    market_api,
    outage,
    parked,
    quick_order,
    rechecks,
    templates,
)
from app.ordering.showing.page_extras import page_counts
from app.retention import routes as retention_pages
from app.savings import api as savings_api
from app.savings import routes as savings_pages
from app.settings import Settings
from app.shipped import shipped
from app.web import errors, health, lanes
from app.web import routes as web_pages
from app.web.api_document import API_VERSION, DESCRIPTION, ApiApplication, tags
from app.web.bulkhead import Bulkhead
from app.web.dependencies import the_time
from app.web.head_as_get import HeadAsGet
from app.web.operator import read_operator
from app.web.pages import environment
from app.web.request_log import RequestLog
from app.web.security_headers import SecurityHeaders
from app.web.static_files import StaticFiles

PUBLIC_PAGES = (web_pages,)
# Signing in looks at no session and opens its own transactions around the password hash.
PAGES = (
    account_pages,
    member_pages,
    notice_pages,
    catalog_pages,
    kit_pages,
    supply_pages,
    option_pages,
    successor_pages,
    catalog_media,
    term_total,
    article_care,
    catalog_files,
    catalog_upkeep,
    stock_pages,
    supplier_price_pages,
    same_words,
    need_pages,
    need_steering,
    round_pages,
    basket,
    comparisons,
    kits,
    quick_order,
    rechecks,
    outage,
    parked,
    templates,
    market,
    free_positions,
    checkout,
    attachments,
    call_offs,
    changes,
    delivery_calendar,
    approvals,
    approval_links,
    approval_rules,
    budget_imports,
    budget_pages,
    commitments,
    agreements,
    amendments,
    framework_upkeep,
    eligibility_pages,
    fulfilment_pages,
    invoice_pages,
    savings_pages,
    cockpit_pages,
    journal_pages,
    retention_pages,
)
API = (
    catalog_api,
    relations_api,
    stock_api,
    demand_api,
    frameworks_api,
    eligibility_api,
    ordering_api,
    attachments_api,
    changes_api,
    filling_api,
    market_api,
    free_positions_api,
    budgets_api,
    fulfilment_api,
    invoicing_api,
    savings_api,
    cockpit_api,
    journal_api,
    member_api,
    notices_api,
)
SHORTCUTS = (ordering_api.AT_ONCE,)
FREE = ("/static/", *health.FREE_PATHS)


def create_app(
    settings: Settings, sessions: sessionmaker[Session], *, demo: bool = False
) -> FastAPI:
    """The whole application over an open database."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = settings.request_threads
        yield
        _app.state.looking.dispose()

    app = ApiApplication(
        title=f"{settings.product_name}: Schnittstelle",
        version=API_VERSION,
        description=DESCRIPTION,
        openapi_tags=tags(),
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.sessions = sessions
    app.state.reading = reading(sessions)
    app.state.looking = looking(sessions, settings.request_threads)
    app.state.demo = demo
    app.state.demo_accounts = demo_accounts(shipped("catalog") / "members") if demo else ()
    app.state.base_url = settings.base_url
    app.state.trusted_networks = settings.trusted_proxies
    app.state.settings = settings
    app.state.templates = environment(product_name=settings.product_name, demo=demo)
    app.state.anchor_folder = AnchorFolder(settings.anchor_folder, settings.anchor_key_file)
    app.state.issuer = read_issuer(settings.invoice_issuer or shipped("catalog") / "issuer.toml")
    app.state.operator = read_operator(settings.operator or shipped("catalog") / "operator.toml")
    app.state.scan = scanner_of(settings.malware_command, settings.malware_socket)
    app.state.page_extras = _page_extras
    app.state.seen_by = seen_by
    app.state.still_so = still_so
    app.state.order_parts = order_parts
    app.state.checkout_parts = checkout_effects
    app.state.order_effects = order_effects
    app.state.delivered_under = delivered_under
    _mount(app)
    errors.install(app)
    current.install(app)
    _wrap(app, settings)
    return app


def _wrap(app: FastAPI, settings: Settings) -> None:
    """The layers around all routes, the innermost first."""
    app.add_middleware(Bulkhead, places=settings.request_threads, free=FREE)
    app.add_middleware(GZipMiddleware, minimum_size=800)
    app.add_middleware(SecurityHeaders, encrypted=settings.encrypted)
    app.add_middleware(HeadAsGet)
    if settings.log_requests:
        app.add_middleware(RequestLog)


def _mount(app: FastAPI) -> None:
    for api in API:
        app.include_router(api.router, prefix="/api/v1")
    app.include_router(health.router)
    app.mount("/static", StaticFiles())
    for pages in PUBLIC_PAGES:
        app.include_router(pages.router, dependencies=[Depends(current.possibly_asking)])
    for pages in PAGES:
        app.router.routes.extend(pages.router.routes)
    lanes.install(app, SHORTCUTS)


def _page_extras(request: Request) -> dict[str, Any]:
    """Counts in the header; in the request's own transaction, which the dependency opened."""
    session: Session | None = getattr(request.state, "session", None)
    if session is None:
        return {}
    asking = request.state.asking
    counts = page_counts(session, asking, the_time(request))
    unread = unread_count(session, asking.person_id)
    return {**counts, "notice_count": unread, "session_seconds": int(IDLE.total_seconds())}
