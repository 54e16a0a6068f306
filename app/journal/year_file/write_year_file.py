"""Writing all files of a member's year: order by order, so memory holds one order at a time."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database.engine import reading
from app.database.tenant import Tenant
from app.documents.delimited import csv_bytes
from app.journal.file.file_zip import file_contents
from app.journal.year_file.records import YearFile
from app.journal.year_file.rules import YearFileState, file_name
from app.kernel.legal_day import legal_day, start_of_day
from app.members.records import Member
from app.ordering.records import CallOff
from app.ordering.rules import STATE_WORDS
from app.outbox.deliver import Bench

BLOCK: Final = 1 << 20
EVERY: Final = 5  # orders between two notes of progress
README: Final = """Akten eines Jahres

Je Abruf ein Ordner mit allen Unterlagen, einer README.txt und einem manifest.json.
Verzeichnis.csv nennt alle Abrufe mit Wert und Stand.

Alles auf einmal prüfen, ohne Datenbank und ohne Netz:
    kitu file verify DATEI.zip
"""


def write_year_file(bench: Bench, number: int, folder: Path) -> None:
    """Readers and writers go on meanwhile; begun again after a crash it starts from nothing."""
    with bench.sessions.begin() as session:
        asked = session.get_one(YearFile, number)
        if asked.state is YearFileState.DONE:
            return
        member = session.get_one(Member, asked.member_id)
        target = folder / file_name(member.key, asked.year)
        orders = _orders(session, member.id, asked.year)
        asked.state, asked.written, asked.total = YearFileState.RUNNING, 0, len(orders)
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f".{number}.partial"
    try:
        with ZipFile(partial, "w", ZIP_DEFLATED) as archive:
            archive.writestr(ZipInfo("README.txt"), README.replace("\n", "\r\n"), ZIP_DEFLATED)
            archive.writestr(ZipInfo("Verzeichnis.csv"), _list(orders), ZIP_DEFLATED)
            for written in _fill(bench, archive, orders):
                _note(bench, number, written)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    with bench.sessions.begin() as session:
        asked = session.get_one(YearFile, number)
        asked.state, asked.written = YearFileState.DONE, asked.total
        asked.size, asked.sha256 = target.stat().st_size, _sha256(target)
        asked.finished_at = bench.clock()


def _orders(session: Session, member_id: int, year: int) -> list[CallOff]:
    """Submitted in the year as Germany counts it, the oldest first."""
    return list(
        session.scalars(
            select(CallOff)
            .where(
                CallOff.member_id == member_id,
                CallOff.submitted_at >= start_of_day(date(year, 1, 1)),
                CallOff.submitted_at < start_of_day(date(year + 1, 1, 1)),
            )
            .order_by(CallOff.submitted_at, CallOff.id)
        )
    )


def _fill(bench: Bench, archive: ZipFile, orders: list[CallOff]) -> Iterator[int]:
    """A session for each order that only reads; what it held is forgotten with it."""
    for at, order in enumerate(orders, 1):
        with bench.sessions(bind=reading(bench.sessions)) as session:
            for name, data in file_contents(session, order.number, Tenant(order.member_id)):
                archive.writestr(ZipInfo(f"{order.number}/{name}"), data, ZIP_DEFLATED)
        if at % EVERY == 0:
            yield at


def _note(bench: Bench, number: int, written: int) -> None:
    with bench.sessions.begin() as session:
        bench.stay(session)
        session.get_one(YearFile, number).written = written


def _list(orders: list[CallOff]) -> bytes:
    return csv_bytes(
        ("Abruf", "Eingereicht", "Stand", "Netto", "Brutto", "Ordner"),
        [
            (
                order.number,
                legal_day(order.submitted_at).isoformat(),
                STATE_WORDS[order.state],
                order.net.text.replace(".", ","),
                order.gross.text.replace(".", ","),
                f"{order.number}/",
            )
            for order in orders
        ],
    )


def _sha256(file: Path) -> str:
    digest = sha256()
    with file.open("rb") as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
