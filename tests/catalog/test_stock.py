"""Stock as suppliers report it: by list or interface, with age, filter and promised day."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.catalog.finding.find_articles import find_articles
from app.catalog.finding.index_articles import index_articles
from app.catalog.finding.search import Search
from app.catalog.formats.findings import Findings
from app.catalog.formats.stock_file import StockLine
from app.catalog.queries import article_rows
from app.catalog.records import Article
from app.catalog.rules_stock import StockState
from app.catalog.stock.records import StockFigure, StockReport
from app.catalog.upkeep.report_stock import StockOrder, report_stock
from app.frameworks.agreement_records import FrameworkSupplier
from app.kernel.errors import Malformed
from tests.support.application import Portal, open_portal
from tests.support.browser import Browser
from tests.support.clock import NOON, TODAY
from tests.support.databases import Database
from tests.support.world import MONITOR, NOTEBOOK, WORKSTATION, World, settled

ORDER = StockOrder("RV-2026-01", "", "bestand.csv")
LIST = (
    "Artikelnummer;Bestand;Stand;Nächster Zugang;Versand in Arbeitstagen\r\n"
    f"{NOTEBOOK};12;21.11.2026 08:10;;2\r\n"
    f"{WORKSTATION};0;20.11.2026 17:00;03.12.2026;\r\n"
    "FREMD-1;4;;;\r\n"
    f"{NOTEBOOK};13;;;\r\n"
    f"{MONITOR};5;21.11.2027 08:10;;\r\n"
).encode()


@pytest.fixture
def place(session: Session) -> World:
    return settled(session)


@pytest.fixture
def portal(database: Database, session: Session) -> Iterator[Portal]:
    with open_portal(database, session) as portal:
        yield portal


def report(session: Session, *lines: StockLine, order: StockOrder = ORDER) -> Findings:
    findings = Findings()
    report_stock(session, order, lines, findings, (None, NOON))
    session.commit()
    return findings


def in_stock(session: Session, on: date = TODAY) -> list[str]:
    hits = find_articles(session, Search(chosen={"stock": ("ja",)}), on, None)
    return [row.sku for row in article_rows(session, hits.ids, on, None)]


def counted(session: Session, on: date = TODAY) -> int:
    entries = find_articles(session, Search(), on, None).facets["stock"]
    return sum(entry.count for entry in entries)


def quantity(session: Session, sku: str) -> int | None:
    return session.scalar(
        select(StockFigure.quantity)
        .join(Article, Article.id == StockFigure.article_id)
        .where(Article.sku == sku)
    )


def test_a_list_is_taken_over_line_by_line_and_shown_with_its_age(
    portal: Portal, place: World
) -> None:
    desk = portal.signed_in(place.desk)
    answer = send(desk)
    assert answer.status_code == 303

    text = desk.page(answer.headers["location"])
    assert "2 Bestände sind übernommen" in text
    assert "Die Artikelnummer kam schon in Zeile 2 vor; der erste gilt." in text
    assert "Der Artikel ist nicht im Katalog" in text
    assert "Der Stand 21.11.2027, 08:10 Uhr liegt in der Zukunft" in text
    remarks = desk.get(f"{answer.headers['location']}/hinweise.csv").content.decode("utf-8-sig")
    assert [line.split(";")[1:4] for line in remarks.splitlines()[1:]] == [
        ["4", "FREMD-1", "not_in_catalog"],
        ["5", NOTEBOOK, "duplicate_sku"],
        ["6", MONITOR, "stock_from_future"],
    ]

    buyer = portal.signed_in(place.it)
    shown = words(buyer.page(f"/artikel/{NOTEBOOK}"))
    assert "12 Stück beim Lieferanten" in shown
    assert "Stand heute 08:10" in shown
    assert "24.11.2026 ab Lager, wenn heute genehmigt" in shown
    listed = words(buyer.page("/katalog"))
    assert "12 Stück beim Lieferanten Stand heute 08:10" in listed
    assert "Derzeit nicht auf Lager, nächster Zugang 03.12.2026 Stand gestern 17:00" in listed
    assert "auf Lager" in buyer.page("/katalog?stock=ja")
    assert WORKSTATION not in buyer.page("/katalog?stock=ja")

    portal.clock.pass_by(days=4)
    buyer = portal.signed_in(place.it)
    assert "Bestand unbekannt letzter Stand 21.11.2026 08:10" in words(buyer.page("/katalog"))
    late = words(buyer.page(f"/artikel/{NOTEBOOK}"))
    assert "02.12.2026, wenn heute genehmigt" in late


def test_a_kept_list_is_new_after_a_report_but_the_catalogs_other_answers_stay(
    session: Session, portal: Portal, place: World
) -> None:
    buyer = portal.signed_in(place.it)
    first = buyer.get("/katalog", q="notebook")
    same = {"If-None-Match": first.headers["etag"]}
    assert "beim Lieferanten" not in first.text
    assert buyer.client.get("/katalog?q=notebook", headers=same).status_code == 304

    report(session, StockLine(1, NOTEBOOK, 7))

    with statements(session) as asked:
        changed = buyer.client.get("/katalog?q=notebook", headers=same)
    assert changed.status_code == 200
    assert "7 Stück beim Lieferanten" in changed.text
    assert [one for one in asked if "search_word" in one or "FROM category" in one] == []


@pytest.mark.usefixtures("place")
def test_the_filter_counts_who_can_deliver_the_smallest_order_while_the_figure_is_believed(
    session: Session,
) -> None:
    monitor = session.scalars(select(Article).where(Article.sku == MONITOR)).one()
    monitor.minimum_quantity = 10
    report(
        session,
        StockLine(1, NOTEBOOK, 12),
        StockLine(2, WORKSTATION, 0),
        StockLine(3, MONITOR, 9),
    )

    assert in_stock(session) == [NOTEBOOK]
    assert counted(session) == 1
    third, fourth = TODAY + timedelta(days=3), TODAY + timedelta(days=4)
    assert (in_stock(session, third), counted(session, third)) == ([NOTEBOOK], 1)
    assert (in_stock(session, fourth), counted(session, fourth)) == ([], 0)

    report(session, StockLine(1, NOTEBOOK, 0), StockLine(2, MONITOR, 10))
    assert in_stock(session) == [MONITOR]


@pytest.mark.usefixtures("place")
def test_an_article_that_comes_back_is_in_stock_again(session: Session) -> None:
    report(session, StockLine(1, NOTEBOOK, 12))
    notebook = session.scalars(select(Article).where(Article.sku == NOTEBOOK)).one()
    for active in (False, True):
        notebook.active = active
        index_articles(session, [notebook.id], TODAY)

    assert in_stock(session) == [NOTEBOOK]


@pytest.mark.usefixtures("place")
def test_an_older_figure_does_not_replace_a_newer_one(session: Session) -> None:
    report(session, StockLine(1, NOTEBOOK, 12, NOON - timedelta(hours=1)))

    old = report(session, StockLine(1, NOTEBOOK, 40, NOON - timedelta(hours=2)))
    assert [one.reason for one in old.rejected] == [
        "Ein neuerer Stand vom 21.11.2026, 11:00 Uhr liegt vor; die Zeile zählt nicht."
    ]
    assert quantity(session, NOTEBOOK) == 12

    ancient = report(session, StockLine(1, MONITOR, 3, NOON - timedelta(days=9)))
    assert [one.code.value for one in ancient.warnings] == ["stock_old"]
    assert in_stock(session) == [NOTEBOOK]


def test_each_supplier_of_a_lot_has_its_own_figure(session: Session, place: World) -> None:
    lots = {
        one.sku: one.lot_id
        for one in session.scalars(select(Article).where(Article.sku.in_([NOTEBOOK, MONITOR])))
    }
    for name, lot in (("Nord GmbH", lots[NOTEBOOK]), ("Süd GmbH", None)):
        session.add(
            FrameworkSupplier(
                framework_id=place.framework.id,
                lot_id=lot,
                name=name,
                valid_from=date(2026, 1, 1),
            )
        )
    session.commit()

    with pytest.raises(Malformed, match="Bitte den Auftragnehmer angeben: Nord GmbH, Süd GmbH"):
        report(session, StockLine(1, NOTEBOOK, 1))
    session.rollback()

    nord = StockOrder("RV-2026-01", "Nord GmbH", "nord.csv")
    refused = report(session, StockLine(1, NOTEBOOK, 3), StockLine(2, MONITOR, 3), order=nord)
    report(session, StockLine(1, NOTEBOOK, 8), order=StockOrder("RV-2026-01", "Süd GmbH", "s.csv"))

    assert [one.reason for one in refused.rejected] == [
        "Dieser Auftragnehmer beliefert das Los 2 nicht."
    ]
    hits = find_articles(session, Search("NB-14"), TODAY, None)
    (row,) = article_rows(session, hits.ids, TODAY, None)
    assert row.stock is not None
    assert (row.stock.supplier, row.stock.quantity) == ("Süd GmbH", 8)
    assert row.stock.state is StockState.IN


def test_a_supplier_reports_over_the_interface_with_a_token_that_can_do_nothing_else(
    portal: Portal, place: World
) -> None:
    partner = portal.api(place.desk, ("stock:write",))
    figures = [{"sku": NOTEBOOK, "quantity": 5, "dispatch_days": 1}, {"sku": "X", "quantity": 1}]

    answer = partner.post("/api/v1/stock", {"framework": "RV-2026-01", "figures": figures})

    assert answer.status_code == 201
    assert answer.json()["figures"] == 1
    assert [one["code"] for one in answer.json()["rejected"]] == ["not_in_catalog"]
    assert partner.get("/api/v1/articles").status_code == 403

    reader = portal.api(place.it)
    found = reader.get("/api/v1/articles", stock="ja").json()
    assert [one["sku"] for one in found["items"]] == [NOTEBOOK]
    assert found["items"][0]["stock"] == {
        "state": "in",
        "quantity": 5,
        "as_of": "2026-11-21T11:00:00Z",
        "next_on": None,
        "supplier": None,
    }
    article = reader.get(f"/api/v1/articles/{NOTEBOOK}").json()
    assert (article["deliverable_by"], article["promise"]) == ("2026-11-23", "stock")


@pytest.mark.parametrize(
    ("more", "content", "field"),
    [
        ({"framework": "RV-0"}, LIST, "Diesen Rahmenvertrag gibt es nicht."),
        ({"as_of": "gestern"}, LIST, "Bitte Tag und Uhrzeit so angeben"),
        ({"as_of": "21.11.2027 08:10"}, LIST, "Der Stand liegt in der Zukunft."),
        ({}, b"kein;Kopf\n1;2\n", "fehlt die Spalte"),
        ({}, b"\x00\x01\x02\x03", "Dieses Format wird nicht gelesen"),
    ],
    ids=["framework", "moment", "future", "heads", "binary"],
)
def test_what_cannot_be_read_is_refused_at_its_field_and_nothing_is_written(
    session: Session, portal: Portal, place: World, more: dict[str, str], content: bytes, field: str
) -> None:
    answer = send(portal.signed_in(place.desk), content, **more)

    assert answer.status_code == 422
    assert field in answer.text
    assert session.scalar(select(StockFigure.id)) is None


@pytest.mark.usefixtures("place")
def test_where_nobody_reports_stock_a_list_does_not_ask_for_it(session: Session) -> None:
    session.commit()
    find_articles(session, Search("notebook"), TODAY, None)

    with statements(session) as asked:
        hits = find_articles(session, Search("monitor"), TODAY, None)
        article_rows(session, hits.ids, TODAY, None)

    assert asked
    assert [one for one in asked if "stock_figure" in one] == []


def words(html: str) -> str:
    """What somebody reads, without the tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """Everything that the database is asked meanwhile."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    bind = session.get_bind()
    event.listen(bind, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(bind, "before_cursor_execute", note)


def send(browser: Browser, content: bytes = LIST, **more: str) -> Any:
    files = {"file": ("bestand.csv", content, "text/csv")}
    return browser.post("/bestand", {"framework": "RV-2026-01", **more}, files=files)


def test_every_fault_of_the_form_with_a_list_is_named_at_once(
    portal: Portal, place: World, session: Session
) -> None:
    desk = portal.signed_in(place.desk)

    answer = desk.post("/bestand", {"framework": "", "as_of": "gestern"})

    assert answer.status_code == 422
    for sentence in (
        "Bitte wählen Sie den Rahmenvertrag",
        "Bitte Tag und Uhrzeit so angeben",
        "Bitte wählen Sie eine Bestandsliste aus.",
    ):
        assert answer.text.count(sentence) == 2
    assert '<option value="">Bitte wählen</option>' in answer.text
    assert session.scalars(select(StockReport)).all() == []
