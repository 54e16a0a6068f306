"""The chain: whoever changes the past with the rights of the database is found and named."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append, member_stream
from app.audit.records import GENESIS, AuditEvent, AuditStream
from app.audit.verify import Break, verify_chains
from app.kernel.canonical import sha256_hex
from tests.support.clock import NOON
from tests.support.databases import Database

STREAM = member_stream("15001000")
OTHER = member_stream("15003000")
CONTENT = "Der Inhalt passt nicht zur Prüfsumme."


@pytest.fixture
def chain(session: Session) -> Session:
    """Five rows of one member, two of another; the triggers stand."""
    for number in range(5):
        happening = Happening("call_off.placed", f"A-{number}", "person:1", {"net_cents": number})
        append(session, STREAM, NOON + timedelta(minutes=number), happening)
    append(
        session,
        OTHER,
        NOON,
        Happening("call_off.placed", "B-1", "person:2", {}),
        Happening("call_off.confirm", "B-1", "person:3", {"reason": "ü"}),
    )
    session.commit()
    return session


@pytest.fixture
def open_past(database: Database, chain: Session) -> Session:
    """Somebody with the rights of the owner took the guards away."""
    if database.is_sqlite:
        for name in ("audit_event_no_update", "audit_event_no_delete"):
            chain.execute(text(f"DROP TRIGGER {name}"))
        chain.commit()
        chain.execute(text("PRAGMA defer_foreign_keys=ON"))
    else:
        chain.execute(text("ALTER TABLE audit_event DISABLE TRIGGER ALL"))
        chain.execute(text("ALTER TABLE audit_stream DISABLE TRIGGER ALL"))
    return chain


def _breaks(session: Session) -> tuple[Break, ...]:
    session.flush()
    session.expire_all()
    return verify_chains(session).breaks


def test_an_untouched_chain_holds(chain: Session) -> None:
    result = verify_chains(chain)

    assert (result.holds, result.streams, result.events) == (True, 2, 7)


def test_each_row_hashes_the_row_before(chain: Session) -> None:
    rows = chain.scalars(
        select(AuditEvent).where(AuditEvent.stream == STREAM).order_by(AuditEvent.position)
    ).all()

    assert rows[0].previous_sha256 == GENESIS
    assert [row.previous_sha256 for row in rows[1:]] == [row.sha256 for row in rows[:-1]]
    first = (
        f"{GENESIS}\n{STREAM}\n1\n2026-11-21T11:00:00+00:00\n"
        'person:1\ncall_off.placed\nA-0\n{"net_cents":0}'
    )
    assert rows[0].sha256 == sha256_hex(first)
    head = chain.get_one(AuditStream, STREAM)
    assert (head.length, head.head_sha256) == (5, rows[-1].sha256)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_event SET payload = '{}' WHERE position = 2",
        "UPDATE audit_event SET at = at WHERE position = 2",
        "DELETE FROM audit_event WHERE position = 5",
        "DELETE FROM audit_event",
    ],
)
def test_the_guards_refuse_every_change(chain: Session, change: str) -> None:
    with pytest.raises(DBAPIError, match="row is evidence and stays as written"):
        chain.execute(text(change))

    chain.rollback()
    assert verify_chains(chain).holds
    assert chain.scalar(select(func.count()).select_from(AuditEvent)) == 7


@pytest.mark.parametrize(
    "part",
    [
        "payload = '{}'",
        "actor = 'person:9'",
        "action = 'call_off.cancel'",
        "subject = 'A-9'",
        "sha256 = previous_sha256",
        "previous_sha256 = sha256",
    ],
)
def test_a_changed_row_is_named(open_past: Session, part: str) -> None:
    change = f"UPDATE audit_event SET {part} WHERE stream = :stream AND position = 3"  # noqa: S608
    open_past.execute(text(change), {"stream": STREAM})

    assert _breaks(open_past) == (Break(STREAM, 3, CONTENT),)


def test_a_shifted_time_is_named(open_past: Session) -> None:
    row = open_past.scalars(select(AuditEvent).where(AuditEvent.subject == "A-1")).one()
    row.at += timedelta(seconds=1)

    assert _breaks(open_past) == (Break(STREAM, 2, CONTENT),)


def test_a_deleted_row_is_named(open_past: Session) -> None:
    open_past.execute(text("DELETE FROM audit_event WHERE subject = 'A-2'"))

    assert _breaks(open_past) == (Break(STREAM, 3, "Diese Zeile fehlt."),)


def test_a_deleted_row_stays_found_when_the_others_move_up(open_past: Session) -> None:
    open_past.execute(text("DELETE FROM audit_event WHERE subject = 'A-2'"))
    for position in (4, 5):
        open_past.execute(
            text(
                "UPDATE audit_event SET position = position - 1 "
                "WHERE stream = :stream AND position = :position"
            ),
            {"stream": STREAM, "position": position},
        )

    assert _breaks(open_past) == (
        Break(STREAM, 3, CONTENT),
        Break(STREAM, 4, CONTENT),
        Break(STREAM, 5, "Das Ende der Kette fehlt."),
    )


@pytest.mark.parametrize("kept", [4, 1, 0])
def test_a_cut_tail_is_found_by_the_head(open_past: Session, kept: int) -> None:
    open_past.execute(
        text("DELETE FROM audit_event WHERE stream = :stream AND position > :kept"),
        {"stream": STREAM, "kept": kept},
    )

    assert _breaks(open_past) == (Break(STREAM, kept + 1, "Das Ende der Kette fehlt."),)


def test_swapped_rows_are_found(open_past: Session) -> None:
    for now, then in ((2, 99), (3, 2), (99, 3)):
        open_past.execute(
            text(
                "UPDATE audit_event SET position = :then WHERE stream = :stream AND position = :now"
            ),
            {"stream": STREAM, "now": now, "then": then},
        )

    assert _breaks(open_past) == (Break(STREAM, 2, CONTENT), Break(STREAM, 3, CONTENT))


def _forged(position: int, previous: str) -> AuditEvent:
    return AuditEvent(
        stream=STREAM,
        position=position,
        at=NOON,
        actor="person:1",
        action="call_off.placed",
        subject="A-77",
        payload="{}",
        previous_sha256=previous,
        sha256="f" * 64,
    )


def test_a_row_behind_the_end_is_found(open_past: Session) -> None:
    last = open_past.get_one(AuditStream, STREAM).head_sha256
    open_past.add(_forged(6, last))

    assert _breaks(open_past) == (
        Break(STREAM, 6, CONTENT),
        Break(STREAM, 6, "Diese Zeile steht hinter dem Ende der Kette."),
    )


def test_a_row_behind_the_end_with_a_right_hash_is_found(open_past: Session) -> None:
    head = open_past.get_one(AuditStream, STREAM)
    length, digest = head.length, head.head_sha256
    append(open_past, STREAM, NOON, Happening("call_off.placed", "A-77", "person:1", {}))
    open_past.execute(
        text("UPDATE audit_stream SET length = :length, head_sha256 = :sha WHERE name = :stream"),
        {"length": length, "sha": digest, "stream": STREAM},
    )

    assert _breaks(open_past) == (Break(STREAM, 6, "Diese Zeile steht hinter dem Ende der Kette."),)


def test_a_row_in_between_is_found(open_past: Session) -> None:
    for position in (5, 4, 3):
        open_past.execute(
            text(
                "UPDATE audit_event SET position = position + 1 "
                "WHERE stream = :stream AND position = :position"
            ),
            {"stream": STREAM, "position": position},
        )
    before = open_past.scalars(
        select(AuditEvent.sha256).where(AuditEvent.stream == STREAM, AuditEvent.position == 2)
    ).one()
    open_past.add(_forged(3, before))

    assert _breaks(open_past) == (
        *(Break(STREAM, position, CONTENT) for position in (3, 4, 5, 6)),
        Break(STREAM, 6, "Diese Zeile steht hinter dem Ende der Kette."),
    )


def test_every_place_of_a_chain_is_named_and_beyond_twenty_counted(open_past: Session) -> None:
    for number in range(25):
        append(open_past, STREAM, NOON, Happening("call_off.placed", f"B-{number}", "x", {}))
    open_past.flush()
    change = "UPDATE audit_event SET actor = 'person:9' WHERE stream = :stream AND position > 2"
    open_past.execute(text(change), {"stream": STREAM})

    *named, last = _breaks(open_past)

    assert named == [Break(STREAM, position, CONTENT) for position in range(3, 23)]
    assert last == Break(STREAM, 23, "Ab hier 8 weitere Stellen dieser Kette, die nicht halten.")


def test_a_second_row_at_the_same_place_is_impossible(chain: Session) -> None:
    chain.add(_forged(3, GENESIS))

    with pytest.raises(DBAPIError):
        chain.flush()


def test_a_lost_head_is_found(open_past: Session) -> None:
    open_past.execute(text("DELETE FROM audit_stream WHERE name = :stream"), {"stream": STREAM})

    assert _breaks(open_past) == (Break(STREAM, 1, "Der Kopf dieser Kette fehlt."),)
    open_past.rollback()


def test_breaks_of_several_chains_are_all_named(open_past: Session) -> None:
    open_past.execute(text("UPDATE audit_event SET actor = 'person:9' WHERE position = 2"))

    assert [one.stream for one in _breaks(open_past)] == [STREAM, OTHER]


def test_the_cooperative_has_a_chain_of_its_own(session: Session) -> None:
    append(session, COOPERATIVE, NOON, Happening("framework.changed", "RV-1", "person:1", {}))
    session.commit()

    assert verify_chains(session).streams == 1
    assert session.get_one(AuditStream, COOPERATIVE).length == 1


def test_a_rolled_back_transaction_leaves_no_hole(chain: Session) -> None:
    append(chain, STREAM, NOON, Happening("call_off.placed", "A-5", "person:1", {}))
    chain.rollback()
    append(chain, STREAM, NOON, Happening("call_off.placed", "A-6", "person:1", {}))
    chain.commit()

    assert verify_chains(chain).holds
    assert chain.get_one(AuditStream, STREAM).length == 6
