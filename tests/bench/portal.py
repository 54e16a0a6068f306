"""Set-up S: the real portal by `kitu serve`, 2,000 articles, 50 lots, 16 buyers of 16 members."""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import Final

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.accounts.open_session import open_session
from app.accounts.records import Person
from app.catalog.records import CatalogVersion
from app.database.all_records import all_tables
from app.database.engine import open_engine, sessions
from app.frameworks.records import Lot
from app.kernel.money import Money
from app.members.people.create_token import TokenWish, create_token
from app.members.records import Member
from app.members.rules import BodyKind, Role
from app.operations.migrate import upgrade_database
from app.ordering.records import CallOff
from tests.bench.load import Request, http
from tests.support.databases import free_port
from tests.support.evidence import complete_evidence
from tests.support.world import ACCOUNT, article, body, lot, somebody, workplace_hardware

ROOT: Final = Path(__file__).parents[2]
BUYERS: Final = 16
LOTS: Final = 50
ARTICLES: Final = 2000
RUSH: Final = 50
ROOM: Final = 20
NAMES: Final = """Notebook Desktop Monitor Dock Drucker Toner Tastatur Maus Headset Webcam
Tablet Server Switch Kabel Netzteil Rucksack Speicher Platte Scanner Beamer"""
CATEGORIES: Final = tuple(NAMES.split())
LISTS: Final = tuple(
    f"/katalog?category={name.lower()}&page={page}" for name in CATEGORIES for page in (1, 2)
)


@dataclass(frozen=True)
class Prepared:
    """What the client needs to know of the database."""

    url: str
    tokens: tuple[str, ...]
    rush_tokens: tuple[str, ...]
    cookies: tuple[str, ...]
    rush_lot: int


def prepare(url: str) -> Prepared:
    engine = open_engine(url)
    upgrade_database(engine)
    all_tables()
    with sessions(engine).begin() as session:
        prepared = _fill(session, url)
    engine.dispose()
    return prepared


def _fill(session: Session, url: str) -> Prepared:
    now = datetime.now(UTC)
    members = [_member(session, number) for number in range(BUYERS)]
    framework = workplace_hardware(session)
    release = session.scalars(select(CatalogVersion)).one()
    lots = [
        lot(session, framework, 10 + number, f"Los {number}", Money.euros(900_000_000))
        for number in range(LOTS)
    ]
    for number in range(ARTICLES):
        name = f"{CATEGORIES[number % len(CATEGORIES)]} Modell {number}"
        article(session, lots[number % LOTS], release, f"A-{number:05}", name, "789.00")
    rush = lot(session, framework, 99, "Begehrt", Money.euros(900_000_000), maximum_quantity=ROOM)
    article(session, rush, release, "RUSH-1", "Notebook begehrt", "789.00")
    complete_evidence(session, now.date())
    people = [_buyer(session, number, members[number % BUYERS]) for number in range(RUSH)]
    for member in members:
        somebody(session, f"freigabe@{member.key}.example", Role.APPROVER, member)
    wish = TokenWish("bench")
    tokens = [create_token(session, person.id, wish, now).secret for person in people]
    cookies = [open_session(session, one.id, "bench", now).token for one in people[:BUYERS]]
    return Prepared(url, tuple(tokens[:BUYERS]), tuple(tokens), tuple(cookies), rush.id)


def _buyer(session: Session, number: int, member: Member) -> Person:
    return somebody(session, f"kauf{number}@{member.key}.example", Role.ORDERER, member)


def _member(session: Session, number: int) -> Member:
    key = f"1500{number:04}"
    facts = {
        "key": key,
        "name": f"Stadt {number}",
        "body_kind": BodyKind.EINHEITSGEMEINDE,
        "contracting_authority_basis": "§ 99 Nr. 1 GWB",
        "street": "Markt 1",
        "postal_code": "06844",
        "city": f"Stadt {number}",
    }
    return body(session, facts, member_since=(datetime.now(UTC) - timedelta(days=900)).date())


@contextmanager
def served(prepared: Prepared, workers: int, folder: Path) -> Iterator[tuple[int, int]]:
    """Port and process of the running portal; its log lies in `folder`."""
    port = free_port()
    environment = {
        **os.environ,
        "KITU_DATABASE_URL": prepared.url,
        "KITU_SECRET_KEY": "x" * 40,
        "KITU_LOG_REQUESTS": "false",  # the standard set-up measures without an access log
        "KITU_DATA_DIR": str(folder),
    }
    command = [sys.executable, "-m", "app", "serve", "--port", str(port), "--workers", str(workers)]
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program
            command, cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        try:
            until_answered(f"http://127.0.0.1:{port}/healthz", 120)
            _until_all_started(folder / "serve.log", workers)
        except RuntimeError as error:
            error.add_note((folder / "serve.log").read_text(encoding="utf-8")[-3000:])
            raise
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


def _until_all_started(log: Path, workers: int) -> None:
    """The first process that is ready answers for all; the others would start while we measure."""
    began = monotonic()
    while log.read_text(encoding="utf-8").count("Application startup complete") < workers:
        if monotonic() - began > 120:
            raise RuntimeError("not all processes have started")
        sleep(0.2)


def until_answered(address: str, patience: float) -> float:
    """Seconds until the address answers 200."""
    began = monotonic()
    while monotonic() - began < patience:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return monotonic() - began
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            sleep(0.2)
    raise RuntimeError(f"{address} does not answer")


KEYS = count(1)


def orders(token: str, seed: int, lots: int = LOTS) -> Iterator[Request]:
    """Three lines of one lot, a fresh key, drawn evenly from so many lots."""
    random = Random(seed)  # noqa: S311 - the same draw in every run
    while True:
        first = random.randrange(lots)
        lines = [{"sku": f"A-{first + LOTS * step:05}", "quantity": 1} for step in range(3)]
        yield Request(order(token, lines), 201, b'"in_approval"')


def order(token: str, lines: list[dict[str, object]]) -> bytes:
    content = {"lines": lines, "purpose": "Messung", "product_account": ACCOUNT}
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": f"bench-{os.getpid()}-{next(KEYS)}",
    }
    return http("POST", "/api/v1/call-offs", headers, json.dumps(content).encode())


def pages(cookie: str, seed: int) -> Iterator[Request]:
    """The catalog list with facets, 50 rows: any category, any page of it."""
    random = Random(seed)  # noqa: S311 - the same draw in every run
    headers = {"Cookie": f"kitu_session={cookie}"}
    while True:
        yield Request(http("GET", random.choice(LISTS), headers), 200, b"/artikel/A-")


def unchanged_pages(cookie: str, seed: int, tags: dict[str, str]) -> Iterator[Request]:
    """The same pages, by somebody who has them already."""
    random = Random(seed)  # noqa: S311 - the same draw in every run
    while True:
        path = random.choice(LISTS)
        headers = {"Cookie": f"kitu_session={cookie}", "If-None-Match": tags[path]}
        yield Request(http("GET", path, headers), 304)


def visited(port: int, cookie: str) -> dict[str, str]:
    """The warm-up, each page once: what its ETag was."""
    tags = {}
    for path in LISTS:
        asked = urllib.request.Request(
            f"http://127.0.0.1:{port}{path}", headers={"Cookie": f"kitu_session={cookie}"}
        )
        with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310
            tags[path] = answer.headers["ETag"]
    return tags


def counted(engine: Engine, prepared: Prepared) -> tuple[int, int]:
    """Orders in the database, and pieces drawn from the lot that everybody wants."""
    with Session(engine) as session:
        number = session.scalar(select(func.count()).select_from(CallOff)) or 0
        rush = session.get_one(Lot, prepared.rush_lot)
        return number, rush.reserved_quantity + rush.called_off_quantity
