"""An article whose text is published already is not read again, and nothing is missed by that."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.formats.findings import Fault
from app.catalog.formats.known_texts import KnownTexts
from app.catalog.formats.open_catalog import open_catalog
from app.catalog.formats.stream import CatalogStream
from app.catalog.formats.values import Article, Mode
from app.catalog.records import Article as StoredArticle
from app.catalog.records import CatalogEntry
from app.catalog.records import Price as StoredPrice
from app.catalog.upkeep.import_catalog import ImportOrder, import_catalog
from app.catalog.upkeep.import_result import ImportResult
from app.frameworks.records import Framework
from tests.catalog.bmecat_files import TODAY, article, catalog, price, refers
from tests.support import world
from tests.support.clock import NOON

ONE = article(price("10.00") + price("9.00", more="<LOWER_BOUND>5</LOWER_BOUND>"))
TWO = article(price("20.00"), refers("accessories", "GONE"), sku="A-2")
ODD = article(price("30,00"), sku="A-3")


def read(content: bytes, known: KnownTexts) -> tuple[CatalogStream, list[Article]]:
    file = open_catalog(io.BytesIO(content), TODAY, known=known)
    return file, list(file.articles())


def known(content: bytes, context: str = "") -> KnownTexts:
    _, articles = read(content, KnownTexts(context))
    return KnownTexts(context, [one.text_digest for one in articles if one.text_digest])


def test_what_stands_there_as_before_is_named_and_counted_but_not_read() -> None:
    content = catalog(ONE + TWO + ODD)
    first, _ = read(content, KnownTexts())

    again, articles = read(content, known(content))

    assert [(one.sku, one.mode) for one in articles] == [
        ("A-1", Mode.SAME),
        ("A-2", Mode.SAME),
        ("A-3", Mode.NEW),  # it has a remark, which must be made each time
    ]
    assert (again.counts.articles, again.counts.prices) == (3, 4)
    assert again.findings.kept == first.findings.kept
    assert set(again.findings.counts) == {Fault.NUMBER_WITH_COMMA, Fault.DANGLING_REFERENCE}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(catalog(ONE.replace("10.00", "10.01")), id="another price"),
        pytest.param(catalog(ONE.replace("<ARTICLE>", '<ARTICLE mode="new">')), id="another mode"),
        pytest.param(
            catalog(ONE, more="<PRICE_FACTOR>2</PRICE_FACTOR>"), id="another head of the file"
        ),
        pytest.param(catalog(ONE, version="2005"), id="another version of the format"),
    ],
)
def test_whatever_changes_the_reading_has_the_article_read(content: bytes) -> None:
    _, articles = read(content, known(catalog(ONE)))

    assert articles[0].mode is not Mode.SAME


def test_a_text_known_for_another_lot_is_read() -> None:
    digests = [one.text_digest for one in read(catalog(ONE), KnownTexts("lot 1"))[1]]

    _, articles = read(catalog(ONE), KnownTexts("lot 2", digests))

    assert articles[0].mode is Mode.NEW


def imported(session: Session, framework: Framework, content: bytes, days: int) -> ImportResult:
    order = ImportOrder("t.xml", framework.number, lot=1, publish=True)
    return import_catalog(session, io.BytesIO(content), order, NOON + timedelta(days=days))


def test_an_article_is_read_again_once_its_prices_are_over(session: Session) -> None:
    framework = world.workplace_hardware(session)
    last = TODAY + timedelta(days=30)
    until = f"<VALID_END_DATE>{last}</VALID_END_DATE>"
    content = catalog(article(until + price("10.00")), version="2005")
    imported(session, framework, content, 0)
    stored = session.scalars(select(StoredArticle).where(StoredArticle.sku == "A-1")).one()
    assert (len(stored.text_digest), stored.quiet_until) == (32, last)

    soon, late = (imported(session, framework, content, days) for days in (30, 31))

    assert (soon.articles.unchanged, soon.warnings) == (1, ())
    assert (late.articles.unchanged, [one.code for one in late.warnings]) == (
        1,
        [Fault.PRICE_EXPIRED],
    )


def test_a_price_until_the_last_day_of_the_calendar_has_no_end(session: Session) -> None:
    framework = world.workplace_hardware(session)
    until = "<VALID_END_DATE>9999-12-31</VALID_END_DATE>"
    content = catalog(article(until + price("10.00")), version="2005")

    first, again = (imported(session, framework, content, days) for days in (0, 1))

    assert (first.articles.new, first.warnings, again.articles.unchanged) == (1, (), 1)
    of_it = select(StoredArticle.id).where(StoredArticle.sku == "A-1").scalar_subquery()
    (kept,) = session.scalars(select(StoredPrice).where(StoredPrice.article_id == of_it)).all()
    assert (kept.unit_price.text, kept.valid_from, kept.valid_to) == ("10.00", TODAY, None)


def test_what_was_changed_otherwise_in_between_is_read(session: Session) -> None:
    framework = world.workplace_hardware(session)
    prices = 'T_UPDATE_PRICES prev_version="0"'
    imported(session, framework, catalog(ONE), 0)
    imported(session, framework, catalog(article(price("10.00")), transaction=prices), 1)

    result = imported(session, framework, catalog(ONE), 2)

    assert result.articles.changed == 1
    newest = session.scalars(select(CatalogEntry).order_by(CatalogEntry.id.desc())).first()
    assert newest is not None
    assert [row[:2] for row in newest.content["prices"]] == [[1, 100_000], [5, 90_000]]
