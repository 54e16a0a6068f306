"""G9: the search call of the application over many articles that descend from real models."""

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any, Final

from sqlalchemy import Engine, func, insert, select, text
from sqlalchemy.orm import Session

from app.catalog.finding.find_articles import COUNTED, find_articles
from app.catalog.finding.index_articles import index_articles
from app.catalog.finding.search import Search
from app.catalog.queries import article_rows
from app.catalog.records import Article, CatalogVersion, Category, Price
from app.database.all_records import all_tables
from app.database.base import table_of
from app.database.engine import open_engine, sessions
from app.database.marks import reads_only
from app.frameworks.records import AwardModel, Framework, Lot, PartyRule
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from app.operations.migrate import upgrade_database

SEED: Final = Path(__file__).parents[3] / "shared" / "data" / "products" / "catalogue_seed.csv"
NAMES: Final = {
    "notebook": "Notebooks",
    "desktop": "Desktop-PC",
    "monitor": "Monitore",
    "docking": "Dockingstationen",
    "tastatur": "Tastaturen",
    "maus": "Mäuse",
    "drucker-a4": "Drucker und MFP A4",
    "drucker-a3": "Drucker und MFP A3",
    "toner": "Toner",
}
BATCH: Final = 5000
PER_CLASS: Final = 100
VISIBLE: Final = None
WARM: Final = 10
REFERENCE: Final = 45.0  # million steps a second of the host that the gates were set on
KINDS: Final = {
    "number": ("exact", "model", "fragment"),
    "words": ("type_brand", "type_rare"),
    "broad": ("broad", "prefix"),
}
LIMITS: Final = {"number": 5.0, "words": 60.0, "broad": 150.0}  # milliseconds, p99
SEARCH_GATES: Final = {
    f"search_{kind}_{name}": (limit, "≤")
    for kind, limit in LIMITS.items()
    for name in ("postgresql", "sqlite")
}


class Different(Exception):
    """The databases do not find the same."""


@dataclass(frozen=True)
class Figures:
    """Milliseconds of one class of queries."""

    p50: float
    p99: float
    hits: int


def search_figures(
    urls: dict[str, str], articles: int, steps: float
) -> tuple[dict[str, dict[str, Figures]], dict[str, float]]:
    """All figures per database and class, and the p99 that the gates judge.

    The gates hold for a host of 45 million `steps` a second; here they are scaled to it. A
    difference of the hits between the databases is Wrong.
    """
    measured = {name: _ask(url, articles) for name, url in urls.items()}
    hits = [[one.hits for one in figures.values()] for figures in measured.values()]
    if any(one != hits[0] for one in hits):
        raise Different(str(hits))
    judged = {
        f"search_{kind}_{name}": max(figures[one].p99 for one in members) * steps / REFERENCE
        for name, figures in measured.items()
        for kind, members in KINDS.items()
    }
    return measured, judged


def _ask(url: str, articles: int) -> dict[str, Figures]:
    """Fill the database at `url` where it is empty, then ask 100 queries of every class."""
    engine = open_engine(url)
    upgrade_database(engine)
    all_tables()
    fill(engine, articles)
    today = legal_day(datetime.now(UTC))
    with sessions(engine)() as session:
        reads_only(session)
        for queries in classes().values():
            _measure(session, queries[:WARM], today)
        measured = {name: _measure(session, queries, today) for name, queries in classes().items()}
    engine.dispose()
    return measured


def classes() -> dict[str, list[str]]:
    """100 deterministic queries per class, drawn from the data."""
    drawn = Random(9)  # noqa: S311 - the same queries every time
    rows = [row for row in seed() if len(row["mpn"]) > 4]
    some = [drawn.choice(rows) for _ in range(PER_CLASS)]
    rare = [max(row["name"].split(), key=len) for row in some]
    kind = [NAMES.get(row["category"], row["category"]) for row in some]
    return {
        "exact": [row["sku"] for row in some],
        "model": [row["mpn"] for row in some],
        "fragment": [row["mpn"][1:] for row in some],
        "type_brand": [f"{one} {row['manufacturer']}" for one, row in zip(kind, some, strict=True)],
        "type_rare": [f"{one} {word}" for one, word in zip(kind, rare, strict=True)],
        "broad": kind,
        "prefix": [row["manufacturer"][:4] for row in some],
        "misspelt": [f"{one[:3]}{one[4:]}" for one in kind],
    }


def _measure(session: Session, queries: list[str], today: date) -> Figures:
    """The call a page makes: hits, top 24 as values, facets; nothing kept from earlier ones."""
    taken, hits = [], 0
    for typed in queries:
        COUNTED.forget()
        begin = perf_counter()
        found = find_articles(session, Search(typed, limit=24), today, VISIBLE)
        article_rows(session, found.ids, today, VISIBLE)
        taken.append((perf_counter() - begin) * 1000)
        hits += found.total
    taken.sort()
    return Figures(taken[len(taken) // 2], taken[-1 - len(taken) // 100], hits)


def seed() -> list[dict[str, str]]:
    with SEED.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def fill(engine: Engine, articles: int, say: Callable[[str], object] = lambda _: None) -> None:
    """As an import leaves them: article, price and entry in the index."""
    with sessions(engine).begin() as session:
        if session.scalar(select(func.count()).select_from(Article)):
            return
        places = _places(session)
    rows = _rows(articles, places)
    for start in range(0, articles, BATCH):
        batch = [next(rows) for _ in range(min(BATCH, articles - start))]
        with sessions(engine).begin() as session:
            connection = session.connection()
            connection.execute(insert(table_of(Article)), [article for article, _ in batch])
            connection.execute(insert(table_of(Price)), [price for _, price in batch])
            index_articles(session, [article["id"] for article, _ in batch], date(2026, 11, 1))
        say(f"{start + len(batch)} articles")
    _settle(engine)


def _settle(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("VACUUM ANALYZE"))
            return
    with engine.begin() as connection, suppress(StopIteration):
        connection.execute(text("ANALYZE"))


@dataclass(frozen=True)
class _Places:
    framework: int
    lots: list[int]
    version: int
    categories: dict[str, int]


def _places(session: Session) -> _Places:
    framework = Framework(
        number="RV-G9",
        title="Suche",
        award_model=AwardModel.INTERMEDIARY,
        party_rule=PartyRule.ALL_MEMBERS,
        contracting_entity="Genossenschaft",
        supplier_name="Systemhaus",
        valid_from=date(2026, 1, 1),
        valid_to=date(2030, 12, 31),
    )
    session.add(framework)
    session.flush()
    lots = [
        Lot(
            framework_id=framework.id,
            number=number,
            title=f"Los {number}",
            maximum_value=Money.euros(9_000_000),
        )
        for number in range(1, 11)
    ]
    now = datetime.now(UTC)
    version = CatalogVersion(
        framework_id=framework.id,
        number=1,
        catalog_id="G9",
        catalog_version="1",
        file_name="g9.xml",
        file_sha256="0" * 64,
        imported_at=now,
        published_at=now,
    )
    names = sorted({row["category"] for row in seed()})
    categories = [Category(slug=name, name=NAMES.get(name, name.capitalize())) for name in names]
    session.add_all([*lots, version, *categories])
    session.flush()
    return _Places(
        framework.id, [lot.id for lot in lots], version.id, {one.slug: one.id for one in categories}
    )


def _rows(articles: int, places: _Places) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The seed's models in order, then again as variants with numbers and prices of their own."""
    models = seed()
    drawn = Random(1)  # noqa: S311 - the same prices every time
    for number in range(articles):
        row, variant = models[number * 1009 % len(models)], number // len(models)
        suffix = f" Variante {variant}" if variant else ""
        features = [pair.partition("=") for pair in row["specs"].split("; ") if "=" in pair]
        details = {
            "features": [[name, value[:60], ""] for name, _, value in features],
            "keywords": [row["category"], row["manufacturer"]],
        }
        article = {
            "id": number + 1,
            "framework_id": places.framework,
            "lot_id": places.lots[number % len(places.lots)],
            "catalog_version_id": places.version,
            "category_id": places.categories[row["category"]],
            "sku": f"{row['sku']}-V{variant:04}" if variant else row["sku"],
            "name": (row["name"] + suffix)[:80],
            "description": f"{row['manufacturer']} {row['name']}. {row['specs']}.",
            "manufacturer": row["manufacturer"],
            "mpn": (row["mpn"] or row["sku"])[:50],
            "gtin": f"2{number:012}",
            "delivery_days": 2 + drawn.randrange(19),
            "details": json.loads(json.dumps(details)),
            "content_sha256": "0" * 64,
        }
        price = {
            "article_id": number + 1,
            "catalog_version_id": places.version,
            "unit_price": UnitPrice(
                int(float(row["demo_price_net_eur"]) * drawn.uniform(9200, 10800))
            ),
            "valid_from": date(2026, 1, 1),
            "valid_to": date(2027, 12, 31),
        }
        yield article, price
