"""A database that does not do its work is said plainly, with the right status and when to come."""

from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.database.engine import looking, open_engine, reading, sessions
from app.web.database_faults import BUSY, CUT_OFF, UNREACHABLE, DatabaseFault, database_fault
from tests.support.application import Portal
from tests.support.portal import SQLITE
from tests.support.world import settled


class Said(Exception):
    """What PostgreSQL's driver raises: SQLSTATE where the server answered."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__()
        self.sqlstate = sqlstate


def failed(sqlstate: str | None, *, cut_off: bool = False) -> OperationalError:
    return OperationalError("", {}, Said(sqlstate), connection_invalidated=cut_off)


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (failed(None), UNREACHABLE),
        (failed("57P03"), UNREACHABLE),
        (failed("57P01", cut_off=True), CUT_OFF),
        (failed("55P03"), BUSY),
        (PoolTimeout(), BUSY),
    ],
    ids=["refused", "starting", "stopped meanwhile", "locked", "no connection free"],
)
def test_away_cut_off_and_busy_are_three_things(error: Exception, fault: DatabaseFault) -> None:
    assert database_fault(error) == fault


@SQLITE
def test_without_its_database_the_portal_says_so_and_when_to_come_again(
    portal: Portal, tmp_path: Path
) -> None:
    world = settled(portal.session)
    browser, program = portal.signed_in(world.it), portal.api(world.it)
    away = sessions(open_engine(f"sqlite:///{tmp_path}/nowhere/kitu.db"))
    state = portal.app.state
    state.sessions, state.reading, state.looking = away, reading(away), looking(away, 1)

    page = browser.get("/abrufe")
    api = program.get("/api/v1/articles")

    assert (page.status_code, page.headers["retry-after"]) == (503, "5")
    assert "Die Datenbank ist nicht erreichbar" in page.text
    assert "verständigen Sie die Betreuung" in page.text
    assert (api.status_code, api.headers["retry-after"]) == (503, "5")
    assert api.json()["code"] == "database_unreachable"
