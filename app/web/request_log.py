"""One line and one measurement per request, with an id that every line of it carries."""

import re
from secrets import token_hex
from time import perf_counter
from typing import Final

import structlog
from prometheus_client import Counter, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()

HEADER: Final = "x-request-id"
ACCEPTABLE: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
API: Final = "/api/v1/"
QUIET: Final = frozenset({"/healthz", "/readyz", "/metrics"})

REQUESTS = Counter("kitu_requests", "Answered requests.", ("method", "route", "status"))
SECONDS = Histogram(
    "kitu_request_seconds",
    "Time to the answer.",
    ("method", "route"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class RequestLog:
    """The outermost layer. The path's pattern is logged: no query, no address, no person."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope).get(HEADER))
        status = 500
        began = perf_counter()

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, noted)
            finally:
                _note(scope, status, perf_counter() - began)


def _request_id(sent: str | None) -> str:
    """A proxy's id where it is harmless, else a new one."""
    return sent if sent is not None and ACCEPTABLE.fullmatch(sent) else token_hex(8)


def _pattern(scope: Scope) -> str:
    """As it was declared, with the prefix under which the API is mounted."""
    pattern = getattr(scope.get("route"), "path", None)
    if pattern is None:
        return "unmatched"
    mounted = scope["path"].startswith(API) and not pattern.startswith(API)
    return f"{API.rstrip('/')}{pattern}" if mounted else str(pattern)


def _note(scope: Scope, status: int, seconds: float) -> None:
    pattern = _pattern(scope)
    if pattern in QUIET:
        return
    method = scope["method"] if scope["method"] in METHODS else "other"
    REQUESTS.labels(method, pattern, str(status)).inc()
    SECONDS.labels(method, pattern).observe(seconds)
    log.info(
        "request", method=method, route=pattern, status=status, milliseconds=round(seconds * 1000)
    )
