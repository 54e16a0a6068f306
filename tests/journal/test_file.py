"""The auditor's pages and the whole file of one order."""

import csv
import json
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from pypdf import PdfReader
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.documents.sheet.word_file import DOCX
from app.eligibility.judging.verify_decision import verify_decision
from app.invoicing.records import Invoice
from app.journal.chains.seal_trail import seal_trail
from app.journal.file.file_zip import file_zip
from app.kernel.canonical import sha256_hex
from app.ordering.rules import State
from app.outbox.records import Kind, OutboxMessage
from app.outbox.rules import Fault
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.orders import confirmed, delivered, placed, ready, submitted
from tests.support.world import MONITOR, NOTEBOOK


def _unpacked(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def _rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_the_file_proves_itself_without_the_portal(session: Session) -> None:
    world = ready(session)
    found = confirmed(session, world, {NOTEBOOK: 1, MONITOR: 2})
    sent = delivered(session, world, found, (NOTEBOOK, 1, ("SN-1",)))
    session.commit()

    files = _unpacked(file_zip(session, found.number, EVERY_MEMBER))

    manifest = json.loads(files["manifest.json"])
    named = {one["name"]: one["sha256"] for one in manifest["files"]}
    assert set(named) == set(files) - {"manifest.json"}
    assert all(sha256_hex(files[name]) == digest for name, digest in named.items())
    assert files[f"Lieferschein-{sent.number}.pdf"].startswith(b"%PDF-")
    assert sha256_hex(files[f"Abrufvermerk-{found.number}.pdf"]) == found.memo_pdf_sha256
    for name in ("1-submission", "2-placement", "3-delivery"):
        decision = verify_decision(files[f"Inhouse-Entscheidung-{name}.json"])
        assert decision.sound, decision.differences
    assert f"Akte zum Abruf {found.number}" in files["README.txt"].decode()
    assert set(files["SHA256SUMS.txt"].decode().splitlines()) == {
        f"{sha256_hex(data)}  {name}"
        for name, data in files.items()
        if name not in {"SHA256SUMS.txt", "manifest.json"}
    }
    assert [row[1] for row in _rows(files["Verlauf.csv"])] == [
        "Schritt",
        "submit",
        "place",
        "confirm",
        "deliver_part",
    ]
    assert _rows(files["Verlauf.csv"])[1][2:5] == ["Entwurf", "in Genehmigung", "Mitglied"]
    noted = {row[2]: row[4] for row in _rows(files["DMS-Metadaten.csv"])[1:]}
    assert {noted[one] for one in noted if one.startswith("Lieferschein")} == {"2026-11-21"}
    assert _rows(files["Lieferungen.csv"])[1][:5] == [
        sent.number,
        "2026-11-21",
        NOTEBOOK,
        "1",
        "SN-1",
    ]
    actions = [row[3] for row in _rows(files["Protokoll.csv"])[1:]]
    assert actions[0] == "call_off.submitted"
    assert actions[-1] == "call_off.deliver_part"


def test_programs_get_the_public_memo_and_strangers_get_nothing(
    session: Session, portal: Any
) -> None:
    world = ready(session)
    number = placed(session, world, {NOTEBOOK: 1})
    session.commit()
    path = f"/api/v1/call-offs/{number}/memo-public.pdf"

    answer = portal.api(world.it).get(path)

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    said = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert number in said
    assert "Diese Fassung nennt keine Personen" in " ".join(said.split())
    assert portal.api(world.it_magdeburg).get(path).status_code == 404


def test_the_memo_to_go_on_writing_in_comes_by_page_and_by_token(
    session: Session, portal: Any
) -> None:
    world = ready(session)
    number = placed(session, world, {NOTEBOOK: 1})
    session.commit()
    page, token = f"/abrufe/{number}/vermerk.docx", f"/api/v1/call-offs/{number}/memo.docx"

    own = portal.signed_in(world.it).get(page)
    given = portal.api(world.it).get(token)

    for answer in (own, given):
        assert (answer.status_code, answer.headers["content-type"]) == (200, DOCX)
        title = Document(BytesIO(answer.content)).core_properties.title
        assert title == f"Abrufvermerk {number} – Fortschreibung"
    assert portal.signed_in(world.it_magdeburg).get(page).status_code == 404
    assert portal.api(world.it_magdeburg).get(token).status_code == 404


def test_the_same_state_gives_the_same_bytes(session: Session) -> None:
    world = ready(session)
    number = placed(session, world, {MONITOR: 1})
    session.commit()

    assert file_zip(session, number, EVERY_MEMBER) == file_zip(session, number, EVERY_MEMBER)


def test_the_file_comes_by_page_and_by_token_and_never_to_strangers(
    session: Session, portal: Any
) -> None:
    world = ready(session)
    number = placed(session, world, {MONITOR: 1})
    page, token = f"/abrufe/{number}/akte.zip", f"/api/v1/call-offs/{number}/file.zip"

    own = portal.signed_in(world.it).get(page)
    by_token = portal.api(world.auditor).get(token)

    assert own.headers["content-disposition"].startswith(f'attachment; filename="Akte-{number}')
    assert own.content == by_token.content
    assert by_token.headers["content-type"] == "application/zip"
    assert portal.signed_in(world.it_magdeburg).get(page).status_code == 404
    assert portal.api(world.it_magdeburg).get(token).status_code == 404
    assert portal.api(world.council).get(token).status_code == 403
    assert portal.api(None).get(token).status_code == 401


def test_a_file_before_approval_has_no_memo(session: Session) -> None:
    world = ready(session)
    number = submitted(session, world, {MONITOR: 1})
    session.commit()

    names = set(_unpacked(file_zip(session, number, EVERY_MEMBER)))

    assert "Inhouse-Entscheidung-1-submission.json" in names
    assert not any(name.startswith("Abrufvermerk") for name in names)


def test_the_auditor_reads_one_page_per_order(session: Session, portal: Any) -> None:
    world = ready(session)
    found = confirmed(session, world, {NOTEBOOK: 1})
    sent = delivered(session, world, found, (NOTEBOOK, 1, ("SN-1",)))
    auditor = portal.signed_in(world.auditor)

    assert found.number in auditor.page("/pruefung")
    assert found.number in auditor.page("/pruefung", q="dessau", stand=State.DELIVERED.value)
    assert found.number not in auditor.page("/pruefung", stand=State.PLACED.value)
    page = auditor.page(f"/pruefung/abrufe/{found.number}")
    for expected in (
        found.memo_pdf_sha256,
        sent.note_pdf_sha256,
        "call_off.deliver_all",
        "Empfang noch nicht bestätigt",
        "SN-1",
        "zulässig",
    ):
        assert expected in page
    paper = auditor.get(f"/pruefung/abrufe/{found.number}/dokumente/{sent.note_pdf_sha256}")
    assert sha256_hex(paper.content) == sent.note_pdf_sha256
    foreign = auditor.get(f"/pruefung/abrufe/{found.number}/dokumente/{'0' * 64}")
    assert foreign.status_code == 404


def test_the_auditor_follows_a_chain(session: Session, portal: Any) -> None:
    world = ready(session)
    number = placed(session, world, {MONITOR: 1})
    auditor = portal.signed_in(world.auditor)

    page = auditor.page("/pruefung/protokoll", kette="member:15001000")

    assert page.index("call_off.place<") < page.index("call_off.submitted<")
    assert number in page
    empty = auditor.page("/pruefung/protokoll", kette="member:15001000", q="gibt-es-nicht")
    assert "Keine Einträge." in empty
    assert auditor.get("/pruefung/protokoll", kette="member:0").status_code == 404
    assert auditor.get("/pruefung/protokoll").status_code == 422


def test_the_auditor_recomputes_all_chains(
    session: Session, portal: Any, database: Database
) -> None:
    world = ready(session)
    number = placed(session, world, {MONITOR: 1})
    auditor = portal.signed_in(world.auditor)

    seal_trail(session, portal.app.state.anchor_folder, "pruefung@stadt.example", NOON)
    assert "Noch hat niemand die Ketten nachgerechnet." in auditor.page("/pruefung/kette")
    auditor.post("/pruefung/kette", {})
    sound = auditor.page("/pruefung/kette")
    assert "Alle Ketten sind unversehrt." in sound
    assert "Der Tagesanker von heute und gestern fehlt" not in sound
    assert "decisions:15001000" in auditor.page("/pruefung/anker/1")
    assert auditor.get("/pruefung/ankerdatei").content.count(b"\n") == 1
    assert auditor.get("/pruefung/ankerschluessel").text.startswith("-----BEGIN PUBLIC KEY-----")
    mail = session.scalars(
        select(OutboxMessage).where(OutboxMessage.recipient == "pruefung@stadt.example")
    ).one()
    assert "Merkle-Wurzel" in mail.body

    if database.is_sqlite:
        session.execute(text("DROP TRIGGER audit_event_no_update"))
    else:
        session.execute(text("ALTER TABLE audit_event DISABLE TRIGGER ALL"))
    session.execute(
        text("UPDATE audit_event SET actor = 'person:9' WHERE subject = :number AND position = 2"),
        {"number": number},
    )
    auditor.post("/pruefung/kette", {})
    broken = auditor.page("/pruefung/kette")
    assert "Kette member:15001000, Eintrag 2: Der Inhalt passt nicht zur Prüfsumme." in broken


def test_refused_attempts_are_listed_with_their_decision(session: Session, portal: Any) -> None:
    world = ready(session)
    world.framework.valid_to = NOON.date().replace(year=2026, month=6)
    session.flush()
    with pytest.raises(AssertionError, match="Refused"):
        submitted(session, world, {MONITOR: 1})
    auditor = portal.signed_in(world.auditor)

    page = auditor.page("/pruefung/ablehnungen")

    assert "Stadt Dessau-Roßlau" in page
    assert "framework_not_running" in page
    address = page.split('href="/pruefung/entscheidungen/')[1].split('"')[0]
    decision = auditor.get(f"/pruefung/entscheidungen/{address}")
    assert verify_decision(decision.content).sound


def test_the_audit_is_for_the_auditor(session: Session, portal: Any) -> None:
    world = ready(session)
    number = placed(session, world, {MONITOR: 1})

    for person in (world.it, world.approver, world.council, world.desk, world.admin):
        browser = portal.signed_in(person)
        for path in (
            "/pruefung",
            "/pruefung/kette",
            "/pruefung/ablehnungen",
            "/pruefung/protokoll?kette=cooperative",
            f"/pruefung/abrufe/{number}",
        ):
            assert browser.get(path).status_code == 403, path


def test_the_administrator_sends_a_dead_message_again(session: Session, portal: Any) -> None:
    world = ready(session)
    placed(session, world, {MONITOR: 1})
    dead = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).first()
    assert dead is not None
    dead.dead_at, dead.attempts, dead.last_error = NOON, 8, Fault.REFUSED
    number, admin = dead.id, portal.signed_in(world.admin)

    page = admin.page("/verwaltung/versand", fach="gescheitert")
    assert "Der Mailserver hat diese Nachricht abgelehnt." in page
    assert "nicht erreichbar oder nimmt nichts an" not in page
    first = admin.post(f"/verwaltung/versand/{number}/erneut")
    second = admin.post(f"/verwaltung/versand/{number}/erneut")

    assert (first.status_code, second.status_code) == (303, 409)
    again = session.get_one(OutboxMessage, number)
    assert (again.dead_at, again.attempts, again.due_at) == (None, 0, NOON)
    again.dead_at = NOON
    assert "Alle erneut senden" in admin.page("/verwaltung/versand", fach="gescheitert")
    admin.post("/verwaltung/versand/erneut")
    assert (
        session.scalars(select(OutboxMessage).where(OutboxMessage.dead_at.is_not(None))).all() == []
    )
    again.kind, again.last_error = Kind.MAIL, Fault.SERVER_AWAY
    held = admin.page("/verwaltung/versand")
    assert "Der Mailserver ist nicht erreichbar oder nimmt nichts an." in held
    assert "1 E-Mail wartet auf ihn" in held
    assert portal.signed_in(world.desk).get("/verwaltung/versand").status_code == 403


def test_a_finished_order_has_its_invoice_in_the_file(session: Session, portal: Any) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 2})
    delivered(session, world, found, (MONITOR, 2, ()))
    number = found.number
    desk, member = portal.signed_in(world.desk), portal.signed_in(world.it)

    invoiced = desk.post(f"/abwicklung/{number}/rechnung")
    received = member.post(f"/abrufe/{number}/empfang")
    completed = member.post(f"/abrufe/{number}/abschliessen")

    assert [one.status_code for one in (invoiced, received, completed)] == [303, 303, 303]
    files = _unpacked(file_zip(session, number, EVERY_MEMBER))
    invoice = session.scalars(select(Invoice)).one()
    for ending, digest in (
        ("pdf", invoice.pdf_sha256),
        ("ubl.xml", invoice.ubl_sha256),
        ("cii.xml", invoice.cii_sha256),
    ):
        assert sha256_hex(files[f"Rechnung-{invoice.number}.{ending}"]) == digest
    steps = [row[1] for row in _rows(files["Verlauf.csv"])[1:]]
    assert steps == ["submit", "place", "confirm", "deliver_all", "invoice", "complete"]
    assert json.loads(files["manifest.json"])["state"] == "completed"
    page = portal.signed_in(world.auditor).page(f"/pruefung/abrufe/{number}")
    assert f"Rechnung {invoice.number} (PDF)" in page
    assert "fehlt im Archiv" not in page
