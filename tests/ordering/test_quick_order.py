"""The quick order: a verdict per row, and the good rows into the basket."""

from io import BytesIO

import pytest
import xlsxwriter
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.catalog.finding.find_numbers import find_numbers
from app.catalog.finding.index_articles import index_articles
from app.catalog.records import Article
from app.ordering.basket.contents import Owner, quantities
from app.ordering.basket_records import BasketLine
from tests.support.application import Portal
from tests.support.clock import TODAY
from tests.support.world import MONITOR, NOTEBOOK, WORKSTATION, World

EAN = "0401234567890"
PASTED = f"Artikel\tMenge\n{NOTEBOOK}\t5\nGIBTES-NICHT\t2\n{MONITOR}\tviele\n{NOTEBOOK}\t3"


@pytest.fixture
def numbered(session: Session, world: World) -> World:
    """Two articles share a maker's number; one has an EAN with a nought in front."""
    for sku, mpn, gtin in (
        (NOTEBOOK, "20XW-00AB", EAN),
        (WORKSTATION, "P27-E", ""),
        (MONITOR, "P27-E", ""),
    ):
        session.execute(update(Article).where(Article.sku == sku).values(mpn=mpn, gtin=gtin))
    index_articles(session, list(session.scalars(select(Article.id))), TODAY)
    session.commit()
    return world


def basket(session: Session, world: World) -> dict[str, int]:
    session.rollback()
    return quantities(session, Owner(world.dessau.id, world.it.id))


@pytest.mark.usefixtures("numbered")
def test_a_number_is_the_articles_own_an_ean_or_a_makers(session: Session) -> None:
    typed = [NOTEBOOK, "nb 14", "401234567890", EAN, "20xw00ab", "P27-E", "nichts", "–"]

    assert find_numbers(session, typed, None) == {
        NOTEBOOK: (NOTEBOOK,),
        "nb 14": (NOTEBOOK,),
        "401234567890": (NOTEBOOK,),
        EAN: (NOTEBOOK,),
        "20xw00ab": (NOTEBOOK,),
        "P27-E": (MONITOR, WORKSTATION),
    }
    assert find_numbers(session, typed, frozenset()) == {}


def test_good_rows_are_taken_and_the_others_stay_on_the_page(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)

    looked_at = browser.post("/schnellbestellung", {"zeilen": PASTED})
    assert looked_at.status_code == 200
    assert "Zu „GIBTES-NICHT“ gibt es keinen Artikel" in looked_at.text
    assert "Die Menge muss eine ganze Zahl von 1 bis 100.000 sein." in looked_at.text
    assert 'value="viele"' in looked_at.text
    assert "6.312,00" in looked_at.text  # 8 × 789.00: both rows of the notebook together
    rows = {
        "nummer-1": NOTEBOOK,
        "menge-1": "5",
        "nummer-2": "GIBTES-NICHT",
        "menge-2": "2",
        "schluessel": "einmal",
        "nach": "korb",
    }
    refused = browser.post("/schnellbestellung", rows)
    assert (refused.status_code, basket(session, world)) == (422, {})

    taken = browser.post("/schnellbestellung", rows | {"gute": "1"})
    again = browser.post("/schnellbestellung", rows | {"gute": "1"})

    assert (taken.status_code, again.status_code) == (200, 200)
    assert "1 Artikel liegt im Warenkorb" in taken.text
    assert 'value="GIBTES-NICHT"' in taken.text
    assert f'value="{NOTEBOOK}"' not in taken.text
    assert basket(session, world) == {NOTEBOOK: 5}


def test_typed_rows_lead_to_the_order_at_once_and_add_to_what_lies_there(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    browser.post("/warenkorb", {"sku": NOTEBOOK, "quantity": "1"})

    sent = {"nummer-1": NOTEBOOK, "menge-1": "", "nummer-3": MONITOR, "menge-3": "2"}
    answer = browser.post("/schnellbestellung", sent | {"nach": "bestellen"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/bestellen")
    assert basket(session, world) == {NOTEBOOK: 2, MONITOR: 2}
    assert session.scalars(select(BasketLine.term)).all() == [None, None]


def test_a_workbook_and_a_text_file_are_read_and_other_files_refused(
    portal: Portal, world: World
) -> None:
    browser = portal.signed_in(world.it)
    written = BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, row in enumerate((("Artikelnummer", "Menge"), (NOTEBOOK, 8), ("MON-27", 2))):
        sheet.write_row(at, 0, row)
    book.close()

    def sent(name: str, content: bytes) -> str:
        answer = browser.post("/schnellbestellung/datei", files={"datei": (name, content)})
        assert answer.status_code in {200, 422}
        text: str = answer.text
        return text

    assert "6.691,00" in sent("bedarf.xlsx", written.getvalue())
    assert "789,00" in sent("liste.txt", NOTEBOOK.encode())
    assert "wird nicht gelesen" in sent("bild.csv", b"\x00\x01\x02\x03")
    assert "Bitte wählen Sie eine Excel- oder CSV-Datei aus." in sent("leer.csv", b"")
    assert "größer als 2 MB" in sent("gross.csv", b"a;1\n" * 600_000)


def test_more_rows_than_allowed_are_refused_and_nothing_typed_is_lost(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)

    answer = browser.post("/schnellbestellung", {"zeilen": f"{NOTEBOOK}\n" * 501, "nach": "korb"})

    assert answer.status_code == 422
    assert "höchstens 500 Zeilen" in answer.text
    assert answer.text.count(NOTEBOOK) >= 501
    assert basket(session, world) == {}


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"nach": "korb"}, 422),
        ({"nummer-1": "<script>alert(1)</script>", "menge-1": "1", "nach": "korb"}, 422),
        ({"nummer-1": "\x00\u202e", "menge-1": "1", "nach": "korb"}, 422),
        ({"nummer-99999": NOTEBOOK, "nummer-x": NOTEBOOK, "nach": "korb"}, 422),
        ({"nummer-1": NOTEBOOK, "menge-1": "9" * 10_000, "nach": "korb"}, 422),
        ({"nummer-1": NOTEBOOK, "menge-1": "1", "nach": "sonstwohin"}, 200),
        ({"mehr": "1"}, 200),
    ],
)
def test_what_makes_no_order_changes_nothing(
    portal: Portal, session: Session, world: World, sent: dict[str, str], status: int
) -> None:
    answer = portal.signed_in(world.it).post("/schnellbestellung", sent)

    assert answer.status_code == status
    assert "<script>alert" not in answer.text
    assert basket(session, world) == {}


def test_suggestions_name_articles_that_the_member_sees(portal: Portal, numbered: World) -> None:
    browser = portal.signed_in(numbered.it)

    text = browser.get("/schnellbestellung/vorschlaege", fragment=True, q="20XW").text

    assert f'data-sku="{NOTEBOOK}"' in text
    assert browser.get("/schnellbestellung/vorschlaege", fragment=True, q="N").text.strip() == ""
