"""A route never appears or vanishes by accident: the list is written down."""

from pathlib import Path

from tests.support.application import Portal
from tests.support.routes import routes

LIST = Path(__file__).with_name("routes.txt")


def test_the_routes_are_the_ones_that_were_decided(portal: Portal) -> None:
    decided = set(LIST.read_text(encoding="utf-8").splitlines())
    present = {f"{route.method} {route.path}" for route in routes(portal.app)}

    assert (sorted(decided - present), sorted(present - decided)) == ([], [])
