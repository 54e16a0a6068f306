"""Pictures and data sheets: stored by content, drawn anew, handed out safely."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.archive.store import content, keep
from app.catalog.content.attach_media import attach_media
from app.catalog.content.keep_media import HandedIn
from app.catalog.content.pictures import PictureRefused, drawn
from app.catalog.content_records import ArticleEdit, ArticleMedia, MediaKind
from app.catalog.records import Article, CatalogVersion
from app.catalog.upkeep.import_catalog import ImportOrder, import_catalog
from tests.catalog.importing import SMALL
from tests.support.application import Portal
from tests.support.browser import Browser
from tests.support.clock import NOON
from tests.support.world import NOTEBOOK, World, settled

PDF = b"%PDF-1.7\n% a data sheet\n%%EOF\n"


@pytest.fixture
def place(session: Session) -> World:
    place = settled(session)
    session.commit()
    return place


@pytest.fixture
def keeper(portal: Portal, place: World) -> Browser:
    return portal.signed_in(place.contracts)


def picture(size: tuple[int, int] = (1600, 800), form: str = "PNG", mode: str = "RGB") -> bytes:
    written = BytesIO()
    Image.new(mode, size, "navy" if mode != "RGBA" else (0, 0, 128, 0)).save(written, form)
    return written.getvalue()


def vast_picture() -> bytes:
    """A PNG of a few bytes that says it has 40,000 × 40,000 points."""

    def part(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", data) + part(b"IEND", b"")


def handed(browser: Browser, name: str, file: bytes, title: str = "Notebook von vorn") -> int:
    answer = browser.post(
        "/artikelpflege/dateien",
        {"sku": NOTEBOOK, "titel": title},
        files={"datei": (name, file, "application/octet-stream")},
    )
    return int(answer.status_code)


def entries(session: Session) -> list[ArticleMedia]:
    session.rollback()
    return list(session.scalars(select(ArticleMedia).order_by(ArticleMedia.id)))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_every_picture_becomes_two_webp_files_without_metadata(form: str) -> None:
    shown = drawn(picture(form=form))

    assert (shown.width, shown.height) == (1200, 600)
    for data, size in ((shown.large, (1200, 600)), (shown.thumbnail, (192, 96))):
        with Image.open(BytesIO(data)) as read:
            assert (read.format, read.size) == ("WEBP", size)
            assert not read.getexif()


def test_a_turned_photo_stands_upright_and_forgets_where_it_was_taken() -> None:
    written = BytesIO()
    photo = Image.new("RGB", (400, 200), "navy")
    exif = photo.getexif()
    exif[0x0112] = 6  # to be turned by 90 degrees
    exif[0x010F] = "Kamera von Frau Muster"
    photo.save(written, "JPEG", exif=exif)

    shown = drawn(written.getvalue())

    assert (shown.width, shown.height) == (200, 400)
    assert b"Muster" not in shown.large


def test_what_is_see_through_stands_on_white() -> None:
    with Image.open(BytesIO(drawn(picture(form="PNG", mode="RGBA")).large)) as read:
        assert set(read.convert("L").tobytes()) == {255}


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", id="a drawing with code"),
        pytest.param(b"<html><script>alert(1)</script></html>", id="a page"),
        pytest.param(picture()[:200], id="cut off"),
        pytest.param(picture((8, 8)), id="too small"),
        pytest.param(vast_picture(), id="a decompression bomb"),
        pytest.param(b"II*\0" + b"\0" * 100, id="a form that is not taken"),
    ],
)
def test_what_is_no_picture_is_refused(file: bytes) -> None:
    with pytest.raises(PictureRefused):
        drawn(file)


def test_the_editor_adds_a_picture_and_everybody_sees_it(
    portal: Portal, session: Session, place: World, keeper: Browser
) -> None:
    reader = portal.signed_in(place.it)
    assert "/artikelbilder/" not in reader.page(f"/artikel/{NOTEBOOK}")

    assert handed(keeper, "vorn.png", picture()) == 303

    (entry,) = entries(session)
    assert (entry.kind, entry.width, entry.height) == (MediaKind.PICTURE, 1200, 600)
    page = reader.page(f"/artikel/{NOTEBOOK}")
    assert f'src="/artikelbilder/{entry.sha256}"' in page
    assert 'alt="Notebook von vorn"' in page
    assert f'src="/artikelbilder/{entry.thumbnail_sha256}"' in reader.page("/katalog?q=Notebook")
    told = portal.api(place.it).get(f"/api/v1/articles/{NOTEBOOK}").json()
    assert told["pictures"] == [
        {
            "title": "Notebook von vorn",
            "href": f"/artikelbilder/{entry.sha256}",
            "width": 1200,
            "height": 600,
        }
    ]
    (edit,) = session.scalars(select(ArticleEdit)).all()
    assert edit.what == "media_added"


def test_a_picture_may_be_kept_by_the_browser_for_ever(
    portal: Portal, session: Session, place: World, keeper: Browser
) -> None:
    handed(keeper, "vorn.png", picture())
    (entry,) = entries(session)
    reader = portal.signed_in(place.it)

    first = reader.get(f"/artikelbilder/{entry.sha256}")
    known = {"If-None-Match": first.headers["etag"]}
    again = reader.client.get(f"/artikelbilder/{entry.sha256}", headers=known)

    assert first.headers["content-type"] == "image/webp"
    assert first.headers["x-content-type-options"] == "nosniff"
    assert first.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert (again.status_code, again.content) == (304, b"")


def test_no_other_file_of_the_archive_can_be_had_as_a_picture(
    portal: Portal, session: Session, place: World, keeper: Browser
) -> None:
    handed(keeper, "blatt.pdf", PDF, "Datenblatt")
    (entry,) = entries(session)
    reader = portal.signed_in(place.it)

    assert reader.get(f"/artikelbilder/{entry.sha256}").status_code == 404
    assert reader.get(f"/artikelbilder/{'0' * 64}").status_code == 404
    assert reader.get("/artikelbilder/..%2Fetc").status_code in {404, 422}
    assert portal.guest().get(f"/artikelbilder/{entry.sha256}").status_code in {303, 401}


def test_a_data_sheet_is_handed_out_as_a_file_under_its_name(
    portal: Portal, session: Session, place: World, keeper: Browser
) -> None:
    assert handed(keeper, "Blatt Ä.pdf", PDF, "Datenblatt") == 303

    (entry,) = entries(session)
    reader = portal.signed_in(place.it)
    answer = reader.get(f"/artikeldokumente/{entry.id}")
    assert answer.content == PDF
    assert answer.headers["content-disposition"].startswith('attachment; filename="Blatt')
    assert f'href="/artikeldokumente/{entry.id}"' in reader.page(f"/artikel/{NOTEBOOK}")
    assert reader.get("/artikeldokumente/99999").status_code == 404


@pytest.mark.parametrize(
    ("file", "title", "sentence"),
    [
        pytest.param(b"", "Bild", "wählen Sie eine Datei", id="no file"),
        pytest.param(picture(), "", "beschreiben Sie kurz", id="no description"),
        pytest.param(b"MZ\x90\0", "Bild", "kein lesbares Bild", id="a program"),
        pytest.param(b"%PDF-" + b"0" * 10_000_001, "Blatt", "mehr als 10 MB", id="too large"),
    ],
)
def test_a_file_that_cannot_be_taken_is_said_at_its_field(
    session: Session, keeper: Browser, file: bytes, title: str, sentence: str
) -> None:
    answer = keeper.post(
        "/artikelpflege/dateien",
        {"sku": NOTEBOOK, "titel": title},
        files={"datei": ("x.png", file, "image/png")},
    )

    assert answer.status_code == 422
    assert sentence in answer.text
    assert entries(session) == []


def test_the_same_file_twice_stands_there_once(session: Session, keeper: Browser) -> None:
    assert handed(keeper, "a.png", picture()) == 303
    assert handed(keeper, "b.png", picture()) == 422

    assert len(entries(session)) == 1


def test_a_picture_taken_away_stays_in_the_archive(
    portal: Portal, session: Session, place: World, keeper: Browser
) -> None:
    handed(keeper, "vorn.png", picture())
    (entry,) = entries(session)

    address = f"/artikelpflege/dateien/{entry.id}/entfernen"
    assert keeper.post(address, {"sku": "MON-27"}).status_code == 404
    assert keeper.post(address, {"sku": NOTEBOOK}).status_code == 303
    assert keeper.post(address, {"sku": NOTEBOOK}).status_code == 409

    reader = portal.signed_in(place.it)
    assert "/artikelbilder/" not in reader.page(f"/artikel/{NOTEBOOK}")
    assert reader.get(f"/artikelbilder/{entry.sha256}").status_code == 404
    assert content(session, entry.sha256).size == entry.size


@pytest.mark.usefixtures("place")
def test_files_of_a_catalog_replace_those_of_its_earlier_version(session: Session) -> None:
    article = session.scalars(select(Article.id).where(Article.sku == NOTEBOOK)).one()
    version = session.scalars(select(CatalogVersion.id)).one()

    def file(name: str, data: bytes) -> HandedIn:
        return HandedIn(name, name, data, catalog_version_id=version)

    first = [file("a.png", picture()), file("blatt.pdf", PDF), file("x.exe", b"MZ")]
    refused = attach_media(session, article, first, NOON)
    attach_media(session, article, [file("neu.png", picture((900, 900))), first[1]], NOON)

    assert refused == ("x.exe: Die Datei ist kein lesbares Bild (JPEG, PNG, WebP oder GIF).",)
    present = session.scalars(
        select(ArticleMedia.file_name)
        .where(ArticleMedia.withdrawn_at.is_(None))
        .order_by(ArticleMedia.file_name)
    ).all()
    assert present == ["blatt.pdf", "neu.png"]
    assert session.scalar(select(func.count(ArticleMedia.id))) == 3


def packed_catalog(version: str, front: bytes) -> bytes:
    media = (
        "<MIME_INFO><MIME><MIME_TYPE>image/png</MIME_TYPE><MIME_SOURCE>vorn.png</MIME_SOURCE>"
        "<MIME_PURPOSE>normal</MIME_PURPOSE></MIME></MIME_INFO>"
    )
    packed = BytesIO()
    xml = SMALL.decode().replace("<PRODUCT_REFERENCE", f"{media}<PRODUCT_REFERENCE", 1)
    with zipfile.ZipFile(packed, "w") as files:
        files.writestr("katalog.xml", xml.replace("001.000", version))
        files.writestr("vorn.png", front)
    return packed.getvalue()


def test_a_new_picture_under_the_same_name_is_a_change(session: Session, place: World) -> None:
    results = []
    for version, front in (("1", picture()), ("2", picture()), ("3", picture((900, 900)))):
        file = packed_catalog(version, front)
        keep(session, file, "application/zip", NOON)
        order = ImportOrder("katalog.zip", place.framework.number, publish=True)
        results.append(import_catalog(session, BytesIO(file), order, NOON).articles)

    assert [one.changed for one in results] == [0, 0, 1]
    widths = select(ArticleMedia.width).where(ArticleMedia.withdrawn_at.is_(None))
    assert session.scalars(widths).all() == [900]
    assert session.scalar(select(func.count(ArticleMedia.id))) == 2


def test_the_archive_of_a_catalog_brings_its_pictures_and_data_sheets(
    session: Session, place: World
) -> None:
    xml = SMALL.decode()
    for name, purpose, words in (
        ("bilder/NB-1.PNG", "normal", "Büro-Notebook von vorn"),
        ("blatt.pdf", "data_sheet", "Datenblatt"),
        ("logo.png", "logo", "Logo des Herstellers"),
        ("../../etc/passwd", "others", "Ein Trick"),
        ("fehlt.png", "normal", "Was nicht mitkam"),
    ):
        media = (
            f"<MIME_INFO><MIME><MIME_TYPE>image/png</MIME_TYPE><MIME_SOURCE>{name}</MIME_SOURCE>"
            f"<MIME_ALT>{words}</MIME_ALT><MIME_PURPOSE>{purpose}</MIME_PURPOSE></MIME></MIME_INFO>"
        )
        xml = xml.replace("<PRODUCT_REFERENCE", f"{media}<PRODUCT_REFERENCE", 1)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as files:
        files.writestr("katalog.xml", xml)
        files.writestr("bilder/nb-1.png", picture())
        files.writestr("blatt.pdf", PDF)
        files.writestr("logo.png", picture((100, 100)))
    keep(session, packed.getvalue(), "application/zip", NOON)
    packed.seek(0)
    order = ImportOrder("katalog.zip", place.framework.number, publish=True)

    import_catalog(session, packed, order, NOON)

    rows = session.execute(
        select(Article.sku, ArticleMedia.kind, ArticleMedia.title)
        .join(Article, Article.id == ArticleMedia.article_id)
        .order_by(ArticleMedia.kind)
    ).all()
    assert rows == [
        ("NB-1", MediaKind.DOCUMENT, "Datenblatt"),
        ("NB-1", MediaKind.PICTURE, "Büro-Notebook von vorn"),
    ]
