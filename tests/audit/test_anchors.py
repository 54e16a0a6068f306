"""The anchor outside the database: even who rewrites all chains with right hashes is found."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.audit.anchor_folder import AnchorFolder
from app.audit.append import Happening, append, chained, member_stream
from app.audit.check_anchors import check_anchors
from app.audit.merkle import Head, merkle_root
from app.audit.note_access import ACCESS, note_access
from app.audit.records import AuditEvent, AuditStream
from app.audit.seal_day import seal_day
from app.audit.verify import Break, verify_chains
from app.kernel.canonical import sha256_hex
from tests.support.clock import NOON
from tests.support.databases import Database

STREAM = member_stream("15001000")
OTHER = member_stream("15003000")
DAY = timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> AnchorFolder:
    return AnchorFolder(tmp_path / "anchors", tmp_path / "anchor-key.pem")


@pytest.fixture
def sealed(session: Session, database: Database, folder: AnchorFolder) -> Session:
    """Three rows sealed on the first day, five on the second; then the guards are taken away."""
    for at, numbers in ((NOON, (0, 1, 2)), (NOON + DAY, (3, 4))):
        for number in numbers:
            happening = Happening("call_off.placed", f"A-{number}", "person:1", {"cents": number})
            append(session, STREAM, at, happening)
        append(session, OTHER, at, Happening("call_off.placed", "B", "person:2", {}))
        seal_day(session, folder, (), at)
        session.commit()
    if database.is_sqlite:
        for table in ("audit_event", "audit_anchor"):
            for verb in ("update", "delete"):
                session.execute(text(f"DROP TRIGGER {table}_no_{verb}"))
        session.commit()
    else:
        for table in ("audit_event", "audit_stream", "audit_anchor"):
            session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
    return session


def _found(session: Session, folder: AnchorFolder) -> tuple[Break, ...]:
    session.flush()
    session.expire_all()
    return verify_chains(session, check_anchors(session, folder).witnesses).breaks


def _rewritten(session: Session, keep: int, change: Callable[[AuditEvent], None]) -> None:
    """The attack that hashes alone never find: every row and the head are computed anew."""
    rows = session.scalars(
        select(AuditEvent).where(AuditEvent.stream == STREAM).order_by(AuditEvent.position)
    ).all()
    previous, length = "0" * 64, 0
    for row in rows:
        if row.position > keep:
            session.delete(row)
            continue
        change(row)
        what = Happening(row.action, row.subject, row.actor, {})
        row.previous_sha256 = previous
        row.sha256 = chained(previous, STREAM, row.position, row.at, what, row.payload)
        previous, length = row.sha256, row.position
    head = session.get_one(AuditStream, STREAM)
    head.length, head.head_sha256 = length, previous
    session.flush()


def test_untouched_chains_agree_with_their_anchors(sealed: Session, folder: AnchorFolder) -> None:
    anchored = check_anchors(sealed, folder)

    assert (anchored.faults, [one.rows for one in anchored.anchors]) == ((), [4, 7])
    assert _found(sealed, folder) == ()


def test_a_chain_written_anew_is_found_between_two_anchors(
    sealed: Session, folder: AnchorFolder
) -> None:
    def change(row: AuditEvent) -> None:
        if row.position == 4:
            row.actor = "person:9"

    _rewritten(sealed, 5, change)

    assert verify_chains(sealed).holds
    assert _found(sealed, folder) == (
        Break(
            STREAM,
            5,
            "Der Anker vom 22.11.2026 nennt hier eine andere Prüfsumme: "
            "ab Zeile 4 wurde die Kette neu geschrieben.",
        ),
    )


def test_a_cut_tail_with_a_right_head_is_found(sealed: Session, folder: AnchorFolder) -> None:
    def change_nothing(_row: AuditEvent) -> None:
        return

    _rewritten(sealed, 4, change_nothing)

    assert verify_chains(sealed).holds
    assert _found(sealed, folder) == (
        Break(STREAM, 5, "Das Ende der Kette fehlt: der Anker vom 22.11.2026 nennt 5 Zeilen."),
    )


def test_a_chain_that_vanished_is_found(sealed: Session, folder: AnchorFolder) -> None:
    sealed.execute(text("DELETE FROM audit_event WHERE stream = :name"), {"name": OTHER})
    sealed.execute(text("DELETE FROM audit_stream WHERE name = :name"), {"name": OTHER})

    assert verify_chains(sealed).holds
    assert _found(sealed, folder) == (
        Break(OTHER, 1, "Diese Kette fehlt; der Anker vom 22.11.2026 nennt 2 Zeilen."),
    )


def test_what_came_after_the_last_anchor_needs_none(sealed: Session, folder: AnchorFolder) -> None:
    append(sealed, STREAM, NOON + DAY, Happening("call_off.placed", "A-5", "person:1", {}))

    assert _found(sealed, folder) == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda lines: lines[:1], "Anker 2 fehlt in der Ankerdatei."),
        (
            lambda lines: [lines[0].replace('"number":1', '"number":7'), lines[1]],
            "Anker 7: Die Signatur passt nicht zum Inhalt.",
        ),
        (
            lambda lines: [lines[0].replace(OTHER, "member:1"), lines[1]],
            "Anker 1: Die Merkle-Wurzel passt nicht zu den Ketten, die der Anker nennt.",
        ),
        (lambda lines: ["{}", lines[1]], "Anker 1: Diese Zeile ist kein lesbarer Anker."),
        (lambda lines: [lines[1]], "Anker 2: Der Anker schließt nicht an Anker 0 an."),
    ],
    ids=["shortened", "renumbered", "other-chain", "unreadable", "first-removed"],
)
def test_a_changed_anchor_file_is_found(
    sealed: Session, folder: AnchorFolder, change: Callable[[list[str]], list[str]], fault: str
) -> None:
    folder.file.write_text("".join(f"{line}\n" for line in change(folder.lines())))

    assert fault in check_anchors(sealed, folder).faults


def test_anchors_of_another_key_prove_nothing(
    sealed: Session, folder: AnchorFolder, tmp_path: Path
) -> None:
    for file in folder.folder.glob("*.pub.pem"):
        file.unlink()
    AnchorFolder(folder.folder, tmp_path / "other.pem").private_key()

    faults = check_anchors(sealed, folder).faults

    assert faults[0] == "Anker 1: Zu diesem Anker fehlt der öffentliche Schlüssel."


def test_an_anchor_deleted_in_the_database_is_found(sealed: Session, folder: AnchorFolder) -> None:
    sealed.execute(text("DELETE FROM audit_anchor WHERE number = 2"))

    assert check_anchors(sealed, folder).faults == (
        "Anker 2 fehlt in der Datenbank: sie ist älter als dieser Anker, oder er wurde gelöscht.",
    )


def test_a_day_is_sealed_once_and_a_lost_commit_is_taken_over(
    session: Session, folder: AnchorFolder
) -> None:
    append(session, STREAM, NOON, Happening("call_off.placed", "A-1", "person:1", {}))
    session.commit()
    first, new = seal_day(session, folder, (), NOON)
    session.rollback()

    again, newer = seal_day(session, folder, (), NOON + timedelta(hours=3))
    session.commit()

    assert (new, newer, again) == (True, False, first)
    assert len(folder.lines()) == 1
    assert check_anchors(session, folder).faults == ()
    assert oct(folder.key_file.stat().st_mode & 0o777) == "0o600"


def test_chains_kept_elsewhere_are_sealed_with_the_others(
    session: Session, folder: AnchorFolder
) -> None:
    anchor, _ = seal_day(session, folder, (Head("decisions:15001000", 3, "a" * 64),), NOON)

    assert json.loads(folder.lines()[0])["heads"] == [["decisions:15001000", 3, "a" * 64]]
    assert anchor.rows == 3


def test_reading_evidence_is_a_row_of_its_own_chain(session: Session) -> None:
    note_access(session, NOON, "person:7", "evidence:12", "b" * 64)

    row = session.scalars(select(AuditEvent).where(AuditEvent.stream == ACCESS)).one()
    assert (row.action, row.subject, row.actor) == ("evidence_read", "evidence:12", "person:7")
    assert row.payload == f'{{"sha256":"{"b" * 64}"}}'


@pytest.mark.parametrize("count", range(6))
def test_the_root_depends_on_every_chain_and_on_no_order(count: int) -> None:
    heads = [Head(f"member:{number}", number, sha256_hex(str(number))) for number in range(count)]

    assert merkle_root(heads) == merkle_root(reversed(heads))
    for at in range(count):
        others = [*heads[:at], *heads[at + 1 :]]
        assert merkle_root(others) != merkle_root(heads)
        assert merkle_root([*heads, heads[at]]) != merkle_root(heads)
