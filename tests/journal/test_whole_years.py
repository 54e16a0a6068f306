"""All files of a year: written by the worker, and proved without the portal."""

import re
from io import BytesIO
from typing import Any
from warnings import catch_warnings, simplefilter
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.jobs import LONG_JOBS
from app.database.tenant import EVERY_MEMBER
from app.journal.file.file_zip import file_zip
from app.journal.file.verify_file import NOT_A_FILE, ON_A_PAGE, TOO_MUCH, Bounds, verify_file
from app.journal.year_file.records import YearFile
from app.journal.year_file.rules import YearFileState
from app.journal.year_file.write_year_file import write_year_file
from app.kernel.canonical import sha256_hex
from app.outbox.deliver import Bench
from app.outbox.records import OutboxMessage
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.orders import confirmed, placed, ready, submitted
from tests.support.world import MONITOR, NOTEBOOK


def _changed(data: bytes, name_end: str, old: bytes, new: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(target, "w", ZIP_DEFLATED) as copy:
        for name in source.namelist():
            content = source.read(name)
            copy.writestr(name, content.replace(old, new) if name.endswith(name_end) else content)
    return target.getvalue()


def test_a_file_proves_itself_and_names_what_was_changed(session: Session) -> None:
    world = ready(session)
    found = confirmed(session, world, {NOTEBOOK: 1})
    session.commit()
    data = file_zip(session, found.number, EVERY_MEMBER)

    sound = verify_file(BytesIO(data))
    order = verify_file(BytesIO(_changed(data, "Positionen.csv", b"NB", b"XX")))
    memo = verify_file(
        BytesIO(_changed(data, f"Abrufvermerk-{found.number}.json", b"Ersatz", b"Luxus"))
    )

    assert (sound.sound, sound.decisions) == (True, 2)
    assert order.findings == ("Positionen.csv: wurde verändert, die Prüfsumme ist eine andere.",)
    name = f"Abrufvermerk-{found.number}.json"
    assert memo.findings == (
        f"{name}: wurde verändert, die Prüfsumme ist eine andere.",
        f"{name}: der Vermerk passt nicht zu seiner Prüfsumme.",
    )
    with ZipFile(BytesIO(data)) as archive:
        told = archive.read("README.txt").decode("utf-8-sig")
        assert "Anlage" not in told
        assert all(one in told for one in archive.namelist() if one != "README.txt")


def _archive(*files: tuple[str, bytes]) -> bytes:
    target = BytesIO()
    with catch_warnings(), ZipFile(target, "w", ZIP_DEFLATED) as archive:
        simplefilter("ignore")  # of a name that comes twice
        for name, content in files:
            archive.writestr(name, content)
    return target.getvalue()


NOTE = b"Notiz" * 200
LISTED = f'{{"files": [{{"name": "a.txt", "sha256": "{sha256_hex(NOTE)}"}}]}}'.encode()
TWICE = LISTED.replace(b"[{", b'[{"name": "a.txt", "sha256": "0"}, {')
UNREADABLE = "manifest.json: das Verzeichnis ist nicht lesbar."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (_archive(("a.txt", NOTE), ("manifest.json", LISTED)), ()),
        (
            _archive(("a.txt", b"falsch"), ("a.txt", NOTE), ("manifest.json", LISTED)),
            ("a.txt: kommt mehrfach vor.",),
        ),
        (
            _archive(("manifest.json", b'{"files": []}')),
            ("manifest.json: das Verzeichnis nennt keine Datei.",),
        ),
        (_archive(("a.txt", NOTE), ("manifest.json", TWICE)), (UNREADABLE,)),
        (_archive(("manifest.json", b"[" * 100_000)), (UNREADABLE,)),
        (
            _archive(("a.txt", NOTE), ("manifest.json", LISTED)).replace(
                b"\xf3\xcb/", b"\xff\xff\xff"
            ),
            (NOT_A_FILE,),
        ),
    ],
    ids=["sound", "two of a name", "empty list", "listed twice", "deep", "damaged stream"],
)
def test_a_forged_or_damaged_file_gets_a_sentence_and_never_a_crash(
    data: bytes, said: tuple[str, ...]
) -> None:
    assert verify_file(BytesIO(data)).findings == said


@pytest.mark.parametrize("bad", [b"", b"PK\x03\x04", b"kein Archiv"], ids=["empty", "cut", "text"])
def test_what_is_no_file_is_said_to_be_none(bad: bytes) -> None:
    assert verify_file(BytesIO(bad)).findings == (NOT_A_FILE,)


def test_a_file_in_a_folder_of_its_own_is_no_part_of_the_order() -> None:
    sound = (("a.txt", NOTE), ("manifest.json", LISTED))

    found = verify_file(BytesIO(_archive(*sound, ("mehr/", b""), ("mehr/b.txt", NOTE))))

    assert found.findings == ("mehr/b.txt: steht in keinem Verzeichnis.",)


@pytest.mark.parametrize(
    "bounds",
    [Bounds(150, 10_000, 9), Bounds(9_999, 1_000, 9), Bounds(9_999, 10_000, 0)],
    ids=["directory", "unpacked", "decisions"],
)
def test_what_is_too_much_for_a_page_is_not_unpacked(bounds: Bounds) -> None:
    decision = ("Inhouse-Entscheidung-1.json", b"{}")
    data = _archive(("a.txt", NOTE), decision, ("manifest.json", LISTED))

    assert verify_file(BytesIO(data), bounds).findings == (TOO_MUCH,)
    assert verify_file(BytesIO(data), ON_A_PAGE).files == 1


def test_the_auditor_proves_an_order_on_the_page(session: Session, portal: Any) -> None:
    world = ready(session)
    found = confirmed(session, world, {NOTEBOOK: 1})
    session.commit()
    data = file_zip(session, found.number, EVERY_MEMBER)
    portal.end_transaction()
    auditor = portal.signed_in(world.auditor)

    def page(content: bytes) -> str:
        sent = {"akte": ("Akte.zip", content, "application/zip")}
        return str(auditor.post("/pruefung/akte", {}, files=sent).text)

    sound, forged = page(data), page(_changed(data, "Positionen.csv", b"NB", b"XX"))
    missing = auditor.post("/pruefung/akte", {})

    assert "Unverändert: Alle Dateien" in sound
    assert re.findall(r"<dd>\s*(\d+)\s*</dd>", sound)[1:] == ["2", "2"]
    assert "Positionen.csv: wurde verändert" in forged
    assert "Nicht bewiesen" in forged
    assert NOT_A_FILE in page(b"kein Archiv")
    assert (missing.status_code, "Bitte wählen Sie die Akte" in missing.text) == (422, True)


def test_the_worker_writes_a_year_and_the_auditor_fetches_it(
    session: Session, portal: Any, database: Database
) -> None:
    world = ready(session)
    first = placed(session, world, {MONITOR: 1})
    second = submitted(session, world, {NOTEBOOK: 1})
    auditor = portal.signed_in(world.auditor)
    asked = {"mitglied": "15001000", "jahr": "2026"}

    assert auditor.post("/pruefung/ausgaben/jahr", asked).status_code == 303
    assert auditor.post("/pruefung/ausgaben/jahr", asked).status_code == 303
    for wrong in ("2027", "x"):
        refused = auditor.post("/pruefung/ausgaben/jahr", asked | {"jahr": wrong})
        assert refused.status_code == 422
    (message,) = session.scalars(select(OutboxMessage).where(OutboxMessage.name == "year_file"))
    number = session.scalars(select(YearFile.id)).one()
    assert auditor.get(f"/pruefung/ausgaben/jahr/{number}").status_code == 404
    assert "wartet" in auditor.page("/pruefung/ausgaben")
    portal.end_transaction()
    bench = Bench(database.sessions, lambda: NOON, lambda _session: None)
    for _twice in range(2):
        write_year_file(bench, number, portal.app.state.settings.file_folder)

    session.expire_all()
    done = session.get_one(YearFile, number)
    assert (done.state, done.written, done.total) == (YearFileState.DONE, 2, 2)
    answer = auditor.get(f"/pruefung/ausgaben/jahr/{number}")
    assert len(answer.content) == done.size
    found = verify_file(BytesIO(answer.content))
    assert (found.findings, found.decisions) == ((), 3)
    with ZipFile(BytesIO(answer.content)) as archive:
        names = archive.namelist()
    assert f"{first}/Abrufvermerk-{first}.pdf" in names
    assert f"{second}/Bestellung.json" in names
    assert sorted(path.name for path in portal.app.state.settings.file_folder.iterdir()) == [
        "Akten-15001000-2026.zip"
    ]
    assert portal.signed_in(world.it).get("/pruefung/ausgaben").status_code == 403
    assert message.name in LONG_JOBS
