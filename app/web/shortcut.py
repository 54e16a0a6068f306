"""Busy calls of the API as one thread job, without the framework's tree of dependencies (ADR 34).

A shortcut takes only what is right in every part. All else goes the usual way, through the route
that FastAPI documents, which knows how to say what is wrong with it.
"""

from asyncio import to_thread
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from fastapi import Request
from fastapi.responses import Response
from pydantic import BaseModel, ValidationError
from sqlalchemy.orm import Session
from starlette.types import Receive, Scope, Send

from app.web.dependencies import opened_transaction

JSON: Final = b"application/json"
Sent = TypeVar("Sent", bound=BaseModel)
CONTENT: Final = "kitu.content"
"""Where the bulkhead leaves what was sent: it has to read it in any case."""


@dataclass(frozen=True)
class Shortcut(Generic[Sent]):
    """POST of JSON to one address; `headers` must be there, each of 1 to `longest` signs."""

    path: str
    content: type[Sent]
    answer: Callable[[Request, Session, Sent], Response]
    headers: tuple[bytes, ...]
    longest: int

    async def took(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Whether it is answered; if not, nothing was read, written or sent."""
        sent = self._read(scope)
        if sent is None:
            return False
        scope["route"] = self
        response = await to_thread(self._job, Request(scope, receive), sent)
        await response(scope, receive, send)
        return True

    def _job(self, request: Request, sent: Sent) -> Response:
        with opened_transaction(request) as session:
            return self.answer(request, session, sent)

    def _read(self, scope: Scope) -> Sent | None:
        given: dict[bytes, bytes] = dict(scope["headers"])
        if scope["query_string"] or given.get(b"content-type") != JSON:
            return None
        if not all(0 < len(given.get(name, b"")) <= self.longest for name in self.headers):
            return None
        try:
            return self.content.model_validate_json(scope[CONTENT])
        except ValidationError:
            return None
