"""The routes of the application, and whose things an address can name."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

# What stands behind these addresses belongs to the catalog or to nobody.
SHARED: Final = (
    "/rahmenvertraege/",
    "/katalogpflege/pruefgrenzen/",
    "/bestand/",
    "/auftragnehmerpreise/",
    "/cockpit/",
    "/frameworks/",
    "/artikel/",
    "/articles/",
    "/artikelbilder/",
    "/artikeldokumente/",
    "/artikelpflege/",
    "/umweltzeichen/",
    "/pakete/",
    "/bedarfsrunden/",
    "/kits/",
    "/optionsregeln/",
    "/nachfolger/",
    "/passwort-neu/",
    "/freigabe/",
    "/kalender/",
)


@dataclass(frozen=True)
class Route:
    method: str
    path: str

    @property
    def reads(self) -> bool:
        return self.method == "GET"

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/v1/")

    @property
    def names_somebodys(self) -> bool:
        """Whether the address names something that belongs to one member or person."""
        return "{" in self.path.replace("{kind}", "") and not any(
            part in self.path for part in SHARED
        )


def routes(app: FastAPI) -> set[Route]:
    """All routes of the application, static files aside."""
    return set(_routes(app))


def _routes(app: FastAPI) -> Iterator[Route]:
    for context in iter_route_contexts(app.routes):
        for method in context.methods or ():
            if method != "HEAD":
                yield Route(method, str(context.path).replace(":path}", "}"))
