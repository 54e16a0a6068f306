"""As many requests at work as there are threads; the others wait outside, without a connection.

A transaction is opened in one thread job and the route runs in another. Were more requests let in
than there are threads, all threads could wait for a lock or a connection whose holder waits for a
thread. The body is read before a place is taken, so a slow sender holds nobody up; a large one lies
in a temporary file until then, for several of them would fill the memory.
"""

from asyncio import Semaphore
from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import BinaryIO, Final

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.database_faults import DISK_FULL
from app.web.errors import answer, unable
from app.web.shortcut import CONTENT

LARGEST_BODY = 64 * 1024 * 1024
HELD: Final = 1024 * 1024
"""Bytes that are kept in memory."""
PIECE: Final = 256 * 1024
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
        try:
            body = await _whole_body(receive)
        except OSError:
            await unable(Request(scope), DISK_FULL)(scope, receive, send)
            return
        if body is None:
            await answer(Request(scope), 413, "too_large", TOO_LARGE)(scope, receive, send)
        elif isinstance(body, bytes):
            scope[CONTENT] = body
            await self._admit(scope, _replay(body, receive), send)
        else:
            scope[CONTENT] = b""
            with body:
                await self._admit(scope, _replay_file(body, receive), send)

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.admitted is None:
            self.admitted = Semaphore(self.places)
        async with self.admitted:  # unlike a limiter it lets in at once where there is room
            await self.app(scope, receive, send)


async def _whole_body(receive: Receive) -> bytes | BinaryIO | None:
    """A file where it is large, None where it is larger than allowed."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(parts)
        part = message.get("body", b"")
        size += len(part)
        parts.append(part)
        if not message.get("more_body", False) and size <= HELD:
            return b"".join(parts)
        if size > HELD:
            return await _on_disk(parts, message, receive)


async def _on_disk(parts: list[bytes], last: Message, receive: Receive) -> BinaryIO | None:
    """`parts` and what comes after the `last` of them."""
    file = TemporaryFile()  # noqa: SIM115 - closed when the request is answered
    file.writelines(parts)
    message = last
    while file.tell() <= LARGEST_BODY:
        if not message.get("more_body", False):  # also where the sender has gone
            file.seek(0)
            return file
        message = await receive()
        file.write(message.get("body", b""))
    file.close()
    return None


def _replay(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def replay() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def _replay_file(body: BinaryIO, receive: Receive) -> Receive:
    sent = False

    async def replay() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        piece = body.read(PIECE)
        sent = not piece
        return {"type": "http.request", "body": piece, "more_body": not sent}

    return replay
