"""The whole application over the database of one test, with a clock that stands still."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from anyio.from_thread import BlockingPortal
from fastapi import FastAPI
from sqlalchemy.orm import Session, sessionmaker
from starlette.testclient import TestClient

from app import main
from app.accounts.open_session import open_session
from app.accounts.records import Person
from app.members.people.create_token import TokenWish, create_token
from app.settings import Settings
from tests.support.browser import ApiClient, Browser
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.transport import Client

ADDRESS = "http://testserver"


@dataclass
class Clock:
    """Stands still until a test moves it."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: int) -> None:
        """`minutes=5`, `days=1`, …"""
        self.now += timedelta(**span)


@dataclass
class Portal:
    """The application, its clock and the test's own view into the database."""

    app: FastAPI
    session: Session
    clock: Clock
    loop: BlockingPortal = field(repr=False)

    def guest(self) -> Browser:
        return Browser(self._another(), self.end_transaction)

    def signed_in(self, person: Person) -> Browser:
        browser = self.guest()
        opened = open_session(self.session, person.id, "test", self.clock())
        self.end_transaction()
        browser.sign_in(opened.token, opened.csrf_token)
        return browser

    def api(self, person: Person | None, scopes: tuple[str, ...] | None = None) -> ApiClient:
        """With a token of `person`; without one nobody in particular asks."""
        if person is None:
            return ApiClient(self._another(), self.end_transaction, "")
        wish = TokenWish("test", list(scopes) if scopes is not None else None)
        token = create_token(self.session, person.id, wish, self.clock())
        self.end_transaction()
        return ApiClient(self._another(), self.end_transaction, token.secret)

    def end_transaction(self) -> None:
        """Keep what the test has prepared, and see what a request writes."""
        self.session.commit()
        self.session.expire_all()

    def _another(self) -> Client:
        return Client(self.app, ADDRESS, self.loop)


BUILT: Final[list[FastAPI]] = []


def _created(settings: Settings, sessions: sessionmaker[Session]) -> FastAPI:
    """With the routes and templates of the first one of this process, which are the same ones.

    Working out what 350 routes depend on, and compiling templates, takes longer than most tests.
    """
    if not BUILT:
        BUILT.append(main.create_app(settings, sessions))
        return BUILT[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(main, "_mount", _mount_what_is_built)
        app = main.create_app(settings, sessions)
    app.state.templates = BUILT[0].state.templates
    return app


def _mount_what_is_built(app: FastAPI) -> None:
    app.router = BUILT[0].router


@contextmanager
def open_portal(database: Database, session: Session) -> Iterator[Portal]:
    clock = Clock()
    with TemporaryDirectory() as folder:
        settings = Settings(
            data_dir=Path(folder),
            database_url=database.url,
            base_url=ADDRESS,
            secret_key="x" * 40,
        )
        app = _created(settings, database.sessions)
        app.state.clock = clock
        with TestClient(app, base_url=ADDRESS) as started:
            assert started.portal is not None
            yield Portal(app, session, clock, started.portal)
