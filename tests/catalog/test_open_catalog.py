"""Recognising what a file is before anybody reads it."""

import gzip
import io

import pytest

from app.catalog.formats.open_catalog import is_xml_catalog, open_catalog
from tests.catalog.bmecat_files import TODAY, article, catalog, price
from tests.catalog.test_bmecat_hostile import zipped

CATALOG = catalog(article(price("1")))


@pytest.mark.parametrize(
    ("content", "is_xml"),
    [
        (CATALOG, True),
        (b"\xef\xbb\xbf\n " + CATALOG, True),
        (CATALOG.decode().encode("utf-16"), True),
        (gzip.compress(CATALOG, mtime=0), True),
        (zipped(("katalog.xml", CATALOG)), True),
        (zipped(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<w/>")), False),
        (b"Artikelnummer;Preis\nA-1;10,00\n", False),
        (b"", False),
    ],
    ids=["plain", "marked", "utf16", "gzip", "zip", "workbook", "csv", "empty"],
)
def test_xml_and_tables_are_told_apart_by_their_content(content: bytes, *, is_xml: bool) -> None:
    stream = io.BytesIO(content)

    assert is_xml_catalog(stream) == is_xml
    assert stream.tell() == 0


@pytest.mark.parametrize(
    ("content", "format_name"),
    [
        (CATALOG, "BMEcat 1.2"),
        (catalog(article(price("1")), version="2005.1"), "BMEcat 2005.1"),
        (b"<!-- <Catalogue> -->" + catalog(article(price("1")), head=""), "BMEcat 1.2"),
        (b"<u:Catalogue xmlns:u='x'><u:ID>1</u:ID></u:Catalogue>", "Peppol Catalogue 3"),
    ],
    ids=["bmecat", "bmecat2005", "comment", "peppol"],
)
def test_the_outermost_element_decides_who_reads_the_file(content: bytes, format_name: str) -> None:
    file = open_catalog(io.BytesIO(content), TODAY)
    for _ in file.articles():
        pass

    assert file.format == format_name
    file.close()
