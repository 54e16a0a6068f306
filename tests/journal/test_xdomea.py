"""The file of an order handed to a document management, as xdomea 3.1.0 says it."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER, Tenant
from app.documents.xdomea import NAMESPACE
from app.journal.file.file_xdomea import file_xdomea
from app.journal.file.file_zip import file_contents
from app.kernel.errors import NotFound
from tests.support.orders import confirmed, delivered, ready
from tests.support.world import MONITOR, NOTEBOOK

SHARED = Path(__file__).parents[3] / "shared" / "data"
SCHEMAS = sorted(SHARED.rglob("3.1.0/xdomea-Nachrichten-AbgabeDurchfuehren.xsd"))
X = {"x": NAMESPACE}


def handed(session: Session) -> tuple[str, str, bytes]:
    """Number, name and bytes of an order with a delivery."""
    world = ready(session)
    found = confirmed(session, world, {NOTEBOOK: 1, MONITOR: 2})
    delivered(session, world, found, (NOTEBOOK, 1, ("SN-1",)))
    session.commit()
    return found.number, *file_xdomea(session, found.number, EVERY_MEMBER)


def message(data: bytes) -> etree._Element:
    with ZipFile(BytesIO(data)) as archive:
        (name,) = [one for one in archive.namelist() if one.endswith("_Abgabe.Abgabe.0401.xml")]
        return etree.fromstring(archive.read(name))


def texts(tree: etree._Element, path: str) -> list[str]:
    return [one.text or "" for one in tree.iterfind(path, X)]


def test_the_hand_over_carries_every_document_of_the_file_by_its_id(session: Session) -> None:
    number, name, data = handed(session)
    tree = message(data)
    files = dict(file_contents(session, number, EVERY_MEMBER))

    with ZipFile(BytesIO(data)) as archive:
        by_name = {one: archive.read(one) for one in archive.namelist()}
    named = texts(tree, ".//x:Primaerdokument/x:Dateiname")
    original = texts(tree, ".//x:Primaerdokument/x:DateinameOriginal")
    assert dict(zip(original, [by_name[one] for one in named], strict=True)) == files
    assert len(by_name) == len(files) + 1
    ids = texts(tree, ".//x:Dokument/x:Identifikation/x:ID")
    assert all(one.startswith(f"{each}_") for one, each in zip(named, ids, strict=True))
    (process,) = texts(tree, "x:Kopf/x:ProzessID")
    assert name == f"{process}_Abgabe.Abgabe.0401.zip"
    assert texts(tree, ".//x:Vorgang/x:AllgemeineMetadaten/x:Kennzeichen") == [number]
    assert file_xdomea(session, number, EVERY_MEMBER) == (name, data)


def test_nobody_is_handed_the_file_of_another_member(session: Session) -> None:
    number, _, _ = handed(session)

    with pytest.raises(NotFound):
        file_xdomea(session, number, Tenant(999))


@pytest.mark.parametrize("schema", SCHEMAS, ids=[path.parent.name for path in SCHEMAS])
def test_the_message_is_valid_against_the_published_schema(session: Session, schema: Path) -> None:
    _, _, data = handed(session)

    checked = etree.XMLSchema(etree.parse(schema))
    sound = checked.validate(message(data))

    assert sound, str(checked.error_log)
