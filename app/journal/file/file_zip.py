"""The whole file of one call-off as an archive that can be checked without the portal."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy.orm import Session

from app.archive.store import content
from app.database.tenant import Tenant
from app.documents.delimited import csv_bytes
from app.documents.limiter import ONE_AT_A_TIME
from app.eligibility.judging.snapshot import exported
from app.journal.file.extras import (
    dms_list,
    evidence_list,
    market_files,
    memo_copies,
    order_json,
)
from app.journal.file.queries import CallOffFile, Paper, whole_file
from app.journal.file.readme import readme
from app.kernel.canonical import sha256_hex
from app.ordering.changing.changes_csv import changes_csv
from app.ordering.changing.seen import SIDE_WORDS
from app.ordering.memo.write_memo import VERDICTS
from app.ordering.rules import STATE_WORDS
from app.ordering.signing.path_words import role_words
from app.retention.queries import period_now
from app.retention.rules import Kept

ZIP: Final = "application/zip"
MANIFEST: Final = "manifest.json"
README: Final = "README.txt"
SUMS: Final = "SHA256SUMS.txt"


def file_zip(session: Session, number: str, tenant: Tenant) -> bytes:
    """The same state gives the same bytes. NotFound for another member's call-off."""
    files = file_contents(session, number, tenant)
    with ONE_AT_A_TIME:
        return _zipped(files)


def file_contents(session: Session, number: str, tenant: Tenant) -> list[tuple[str, bytes]]:
    """Name and bytes of everything in the file of one call-off, the manifest last."""
    return contents_of(session, whole_file(session, number, tenant))


def contents_of(session: Session, found: CallOffFile) -> list[tuple[str, bytes]]:
    """The same for a file that was gathered already."""
    files = list(_files(session, found))
    files.append((README, readme(found, [name for name, _ in files]).encode("utf-8-sig")))
    files.append((SUMS, _sums(files)))
    files.append((MANIFEST, _manifest(found, files)))
    return files


def _files(session: Session, found: CallOffFile) -> Iterator[tuple[str, bytes]]:
    for paper in found.papers:
        yield paper.exported_as, _paper(session, paper)
    yield from memo_copies(session, found)
    for at, decision in enumerate(found.decisions, 1):
        name = f"Inhouse-Entscheidung-{at}-{decision.phase}.json"
        yield name, exported(decision.snapshot, decision.sha256).encode()
    yield "Nachweise.csv", evidence_list(session, found)
    yield from market_files(session, found)
    yield "Bestellung.json", order_json(found)
    yield "Verlauf.csv", _moves(found)
    yield "Genehmigungen.csv", _verdicts(found)
    yield "Positionen.csv", _lines(found)
    yield "Lieferungen.csv", _deliveries(found)
    if found.changes:
        yield "Aenderungen.csv", changes_csv(found.changes)
    yield "Nachrichten.csv", _comments(found)
    yield "Protokoll.csv", _events(found)
    yield "DMS-Metadaten.csv", dms_list(found, period_now(session, Kept.ORDERS))


def _paper(session: Session, paper: Paper) -> bytes:
    if paper.erased:
        return f"{paper.title}\r\n{paper.erased}.\r\n".encode("utf-8-sig")
    return content(session, paper.sha256).content


def _person(found: CallOffFile, person_id: int | None) -> str:
    return "" if person_id is None else found.labels.get(person_id, f"Person {person_id}")


def _moves(found: CallOffFile) -> bytes:
    return csv_bytes(
        ("Zeitpunkt", "Schritt", "Vorher", "Nachher", "Seite", "Funktion", "Grund"),
        [
            (
                move.at.isoformat(),
                move.move.value,
                STATE_WORDS[move.left],
                STATE_WORDS[move.reached],
                SIDE_WORDS[move.side],
                _person(found, move.by),
                move.reason,
            )
            for move in found.call_off.history
        ],
    )


def _verdicts(found: CallOffFile) -> bytes:
    head = ("Zeitpunkt", "Ergebnis", "Funktion", "In Vertretung von", "Wert", "Grund", "Prüfsumme")
    return csv_bytes(
        (*head, "Schritt", "Per Link"),
        [
            (
                one.at.isoformat(),
                VERDICTS[one.verdict],
                _person(found, one.decided_by),
                _person(found, one.on_behalf_of),
                one.value.text.replace(".", ","),
                one.reason,
                one.subject_sha256,
                role_words(one, found.path),
                "ja" if one.by_link else "nein",
            )
            for one in found.verdicts
        ],
    )


def _lines(found: CallOffFile) -> bytes:
    return csv_bytes(
        (
            *("Position", "Artikel", "Name", "Menge", "Preis netto", "Netto", "Geliefert"),
            *("Storniert", "Angebot"),
        ),
        [
            (
                str(line.position),
                line.sku,
                line.name,
                str(line.quantity),
                line.unit_price.text.replace(".", ","),
                line.net.text.replace(".", ","),
                str(line.delivered),
                str(line.cancelled),
                found.quotes[line.free_position_id].words if line.free_position_id else "",
            )
            for line in found.call_off.lines
        ],
    )


def _deliveries(found: CallOffFile) -> bytes:
    head = ("Lieferschein", "Tag", "Artikel", "Menge", "Seriennummern")
    return csv_bytes(
        (*head, "Angenommen", "Beschädigt", "Fehlt", "Hinweis"),
        [
            (
                sent.delivery.number,
                sent.delivery.delivered_on.isoformat(),
                line.sku,
                str(line.quantity),
                " ".join(one.serial for one in line.serials),
                str(line.receipt.accepted) if line.receipt else "",
                str(line.receipt.damaged) if line.receipt else "",
                str(line.receipt.missing) if line.receipt else "",
                line.receipt.note if line.receipt else "",
            )
            for sent in found.deliveries
            for line in sent.lines
        ],
    )


def _comments(found: CallOffFile) -> bytes:
    return csv_bytes(
        ("Zeitpunkt", "Seite", "Funktion", "Text"),
        [
            (one.at.isoformat(), SIDE_WORDS[one.side], _person(found, one.by), one.text)
            for one in found.comments
        ],
    )


def _events(found: CallOffFile) -> bytes:
    return csv_bytes(
        ("Kette", "Nr.", "Zeitpunkt", "Vorgang", "Zu", "Inhalt", "Vorgänger", "Prüfsumme"),
        [
            (
                event.stream,
                str(event.position),
                event.at.isoformat(),
                event.action,
                event.subject,
                event.payload,
                event.previous_sha256,
                event.sha256,
            )
            for event in found.events
        ],
    )


def _sums(files: list[tuple[str, bytes]]) -> bytes:
    """As `sha256sum -c` reads it: the file can be checked without any program of ours."""
    return "".join(f"{sha256_hex(data)}  {name}\n" for name, data in files).encode()


def _manifest(found: CallOffFile, files: list[tuple[str, bytes]]) -> bytes:
    content_list: dict[str, object] = {
        "call_off": found.call_off.number,
        "member": found.member.key,
        "framework": found.framework.number,
        "state": found.call_off.state.value,
        "version": found.call_off.version,
        "chain": [
            {"stream": event.stream, "position": event.position, "sha256": event.sha256}
            for event in found.events
        ],
        "files": [
            {"name": name, "sha256": sha256_hex(data), "size": len(data)} for name, data in files
        ],
    }
    gone = [
        {"name": paper.file_name, "sha256": paper.sha256, "size": paper.size, "text": paper.erased}
        for paper in found.papers
        if paper.erased
    ]
    if gone:
        content_list["erased"] = gone
    return json.dumps(content_list, ensure_ascii=False, indent=2).encode()


def _zipped(files: list[tuple[str, bytes]]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(ZipInfo(name), data, ZIP_DEFLATED)  # ZipInfo: no clock in the bytes
    return target.getvalue()
