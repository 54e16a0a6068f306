"""Routes by the beginning of their address, so that a request is not compared with all of them.

FastAPI compares one after the other; with some three hundred that takes longer than many a page.
What no route of a lane takes completely goes the usual way: 404, 405, redirects.
"""

from collections.abc import Iterable
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from app.web.shortcut import Shortcut

API: Final = "/api/v1/"


def install(app: FastAPI, shortcuts: Iterable[Shortcut[Any]] = ()) -> None:
    """Call it when all routes are there: later ones are found the usual way.

    A shortcut is tried before the route of its address.

    Raises ValueError where an address begins with a variable: it would belong to every lane.
    """
    app.router.middleware_stack = _Lanes(app.router, shortcuts)


class _Lanes:
    def __init__(self, router: APIRouter, shortcuts: Iterable[Shortcut[Any]]) -> None:
        self.router = router
        self.shortcuts = {one.path: one for one in shortcuts}
        self.usual = router.middleware_stack
        self.lanes = _by_beginning(router.routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            shortcut = self.shortcuts.get(scope["path"]) if scope["method"] == "POST" else None
            if shortcut is not None and await shortcut.took(scope, receive, send):
                return
            for route in self.lanes.get(_beginning(scope["path"]), ()):
                match, child_scope = route.matches(scope)
                if match is Match.FULL:
                    scope["route"] = route
                    scope.update(child_scope, router=self.router)
                    await route.handle(scope, receive, send)
                    return
        await self.usual(scope, receive, send)


def _by_beginning(routes: Iterable[BaseRoute]) -> dict[str, list[BaseRoute]]:
    lanes: dict[str, list[BaseRoute]] = {}
    for route in routes:
        paths = [str(context.path) for context in iter_route_contexts([route])]
        for beginning in dict.fromkeys(map(_beginning, paths)):
            if "{" in beginning:
                raise ValueError(f"{paths}: begins with a variable")
            lanes.setdefault(beginning, []).append(route)
    return lanes


def _beginning(path: str) -> str:
    """The first segment, below the API the third: `katalog`, `/api/v1/call-offs`."""
    if path.startswith(API):
        return API + path[len(API) :].partition("/")[0]
    return path[1:].partition("/")[0]
