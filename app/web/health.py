"""What operators ask: does the process live, can it work, how much does it do."""

import os
from ipaddress import ip_address, ip_network
from typing import Final

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    generate_latest,
    multiprocess,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from app.kernel.errors import NotFound
from app.operations.position import position
from app.outbox.work import waiting_and_dead, worker_alive
from app.web.dependencies import Now

router = APIRouter(include_in_schema=False)
log = structlog.get_logger()

FREE_PATHS: Final = ("/healthz", "/readyz", "/metrics")
"""Answered even while every place for requests is taken."""

FINE: Final = ("ok", "newer")
"""While a new version takes over, the old one goes on beside it."""


@router.get("/healthz")
async def alive() -> JSONResponse:
    """The process answers; nothing else is asked."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz")
def ready(request: Request, now: Now) -> JSONResponse:
    """503 with the part that is missing: database, migrations or worker."""
    sessions: sessionmaker[Session] = request.app.state.sessions
    parts = {"database": "unreachable", "migrations": "unknown", "worker": "unknown"}
    try:
        with sessions() as session:
            session.connection(execution_options={"writes": False})
            parts["worker"] = "ok" if worker_alive(session, now) else "missing"
            engine = session.get_bind().engine
        parts["database"] = "ok"
        parts["migrations"] = position(engine).state
    except SQLAlchemyError as error:
        log.warning("not_ready", error=type(error).__name__)
    fine = all(state in FINE for state in parts.values())
    status = {"status": "ok" if fine else "not_ready", **parts}
    return JSONResponse(status, 200 if fine else 503)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """For Prometheus on this machine or in a trusted network; to others it does not exist."""
    if not _is_near(request):
        raise NotFound
    own = _of_the_database(request.app.state.sessions)
    return Response(generate_latest(_registry()) + own.encode(), media_type=CONTENT_TYPE_LATEST)


def _of_the_database(sessions: sessionmaker[Session]) -> str:
    """What the process itself counts is told while the database is away, too."""
    head = "# HELP kitu_database_up Whether the database answers.\n# TYPE kitu_database_up gauge\n"
    try:
        with sessions() as session:
            session.connection(execution_options={"writes": False})
            waiting, dead = waiting_and_dead(session)
    except SQLAlchemyError:
        return f"{head}kitu_database_up 0\n"
    return (
        f"{head}kitu_database_up 1\n"
        "# HELP kitu_outbox_messages Mails and jobs that are not done.\n"
        "# TYPE kitu_outbox_messages gauge\n"
        f'kitu_outbox_messages{{state="waiting"}} {waiting}\n'
        f'kitu_outbox_messages{{state="dead"}} {dead}\n'
    )


def _registry() -> CollectorRegistry:
    """Of all worker processes, where there are several."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # it brings no types
    return registry


def _is_near(request: Request) -> bool:
    """By the address behind a trusted proxy, which uvicorn has put into `client`."""
    try:
        address = ip_address(request.client.host if request.client else "")
    except ValueError:
        return False
    trusted: str = getattr(request.app.state, "trusted_networks", "")
    networks = [part.strip() for part in trusted.split(",") if part.strip()]
    return address.is_loopback or any(
        address in ip_network(network, strict=False) for network in networks
    )
