"""The pages of people and members as an application of their own, with a clock that can be set."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import APIRouter, FastAPI
from jinja2 import Environment
from sqlalchemy.orm import Session, sessionmaker

from app.accounts import routes as account_pages
from app.database.engine import reading
from app.members import current
from app.members import routes as member_pages
from app.members.importing.import_bodies import DemoAccount
from app.web import errors
from app.web.pages import environment
from app.web.security_headers import SecurityHeaders
from tests.support.browser import Browser
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.page import Page
from tests.support.transport import Client

ADDRESS = "http://127.0.0.1"
# For what a form says about its fields one database is enough.
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@cache
def routes() -> APIRouter:
    """What they depend on is worked out once per process."""
    app = FastAPI()
    app.include_router(account_pages.router)
    app.include_router(member_pages.router)
    return app.router


@cache
def templates(*, demo: bool) -> Environment:
    return environment(product_name="Abrufportal", demo=demo)


@dataclass
class Clock:
    """Stands still until a test moves it."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Portal:
    """The application, and as many browsers as a test wants."""

    sessions: sessionmaker[Session]
    given: Session
    loop: BlockingPortal = field(repr=False)
    clock: Clock = field(default_factory=Clock)
    demo: bool = False

    def __post_init__(self) -> None:
        self.app = FastAPI()
        self.app.state.sessions = self.sessions
        self.app.state.reading = reading(self.sessions)
        self.app.state.clock = self.clock
        self.app.state.base_url = ADDRESS
        self.app.state.templates = templates(demo=self.demo)
        self.app.state.demo_accounts = (DemoAccount("it@stadt.example", "bestellt"),)
        self.app.router = routes()
        errors.install(self.app)
        current.install(self.app)
        self.app.add_middleware(SecurityHeaders)

    def guest(self) -> Browser:
        """A browser that nobody has used yet."""
        return Browser(Client(self.app, ADDRESS, self.loop), self.given.commit)

    def signed_in(self, mail: str, password: str) -> Browser:
        """Through the form, as a person does it."""
        browser = self.guest()
        answer = sign_in(browser, mail, password)
        assert answer.status_code == 303, answer.text
        browser.csrf = form_token(browser.page("/konto"))
        return browser


@contextmanager
def pages_of_people(database: Database, session: Session) -> Iterator[Portal]:
    with start_blocking_portal() as loop:
        yield Portal(database.sessions, session, loop)


def sign_in(browser: Browser, mail: str, password: str, **more: str) -> Any:
    """Open the form and send it."""
    browser.csrf = form_token(browser.page("/anmelden"))
    return browser.post("/anmelden", {"mail": mail, "password": password, **more})


def form_token(html: str) -> str:
    """The CSRF token of the first form of a page."""
    fields = [one for one in Page(html).all("input") if one.get("name") == "_csrf"]
    return fields[0].get("value") or ""
