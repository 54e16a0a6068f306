"""A catalog that was written can be read back without loss, whatever the format."""

import io
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from lxml import etree
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.formats.findings import FileRefused
from app.catalog.formats.table_columns import Column
from app.catalog.records import Article, CatalogVersion, Category
from app.catalog.upkeep.export_catalog import export_catalog, export_version
from app.catalog.upkeep.export_tables import (
    export_csv,
    export_xlsx,
    template_csv,
    template_xlsx,
)
from app.catalog.upkeep.import_catalog import ImportOrder, import_catalog
from app.catalog.upkeep.open_file import open_file
from app.frameworks.records import Framework
from app.kernel.errors import Conflict, NotFound
from tests.catalog.importing import SMALL, small_catalog
from tests.catalog.places import FOREIGN, OWN
from tests.support.clock import NOON, TODAY
from tests.support.world import workplace_hardware

DTD = FOREIGN / "schema" / "bmecat_2005_tnc.dtd"
# Two price lists for the same days contradict each other; written out, the first one counts.
CONTRADICTORY = "warappa_2005_sample"
FILES = (
    OWN / "klein_2005.xml",
    *(file for file in sorted(FOREIGN.glob("dev/*.xml")) if file.stem != CONTRADICTORY),
)
Writer = Callable[[Session, int], bytes]


def as_bmecat(session: Session, version_id: int) -> bytes:
    return b"".join(export_version(session, version_id, NOON))


def as_csv(session: Session, version_id: int) -> bytes:
    return b"".join(export_csv(session, version_id, NOON))


def as_xlsx(session: Session, version_id: int) -> bytes:
    return export_xlsx(session, version_id, NOON)


@pytest.fixture
def framework(session: Session) -> Framework:
    return workplace_hardware(session)


@pytest.fixture
def written(session: Session, framework: Framework) -> bytes:
    small_catalog(session, framework)
    return b"".join(export_catalog(session, framework.number, NOON))


def contents(session: Session) -> dict[str, tuple[str, str]]:
    """What was imported: hash and group of each article."""
    rows = session.execute(
        select(Article.sku, Article.content_sha256, Category.name)
        .join(Category, Category.id == Article.category_id)
        .where(Article.content_sha256 != "")
    )
    return {sku: (digest, name) for sku, digest, name in rows}


def read_in(session: Session, framework: Framework, content: bytes) -> int:
    order = ImportOrder("katalog", framework.number, lot=1, publish=True)
    result = import_catalog(session, io.BytesIO(content), order, NOON)
    assert result.version_id is not None
    return result.version_id


# Tables are written from the same rows: on PostgreSQL one file shows that they are.
CASES = [
    pytest.param(database, write, file, id=f"{database}-{write.__name__}-{file.stem}")
    for database in ("sqlite", "postgresql")
    for write in (as_bmecat, as_csv, as_xlsx)
    for file in FILES
    if database == "sqlite" or write is as_bmecat or file == FILES[0]
]


@pytest.mark.parametrize(("database_url", "write", "file"), CASES, indirect=["database_url"])
def test_what_was_written_imports_into_an_empty_framework_with_the_same_hashes(
    session: Session, framework: Framework, write: Writer, file: Path
) -> None:
    try:
        with session.begin_nested() as before:
            version_id = read_in(session, framework, file.read_bytes())
            told = contents(session)
            exported = write(session, version_id)
            before.rollback()
    except (AssertionError, Conflict, FileRefused):
        pytest.skip("this file holds no new catalog")
    assert contents(session) == {}

    read_in(session, framework, exported)

    found = contents(session)
    assert {sku: found.get(sku) for sku in told} == told


def test_the_written_catalog_reads_back_the_same(written: bytes) -> None:
    file = open_file(io.BytesIO(written), TODAY)
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


def test_an_earlier_version_is_written_as_it_was_then(
    session: Session, framework: Framework
) -> None:
    first = small_catalog(session, framework)
    newer = SMALL.replace(b"001.000", b"002.000").replace(b"789.00", b"779.00")
    read_in(session, framework, newer.replace(b"TONER-1", b"TONER-2"))
    assert first.version_id is not None

    then = as_bmecat(session, first.version_id)

    assert b"789.00" in then
    assert b"<SUPPLIER_PID>TONER-1</SUPPLIER_PID>" in then
    assert b"TONER-2" not in then


def test_an_unknown_framework_is_refused_before_anything_is_written(session: Session) -> None:
    with pytest.raises(NotFound):
        export_catalog(session, "RV-0", NOON)


def test_a_draft_is_not_written(session: Session, framework: Framework) -> None:
    order = ImportOrder("klein.xml", framework.number)
    draft = import_catalog(session, io.BytesIO(SMALL), order, NOON)
    assert draft.version_id is not None

    with pytest.raises(Conflict) as refusal:
        export_version(session, draft.version_id, NOON)

    assert refusal.value.code == "not_published"


@pytest.mark.parametrize("template", [template_csv, template_xlsx])
def test_the_template_can_be_read_as_it_is(template: Callable[[], bytes]) -> None:
    file = open_file(io.BytesIO(template()), TODAY)
    (article,) = file.articles()

    assert (article.sku, article.name) == ("NB-14-1001", "Notebook 14 Zoll, 16 GB, 512 GB SSD")
    assert [(one.lower_bound, one.unit_price.text) for one in article.prices] == [
        (1, "789.00"),
        (10, "749.00"),
    ]
    assert _names(file.findings.counts) == set()
    assert len(Column) == 33


def _names(counts: Iterable[object]) -> set[str]:
    return {str(one) for one in counts}


def test_versions_of_before_entries_were_kept_are_written_from_the_articles(
    session: Session, framework: Framework
) -> None:
    version = session.scalars(
        select(CatalogVersion).where(CatalogVersion.framework_id == framework.id)
    ).one()

    articles = list(open_file(io.BytesIO(as_csv(session, version.id)), TODAY).articles())

    assert [article.sku for article in articles] == ["NB-14", "NB-16", "MON-27"]
