"""A client of the application that crosses into its event loop once per request.

Starlette's test client crosses eight times, because it can also stream; that takes longer than
most pages do. An answer comes here as a whole.
"""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import unquote

import httpx2
from anyio import Event
from anyio.from_thread import BlockingPortal
from fastapi import FastAPI

CALLER: Final = ("testclient", 50000)
PORTS: Final = {"http": 80, "https": 443}


class Client(httpx2.Client):
    """Own cookies, same running application; an exception in the application is one of the test."""

    def __init__(self, app: FastAPI, address: str, loop: BlockingPortal) -> None:
        self.straight = _Straight(app, loop)
        super().__init__(
            base_url=address,
            transport=self.straight,
            headers={"user-agent": "testclient"},
            follow_redirects=True,
        )


class _Straight(httpx2.BaseTransport):
    def __init__(self, app: FastAPI, loop: BlockingPortal) -> None:
        self.app = app
        self.loop = loop
        self.raises = True

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = _Answer(request.read())
        try:
            self.loop.call(self.app, self._scope(request), answer.receive, answer.send)
        except Exception:
            if self.raises or not answer.ended.is_set():
                raise
        return httpx2.Response(
            answer.status, headers=answer.headers, content=b"".join(answer.parts), request=request
        )

    def _scope(self, request: httpx2.Request) -> dict[str, Any]:
        url = request.url
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "path": unquote(url.path),
            "raw_path": url.raw_path.split(b"?", 1)[0],
            "root_path": "",
            "scheme": url.scheme,
            "query_string": url.query,
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "client": CALLER,
            "server": (url.host, url.port or PORTS[url.scheme]),
            "extensions": {},
            "state": {},
        }


class _Answer:
    """What one request sends, and what the application answers."""

    def __init__(self, body: bytes) -> None:
        self.body: bytes | None = body
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.parts: list[bytes] = []
        self.ended = Event()

    async def receive(self) -> dict[str, Any]:
        """The whole body at once; then nobody hangs up before the answer is there."""
        if self.body is None:
            await self.ended.wait()
            return {"type": "http.disconnect"}
        body, self.body = self.body, None
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(self, message: Mapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            assert not self.status, "a second start of the answer"
            self.status = message["status"]
            self.headers = list(message["headers"])
        elif message["type"] == "http.response.body":
            assert self.status, "a body before the start of the answer"
            assert not self.ended.is_set(), "a body after the end of the answer"
            self.parts.append(bytes(message.get("body", b"")))
            if not message.get("more_body", False):
                self.ended.set()
