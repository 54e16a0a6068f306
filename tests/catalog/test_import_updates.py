"""Files that change a published catalog: articles, prices, their order, and what stays."""

import io
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.catalog.formats.findings import Fault
from app.catalog.queries import orderable_articles
from app.catalog.records import Article, CatalogEntry, CatalogVersion
from app.catalog.rules import Change, Stop
from app.catalog.upkeep.drafts import Part, Wanted, version_page
from app.catalog.upkeep.import_catalog import ImportOrder, import_catalog
from app.catalog.upkeep.import_result import ImportResult
from app.frameworks.records import Framework
from app.kernel.errors import Conflict
from app.members.rules import Role
from tests.catalog.importing import SMALL, small_catalog
from tests.support import world
from tests.support.clock import NOON, TODAY

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<BMECAT version="2005" xmlns="http://www.bmecat.org/bmecat/2005">
<HEADER><CATALOG><LANGUAGE>deu</LANGUAGE><CATALOG_ID>KLEIN</CATALOG_ID>
<CATALOG_VERSION>001.000</CATALOG_VERSION><CURRENCY>EUR</CURRENCY></CATALOG></HEADER>
"""


def prices(*pairs: tuple[str, str], prev: int = 0) -> bytes:
    """T_UPDATE_PRICES with one net price per article."""
    articles = "".join(
        f"<PRODUCT><SUPPLIER_PID>{sku}</SUPPLIER_PID><PRODUCT_PRICE_DETAILS>"
        f'<PRODUCT_PRICE price_type="net_customer"><PRICE_AMOUNT>{amount}</PRICE_AMOUNT>'
        "<PRICE_CURRENCY>EUR</PRICE_CURRENCY><TAX>0.19</TAX></PRODUCT_PRICE>"
        "</PRODUCT_PRICE_DETAILS></PRODUCT>"
        for sku, amount in pairs
    )
    body = f'<T_UPDATE_PRICES prev_version="{prev}">{articles}</T_UPDATE_PRICES></BMECAT>'
    return (HEAD + body).encode()


def products(body: str, prev: int = 0) -> bytes:
    text = f'<T_UPDATE_PRODUCTS prev_version="{prev}">{body}</T_UPDATE_PRODUCTS></BMECAT>'
    return (HEAD + text).encode()


@pytest.fixture
def framework(session: Session) -> Framework:
    framework = world.workplace_hardware(session)
    small_catalog(session, framework)
    return framework


def imported(session: Session, framework: Framework, content: bytes, **more: Any) -> ImportResult:
    order = ImportOrder("neu.xml", framework.number, **({"publish": True} | more))
    return import_catalog(session, io.BytesIO(content), order, NOON + timedelta(days=1))


def price(session: Session, sku: str, quantity: int = 1) -> str | None:
    day = TODAY + timedelta(days=1)
    found = orderable_articles(session, {sku: quantity}, day)[sku].unit_price
    return found.text if found else None


def active(session: Session) -> int:
    return session.scalar(select(func.count()).where(Article.active)) or 0


def test_an_update_of_prices_replaces_all_prices_of_the_named_articles_only(
    session: Session, framework: Framework
) -> None:
    result = imported(session, framework, prices(("NB-1", "779.00")))

    counted = result.articles
    assert (counted.new, counted.changed, counted.unchanged, counted.removed) == (0, 1, 0, 0)
    assert (price(session, "NB-1"), price(session, "NB-1", 10)) == ("779.00", "779.00")
    notebook = session.scalars(select(Article).where(Article.sku == "NB-1")).one()
    assert notebook.details["features"] == [["Arbeitsspeicher", "16", "GB"]]
    assert active(session) == 7


def test_an_article_from_before_entries_were_kept_takes_a_new_price(
    session: Session, framework: Framework
) -> None:
    was = session.scalars(select(Article).where(Article.sku == "NB-1")).one()
    name, family = was.name, was.family
    session.execute(delete(CatalogEntry))

    imported(session, framework, prices(("NB-1", "779.00")))

    now = session.scalars(select(Article).where(Article.sku == "NB-1")).one()
    assert (price(session, "NB-1"), now.name, now.family) == ("779.00", name, family)


def test_an_update_of_articles_changes_adds_and_deactivates(
    session: Session, framework: Framework
) -> None:
    body = """
    <PRODUCT mode="delete"><SUPPLIER_PID>TONER-1</SUPPLIER_PID></PRODUCT>
    <PRODUCT mode="new"><SUPPLIER_PID>NB-2</SUPPLIER_PID><PRODUCT_DETAILS>
      <DESCRIPTION_SHORT>Notebook 15 Zoll</DESCRIPTION_SHORT>
      <AGREEMENT_REF><AGREEMENT_LINE_IDREF>1</AGREEMENT_LINE_IDREF></AGREEMENT_REF>
    </PRODUCT_DETAILS></PRODUCT>
    <PRODUCT mode="delete"><SUPPLIER_PID>GIBTS-NICHT</SUPPLIER_PID></PRODUCT>
    """
    name = session.scalars(select(Article.name).where(Article.sku == "TONER-1")).one()
    paid = price(session, "TONER-1")
    assert paid is not None

    result = imported(session, framework, products(body))

    counted = result.articles
    assert (counted.new, counted.changed, counted.unchanged, counted.removed) == (1, 0, 0, 1)
    assert [finding.code for finding in result.rejected] == ["not_in_catalog"]
    assert result.version_id is not None
    page = version_page(session, result.version_id, Wanted(Part.GONE))
    (gone,) = page.differences
    assert (gone.sku, gone.name) == ("TONER-1", name)
    assert (gone.old_price and gone.old_price.text, gone.new_price) == (paid, None)
    refused = orderable_articles(session, {"TONER-1": 1}, TODAY)["TONER-1"]
    assert refused.refusal == "article_not_orderable"
    assert active(session) == 7
    assert price(session, "NB-1") == "789.00"


def test_updates_come_in_their_order_or_are_held(session: Session, framework: Framework) -> None:
    imported(session, framework, prices(("NB-1", "779.00"), prev=0))
    later = prices(("NB-1", "759.00"), prev=2)

    with pytest.raises(Conflict) as held:
        imported(session, framework, later)

    assert held.value.code == "update_out_of_order"
    assert price(session, "NB-1") == "779.00"
    result = imported(session, framework, later, anyway=True)
    version = session.get_one(CatalogVersion, result.version_id)
    assert (version.update_number, price(session, "NB-1")) == (2, "759.00")


def test_an_update_of_an_unknown_catalog_is_refused(session: Session, framework: Framework) -> None:
    other = prices(("NB-1", "1.00")).replace(b"KLEIN", b"FREMD")

    with pytest.raises(Conflict) as refusal:
        imported(session, framework, other)

    assert refusal.value.code == "update_without_catalog"
    assert price(session, "NB-1") == "789.00"


def test_the_same_update_again_changes_nothing(session: Session, framework: Framework) -> None:
    imported(session, framework, prices(("NB-1", "779.00")))
    before = session.scalar(select(func.count()).select_from(CatalogVersion))

    again = imported(session, framework, prices(("NB-1", "779.00")))

    assert (again.articles.changed, again.articles.unchanged) == (0, 1)
    assert session.scalar(select(func.count()).select_from(CatalogVersion)) == before


@pytest.mark.parametrize(
    ("amount", "stop"),
    [
        pytest.param("789.01", Stop.RISE_FORBIDDEN, id="any-rise-of-a-fixed-price"),
        pytest.param("394.49", Stop.OUTSIDE_CORRIDOR, id="more-than-half-off"),
        pytest.param("394.50", None, id="half-off"),
    ],
)
def test_suspicious_prices_stop_the_draft_with_their_reason(
    session: Session, framework: Framework, amount: str, stop: Stop | None
) -> None:
    result = imported(session, framework, prices(("NB-1", amount)), publish=False)

    entry = session.scalars(
        select(CatalogEntry).where(CatalogEntry.catalog_version_id == result.version_id)
    ).one()
    assert (entry.stop, bool(entry.stop_reason)) == (stop, stop is not None)
    assert entry.old_price is not None
    assert entry.old_price.text == "789.00"


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        pytest.param(b"<PRICE_CURRENCY>EUR", b"<PRICE_CURRENCY>USD", "USD", id="currency"),
        pytest.param(b"<PRICE_AMOUNT>789.00", b"<PRICE_AMOUNT>0.00", "ist 0", id="zero"),
    ],
)
def test_a_price_that_got_lost_stops_the_draft_and_says_why(
    session: Session, framework: Framework, old: bytes, new: bytes, word: str
) -> None:
    start = SMALL.index(b"<SUPPLIER_PID>NB-1<")
    end = SMALL.index(b"</PRODUCT>", start)
    notebook = SMALL[start:end].replace(b"749.00", b"789.00").replace(old, new)
    whole = (SMALL[:start] + notebook + SMALL[end:]).replace(b"001.000", b"002.000")

    result = imported(session, framework, whole, publish=False)

    entry = session.scalars(
        select(CatalogEntry).where(CatalogEntry.catalog_version_id == result.version_id)
    ).one()
    assert (entry.sku, entry.stop, entry.new_price) == ("NB-1", Stop.PRICE_LOST, None)
    assert word in entry.stop_reason


@pytest.mark.parametrize("amount", ["0.00", "-1.00"])
def test_an_update_without_a_usable_price_leaves_the_article_as_it_is(
    session: Session, framework: Framework, amount: str
) -> None:
    result = imported(session, framework, prices(("NB-1", amount)))

    assert {one.sku for one in result.rejected} == {"NB-1"}
    assert price(session, "NB-1") == "789.00"


def test_a_negative_price_never_reaches_a_draft_nor_takes_the_article_away(
    session: Session, framework: Framework
) -> None:
    newer = SMALL.replace(b"001.000", b"002.000").replace(b"789.00", b"-789.00")

    result = imported(session, framework, newer, publish=False)

    assert ("NB-1", "negative_price") in [(one.sku, one.code) for one in result.rejected]
    assert result.articles.removed == 0
    gone = select(func.count()).where(CatalogEntry.change == Change.REMOVED)
    assert session.scalar(gone) == 0


def test_the_database_refuses_publication_by_the_one_who_read_the_file_in(
    session: Session, framework: Framework
) -> None:
    keeper = world.somebody(session, "vertrag@kid.example", Role.CONTRACTS)
    result = imported(
        session, framework, prices(("NB-1", "779.00")), publish=False, person_id=keeper.id
    )

    with pytest.raises(IntegrityError, match=r"four_eyes|CHECK"):
        session.execute(
            update(CatalogVersion)
            .where(CatalogVersion.id == result.version_id)
            .values(published_by=keeper.id, published_at=NOON)
        )


def test_references_of_an_update_are_remarked_on_where_nobody_has_the_article(
    session: Session, framework: Framework
) -> None:
    gone = session.scalars(select(Article).where(Article.sku == "DRUCKER-1")).one()
    gone.active = False
    body = "".join(
        f"<PRODUCT_REFERENCE type='accessories'><PROD_ID_TO>{sku}</PROD_ID_TO></PRODUCT_REFERENCE>"
        for sku in ("DOCK-1", "NB-16", "DRUCKER-1", "NIRGENDS")
    )
    new = (
        "<PRODUCT mode='new'><SUPPLIER_PID>NB-2</SUPPLIER_PID><PRODUCT_DETAILS>"
        "<DESCRIPTION_SHORT>Notebook 15 Zoll</DESCRIPTION_SHORT>"
        "<AGREEMENT_REF><AGREEMENT_LINE_IDREF>1</AGREEMENT_LINE_IDREF></AGREEMENT_REF>"
        f"</PRODUCT_DETAILS>{body}</PRODUCT>"
    )

    result = imported(session, framework, products(new))

    found = [one for one in result.warnings if one.code is Fault.DANGLING_REFERENCE]
    assert [one.sku for one in found] == ["NB-2", "NB-2"]
    assert sorted(one.reason for one in found) == [
        f"Der Verweis auf „{sku}“ führt zu keinem Artikel der Datei oder des Katalogs."
        for sku in ("DRUCKER-1", "NIRGENDS")
    ]


def test_a_whole_catalog_may_refer_to_what_stays_beside_it_but_not_to_what_it_takes_out(
    session: Session, framework: Framework
) -> None:
    target = b"<PROD_ID_TO>%s</PROD_ID_TO>"
    whole = SMALL.replace(b"001.000", b"002.000")
    assert target % b"DOCK-1" in whole
    missing = whole.replace(b"<SUPPLIER_PID>DOCK-1<", b"<SUPPLIER_PID>DOCK-2<")
    beside = whole.replace(target % b"DOCK-1", target % b"NB-16")

    results = [imported(session, framework, one, dry_run=True) for one in (whole, missing, beside)]

    before, taken_out, stays = (
        [one.reason for one in result.warnings if one.code is Fault.DANGLING_REFERENCE]
        for result in results
    )
    assert "Der Verweis auf „DOCK-1“ führt zu keinem Artikel der Datei." in taken_out
    assert stays == before
