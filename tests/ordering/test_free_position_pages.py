"""The way of a free position over pages and programs, from its form to the repeated order."""

import csv
import io
import zipfile
from base64 import b64encode
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.journal.start_page import repeatable
from app.ordering.basket.contents import Owner
from app.ordering.quoting.records import FreePosition
from app.ordering.records import CallOff
from tests.ordering.test_pages import form
from tests.support.application import Portal
from tests.support.clock import NOON
from tests.support.orders import submitted
from tests.support.quotes import QUOTE, SCOPE, free_position, open_lot
from tests.support.world import ACCOUNT, MONITOR, World, lot_of

HERE = "/freie-position"
NAME = "Wandhalterung für Monitore bis 75 Zoll"


@pytest.fixture
def lot_id(session: Session, world: World) -> int:
    made = open_lot(session, world).id
    session.commit()
    return made


def typed(lot_id: int, **changes: str) -> dict[str, str]:
    return {
        "lot": str(lot_id),
        "name": NAME,
        "manufacturer": "Vogel’s",
        "quantity": "12",
        "unit_price_net": "249,00",
        "tax_percent": "19",
        "reason": SCOPE,
        "quote_number": "AN-4711",
        "quote_date": "2026-11-18",
        "quote_valid_until": "2026-12-31",
        **changes,
    }


def files(content: bytes = QUOTE) -> dict[str, tuple[str, bytes]]:
    return {"quote": ("Angebot.pdf", content)}


def _file_holds_the_quote(content: bytes, number: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        quote = next(name for name in archive.namelist() if name.endswith("Angebot.pdf"))
        assert archive.read(quote) == QUOTE
        text = archive.read("Positionen.csv").decode("utf-8-sig")
    rows = {row["Artikel"]: row for row in csv.DictReader(io.StringIO(text), delimiter=";")}
    assert rows[number]["Angebot"].startswith("AN-4711 ")
    assert rows[MONITOR]["Angebot"] == ""


def test_from_the_form_to_the_file_and_never_silently_again(
    portal: Portal, session: Session, world: World, lot_id: int
) -> None:
    browser = portal.signed_in(world.it)
    assert "100.000,00\u00a0€" in browser.page(HERE)

    entered = browser.post(HERE, typed(lot_id), files=files())
    number = session.scalars(select(FreePosition.number)).one()

    assert entered.headers["location"] == "/warenkorb"
    basket = browser.page("/warenkorb")
    assert "Angebot AN-4711 vom 18.11.2026, gültig bis 31.12.2026." in basket
    assert f"/artikel/{number}" not in basket
    assert browser.get(f"{HERE}/{number}/angebot").content == QUOTE
    lines = {f"menge-{number}": "12", f"menge-{MONITOR}": "1"}
    assert "wie im Angebot" in browser.post("/bestellen/pruefung", form(**lines)).text
    sent = browser.post("/bestellen", form(**lines))
    where = str(sent.headers["location"])
    order = where.rpartition("/")[2]
    assert "AN-4711" in browser.page(where)
    approver = portal.signed_in(world.approver)
    assert SCOPE in approver.page(where)
    assert approver.post(f"{where}/genehmigen", {}).status_code == 303
    assert SCOPE in portal.signed_in(world.desk).page(f"/abwicklung/{order}")

    _file_holds_the_quote(browser.get(f"{where}/akte.zip").content, number)

    again = browser.page(f"/bestellen?wie={order}")
    assert "Freie Positionen werden nicht wiederholt" in again
    assert f"menge-{number}" not in again
    prefilled = browser.page(f"{HERE}?wie={number}")
    assert NAME in prefilled
    assert "AN-4711" not in prefilled


def test_what_is_offered_again_begins_with_what_needs_no_new_quote(
    session: Session, world: World
) -> None:
    lot = open_lot(session, world)
    repeated = submitted(session, world, {MONITOR: 1})
    for count, later in enumerate((NOON, NOON, NOON), 1):
        quoted = free_position(session, world, lot, quote_number=f"AN-{count}")
        submitted(session, world, {quoted.number: quoted.quantity}, now=later)

    offered = repeatable(session, Owner(world.dessau.id, world.it.id), NOON)

    assert [one.number for one in offered[:1]] == [repeated]
    assert [one.net is None for one in offered] == [False, True, True]


WRONG = [
    ("nothing", dict.fromkeys(typed(0), ""), ("quantity", "unit_price_net", "quote_date")),
    ("markup", {"unit_price_net": "<b>1", "quantity": "1e9"}, ("unit_price_net", "quantity")),
    ("figures", {"quantity": "٣", "lot": "9" * 5000}, ("quantity", "lot")),
    ("days", {"quote_date": "31.02.2026", "quote_valid_until": "x"}, ("quote_date",)),
    ("bidi", {"name": "\u202e\x00"}, ("name",)),
]


@pytest.mark.parametrize(
    ("changes", "fields"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG]
)
def test_hostile_input_is_said_at_its_field_and_stays_typed(
    portal: Portal,
    session: Session,
    world: World,
    lot_id: int,
    changes: dict[str, str],
    fields: tuple[str, ...],
) -> None:
    answer = portal.signed_in(world.it).post(HERE, typed(lot_id, **changes), files=files())

    assert answer.status_code == 422
    for field in fields:
        assert f'id="{field}-fehler"' in answer.text or f'href="#{field}"' in answer.text
    assert session.scalars(select(FreePosition)).all() == []


def test_without_an_open_lot_the_page_says_what_to_do(portal: Portal, world: World) -> None:
    page = portal.signed_in(world.it).page(HERE)

    assert "Kein Los hat zurzeit ein offenes Sortiment." in page
    assert "/bedarf/neu" in page


def test_a_program_enters_a_quote_and_orders_it_once(
    portal: Portal, session: Session, world: World, lot_id: int
) -> None:
    client = portal.api(world.it)
    body: dict[str, Any] = {
        **{key: text for key, text in typed(lot_id).items() if key != "tax_percent"},
        "framework": world.framework.number,
        "lot": 3,
        "quantity": 12,
        "unit_price_net": "249.00",
        "quote": {"file_name": "Angebot.pdf", "content": b64encode(QUOTE).decode()},
    }
    closed = client.post("/api/v1/free-positions", body | {"lot": 1})
    assert closed.status_code == 422
    assert closed.json()["errors"][0]["field"] == "lot"
    assert lot_of(session, MONITOR).number in {1, 2}

    given = client.post("/api/v1/free-positions", body).json()

    assert (given["call_off"], given["unit_price_net"]) == (None, "249.00")
    order = {
        "lines": [{"sku": given["sku"], "quantity": 12}],
        "purpose": "Sitzungssaal",
        "product_account": ACCOUNT,
    }
    taken = client.post("/api/v1/call-offs", order, key="erste")
    assert (taken.status_code, taken.json()["lines"][0]["free"]) == (201, True)
    second = client.post("/api/v1/call-offs", order, key="zweite")
    assert (second.status_code, second.json()["code"]) == (409, "article_not_orderable")
    number = taken.json()["number"]
    assert number in second.json()["detail"]
    seen = client.get(f"/api/v1/free-positions/{given['sku']}").json()
    assert seen["call_off"] == number
    assert len(session.scalars(select(CallOff)).all()) == 1
