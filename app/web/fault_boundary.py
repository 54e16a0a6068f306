"""A fault of ours becomes an answer inside all other layers, so that it carries their headers."""

from collections.abc import Awaitable, Callable

from fastapi import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class FaultBoundary:
    """Answer what no handler knows; once an answer has begun, the connection can only break."""

    def __init__(
        self, app: ASGIApp, answer: Callable[[Request, Exception], Awaitable[Response]]
    ) -> None:
        self.app = app
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as fault:
            if not begun:
                response = await self.answer(Request(scope, receive), fault)
                await response(scope, receive, send)
            raise  # whoever runs the server wants to hear of it too
