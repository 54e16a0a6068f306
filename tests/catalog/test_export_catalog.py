"""A catalog that was written can be read back, and the official document type accepts it."""

import io

import pytest
from lxml import etree
from sqlalchemy.orm import Session

from app.catalog.formats.bmecat import CatalogFile
from app.catalog.upkeep.export_catalog import export_catalog
from app.kernel.errors import NotFound
from tests.catalog.importing import small_catalog
from tests.catalog.places import FOREIGN
from tests.support.clock import NOON, TODAY
from tests.support.world import workplace_hardware

DTD = FOREIGN / "schema" / "bmecat_2005_tnc.dtd"


@pytest.fixture
def written(session: Session) -> bytes:
    framework = workplace_hardware(session)
    small_catalog(session, framework)
    return b"".join(export_catalog(session, framework.number, NOON))


def test_the_written_catalog_reads_back_the_same(written: bytes) -> None:
    file = CatalogFile(io.BytesIO(written), TODAY)
    articles = {article.sku: article for article in file.articles()}

    assert len(articles) == 7
    assert file.findings.counts == {}
    notebook = articles["NB-1"]
    assert [(one.lower_bound, one.unit_price.text) for one in notebook.prices] == [
        (1, "789.00"),
        (10, "749.00"),
    ]
    assert notebook.lot == 1
    assert [one.name for one in notebook.features] == ["Arbeitsspeicher"]
    assert [one.sku for one in notebook.references] == ["DOCK-1"]
    assert articles["NB-16"].prices[0].unit_price.text == "1249.905"


def test_the_written_catalog_obeys_the_official_document_type(written: bytes) -> None:
    if not DTD.is_file():
        pytest.skip("the document types are not beside this checkout")
    bare = written.replace(b' xmlns="http://www.bmecat.org/bmecat/2005"', b"")

    dtd = etree.DTD(str(DTD))

    assert dtd.validate(etree.fromstring(bare)), str(dtd.error_log)[:500]


def test_an_unknown_framework_is_refused_before_anything_is_written(session: Session) -> None:
    with pytest.raises(NotFound):
        export_catalog(session, "RV-0", NOON)
