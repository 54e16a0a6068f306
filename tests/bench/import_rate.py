"""How fast a large catalog is imported, against a bare parse and bulk load of the same file.

G10: what the product does with a large file, from opening it to published and searchable. It is
sent and kept, the worker reads it into a draft, a second person orders its publication, the worker
publishes it in steps; all of it in this process and those that it has beside it. G11: the same file
again with one article in twenty changed, which is published at once. L3: lxml with find, and
nothing but rows into one table, same round.
"""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Final

import psycopg
from lxml import etree
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

from app.catalog.import_records import CatalogImport
from app.catalog.records import CatalogVersion
from app.catalog.upkeep.publish_in_steps import order_publication
from app.catalog.upkeep.send_catalog_file import Wishes, send_catalog_file
from app.commands.jobs import LONG_JOBS
from app.database.engine import open_engine, sessions
from app.operations.migrate import upgrade_database
from app.outbox.claim import Lane
from app.outbox.deliver import Carriers, deliver_next
from tests.bench.large_import import MAKER
from tests.support.clock import NOON
from tests.support.world import World, settled

BATCH: Final = 5000
EVERY: Final = 20
PATHS: Final = (
    "SUPPLIER_AID",
    "ARTICLE_DETAILS/{}DESCRIPTION_SHORT",
    "ARTICLE_DETAILS/{}DESCRIPTION_LONG",
    "ARTICLE_DETAILS/{}MANUFACTURER_NAME",
    "ARTICLE_DETAILS/{}MANUFACTURER_AID",
    "ARTICLE_DETAILS/{}EAN",
    "ARTICLE_ORDER_DETAILS/{}ORDER_UNIT",
    "ARTICLE_PRICE_DETAILS/{}ARTICLE_PRICE/{}PRICE_AMOUNT",
    "ARTICLE_PRICE_DETAILS/{}ARTICLE_PRICE/{}TAX",
)


def import_rates(url: str, articles: int, folder: Path) -> dict[str, float]:
    """Ratios to L3 on the (empty) database at `url`; nothing where the file's maker is missing."""
    if not MAKER.exists():
        return {}
    first, again = _files(articles, folder)
    kind = make_url(url).get_backend_name()
    limit = articles / _limit(url, first, folder)
    engine = open_engine(url)
    upgrade_database(engine)
    made = sessions(engine)
    with made.begin() as session:
        world = settled(session)
    rates = {f"L3_{kind}": limit}
    for name, file, now in (("first", first, NOON), ("again", again, NOON + timedelta(hours=1))):
        seconds = _imported(made, world, file, now)
        rates[f"import_{name}_{kind}"] = articles / seconds / limit
    engine.dispose()
    return rates


def _files(articles: int, folder: Path) -> tuple[Path, Path]:
    first, again = folder / "first.xml", folder / "again.xml"
    make = [sys.executable, str(MAKER), "-n", str(articles), "-o", str(first)]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - a given tool
    with first.open(encoding="utf-8") as old, again.open("w", encoding="utf-8") as new:
        for number, line in enumerate(old):
            changed = line.replace("<CATALOG_VERSION>", "<CATALOG_VERSION>9", 1)
            if number % EVERY == 0:
                changed = changed.replace("Herstellergarantie", "Garantie")
            new.write(changed)
    return first, again


def _imported(made: sessionmaker[Session], world: World, file: Path, now: datetime) -> float:
    began = perf_counter()
    with made.begin() as session, file.open("rb") as stream:
        sender = (world.contracts.id, now)
        number = world.framework.number
        sent = send_catalog_file(session, number, file.name, stream, Wishes(lot=1), sender).id
    _work(made, now)
    with made.begin() as session:
        draft = session.get_one(CatalogImport, sent).version_id
        assert draft is not None
        order_publication(session, draft, world.it.id, now)
    _work(made, now)
    seconds = perf_counter() - began
    with made() as session:
        assert session.get_one(CatalogVersion, draft).published_at == now
    return seconds


def _work(made: sessionmaker[Session], now: datetime) -> None:
    carriers = Carriers(lambda _mail: None, {}, LONG_JOBS)
    while deliver_next(made, carriers, now, Lane.LONG):
        pass


def _limit(url: str, file: Path, folder: Path) -> float:
    began = perf_counter()
    columns = ", ".join(f"c{number} text" for number in range(len(PATHS)))
    if url.startswith("sqlite"):
        database = sqlite3.connect(folder / "limit.db")
        database.execute("PRAGMA journal_mode=WAL")
        database.execute(f"CREATE TABLE bare ({columns})")
        places = ", ".join("?" * len(PATHS))
        database.executemany(f"INSERT INTO bare VALUES ({places})", _bare(file))  # noqa: S608 - ours
        database.commit()
        database.close()
        return perf_counter() - began
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as server, server.cursor() as cursor:
        cursor.execute(f"CREATE UNLOGGED TABLE bare ({columns})")
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for row in _bare(file):
                copy.write_row(row)
        server.commit()
        cursor.execute("DROP TABLE bare")
        server.commit()
    return perf_counter() - began


def _bare(file: Path) -> Iterator[tuple[str | None, ...]]:
    wanted = ("{*}ARTICLE", "{*}ARTICLE_TO_CATALOGGROUP_MAP")
    paths: tuple[str, ...] = ()
    for _, element in etree.iterparse(
        str(file), tag=wanted, resolve_entities=False, huge_tree=True
    ):
        space = f"{{{etree.QName(element).namespace}}}" if etree.QName(element).namespace else ""
        paths = paths or tuple(space + path.replace("{}", space) for path in PATHS)
        if str(element.tag).endswith("ARTICLE"):
            yield tuple(element.findtext(path) for path in paths)
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
