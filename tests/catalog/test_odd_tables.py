"""Tables as spreadsheets, merchandise systems and people in a hurry write them."""

import io
import zipfile
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy.orm import Session

from app.catalog.formats.archive import open_archive
from app.catalog.formats.findings import Fault, FileRefused
from app.catalog.formats.table_file import TableFile
from app.catalog.formats.table_source import open_table
from app.catalog.formats.values import Transaction
from app.catalog.formats.workbook import workbook_rows
from app.catalog.upkeep.export_catalog import export_version
from app.catalog.upkeep.export_tables import export_csv, export_xlsx
from app.catalog.upkeep.import_catalog import ImportOrder, import_catalog
from app.catalog.upkeep.open_file import open_file
from tests.catalog.test_export_catalog import contents, read_in
from tests.catalog.test_workbook import said, workbook
from tests.support.clock import NOON, TODAY
from tests.support.world import workplace_hardware

HEADS = "Artikelnummer;Bezeichnung;Preis netto"


def read(*lines: str, **more: Any) -> TableFile:
    return TableFile(io.BytesIO("\r\n".join(lines).encode()), TODAY, **more)


def sheet(*rows: list[Any]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return target.getvalue()


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("1.249", []),  # a thousand in German, a little more than one euro elsewhere
        ("1,249", ["1.249"]),
        ("1.2490", ["1.249"]),
        ("1.249,00 €", ["1249.00"]),
        ("1\u202f249,00", ["1249.00"]),
        ("12,50 EUR", ["12.50"]),
        ("EUR 12,50", ["12.50"]),
    ],
)
def test_a_price_is_the_one_that_was_meant_or_none(written: str, taken: list[str]) -> None:
    file = read(HEADS, f"A-1;Maus;{written}")
    (article,) = file.articles()
    assert [one.unit_price.text for one in article.prices] == taken
    assert (Fault.NUMBER_UNREADABLE in file.findings.counts) == (not taken)


def test_a_thousand_pieces_are_no_single_one() -> None:
    file = read(f"{HEADS};Mindestmenge;Staffelpreise", 'A-1;Maus;9,90;1.000;"2.000 | 8,90"')
    (article,) = file.articles()
    assert article.quantity_min == 1000
    assert [one.lower_bound for one in article.prices] == [1, 2000]


def test_a_number_that_a_workbook_computed_is_the_one_that_it_shows() -> None:
    heads = ["Artikelnummer", "Bezeichnung", "Preis netto"]
    rows = [["A-1", "Maus", 19.990000000000002], ["A-2", "Kabel", 1.249], ["A-3", "Ring", 1e-5]]
    file = TableFile(io.BytesIO(sheet(heads, *rows)), TODAY)
    prices = [[one.unit_price.text for one in article.prices] for article in file.articles()]
    assert prices == [["19.99"], ["1.249"], []]
    assert set(file.findings.counts) == {Fault.PRICE_ZERO, Fault.PRICE_ROUNDED}


def test_signs_that_excel_has_escaped_are_the_signs_again() -> None:
    row = [b"<row>", said("Maus_x000D_\nmit Kabel"), said("_x005F_x0041_"), b"</row>"]
    ((_, cells),) = workbook_rows(open_archive(workbook(*row)))
    assert list(cells) == ["Maus\r\nmit Kabel", "_x0041_"]


def test_a_day_behind_all_calendars_is_a_number() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"date_1904": True})
    book.add_worksheet().write_row(0, 0, [44_538, 2_958_465], book.add_format({"num_format": 14}))
    book.close()
    ((_, cells),) = workbook_rows(open_archive(target))
    assert list(cells) == ["2025-12-09", "2958465"]


def test_heads_may_have_several_lines_and_stand_under_a_title() -> None:
    file = read(
        "Preisliste 2026", "", '"Artikel-\nnummer";Bezeichnung;"Preis\n(netto)"', "A;B;1,50"
    )
    (article,) = file.articles()
    assert (article.sku, article.prices[0].unit_price.text) == ("A", "1.50")


def test_of_two_columns_with_one_head_the_first_counts() -> None:
    file = read("Artikelnummer;Bezeichnung;Preis;Preis", "A-1;Maus;9,90;8,90")
    (article,) = file.articles()
    assert [one.unit_price.text for one in article.prices] == ["9.90"]


def test_an_update_of_prices_without_a_usable_price_leaves_those_that_hold() -> None:
    lines = ("Artikelnummer;Preis netto", "A-1;auf Anfrage", "A-2;-5,00", "A-3;5,00")
    file = read(*lines, transaction=Transaction.UPDATE_PRICES)
    assert [one.sku for one in file.articles()] == ["A-3"]
    rejected = [(one.line, one.sku, one.code) for one in file.findings.rejected]
    assert rejected == [
        (2, "A-1", Fault.NO_NEW_PRICE),
        (3, "A-2", Fault.NEGATIVE_PRICE),
        (3, "A-2", Fault.NO_NEW_PRICE),
    ]


def test_the_number_of_a_rejected_row_is_free_for_a_better_one() -> None:
    file = read(HEADS, "A-1;;9,90", "A-1;Maus;8,90")
    assert [(one.line, one.name) for one in file.articles()] == [(3, "Maus")]
    assert [one.code for one in file.findings.rejected] == [Fault.NO_NAME]


def test_signs_that_no_database_takes_are_left_out() -> None:
    (article,) = read(HEADS, "A\0-1;Ma\x07us\uffff;9,90").articles()
    assert (article.sku, article.name) == ("A-1", "Maus")


def test_what_is_no_table_leaves_the_file_open() -> None:
    stream = io.BytesIO(b"kein Katalog")
    with pytest.raises(FileRefused):
        TableFile(stream, TODAY)
    assert not stream.closed


PARTS = {
    "Merkmale": "Farbe | rot\nallein\n | ohne Namen",
    "Klassifikationen": "ECLASS-5.1 | 24010101\nUNSPSC",
    "Verweise": "udf_passt_auch_zu_alten_geraeten | B-1\nB-2\nothers | " + "x" * 65,
    "Schlagwörter": "x" * 79 + " y\u202fz",
    "Dateien": "bild.jpg\n" + "x" * 251,
    "Erweiterungen": "Farbe innen | blau\n31.12. | x\nleer",
    "Beschreibung": "&lt;p&gt; ist ein Absatz\n<b>fett</b>",
    "Inhalt je Einheit": "0,0000001",
    "Herstellernummer": "x" * 63 + " y",
}


def test_parts_of_a_table_keep_the_rules_of_every_catalog() -> None:
    cells = ['"' + text.replace('"', '""') + '"' for text in PARTS.values()]
    file = read(";".join((HEADS, *PARTS)), ";".join(("A-1;Maus;9,90", *cells)))
    (article,) = file.articles()
    assert [one[:2] for one in article.features] == [("Farbe", "rot")]
    assert article.classifications == (("ECLASS-5.1", "24010101"),)
    assert [one[:2] for one in article.references] == [
        ("udf_passt_auch_zu_al", "B-1"),
        ("others", "B-2"),
    ]
    assert article.keywords == ("x" * 79,)
    assert [(one.source, one.purpose) for one in article.media] == [("bild.jpg", "normal")]
    assert article.extensions == (("Farbe_innen", "blau"), ("31.12.", "x"))


def test_a_table_comes_back_from_every_form_of_the_written_catalog(session: Session) -> None:
    framework = workplace_hardware(session)
    cells = ['"' + text.replace('"', '""') + '"' for text in PARTS.values()]
    lines = (";".join((HEADS, *PARTS)), ";".join(("_x0041_;Maus _x000D_;1,249", *cells)))
    with session.begin_nested() as before:
        version = read_in(session, framework, "\r\n".join(lines).encode())
        told = contents(session)
        files = [
            b"".join(export_version(session, version, NOON)),
            b"".join(export_csv(session, version, NOON)),
            export_xlsx(session, version, NOON),
        ]
        before.rollback()
    assert list(told) == ["_x0041_"]
    for file in files:
        with session.begin_nested() as attempt:
            order = ImportOrder("zurück", framework.number, publish=True)
            import_catalog(session, io.BytesIO(file), order, NOON)
            assert contents(session)["_x0041_"] == told["_x0041_"]
            attempt.rollback()


def test_groups_that_the_catalog_takes_for_one_are_no_move(session: Session) -> None:
    framework = workplace_hardware(session)
    table = f"{HEADS};Warengruppe\nA-1;Maus;9,90;Mäuse\nA-2;Maus;9,90;MÄUSE\n".encode()
    assert read_in(session, framework, table)
    order = ImportOrder("noch einmal", framework.number, lot=1)
    again = import_catalog(session, io.BytesIO(table), order, NOON)
    assert (again.version_id, again.articles.changed, again.articles.unchanged) == (None, 0, 2)


@pytest.mark.parametrize("bound", ["ab 10", "10 Stück", "-3", "1000000000"])
def test_a_scale_of_which_nobody_knows_where_it_begins_is_not_taken(bound: str) -> None:
    file = read(f"{HEADS};Staffelpreise", f"A-1;Maus;9,90;{bound} | 0,50", f"A-2;Ring;;{bound} | 1")
    prices = [[one.unit_price.text for one in article.prices] for article in file.articles()]
    assert prices == [["9.90"], []]
    reason = f"„{bound}“ ist keine eindeutige Zahl; der Preis wird nicht genommen."
    assert [one.reason for one in file.findings.kept] == [reason, reason]


@pytest.mark.parametrize(
    ("most", "taken", "remarks"),
    [
        ("0", None, []),
        ("0,00", None, []),
        ("viele", None, [Fault.QUANTITY_UNREADABLE]),
        ("1.000", 1000, []),
    ],
)
def test_no_more_than_one_piece_is_never_made_of_words(
    most: str, taken: int | None, remarks: list[Fault]
) -> None:
    file = read(f"{HEADS};Höchstmenge;Mindestmenge", f"A-1;Maus;9,90;{most};0")
    (article,) = file.articles()
    assert (article.quantity_max, article.quantity_min) == (taken, 1)
    assert [one.code for one in file.findings.kept] == remarks


@pytest.mark.parametrize("lot", ["2", "Los 2", "Los Nr. 2", "2.0", "02"])
def test_a_lot_is_found_as_people_write_it(lot: str) -> None:
    (article,) = read(f"{HEADS};Los;Lieferzeit", f"A-1;Maus;9,90;{lot};14 Tage").articles()
    assert (article.lot, article.delivery_days) == (2, 14)


def test_a_lot_or_a_time_of_delivery_that_nobody_can_read_is_remarked_on() -> None:
    file = read(
        f"{HEADS};Los;Lieferzeit",
        "A-1;Maus;9,90;Los B;3-5",
        "A-2;Ring;9,90;;2 Wochen",
        "A-3;Hut;9,90;1;",
    )

    articles = list(file.articles())

    assert [(one.lot, one.delivery_days) for one in articles] == [
        (None, None),
        (None, None),
        (1, None),
    ]
    assert [(one.sku, one.reason) for one in file.findings.kept] == [
        ("A-1", "Das Los „Los B“ ist keine Nummer; über das Los entscheidet die CPV-Nummer."),
        ("A-1", "Die Lieferzeit „3-5“ ist keine Zahl von Arbeitstagen bis 365 und zählt nicht."),
        (
            "A-2",
            "Die Lieferzeit „2 Wochen“ ist keine Zahl von Arbeitstagen bis 365 und zählt nicht.",
        ),
    ]


def test_a_table_of_libreoffice_is_refused_with_what_to_do() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in ("mimetype", "content.xml", "meta.xml"):
            archive.writestr(name, "")
    for content in (target.getvalue(), b"%PDF-1.7\n1;2\n"):
        with pytest.raises(FileRefused) as refused:
            open_file(io.BytesIO(content), TODAY)
        assert refused.value.code == "not_a_table"
        assert "Bitte als .xlsx oder CSV speichern." in str(refused.value)


def test_columns_of_one_name_are_told_apart_whatever_they_are_called() -> None:
    table = open_table(io.BytesIO(b"Nr;Preis;Preis (2);Preis\n1;2;3;4\n"))
    assert table.heads == ["Nr", "Preis", "Preis (2)", "Preis (3)"]
