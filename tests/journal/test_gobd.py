"""The medium for a tax audit: described, complete, readable by the auditor's program."""

import csv
from datetime import date
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

from lxml import etree
from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.journal.gobd.change_tables import CHANGE_EXPORTS
from app.journal.gobd.document_type import document_type
from app.journal.gobd.export import Period
from app.journal.gobd.layout import Column, Kind, Supplier, Table, csv_lines, index_xml
from app.journal.gobd.tables import EXPORTS
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from app.ordering.changing.enter_change import ChangeWish
from app.ordering.changing.propose_change import propose_change
from app.ordering.changing.rules import ChangeStep
from app.ordering.changing.speak_on_change import speak_on_change
from app.ordering.wanted import Actor
from tests.support.clock import NOON
from tests.support.orders import confirmed, delivered, ready
from tests.support.world import MONITOR

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def test_the_description_follows_its_document_type() -> None:
    supplier = Supplier("Stadt <Beispiel> & Co", "Dessau-Roßlau", "Abrufe")

    described = index_xml(supplier, (one.table for one in EXPORTS), FIRST, LAST)

    tree = etree.fromstring(described)
    dtd = etree.DTD(BytesIO(document_type()))
    assert dtd.validate(tree), dtd.error_log
    assert b'<!DOCTYPE DataSet SYSTEM "gdpdu-01-09-2004.dtd">' in described
    assert tree.findtext("DataSupplier/Name") == "Stadt <Beispiel> & Co"
    keys = {table.findtext("Name"): table for table in tree.iter("Table")}
    joined = {one.text for one in tree.iter("References")}
    assert joined <= set(keys)


def test_cells_are_written_as_the_description_says() -> None:
    table = Table(
        "Probe",
        "",
        (
            Column("Text"),
            Column("Netto", Kind.EURO),
            Column("Preis", Kind.PRICE),
            Column("Tag", Kind.DAY),
        ),
    )
    row = ('=1+1; "neu"\nZeile', Money(-123450), UnitPrice(6895000), date(2026, 3, 29))

    lines = list(csv_lines(table, [row]))

    assert lines[0] == b'"Text";"Netto";"Preis";"Tag"\r\n'
    assert lines[1] == b'"=1+1; ""neu"" Zeile";-1234,50;689,50;29.03.2026\r\n'


def test_an_auditor_takes_orders_invoices_and_journal_of_a_period_away(
    session: Session, portal: Any
) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 2})
    delivered(session, world, found, (MONITOR, 2, ()))
    assert portal.signed_in(world.desk).post(f"/abwicklung/{found.number}/rechnung").is_redirect
    auditor = portal.signed_in(world.auditor)
    place = "/pruefung/ausgaben/gobd.zip"

    answer = auditor.get(f"{place}?von=2026-01-01&bis=2026-12-31&mitglied=15001000")
    before = auditor.get(f"{place}?von=2025-01-01&bis=2025-12-31")
    wrong = auditor.get(f"{place}?von=2026-02-30&bis=")

    with ZipFile(BytesIO(answer.content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    rows = {
        name: list(csv.reader(StringIO(data.decode()), delimiter=";"))
        for name, data in files.items()
        if name.endswith(".csv")
    }
    tree = etree.fromstring(files["index.xml"])
    for described in tree.iter("Table"):
        names = [
            one.findtext("Name") for one in described.iter("VariablePrimaryKey", "VariableColumn")
        ]
        assert rows[described.findtext("URL") or ""][0] == names
    (order,) = rows["Abrufe.csv"][1:]
    (invoice,) = rows["Rechnungen.csv"][1:]
    assert order[0] == invoice[1] == found.number
    assert order[9] == found.net.text.replace(".", ",")
    assert [step[3] for step in rows["Schritte.csv"][1:]] == [
        "submit",
        "place",
        "confirm",
        "deliver_all",
        "invoice",
    ]
    assert rows["Journal.csv"][1][5] == "call_off.submitted"
    with ZipFile(BytesIO(before.content)) as archive:
        assert archive.read("Abrufe.csv").count(b"\r\n") == 1
    assert wrong.status_code == 422
    assert "Bitte geben Sie ein Datum an." in wrong.text
    assert portal.signed_in(world.it).get(place).status_code == 403


def test_changes_of_orders_are_exported_with_every_answer_and_step(session: Session) -> None:
    world = ready(session)
    number = confirmed(session, world, {MONITOR: 3}).number
    mine, orderer = Tenant(world.dessau.id), Actor(world.it.id, world.dessau.id)
    wish = ChangeWish({MONITOR: 2}, "Nur zwei lieferbar")
    propose_change(session, Actor(world.desk.id, None), number, wish, NOON)
    speak_on_change(session, orderer, number, mine, 1, NOON, step=ChangeStep.AGREE)
    session.flush()
    period = Period(mine, world.dessau.key, FIRST, LAST)

    changes, items, steps = (list(one.read(session, period)) for one in CHANGE_EXPORTS)

    assert [(row[:3], row[5]) for row in changes] == [((f"{number}/1", number, 1), "done")]
    assert [row[1:5] for row in items] == [(f"{number}/1", MONITOR, 3, 2)]
    said = [(row[3], row[6]) for row in steps]
    assert said == [("propose", "desk"), ("agree", "orderer"), ("apply", "orderer")]
    elsewhere = Period(Tenant(world.magdeburg.id), world.magdeburg.key, FIRST, LAST)
    assert [list(one.read(session, elsewhere)) for one in CHANGE_EXPORTS] == [[], [], []]


def test_every_code_of_the_export_is_explained_in_its_description() -> None:
    codes = ("Stand", "Schritt", "Vorher", "Nachher", "Seite", "Art", "Antwort")
    columns = [column for one in EXPORTS for column in one.table.columns if column.name in codes]

    assert len(columns) == 12
    assert [column.name for column in columns if not column.about] == []
    assert "completed abgeschlossen" in columns[0].about
