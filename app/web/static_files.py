"""Style sheets, scripts, fonts, icons: versioned by their address, kept for a year."""

from typing import Final

from starlette.responses import Response
from starlette.staticfiles import StaticFiles as Files
from starlette.types import Scope

from app.web.pages import STATIC

YEAR: Final = "public, max-age=31536000, immutable"
HOUR: Final = "public, max-age=3600"


class StaticFiles(Files):
    """An address that carries a version never changes its content."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        versioned = b"v=" in scope.get("query_string", b"") or path.startswith(("vendor", "fonts"))
        response.headers["Cache-Control"] = YEAR if versioned else HOUR
        return response
