"""What a catalog file says about relations is ready to be used once the file is published."""

import io

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.queries import orderable_articles
from app.catalog.records import Article
from app.catalog.relations.find_supplies import find_supplies, supplies_for
from app.catalog.relations.option_queries import option_rules
from app.catalog.relations.rules_options import OptionKind, Options
from app.catalog.relations.variants import variant_counts
from app.catalog.upkeep.import_catalog import ImportOrder, import_catalog
from app.frameworks.records import Framework
from tests.catalog.importing import SMALL
from tests.support.clock import NOON, TODAY
from tests.support.relations import option_rule
from tests.support.world import settled

REFERENCE = '<PRODUCT_REFERENCE type="accessories"><PROD_ID_TO>DOCK-1</PROD_ID_TO>'
MEMORY = "<FEATURE><FNAME>Arbeitsspeicher</FNAME><FVALUE>16</FVALUE><FUNIT>GB</FUNIT></FEATURE>"


@pytest.fixture
def framework(session: Session) -> Framework:
    return settled(session).framework


def publish(session: Session, framework: Framework, *changes: tuple[str, str]) -> None:
    text = SMALL.decode()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    order = ImportOrder("klein.xml", framework.number, publish=True)
    import_catalog(session, io.BytesIO(text.encode()), order, NOON)


def test_mandatory_references_bind_the_order(session: Session, framework: Framework) -> None:
    publish(session, framework, (REFERENCE, REFERENCE.replace("accessories", "mandatory")))

    known = orderable_articles(session, {"NB-1": 1, "DOCK-1": 1}, TODAY)
    assert (known["NB-1"].optioned, known["DOCK-1"].optioned) == (True, False)
    assert option_rules(session, ["NB-1"]) == (Options("NB-1", OptionKind.ALL_OF, ("DOCK-1",)),)


def test_a_reference_to_nothing_binds_nothing(session: Session, framework: Framework) -> None:
    missing = REFERENCE.replace("accessories", "select").replace("DOCK-1", "GIBT-ES-NICHT")
    publish(session, framework, (REFERENCE, missing))

    assert option_rules(session, ["NB-1"]) == ()


def test_an_editors_rule_outlives_the_next_file(session: Session, framework: Framework) -> None:
    publish(session, framework)
    option_rule(session, "NB-1", OptionKind.ONE_OF, ("DOCK-1",))

    publish(session, framework, ("001.000", "001.001"), ("789.00", "779.00"))

    assert orderable_articles(session, {"NB-1": 1}, TODAY)["NB-1"].optioned


def test_a_named_family_is_one_family(session: Session, framework: Framework) -> None:
    family = "<FEATURE><FNAME>Artikelfamilie</FNAME><FVALUE>Büro 14</FVALUE></FEATURE>"
    text = SMALL.decode()
    start = text.index('<PRODUCT mode="new">')
    end = text.index("</PRODUCT>") + len("</PRODUCT>")
    first = text[start:end].replace(MEMORY, MEMORY + family)
    second = first.replace("NB-1<", "NB-1-32<").replace("EN-14-G5<", "EN-14-G5-32<")
    second = second.replace("<FVALUE>16<", "<FVALUE>32<")
    publish(session, framework, (text[start:end], first + second))

    ids = dict(
        session.execute(
            select(Article.sku, Article.id).where(Article.sku.in_(["NB-1", "NB-1-32", "DOCK-1"]))
        ).all()
    )
    assert variant_counts(session, list(ids.values())) == {ids["NB-1"]: 1, ids["NB-1-32"]: 1}


def test_toner_and_printer_find_each_other(session: Session, framework: Framework) -> None:
    publish(session, framework)

    (device,) = find_supplies(session, "drucker", TODAY, None)
    delivered = supplies_for(session, "DRUCKER-1", TODAY, None)

    assert (device.sku, [row.sku for row in device.supplies]) == ("DRUCKER-1", ["TONER-1"])
    assert delivered == device


def test_what_is_not_visible_is_not_found(session: Session, framework: Framework) -> None:
    publish(session, framework)

    assert find_supplies(session, "drucker", TODAY, frozenset()) == ()
