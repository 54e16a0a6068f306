"""Busy pages whose whole request is one thread job, from the first statement to the answer.

FastAPI's way to a function (a tree of dependencies, stacks of what has to be closed, a change of
threads for each that asks the database) costs more than all that an unchanged page needs (ADR 34).
"""

from asyncio import to_thread
from collections.abc import Callable

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.dependencies import looking

Look = Callable[[Request, Session], Response]
Glance = Callable[[Request], Response | None]
"""Answers where the browser's copy still holds; what it asks for, it asks without a session."""


class OneJob(Route):
    """GET by a function that only reads; errors are answered as everywhere."""

    def __init__(self, path: str, look: Look, glance: Glance) -> None:
        super().__init__(path, look, methods=["GET"], include_in_schema=False)
        self.methods = {"GET"}
        self.app = _in_one_job(look, glance)


def _in_one_job(look: Look, glance: Glance) -> ASGIApp:
    def job(request: Request) -> Response:
        if (same := glance(request)) is not None:
            return same
        with looking(request) as session:
            return look(request, session)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        # Cheaper than the framework's change of threads; the bulkhead counts who is inside.
        response = await to_thread(job, Request(scope, receive))
        await response(scope, receive, send)

    return answer
