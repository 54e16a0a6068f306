"""As many requests at work as there are threads; the others wait outside, without a connection.

A transaction is opened in one thread job and the route runs in another. Were more requests let in
than there are threads, all threads could wait for a lock or a connection whose holder waits for a
thread. The body is read before a place is taken, so a slow sender holds nobody up.
"""

from asyncio import Semaphore
from collections.abc import Iterable

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.errors import answer
from app.web.shortcut import CONTENT

LARGEST_BODY = 64 * 1024 * 1024
TOO_LARGE = "Die Anfrage ist zu groß (höchstens 64 MB)."


class Bulkhead:
    """Admit at most `places` requests to the application at once; some paths pass freely."""

    def __init__(self, app: ASGIApp, places: int, free: Iterable[str] = ()) -> None:
        self.app = app
        self.places = places
        self.free = tuple(free)
        self.admitted: Semaphore | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(self.free):
            await self.app(scope, receive, send)
            return
        body = await _whole_body(receive)
        if body is None:
            await answer(Request(scope), 413, "too_large", TOO_LARGE)(scope, receive, send)
            return
        scope[CONTENT] = body
        if self.admitted is None:
            self.admitted = Semaphore(self.places)
        async with self.admitted:  # unlike a limiter it lets in at once where there is room
            await self.app(scope, _replay(body, receive), send)


async def _whole_body(receive: Receive) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(parts)
        part = message.get("body", b"")
        size += len(part)
        if size > LARGEST_BODY:
            return None
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def replay() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
