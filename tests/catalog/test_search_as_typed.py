"""What people copy from the list or say in their own words finds the article, on both databases."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.finding.find_articles import find_articles
from app.catalog.finding.index_articles import index_articles
from app.catalog.finding.search import Search
from app.catalog.finding.suggest import suggest
from app.catalog.queries import article_rows
from app.catalog.records import Article
from tests.catalog.importing import small_catalog
from tests.support.clock import TODAY
from tests.support.world import workplace_hardware

LAPTOP, COUSIN, TONER, PRINTER, SCREEN = "NB-14", "NB-16", "TONER-1", "DRUCKER-1", "MON-27"


@pytest.fixture(autouse=True)
def _stocked(session: Session) -> None:
    """Articles as real files name them; one EAN holds 156 by chance."""
    small_catalog(session, workplace_hardware(session))
    change(
        session,
        LAPTOP,
        name="Acer Aspire UX325EA-KG245, 15,6 Zoll, 16 GB RAM, 1000 GB SSD",
        mpn="UX325EA-KG245",
        gtin="4000000000129",
        features=[
            ["SSD-Speicher", "1000", "GB"],
            ["Bildschirmdiagonale", "15,6", "Zoll"],
            ["WLAN", "ja", ""],
            ["Datenquelle", "pc-liste", ""],
        ],
    )
    change(session, COUSIN, name="Acer Aspire 14", mpn="UX325EA", gtin="4015600000000")
    change(session, TONER, name="Kyocera TK-3160 Toner schwarz", mpn="1T02T90NL0")
    change(
        session,
        PRINTER,
        name="Kyocera ECOSYS Laserdrucker",
        features=[
            ["Automatischer Duplexdruck", "ja", ""],
            ["Farbe", "ja", ""],
            ["LAN", "nein", ""],
        ],
    )
    change(session, SCREEN, features=[["Auflösung", "1920x1080", "Pixel"]])


def change(session: Session, sku: str, **fields: object) -> None:
    article = session.scalars(select(Article).where(Article.sku == sku)).one()
    if (features := fields.pop("features", None)) is not None:
        article.details = {**article.details, "features": features}
    for name, value in fields.items():
        setattr(article, name, value)
    index_articles(session, [article.id], TODAY)


def found(session: Session, typed: str) -> list[str]:
    hits = find_articles(session, Search(typed, fold=True), TODAY, None)
    return [row.sku for row in article_rows(session, hits.ids, TODAY, None)]


@pytest.mark.parametrize(
    ("typed", "skus"),
    [
        ("Acer Aspire UX325EA-KG245, 15,6 Zoll, 16 GB RAM, 1000 GB SSD", [LAPTOP]),
        ("15,6 Zoll", [LAPTOP]),
        ('15.6"', [LAPTOP]),
        ("1 TB", [LAPTOP]),
        ("SSD 1TB", [LAPTOP]),
        ("UX325EA", [LAPTOP, COUSIN]),
        ("UX325EA KG245", [LAPTOP]),
        ("TK3160", [TONER]),
        ("TK 3160", [TONER]),
        ("Toner für Kyocera", [TONER]),
        ("1T02T90 NL0", [TONER]),
        ("Duplex", [PRINTER]),
        ("Farblaserdrucker", [PRINTER]),
        ("Drucker mit LAN", []),
        ("WLAN", [LAPTOP]),
        ("Wi-Fi", [LAPTOP]),
        ("pc-liste", []),
        ("1920 x 1080", [SCREEN]),
        ("1920×1080", [SCREEN]),
        ("Beamer", []),
    ],
)
def test_what_is_typed_finds_what_is_meant(session: Session, typed: str, skus: list[str]) -> None:
    assert sorted(found(session, typed)) == sorted(skus)


def test_every_article_is_found_by_its_own_name_and_numbers(session: Session) -> None:
    for article in session.scalars(select(Article).where(Article.active)):
        numbers = (article.sku, article.sku.replace("-", " "), article.mpn, article.gtin)
        for typed in filter(None, (article.name, article.name.upper(), *numbers)):
            assert article.sku in found(session, typed), typed


def test_suggestions_are_the_first_of_the_list(session: Session) -> None:
    change(session, LAPTOP, family="Aspire")
    change(session, COUSIN, family="Aspire")

    suggested = suggest(session, "acer", TODAY, None)

    assert [row.sku for row in suggested.articles] == found(session, "acer")
    assert len(suggested.articles) == 1
    assert suggested.total == 2


@pytest.mark.parametrize(("typed", "unknown"), [("Tasche", ("tasche",)), ("M 404 dn", ())])
def test_a_word_is_corrected_only_to_what_somebody_would_find(
    session: Session, typed: str, unknown: tuple[str, ...]
) -> None:
    """No bag is offered here; what is known together is not unknown in its parts."""
    change(session, PRINTER, mpn="M404DN")

    hits = find_articles(session, Search(typed), TODAY, None)

    assert (hits.meant, hits.unknown) == ((), unknown)
    assert found(session, typed) == ([] if unknown else [PRINTER])
