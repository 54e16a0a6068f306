"""A large file is read by a process of its own, and nobody can tell from what comes of it."""

import gzip
import io
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.formats import foretelling
from app.catalog.formats.known_texts import KnownTexts
from app.catalog.formats.open_catalog import open_catalog, transaction_of
from app.catalog.import_records import CatalogImport, ImportState
from app.catalog.records import CatalogEntry, CatalogVersion
from app.catalog.rules import LotFacts
from app.catalog.upkeep import read_beside
from app.catalog.upkeep.import_catalog import ImportOrder, import_catalog
from app.catalog.upkeep.open_file import PLAIN, Reading
from app.catalog.upkeep.read_beside import file_in_batches
from app.catalog.upkeep.read_file import Batch, FileFacts
from app.catalog.upkeep.send_catalog_file import Wishes, send_catalog_file
from app.catalog.upkeep.tell_articles import Place
from app.kernel.errors import DomainError
from tests.catalog.bmecat_files import TODAY, article, catalog, price
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


def in_line(parts: list[Any]) -> list[Any]:
    """Groups are foretold by the process beside only."""
    return [
        replace(one, articles=[told._replace(group=None) for told in one.articles])
        if isinstance(one, Batch)
        else replace(one, grouped=False)
        if isinstance(one, FileFacts)
        else one
        for one in parts
    ]


def said(stream: Any, reading: Reading = PLAIN, place: Place = HERE) -> list[Any]:
    """All that a file comes to, or up to the refusal of the rest."""
    parts: list[Any] = []
    try:
        with file_in_batches(stream, place, reading) as batches:
            for one in batches:
                if isinstance(one, Batch):
                    parts.append(one)
                    continue
                with closing(one.holdings) as holdings:
                    skus = [told.sku for batch in parts for told in batch.articles] + ["", "X"]
                    parts += [holdings.groups_of(skus), holdings.holds(skus)]
                parts.append(replace(one, holdings=None))  # type: ignore[arg-type]
    except DomainError as refusal:
        parts.append((type(refusal), refusal.args, vars(refusal)))
    return parts


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_process_beside_reads_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_beside, "LARGE", 10**9)
    with path.open("rb") as stream:
        here = said(stream)
        monkeypatch.setattr(read_beside, "LARGE", 0)
        assert in_line(said(stream)) == here


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
def test_a_process_beside_refuses_the_same(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "datei"
    path.write_bytes(content)
    monkeypatch.setattr(read_beside, "LARGE", 10**9)
    with path.open("rb") as stream:
        here = said(stream)
        monkeypatch.setattr(read_beside, "LARGE", 0)
        assert in_line(said(stream)) == here


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
@pytest.mark.usefixtures("place")
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
        facts = said(stream)[-1]
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


@pytest.mark.usefixtures("beside")
def test_known_texts_are_known_in_the_process_beside(tmp_path: Path) -> None:
    path = tmp_path / "datei.xml"
    path.write_bytes(MANY)
    in_one = replace(HERE, lot=1)
    with path.open("rb") as stream:
        first = said(stream, Reading(known=KnownTexts("x")), in_one)
        digests = [told.text_digest for batch in first[:3] for told in batch.articles[::2]]
        again = said(stream, Reading(known=KnownTexts("x", digests)), in_one)
        modes = [told.mode.value for batch in again[:3] for told in batch.articles]
        assert modes == ["same", "new"] * 500 + ["same"]
        assert again[3:5] == first[3:5]  # groups and numbers held


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


@pytest.mark.usefixtures("place")
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


@pytest.mark.usefixtures("beside")
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
