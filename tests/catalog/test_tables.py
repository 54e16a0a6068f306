"""Catalogs as tables: Excel and CSV as people write them, mapped once and remembered."""

import io
from datetime import timedelta
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.formats.findings import FileRefused
from app.catalog.formats.table_columns import Column, suggested
from app.catalog.formats.table_file import TableFile
from app.catalog.formats.table_lines import lines_of, values_in
from app.catalog.formats.values import Mode, Transaction
from app.catalog.import_records import ImportTerms
from app.catalog.records import Article, CatalogEntry
from app.catalog.upkeep.changed_parts import Parts, parts_between
from app.catalog.upkeep.drafts import version_page
from app.catalog.upkeep.import_catalog import ImportOrder, import_catalog
from app.catalog.upkeep.open_file import Reading
from app.kernel.unit_price import UnitPrice
from tests.catalog.importing import read_sent_files, small_catalog
from tests.support import world
from tests.support.application import Portal
from tests.support.clock import NOON, TODAY
from tests.support.databases import Database
from tests.support.world import settled

GERMAN = (
    "Preisliste Elbtec;;;;\r\n"
    "Art.-Nr.;Kurztext;Nettopreis;Marke;Kategorie\r\n"
    "MS-1;Maus mit Kabel;9,90 €;Elbtec;Mäuse\r\n"
    'MS-2;"Maus; ohne Kabel";1.019,905;Elbtec;Mäuse\r\n'
    ";ohne Nummer;3,00;;\r\n"
    "MS-1;doppelt;3,00;;\r\n"
)


def read(content: bytes, **more: Any) -> TableFile:
    return TableFile(io.BytesIO(content), TODAY, **more)


def workbook(*rows: list[Any]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_german_price_list_is_read_with_the_checks_of_every_catalog(charset: str) -> None:
    file = read(GERMAN.encode(charset))

    articles = list(file.articles())

    assert [(one.sku, one.name, one.prices[0].unit_price.text) for one in articles] == [
        ("MS-1", "Maus mit Kabel", "9.90"),
        ("MS-2", "Maus; ohne Kabel", "1019.905"),
    ]
    assert file.holdings().groups_of(["MS-1"]) == {"MS-1": "Mäuse"}
    rejected = [(one.line, one.sku, one.code) for one in file.findings.rejected]
    assert rejected == [(5, "", "empty_sku"), (6, "MS-1", "duplicate_sku")]


def test_numbers_and_days_of_a_workbook_stay_exact() -> None:
    heads = ["Artikelnummer", "Bezeichnung", "Preis netto", "Preis gültig bis", "Steuersatz"]
    content = workbook(heads, [4711, "Toner", 59.9, "31.12.2026", 19])

    (article,) = read(content).articles()

    (price,) = article.prices
    assert (article.sku, price.unit_price.text, price.tax_percent) == ("4711", "59.90", 19)
    assert price.valid_until is not None
    assert price.valid_until.isoformat() == "2026-12-31"


def test_updates_delete_and_change_only_what_they_name() -> None:
    text = "Artikelnummer;Bezeichnung;Änderung\r\nA-1;;löschen\r\nA-2;Maus;\r\n"

    file = read(text.encode(), transaction=Transaction.UPDATE_PRODUCTS)

    assert [(one.sku, one.mode) for one in file.articles()] == [
        ("A-1", Mode.DELETE),
        ("A-2", Mode.UPDATE),
    ]


def test_a_row_to_delete_takes_its_article_out_of_a_whole_catalog_too(session: Session) -> None:
    framework = world.workplace_hardware(session)
    order = ImportOrder("ganz.csv", framework.number, lot=1, publish=True)
    heads = b"Artikelnummer;Bezeichnung;Preis netto;\xc3\x84nderung\r\n"
    kept = b"A-2;Maus;9,90;\r\n"
    both = import_catalog(
        session, io.BytesIO(heads + b"A-1;Tastatur;19,90;\r\n" + kept), order, NOON
    )
    assert (both.articles.new, both.articles.removed) == (2, 0)

    marked = io.BytesIO(heads + b"A-1;Tastatur;19,90;l\xc3\xb6schen\r\n" + kept)
    result = import_catalog(session, marked, order, NOON + timedelta(days=1))

    counted = result.articles
    assert (counted.new, counted.changed, counted.unchanged, counted.removed) == (0, 0, 1, 1)
    left = select(Article.sku).where(Article.active, Article.sku.in_(["A-1", "A-2"]))
    assert session.scalars(left).all() == ["A-2"]
    assert result.version_id is not None
    (gone,) = version_page(session, result.version_id).differences
    assert (gone.line, gone.sku, gone.name, gone.change) == (2, "A-1", "Tastatur", "entfällt")
    assert (gone.old_price, gone.new_price) == (UnitPrice(199_000), None)


def test_a_table_of_changed_articles_keeps_what_it_has_no_column_for(session: Session) -> None:
    framework = world.workplace_hardware(session)
    small_catalog(session, framework)
    said = select(
        Article.name,
        Article.manufacturer,
        Article.lot_id,
        Article.delivery_days,
        Article.details,
    ).where(Article.sku == "NB-1")
    before = session.execute(said).one()
    table = b"Artikelnummer;Bezeichnung;Preis netto\r\nNB-1;Notebook 14 Zoll, neu;779,00\r\n"
    reading = Reading(kind=Transaction.UPDATE_PRODUCTS)
    order = ImportOrder("neu.csv", framework.number, publish=True, reading=reading)

    result = import_catalog(session, io.BytesIO(table), order, NOON + timedelta(days=1))

    assert (result.articles.changed, result.articles.removed) == (1, 0)
    after = session.execute(said).one()
    assert after.name == "Notebook 14 Zoll, neu"
    assert after[1:] == before[1:]
    again = import_catalog(session, io.BytesIO(table), order, NOON + timedelta(days=2))
    assert (again.articles.changed, again.articles.unchanged) == (0, 1)


def test_a_table_with_more_columns_than_the_remembered_ones_is_read_whole() -> None:
    table = b"Artikelnummer;Bezeichnung;Preis netto;Hersteller\r\nA-1;Maus;9,90;Kranich\r\n"
    few = {"SKU": "Artikelnummer", "NAME": "Bezeichnung"}

    (whole,) = read(table, remembered=few).articles()
    (chosen,) = read(table, columns=few).articles()

    assert (whole.manufacturer, len(whole.prices)) == ("Kranich", 1)
    assert (chosen.manufacturer, len(chosen.prices)) == ("", 0)


def test_a_dry_run_counts_an_article_once_that_is_changed_and_in_another_group(
    session: Session,
) -> None:
    framework = world.workplace_hardware(session)
    small_catalog(session, framework)
    table = b"Artikelnummer;Bezeichnung;Los;Warengruppe\r\nNB-1;neuer Name;1;Anderes\r\n"
    order = ImportOrder("neu.csv", framework.number, dry_run=True)

    result = import_catalog(session, io.BytesIO(table), order, NOON)

    assert (result.articles.changed, result.articles.unchanged) == (1, 0)


def test_a_difference_names_what_changed_and_what_an_article_no_longer_says() -> None:
    before = {"name": "Maus", "manufacturer": "Kranich", "features": [["Farbe", "rot", ""]]}
    after = {"name": "Maus 2", "manufacturer": "", "features": [], "lot": 1}

    assert parts_between(before, after) == Parts(("Bezeichnung",), ("Hersteller", "Merkmale"))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"Nur ein Text ohne Spalten\n", "not_a_table", id="text"),
        pytest.param(b"a;b\n1;2\n", "columns_unknown", id="unknown-heads"),
        pytest.param(b"\xd0\xcf\x11\xe0alt", "not_a_table", id="old-excel"),
        pytest.param(b"PK\x03\x04kaputt", "archive_damaged", id="damaged-workbook"),
        pytest.param(b";;;\n;;;\n", "no_heads", id="blank"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        list(read(content).articles())

    assert refusal.value.code == code


@pytest.mark.parametrize(
    "values",
    [
        [["Farbe", "rot | blau", "x"], ["Pfad", "C:\\neu", ""]],
        [["zwei\nZeilen", "", ""]],
        [["", "ohne Namen", ""]],
    ],
    ids=["bars-and-slashes", "line-breaks", "empty-first"],
)
def test_several_values_in_a_cell_come_back_as_they_were(values: list[list[str]]) -> None:
    assert values_in(lines_of(values), 3) == values


def test_what_was_confirmed_counts_more_than_what_heads_suggest() -> None:
    heads = ["Nummer", "Name", "Artikelname", "Preis"]

    found = suggested(heads, {"SKU": "Nummer", "NAME": "Artikelname"})

    assert found[Column.SKU] == "Nummer"
    assert found[Column.NAME] == "Artikelname"
    assert found[Column.PRICE] == "Preis"


@pytest.fixture
def keeper(portal: Portal) -> Any:
    return portal.signed_in(settled(portal.session).contracts)


def test_columns_are_mapped_once_and_proposed_for_the_next_table(
    keeper: Any, session: Session, database: Database
) -> None:
    table = b"Nr;Text;VK\r\nMS-1;Maus;9,90\r\n"
    files = {"file": ("preise.csv", table, "text/csv")}
    sent = {"framework": "RV-2026-01", "lot": "1"}

    address = keeper.post("/katalogpflege", sent, files=files).headers["location"]
    mapper = keeper.get(address).headers["location"]
    assert mapper.endswith("/spalten")
    page = keeper.page(mapper)
    assert "MS-1" in page
    assert '<option value="=HW" selected' in " ".join(page.split())
    refused = keeper.post(mapper, {"SKU": "Nr"})
    assert refused.status_code == 422
    assert "Bitte wählen Sie die Spalte" in refused.text
    assert "Bitte wählen Sie, zu welchem Katalog" in refused.text
    chosen = {"SKU": "Nr", "NAME": "Text", "PRICE": "VK", "kind": "T_NEW_CATALOG"}
    chosen["catalog"] = "=TABELLE"
    assert keeper.post(mapper, chosen).status_code == 303
    read_sent_files(database)

    draft = keeper.get(address).headers["location"]
    assert "Maus" in keeper.page(draft)
    entry = session.scalars(select(CatalogEntry)).one()
    assert entry.new_price is not None
    assert (entry.sku, entry.new_price.text) == ("MS-1", "9.90")
    terms = session.scalars(select(ImportTerms)).one()
    assert terms.columns == {"SKU": "Nr", "NAME": "Text", "PRICE": "VK"}
    again = keeper.post("/katalogpflege", sent, files=files).headers["location"]
    page = keeper.page(keeper.get(again).headers["location"])
    assert page.count("selected") >= 4


def test_limits_of_price_changes_are_set_per_framework(keeper: Any, session: Session) -> None:
    path = "/katalogpflege/pruefgrenzen/RV-2026-01"
    assert 'value="25"' in keeper.page(path)

    wrong = keeper.post(path, {"rise": "-1", "fall": "101"})
    assert wrong.status_code == 422
    assert wrong.text.count("Bitte eine ganze Zahl von 0 bis") >= 2
    assert session.scalars(select(ImportTerms)).all() == []

    assert keeper.post(path, {"rise": "10", "fall": "20"}).status_code == 303
    terms = session.scalars(select(ImportTerms)).one()
    assert (terms.largest_rise, terms.largest_fall) == (10, 20)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_template_can_be_loaded(keeper: Any, form: str) -> None:
    answer = keeper.get(f"/katalogpflege/vorlage.{form}")

    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
