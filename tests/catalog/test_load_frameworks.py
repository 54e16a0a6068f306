"""The demonstration catalog: agreements with lots, 20 kinds of articles, toner with its devices."""

from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.finding.find_articles import find_articles
from app.catalog.finding.search import Search
from app.catalog.load_frameworks import load_frameworks
from app.catalog.queries import orderable_articles
from app.catalog.records import Article, ArticleReference, Category
from app.frameworks.records import CeilingMovement, Framework, Lot
from app.kernel.money import Money
from tests.catalog.places import FOREIGN, REPOSITORY
from tests.support import build_demo_catalog
from tests.support.clock import NOON, TODAY

CATALOG: Final = REPOSITORY / "catalog"
LARGEST: Final = 6_000_000


def test_the_demonstration_catalog_runs_on_any_first_day(session: Session) -> None:
    numbers = load_frameworks(session, CATALOG, NOON)

    assert numbers == (
        "PV-KONF-01",
        "RV-ALT-01",
        "RV-APT-01",
        "RV-DRUCK-01",
        "RV-MIETE-01",
        "RV-STROM-01",
    )
    assert load_frameworks(session, CATALOG, NOON + timedelta(days=1)) == ()
    assert (session.scalar(select(func.count()).select_from(Article)) or 0) >= 1500
    assert (session.scalar(select(func.count()).select_from(Category)) or 0) >= 20
    running = session.scalars(
        select(Framework.number).where(Framework.valid_from <= TODAY, Framework.valid_to >= TODAY)
    )
    assert set(running) == set(numbers) - {"RV-ALT-01"}
    _check_searches(session)
    _check_references(session)
    _check_ledger(session)


def _check_searches(session: Session) -> None:
    for words in ("Notebook", "laptop lenovo", "Bildschirm 27", "Toner HP", "Multifunktion A3"):
        assert find_articles(session, Search(words), TODAY, None).total > 0, words


def _check_references(session: Session) -> None:
    """Every printer reference leads to a consumable that can be ordered."""
    targets = session.scalars(
        select(ArticleReference.target_sku)
        .join(Article, Article.id == ArticleReference.article_id)
        .where(Article.name == "HP LaserJet Pro M404dn")
    ).all()
    found = orderable_articles(session, dict.fromkeys(targets, 1), TODAY)
    assert {article.name for article in found.values()} == {
        "HP 58A Toner schwarz",
        "HP 58X Toner schwarz",
        "HP 59A Toner schwarz",
        "HP 59X Toner schwarz",
    }
    assert all(article.refusal is None for article in found.values())


def _check_ledger(session: Session) -> None:
    booked: dict[int, int] = {}
    for movement in session.scalars(select(CeilingMovement)):
        booked[movement.lot_id] = booked.get(movement.lot_id, 0) + movement.called_off_value.cents
    for lot in session.scalars(select(Lot)):
        assert lot.called_off_value == Money(booked[lot.id])


def test_the_data_files_stay_small_and_name_their_source() -> None:
    files = [path for path in CATALOG.rglob("*") if path.is_file() and path.suffix == ".xml"]

    assert sum(path.stat().st_size for path in files) < LARGEST
    assert all(_says_demonstration(path) for path in files)


def _says_demonstration(path: Path) -> bool:
    return "Demonstrationsdaten, keine Angebotspreise" in path.read_text(encoding="utf-8")[:400]


def test_the_builder_writes_the_same_bytes_again(tmp_path: Path) -> None:
    products = FOREIGN.parent / "products"
    if not products.is_dir():
        pytest.skip("the product lists are not beside this checkout")

    build_demo_catalog.main(products, tmp_path)

    written = {path.name for path in tmp_path.glob("*.xml")}
    kept = {path.name for path in (CATALOG / "articles").glob("*.xml")}
    assert kept - written == {"RV-MIETE-01.xml"}  # invented by hand, not made of any list
    for name in sorted(written):
        assert (tmp_path / name).read_bytes() == (CATALOG / "articles" / name).read_bytes(), name
