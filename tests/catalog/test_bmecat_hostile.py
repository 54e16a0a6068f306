"""Catalog files that want to harm: refused or reported, in bounded time and memory."""

import gzip
import io
import itertools
import socket
import tracemalloc
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, Final, cast

import pytest

from app.catalog.formats.findings import Fault, FileRefused
from app.catalog.formats.ledger import Ledger
from app.catalog.formats.open_catalog import open_catalog
from tests.catalog.bmecat_files import TODAY, article, catalog, feature, price, read, refers

OUTSIDE: Final = '<!DOCTYPE BMECAT [<!ENTITY % x SYSTEM "http://192.0.2.1/">%x;]>'
ZIP_END: Final = b"PK\x05\x06"
MEGABYTE: Final = 1024 * 1024


@pytest.fixture
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a connection fails the test."""

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a catalog file opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


class Endless(io.RawIOBase):
    """A file out of pieces that are made while it is read; only its beginning can be read twice."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""
        self._first = b""
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        while len(self._left) < size and (piece := next(self._pieces, b"")):
            self._left += piece
        given, self._left = self._left[:size], self._left[size:]
        self._first = self._first or given
        self.given += len(given)
        return given

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_SET and offset == 0:
            self._left = self._first + self._left
        return 1_000_000_000


def endless(*pieces: bytes | Iterator[bytes]) -> Endless:
    parts = ([piece] if isinstance(piece, bytes) else piece for piece in pieces)
    return Endless(itertools.chain.from_iterable(parts))


def zipped(*members: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (catalog("<X>Müller & Söhne</X>"), "Ein „&“ oder „<“ steht allein im Text."),
        (catalog("<X>M&S</X>"), "Ein „&“ oder „<“ steht allein im Text."),
        (catalog("<X>unter < 5 mm</X>"), "Ein „&“ oder „<“ steht allein im Text."),
        (b"\n<?xml version='1.0'?><BMECAT/>", "Vor „<?xml …“ steht schon etwas"),
        (catalog("") + b"\x1a", "Nach dem Ende des Katalogs steht noch etwas."),
        (catalog("<X><Y></X>"), "Ein Element ist anders geschlossen, als es beginnt."),
        (catalog("<X>\x03</X>"), "ein Zeichen, das XML nicht erlaubt"),
        (catalog("")[:-5], "Vermutlich wurde die Übertragung abgebrochen"),
    ],
    ids=["and", "and-name", "less", "blank-line", "ctrl-z", "crossed", "control", "half"],
)
def test_a_file_that_is_no_xml_is_refused_with_what_is_wrong_in_it(
    content: bytes, said: str
) -> None:
    with pytest.raises(FileRefused) as refusal:
        read(content)

    assert said in str(refusal.value)
    assert refusal.value.code == "not_well_formed"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"   \n", "empty_file"),
        (b"<html><body>502</body></html>", "html_page"),
        (b"<a/>", "not_bmecat"),
        (b"<a><HEADER/></a>", "not_bmecat"),
        (b"sku;name\n1;x", "not_well_formed"),
        (catalog("<ARTICLE>"), "not_well_formed"),
        (catalog("", '<!DOCTYPE BMECAT [<!ENTITY x "y">]>'), "entity_declared"),
        (catalog("", OUTSIDE), "entity_declared"),
        (catalog("", transaction="T_NEW_PRODUCTDATA"), "transaction_not_supported"),
        (catalog("", version="3.0"), "version_not_supported"),
        (catalog("", '<?xml version="1.0" encoding="klingon"?>'), "wrong_encoding"),
        (gzip.compress(catalog(""), mtime=0)[:60], "archive_damaged"),
        (gzip.compress(b"<BMECAT>" + b" " * 60_000_000, mtime=0), "element_too_large"),
        (b"PK\x03\x04 nothing", "archive_damaged"),
        (zipped(("a.xml", b"<a/>"), ("b.xml", b"<b/>")), "archive_without_catalog"),
        (zipped(("../katalog.xml", catalog(""))), "archive_without_catalog"),
        (zipped(("bilder/1.jpg", b"x")), "archive_without_catalog"),
        (zipped(("katalog.xml", b"")), "empty_file"),
        (
            zipped(("k.xml", b"<a/>")).replace(ZIP_END, b"PK\x06\x07" + b" " * 16 + ZIP_END),
            "archive_too_large",
        ),
    ],
    # Never the bytes: gzip's hold the time, and every worker has to name a case alike.
    ids=lambda value: value if isinstance(value, str) else "file",
)
@pytest.mark.usefixtures("_no_network")
def test_a_file_with_a_broken_or_hostile_frame_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read(content)

    assert refusal.value.code == code


@pytest.mark.usefixtures("_no_network")
def test_a_document_type_from_outside_is_tolerated_and_never_loaded() -> None:
    head = '<!DOCTYPE BMECAT SYSTEM "http://192.0.2.1/bmecat.dtd">'

    _, articles = read(catalog(article(price("1")), head))

    assert len(articles) == 1


def test_a_declaration_hidden_behind_a_long_comment_is_found_by_the_parser() -> None:
    hidden = f'<!--{"x" * 300_000}--><!DOCTYPE BMECAT [<!ENTITY x "y">]>'

    with pytest.raises(FileRefused) as refusal:
        read(catalog(article(price("1")), hidden))

    assert refusal.value.code == "entity_declared"


@pytest.mark.parametrize(
    "encoding", ["windows-1252", "iso-8859-1", "iso-8859-15", "utf-16", "cp850", "mac-roman"]
)
def test_every_declared_encoding_is_read(encoding: str) -> None:
    named = {"cp850": "IBM850", "mac-roman": "macintosh"}.get(encoding, encoding)
    text = catalog(article(price("1"), sku="Ä-1"), f'<?xml version="1.0" encoding="{named}"?>')

    _, articles = read(text.decode().encode(encoding))

    assert [one.sku for one in articles] == ["Ä-1"]


@pytest.mark.parametrize("declared", ["UTF-16", "utf-16", "ISO-10646-UCS-2"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "marked"])
def test_a_file_of_one_byte_signs_that_calls_itself_utf_16_is_read_as_utf_8(
    declared: str, mark: str
) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>'
    text = mark + catalog(article(price("1"), sku="Größe"), head).decode()

    _, articles = read(text.encode())
    with pytest.raises(FileRefused) as refusal:
        read(text.lstrip("\ufeff").encode("windows-1252"))

    assert [one.sku for one in articles] == ["Größe"]
    assert (refusal.value.code, refusal.value.offer) == ("wrong_encoding", "windows-1252")


def test_windows_1252_declared_as_utf_8_is_refused_with_an_offer_that_works() -> None:
    content = catalog(article(price("1"), sku="Größe – 1 €")).decode().encode("windows-1252")

    with pytest.raises(FileRefused) as refusal:
        read(content)
    file, articles = read(content, encoding=refusal.value.offer)

    assert (refusal.value.code, refusal.value.offer) == ("wrong_encoding", "windows-1252")
    assert [one.sku for one in articles] == ["Größe – 1 €"]
    assert file.findings.kept == []


def test_a_million_features_on_one_article_are_refused_before_they_fill_the_memory() -> None:
    start, end = catalog(article("@@", "##")).split(b"##")
    block = f"<ARTICLE_FEATURES>{feature('F', '1') * 100}</ARTICLE_FEATURES>".encode()
    many = itertools.repeat(block, 10_000)
    file = endless(start, many, end)

    with pytest.raises(FileRefused) as refusal:
        list(open_catalog(cast("BinaryIO", file), TODAY).articles())

    assert refusal.value.code == "element_too_large"
    assert file.given < 8 * MEGABYTE


def test_an_attribute_of_200_megabytes_is_refused_after_a_few_of_them() -> None:
    file = endless(b'<BMECAT version="1.2" x="', itertools.repeat(b"y" * MEGABYTE, 200), b'"/>')
    tracemalloc.start()

    with pytest.raises(FileRefused) as refusal:
        list(open_catalog(cast("BinaryIO", file), TODAY).articles())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert refusal.value.code in {"element_too_large", "not_well_formed"}
    assert file.given < 12 * MEGABYTE
    assert peak < 40 * MEGABYTE


def test_an_archive_that_unpacks_to_a_thousandfold_is_refused_while_it_unpacks() -> None:
    filler = b"<ARTICLE>" + b" " * 100_000 + b"</ARTICLE>"
    bomb = b"<BMECAT version='1.2'><HEADER/><T_NEW_CATALOG>" + filler * 300

    with pytest.raises(FileRefused) as in_gzip:
        read(gzip.compress(bomb, mtime=0))
    with pytest.raises(FileRefused) as in_zip:
        read(zipped(("katalog.xml", bomb)))

    assert (in_gzip.value.code, in_zip.value.code) == ("archive_too_large", "archive_too_large")


def test_an_archive_with_too_many_files_is_refused_before_its_directory_is_read() -> None:
    content = bytearray(zipped(("katalog.xml", catalog(""))))
    size_at = content.rfind(ZIP_END) + 12
    content[size_at : size_at + 4] = (9 * MEGABYTE).to_bytes(4, "little")

    with pytest.raises(FileRefused) as refusal:
        read(bytes(content))

    assert refusal.value.code == "archive_too_large"


def test_more_features_references_and_keywords_than_anybody_shows_are_cut_with_a_remark() -> None:
    more = f"<ARTICLE_FEATURES>{feature('F', '1') * 500}</ARTICLE_FEATURES>" + "".join(
        refers("accessories", f"B-{number}") for number in range(400)
    )

    file, articles = read(catalog(article(price("1"), more)))

    assert (len(articles[0].features), len(articles[0].references)) == (300, 300)
    assert file.counts.features == 500
    assert file.findings.counts[Fault.TOO_MANY_PARTS] == 1


def test_thousands_of_price_periods_and_scales_of_one_article_cost_no_minutes() -> None:
    scale = "".join(price("1", more=f"<LOWER_BOUND>{n}</LOWER_BOUND>") for n in range(1, 5_000))
    periods = "</ARTICLE_PRICE_DETAILS><ARTICLE_PRICE_DETAILS>".join(
        f"<VALID_START_DATE>{year:04}-01-01</VALID_START_DATE>{price(str(year))}"
        for year in range(1, 5_000)
    )

    file, (scaled, dated) = read(catalog(article(scale) + article(periods, sku="A-2")))

    assert (len(scaled.prices), len(dated.prices)) == (200, 200)
    assert file.findings.counts[Fault.TOO_MANY_PARTS] == 2


def test_many_duplicates_are_counted_and_only_the_first_ones_listed() -> None:
    file, articles = read(catalog(article(price("1")) * 12_000))

    assert len(articles) == 1
    assert file.findings.counts[Fault.DUPLICATE_SKU] == 11_999
    assert len(file.findings.kept) == 10_000


def test_a_file_of_nothing_but_defects_is_refused_before_it_costs_minutes() -> None:
    with pytest.raises(FileRefused) as refusal:
        read(catalog("<ARTICLE/>" * 60_000))

    assert refusal.value.code == "too_many_defects"


def test_more_groups_than_any_catalog_has_are_refused() -> None:
    group = (
        "<CATALOG_STRUCTURE type='leaf'><GROUP_ID>{}</GROUP_ID><GROUP_NAME>G</GROUP_NAME>"
        "</CATALOG_STRUCTURE>"
    )
    groups = "".join(group.format(number) for number in range(100_001))

    with pytest.raises(FileRefused) as refusal:
        read(catalog(f"<CATALOG_GROUP_SYSTEM>{groups}</CATALOG_GROUP_SYSTEM>"))

    assert refusal.value.code == "too_many_groups"


def test_a_file_cut_off_in_the_middle_is_refused_after_its_good_articles() -> None:
    whole = catalog("".join(article(price("1"), sku=f"A-{number}") for number in range(500)))
    stream = open_catalog(io.BytesIO(whole[:-4_000]), TODAY)
    seen: list[str] = []

    with pytest.raises(FileRefused) as refusal:
        seen.extend(one.sku for one in stream.articles())

    assert refusal.value.code == "not_well_formed"
    assert refusal.value.line > 0
    assert seen[:2] == ["A-0", "A-1"]


def test_the_numbers_of_a_large_file_are_kept_on_disk() -> None:
    ledger = Ledger()
    tracemalloc.start()

    for number in range(20_000):
        assert ledger.enter(f"ARTIKEL-{number:08}", number + 1) == 0
        ledger.point(number, f"ARTIKEL-{number:08}", f"ARTIKEL-{number + 1:08}", "")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 2 * MEGABYTE
    assert ledger.enter("ARTIKEL-00000007", 9) == 8
    assert list(ledger.dangling()) == [(19_999, "ARTIKEL-00019999", "ARTIKEL-00020000")]
    ledger.close()
