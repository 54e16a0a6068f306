"""Databases, sessions and browsers for every test."""

import gc
from collections.abc import Callable, Generator, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import structlog
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from sqlalchemy.orm import Session
from structlog.dev import ConsoleRenderer, plain_traceback

from app.accounts import passwords
from tests.support.databases import (
    Database,
    PostgresServer,
    SqliteServer,
    opened,
    postgres_server,
    sqlite_server,
)
from tests.support.schedule import WholeFiles, late

# No test measures time: a busy machine must not fail one.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> WholeFiles:
    return WholeFiles(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Quick tests on SQLite are counted: others run the same lines, and counting is dear."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: late(item.nodeid))
    for item in items:
        callspec = getattr(item, "callspec", None)
        again = callspec is not None and callspec.params.get("database_url") == "postgresql"
        if again or item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.no_cover)


@pytest.hookimpl(tryfirst=True)
def pytest_collection() -> None:
    """Hardly anything of what is imported and collected is garbage: searching it takes seconds."""
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: it is not searched for garbage again."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """What is not counted is not traced while it is prepared and cleared away either."""
    coverage: Any = getattr(item.config.pluginmanager.get_plugin("_cov"), "cov_controller", None)
    if coverage is None or item.get_closest_marker("no_cover") is None:
        return (yield)
    coverage.pause()
    try:
        return (yield)
    finally:
        if not coverage.started:  # the plugin itself resumes after the test's own part
            coverage.resume()


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> SqliteServer:
    return sqlite_server(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Hashes that cost nothing: the agreed cost is proven where passwords are."""
    with pytest.MonkeyPatch.context() as patch:
        cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(passwords, "HASHER", cheap)
        yield


@pytest.fixture(scope="session", autouse=True)
def _plain_faults() -> None:
    """A fault's log without the values of every frame: writing those out takes four seconds."""
    *before, _ = structlog.get_config()["processors"]
    plain = ConsoleRenderer(colors=False, exception_formatter=plain_traceback)
    structlog.configure(processors=[*before, plain])


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database with all tables, once on SQLite and once on PostgreSQL."""
    server: SqliteServer | PostgresServer = request.getfixturevalue(
        "sqlite" if request.param == "sqlite" else "postgres"
    )
    with server.fresh(tmp_path) as url:
        yield url


@pytest.fixture(scope="session")
def _papers_once() -> Iterator[Callable[[], None]]:
    """Imported late, as the whole application is."""
    papers = import_module("tests.support.papers_once")
    with pytest.MonkeyPatch.context() as patch:
        papers.draw_papers_once(patch)
        yield papers.DECISIONS.start_over


@pytest.fixture
def database(database_url: str, _papers_once: Callable[[], None]) -> Iterator[Database]:
    _papers_once()
    with opened(database_url) as database:
        yield database


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """Given and then of a test; a `client` of the same test commits it before each request."""
    with database.sessions() as session:
        yield session


@pytest.fixture
def portal(database: Database, session: Session) -> Iterator[Any]:
    """The running application: `portal.signed_in(person)`, `portal.guest()`, `portal.api(person)`.

    Imported late, so that tests of the lower capabilities run without the whole application.
    """
    application = import_module("tests.support.application")
    with application.open_portal(database, session) as portal:
        yield portal


@pytest.fixture
def browser(portal: Any) -> Any:
    """Nobody is signed in."""
    return portal.guest()
