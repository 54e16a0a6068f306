"""A large file is read by a process of its own, and nobody can tell from what comes of it."""

import gzip
import io
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.formats import foretelling
from app.catalog.formats.findings import Fault, Finding
from app.catalog.formats.known_texts import KnownTexts
from app.catalog.formats.open_catalog import open_catalog, transaction_of
from app.catalog.formats.share import Share
from app.catalog.import_records import CatalogImport, ImportState
from app.catalog.records import CatalogEntry, CatalogVersion
from app.catalog.rules import LotFacts
from app.catalog.upkeep import read_beside
from app.catalog.upkeep.import_catalog import ImportOrder, import_catalog
from app.catalog.upkeep.open_file import PLAIN, Reading
from app.catalog.upkeep.read_beside import file_in_batches
from app.catalog.upkeep.read_file import Batch, FileFacts, read_file
from app.catalog.upkeep.send_catalog_file import Wishes, send_catalog_file
from app.catalog.upkeep.tell_articles import Place, Told
from app.kernel.beside import worked_out_here
from app.kernel.errors import DomainError
from tests.catalog.bmecat_files import TODAY, article, catalog, price, refers
from tests.catalog.importing import read_sent_files
from tests.catalog.places import FOREIGN, OWN
from tests.catalog.test_bmecat_hostile import zipped
from tests.support import beside_work
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.world import World, settled

FRAMEWORK = "RV-2026-01"
HERE = Place((LotFacts(1, 1, "30213000"), LotFacts(2, 2, "30232000")), None, TODAY)
SMALL = OWN / "klein_2005.xml"
MANY = catalog("".join(article(price("1"), sku=f"A-{number}") for number in range(1001)))
FILES = [*sorted(OWN.glob("*.xml")), *sorted(FOREIGN.glob("dev/**/*.xml"))]


@pytest.fixture
def place(session: Session) -> World:
    return settled(session)


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_beside, "LARGE", 0)


@pytest.fixture(params=[1, 2, 4], ids=lambda many: f"{many} readers")
def readers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(read_beside, "READERS", request.param)
    return int(request.param)


@dataclass
class Said:
    """All that a file comes to, or up to the refusal of the rest."""

    articles: list[Told]
    remarks: list[Finding]
    silent: set[frozenset[str]]
    end: list[Any]

    def ungrouped(self) -> "Said":
        """Groups are foretold by the processes beside only."""
        articles = [told._replace(group=None) for told in self.articles]
        end = [
            replace(one, grouped=False) if isinstance(one, FileFacts) else one for one in self.end
        ]
        return replace(self, articles=articles, end=end)


def said(stream: Any, reading: Reading = PLAIN, place: Place = HERE) -> Said:
    read = Said([], [], set(), [])
    try:
        with file_in_batches(stream, place, reading) as batches:
            for one in batches:
                if isinstance(one, Batch):
                    assert len(one.articles) <= 1200
                    read.articles += one.articles
                    read.remarks += one.remarks
                    read.silent.add(one.silent)
                    continue
                with closing(one.holdings) as holdings:
                    skus = [told.sku for told in read.articles] + ["", "X"]
                    skus += [remark.sku for remark in read.remarks]
                    read.end += [holdings.groups_of(skus), holdings.holds(skus)]
                read.end.append(replace(one, holdings=None))  # type: ignore[arg-type]
    except DomainError as refusal:
        read.end.append((type(refusal), refusal.args, vars(refusal)))
    return read


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_processes_beside_read_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_beside, "LARGE", 10**9)
    monkeypatch.setattr(read_beside, "READERS", 2)
    with path.open("rb") as stream:
        here = said(stream)
        monkeypatch.setattr(read_beside, "LARGE", 0)
        assert said(stream).ungrouped() == here


@pytest.mark.parametrize(
    "content",
    [
        MANY,
        MANY[: len(MANY) - 50_000],
        gzip.compress(MANY, mtime=0),
        gzip.compress(MANY, mtime=0)[:2000],
        zipped(("katalog.xml", MANY)),
        gzip.compress(bytes(64_000_000), mtime=0),
        b"Artikelnummer;Bezeichnung;Preis;Los\nA-1;Ding;10,00;1\nA-2;Ding;x;7\n",
        b"Artikelnummer;Bezeichnung\nA-1;Ding\n",
        MANY.replace(b"UTF-8", b"UTF-9"),
        MANY.replace(b"T_NEW_CATALOG", b"T_UPDATE_PRICES"),
    ],
    ids=["many", "cut", "gzip", "damaged", "zip", "bomb", "table", "heads", "encoding", "prices"],
)
def test_processes_beside_refuse_the_same(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "datei"
    path.write_bytes(content)
    monkeypatch.setattr(read_beside, "LARGE", 10**9)
    monkeypatch.setattr(read_beside, "READERS", 2)
    with path.open("rb") as stream:
        here = said(stream)
        monkeypatch.setattr(read_beside, "LARGE", 0)
        assert said(stream).ungrouped() == here


def numbered(many: int, **written: str) -> bytes:
    """A catalog of so many articles A-0, A-1 …, a line each, but for those that are `written`."""
    lines = (written.get(f"A{n}") or article(price("1"), sku=f"A-{n}") for n in range(many))
    return catalog("\n" + "\n".join(lines))


NAMELESS = "<ARTICLE><SUPPLIER_AID>{}</SUPPLIER_AID></ARTICLE>"
FAMILY = article(
    price("1"),
    "<ARTICLE_FEATURES><FEATURE><FNAME>Farbe</FNAME>"
    "<VARIANTS><VARIANT><FVALUE>rot</FVALUE><SUPPLIER_AID_SUPPLEMENT>-r</SUPPLIER_AID_SUPPLEMENT>"
    "</VARIANT><VARIANT><FVALUE>blau</FVALUE><SUPPLIER_AID_SUPPLEMENT>-b</SUPPLIER_AID_SUPPLEMENT>"
    "</VARIANT><VORDER>1</VORDER></VARIANTS></FEATURE></ARTICLE_FEATURES>",
    sku="A-9",
)
ACROSS = {
    "twice, far apart": (numbered(1600, A700=article(price("2"), sku="A-3")), 1599),
    "twice, three readings apart": (
        numbered(1600, A700=article(price("2"), sku="A-3"), A1300=article(price("3"), sku="A-3")),
        1598,
    ),
    "references of one that stands twice": (
        numbered(
            1100,
            A3=article(price("1"), refers("followup", "A-4"), sku="A-3"),
            A4=article(price("1"), refers("followup", "A-3"), sku="A-4"),
            A600=article(price("2"), refers("others", "Z") + refers("followup", "A-7"), sku="A-3"),
        ),
        1099,
    ),
    "free again": (numbered(700, A3=NAMELESS.format("A-600")), 699),
    "twice and nameless": (numbered(700, A600=NAMELESS.format("A-3")), 699),
    "variant of another": (numbered(700, A9=FAMILY, A600=article(price("1"), sku="A-9-r")), 700),
    "circle": (
        numbered(
            1100,
            A1=article(price("1"), refers("followup", "A-501"), sku="A-1"),
            A501=article(price("1"), refers("followup", "A-1001"), sku="A-501"),
            A1001=article(price("1"), refers("followup", "A-1"), sku="A-1001"),
        ),
        1100,
    ),
    "nowhere": (
        numbered(
            700,
            A1=article(price("1"), refers("accessories", "A-600"), sku="A-1"),
            A600=article(price("1"), refers("accessories", "A-1") + refers("others", "Z"), sku="B"),
        ),
        700,
    ),
    "no price at all": (numbered(1001, A500=article("", sku="A-500")), 1001),
    "exactly two runs": (numbered(1000), 1000),
    "one run": (numbered(500), 500),
    "none": (catalog(""), 0),
    "only rejected ones": (catalog(NAMELESS.format("A") * 501), 0),
    "an update": (numbered(700).replace(b"T_NEW_CATALOG", b"T_UPDATE_PRODUCTS"), 700),
}


@pytest.mark.usefixtures("readers")
@pytest.mark.parametrize(("content", "articles"), ACROSS.values(), ids=ACROSS)
def test_what_concerns_articles_of_different_readers_is_remarked_once(
    content: bytes, articles: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "datei.xml"
    path.write_bytes(content)
    with path.open("rb") as stream:
        here = said(stream)
        monkeypatch.setattr(read_beside, "LARGE", 0)
        assert said(stream).ungrouped() == here.ungrouped()
    assert len(here.articles) == articles


def test_a_number_of_another_readers_article_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_beside, "LARGE", 0)
    monkeypatch.setattr(read_beside, "READERS", 2)
    path = tmp_path / "datei.xml"
    path.write_bytes(numbered(700, A600=article(price("2"), sku="A-3")))
    with path.open("rb") as stream:
        read = said(stream, place=replace(HERE, lot=1))
    (remark,) = read.remarks
    assert (remark.code, remark.sku, remark.line) == (Fault.DUPLICATE_SKU, "A-3", 602)
    assert remark.reason == "Die Artikelnummer kam schon in Zeile 5 vor; der erste gilt."
    assert [told.price for told in read.articles if told.sku == "A-3"] == [10_000]


GROUPED = (
    "<CATALOG_GROUP_SYSTEM><CATALOG_STRUCTURE type='leaf'><GROUP_ID>1</GROUP_ID>"
    "<GROUP_NAME>Drucker</GROUP_NAME></CATALOG_STRUCTURE><CATALOG_STRUCTURE type='leaf'>"
    "<GROUP_ID>2</GROUP_ID><GROUP_NAME>Toner</GROUP_NAME></CATALOG_STRUCTURE>"
    "</CATALOG_GROUP_SYSTEM>" + "".join(article(price("1"), sku=sku) for sku in "ABCD")
)
ENDED = (
    "<CATALOG_STRUCTURE><GROUP_ID>2</GROUP_ID><GROUP_NAME>Tinte</GROUP_NAME></CATALOG_STRUCTURE>"
)


def placed(sku: str, group: str, mode: str = "") -> str:
    return (
        f"<ARTICLE_TO_CATALOGGROUP_MAP{mode}><ART_ID>{sku}</ART_ID>"
        f"<CATALOG_GROUP_ID>{group}</CATALOG_GROUP_ID></ARTICLE_TO_CATALOGGROUP_MAP>\n"
    )


@pytest.mark.parametrize(
    ("end", "right"),
    [
        (placed("B", "1") + placed("A", "2") + placed("A", "1") + placed("Z", "1"), True),
        (placed("B", "1") + placed("A", "2", ' mode="new"'), False),
        (placed("B", "1") + placed("A", "2", ' mode="delete"'), True),
        (placed("B", "1") + placed("A", " 2 "), False),
        (placed("B", "1") + placed("A", "3"), False),
        (placed("B", "1") + f"<!--{placed('A', '2')}-->", False),
        ("", False),
    ],
    ids=["plain", "mode", "taken out", "blanks", "unknown", "comment", "none"],
)
@pytest.mark.usefixtures("place", "readers")
def test_groups_that_stand_at_the_end_are_foretold_or_mended(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str, *, right: bool
) -> None:
    path = tmp_path / "datei.xml"
    path.write_bytes(catalog(GROUPED + end))
    made = []
    for large in (10**9, 0):
        monkeypatch.setattr(read_beside, "LARGE", large)
        with path.open("rb") as stream, session.begin_nested() as attempt:
            order = ImportOrder("k.xml", FRAMEWORK, lot=1)
            result = import_catalog(session, stream, order, NOON)
            made.append((drafts(session), result.as_json(), result.warnings))
            attempt.rollback()
    assert made[0] == made[1]
    with path.open("rb") as stream:
        facts = said(stream).end[-1]
        assert facts.grouped == right


@pytest.mark.parametrize(("end", "right"), [("", True), (ENDED, False)], ids=["same", "renamed"])
def test_a_group_that_changes_its_name_was_foretold_wrongly(end: str, *, right: bool) -> None:
    stream = io.BytesIO(catalog(GROUPED + placed("A", "2") + end))
    with closing(open_catalog(stream, TODAY)) as file:
        file.foretell([("A", "2")])
        articles = file.articles()
        next(articles)
        assert file.foretold(["A", "B"]) == {"A": "Toner"}
        assert len(list(articles)) == 3
        assert file.came_true == right


def test_a_mapping_across_two_chunks_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [(f"A-{number}", str(number % 7)) for number in range(50)]
    content = catalog(GROUPED + "".join(placed(*pair) for pair in pairs))
    for size in (150, 151, 200, 1003):
        monkeypatch.setattr(foretelling, "CHUNK", size)
        stream = io.BytesIO(content)
        assert list(foretelling.group_mappings(stream)) == pairs
        assert stream.tell() == 0


@pytest.mark.usefixtures("beside", "readers")
def test_known_texts_are_known_in_the_process_beside(tmp_path: Path) -> None:
    path = tmp_path / "datei.xml"
    path.write_bytes(MANY)
    in_one = replace(HERE, lot=1)
    with path.open("rb") as stream:
        first = said(stream, Reading(known=KnownTexts("x")), in_one)
        digests = [told.text_digest for told in first.articles[::2]]
        again = said(stream, Reading(known=KnownTexts("x", digests)), in_one)
        modes = [told.mode.value for told in again.articles]
        assert modes == ["same", "new"] * 500 + ["same"]
        assert again.end[:2] == first.end[:2]  # groups and numbers held


@pytest.mark.parametrize(("known", "readers"), [(0, 2), (50, 2), (1000, 1)])
@pytest.mark.usefixtures("beside")
def test_a_file_that_is_known_for_the_most_part_has_one_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: int, readers: int
) -> None:
    shares: list[Share] = []

    def begun(_read: object, _file: object, place: Place, reading: Reading) -> Any:
        shares.append(reading.share)
        return worked_out_here(read_file, io.BytesIO(MANY), place, reading)

    monkeypatch.setattr(read_beside, "READERS", 2)
    monkeypatch.setattr(read_beside, "worked_out_beside", begun)
    path = tmp_path / "datei.xml"
    path.write_bytes(MANY)
    texts = KnownTexts("x", (f"{number:032x}" for number in range(known)))
    with path.open("rb") as stream:
        assert len(said(stream, Reading(known=texts)).articles) == 1001
    assert shares == [Share(reader, readers) for reader in range(readers)]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (catalog(""), "T_NEW_CATALOG"),
        (gzip.compress(catalog("", transaction="T_UPDATE_PRICES x='1'")), "T_UPDATE_PRICES"),
        (catalog("").decode().replace("UTF-8", "UTF-16").encode("utf-16"), "T_NEW_CATALOG"),
        (catalog("")[:50], ""),
        (b"<html>", ""),
        (b"", ""),
    ],
)
def test_what_a_file_wants_to_be_is_known_from_its_beginning(content: bytes, kind: str) -> None:
    stream = io.BytesIO(content)
    assert transaction_of(stream, None) == kind
    assert stream.tell() == 0


def drafts(session: Session) -> list[tuple[Any, ...]]:
    columns = CatalogEntry.__table__.columns
    kept = [column for column in columns if column.name not in {"id", "catalog_version_id"}]
    return [tuple(row) for row in session.execute(select(*kept).order_by(CatalogEntry.id))]


@pytest.mark.usefixtures("place", "readers")
def test_a_draft_is_the_same_whoever_read_the_file(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for large in (10**9, 0):
        monkeypatch.setattr(read_beside, "LARGE", large)
        with SMALL.open("rb") as stream, session.begin_nested() as attempt:
            result = import_catalog(session, stream, ImportOrder("k.xml", FRAMEWORK), NOON)
            made.append((drafts(session), result.as_json(), result.warnings))
            assert stream.seek(0) == 0
            assert stream.read() == SMALL.read_bytes()
            attempt.rollback()
    assert made[0] == made[1]
    assert len(made[0][0]) == 4


@pytest.mark.usefixtures("beside", "readers")
def test_a_process_that_dies_leaves_no_draft_and_a_sentence(
    database: Database, session: Session, place: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_beside, "read_file", beside_work.read_half)
    before = session.scalars(select(CatalogVersion.id)).all()
    sender = (place.contracts.id, NOON)
    sent = send_catalog_file(session, FRAMEWORK, "x.xml", io.BytesIO(MANY), Wishes(), sender)
    session.commit()

    read_sent_files(database)

    session.expire_all()
    kept = session.get_one(CatalogImport, sent.id)
    assert (kept.state, kept.refusal_code) == (ImportState.REFUSED, "reading_stopped")
    assert str(kept.refusal).startswith(
        "Das Einlesen ist abgebrochen, vermutlich fehlte dem Server"
    )
    assert session.scalars(select(CatalogVersion.id)).all() == before
    assert session.scalars(select(CatalogEntry.id)).all() == []
