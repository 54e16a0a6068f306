"""Pictures and documents that travel with a catalog: found by name, never outside the archive."""

import hashlib
import io

import pytest

from app.catalog.formats.findings import Fault
from app.catalog.formats.media import LARGEST, open_media
from app.catalog.formats.values import Media
from tests.catalog.bmecat_files import article, catalog, price, read
from tests.catalog.test_bmecat_hostile import zipped

ROOT = "<MIME_ROOT>/mime/</MIME_ROOT>"


def media(source: str) -> Media:
    return Media(source, "image/jpeg", "normal", "", "")


def shows(source: str) -> str:
    return (
        "<MIME_INFO><MIME><MIME_TYPE>image/jpeg</MIME_TYPE>"
        f"<MIME_SOURCE>{source}</MIME_SOURCE></MIME></MIME_INFO>"
    )


@pytest.mark.parametrize(
    "source", ["img/1.jpg", "/mime/img/1.jpg", "IMG\\1.JPG", "./img//1.jpg", "1.jpg"]
)
def test_a_picture_is_found_below_the_root_whatever_way_its_name_is_written(source: str) -> None:
    archive = zipped(("katalog.xml", catalog("")), ("mime/img/1.jpg", b"Bild"))

    found = open_media(io.BytesIO(archive), "/mime/").find(media(source))

    assert found is not None
    assert (found.name, found.content) == ("1.jpg", b"Bild")
    assert found.sha256 == hashlib.sha256(b"Bild").hexdigest()


def test_the_end_of_a_path_is_enough_where_only_one_file_has_it() -> None:
    archive = zipped(("lieferung/mime/a/1.jpg", b"A"), ("lieferung/mime/b/1.jpg", b"B"))

    source = open_media(io.BytesIO(archive))

    found = source.find(media("b/1.jpg"))
    assert found is not None
    assert found.content == b"B"
    assert source.find(media("1.jpg")) is None
    assert source.find(media("c/1.jpg")) is None


def test_an_archive_that_was_packed_flat_still_has_the_pictures() -> None:
    archive = zipped(("1.jpg", b"flach"), ("b/2.jpg", b"B"))

    source = open_media(io.BytesIO(archive), "/mime/")

    found = source.find(media("img/1.jpg"))
    assert found is not None
    assert found.content == b"flach"
    assert source.find(media("img/2.jpg")) is None


def test_a_bare_name_that_two_folders_have_is_not_guessed() -> None:
    archive = zipped(("a/1.jpg", b"A"), ("b/1.jpg", b"B"))

    source = open_media(io.BytesIO(archive), "")

    assert source.find(media("1.jpg")) is None
    assert source.find(media("b/1.jpg")) is not None


@pytest.mark.parametrize(
    "name", ["../evil.jpg", "/etc/passwd", "C:\\evil.jpg", "img/../../evil.jpg"]
)
def test_names_that_lead_out_of_the_archive_find_nothing(name: str) -> None:
    archive = zipped(("katalog.xml", catalog("")), (name, b"evil"), ("img/1.jpg", b"Bild"))

    source = open_media(io.BytesIO(archive), "")

    assert source.find(media(name)) is None
    assert source.find(media("evil.jpg")) is None


def test_unsafe_and_missing_pictures_are_reported_at_their_article() -> None:
    articles = (
        article(price("1"), shows("img/1.jpg"), "A")
        + article(price("1"), shows("../../etc/passwd"), "B")
        + article(price("1"), shows("img/2.jpg"), "C")
        + article(price("1"), shows("https://example.test/3.jpg"), "D")
    )
    archive = zipped(("katalog.xml", catalog(articles, more=ROOT)), ("mime/img/1.jpg", b"Bild"))

    file, found = read(archive)

    assert [(one.sku, one.code) for one in file.findings.kept] == [
        ("B", Fault.MEDIA_UNSAFE),
        ("C", Fault.MEDIA_MISSING),
    ]
    assert [len(one.media) for one in found] == [1, 0, 1, 1]
    content = file.media.find(found[0].media[0])
    assert content is not None
    assert content.content == b"Bild"
    assert file.media.find(found[3].media[0]) is None


def test_a_picture_that_is_too_large_is_missing() -> None:
    archive = zipped(("1.jpg", b" " * (LARGEST + 1)))

    source = open_media(io.BytesIO(archive), "")

    assert source.fault(media("1.jpg")) == Fault.MEDIA_MISSING
    assert source.find(media("1.jpg")) is None


def test_a_picture_whose_directory_entry_lies_about_its_size_is_not_unpacked_further() -> None:
    archive = bytearray(zipped(("1.jpg", b" " * (LARGEST + 1))))
    entry = archive.rfind(b"PK\x01\x02")
    archive[entry + 24 : entry + 28] = (100).to_bytes(4, "little")

    assert open_media(io.BytesIO(bytes(archive)), "").find(media("1.jpg")) is None


def test_a_catalog_without_an_archive_expects_no_pictures() -> None:
    file, articles = read(catalog(article(price("1"), shows("img/1.jpg"))))

    assert file.findings.kept == []
    assert file.media.find(articles[0].media[0]) is None
    assert open_media(io.BytesIO(catalog("")), "").find(media("img/1.jpg")) is None
