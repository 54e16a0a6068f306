"""Headers that every answer carries: a strict content policy, no sniffing, no foreign caches."""

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; manifest-src 'self'"
)
ALWAYS: Final = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
ENCRYPTED: Final = ((b"strict-transport-security", b"max-age=31536000"),)


class SecurityHeaders:
    """Add the headers; pages are never stored by anybody, static files keep their own rule."""

    def __init__(self, app: ASGIApp, *, encrypted: bool = False) -> None:
        self.app = app
        self.headers = (*ALWAYS, *(ENCRYPTED if encrypted else ()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = message["headers"]
                named = {name for name, _ in own}  # ASGI: always in small letters
                message["headers"] = [*own, *(one for one in self.headers if one[0] not in named)]
            await send(message)

        await self.app(scope, receive, with_headers)
