"""Papers without a last day, and files that nothing uses: when they may go all the same."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from app.archive.records import StoredFile
from app.archive.store import FileState, file_state
from app.eligibility.evidence.records import EvidenceDocument, EvidenceVerdict, Fact, Turnover
from app.kernel.canonical import sha256_hex
from app.kernel.errors import Malformed
from app.kernel.money import Money
from app.members.records import Membership
from app.retention.due_files import due_files
from app.retention.erase_expired import erase_expired
from app.retention.keep_hold import set_hold
from app.retention.propose_erasure import propose_erasure
from app.retention.release_erasure import release_erasure
from app.retention.rules import Kept
from tests.support.clock import NOON
from tests.support.orders import ready
from tests.support.world import World

TODAY = NOON.date()


@pytest.fixture
def world(session: Session) -> World:
    return ready(session)


@pytest.mark.parametrize(
    ("became", "what", "until"),
    [
        ("refused", "Abgelehnter Nachweis", date(2022, 12, 31)),
        ("replaced", "Ersetzter Nachweis", date(2023, 12, 31)),
        ("of a former member", "Nachweis eines früheren Mitglieds", date(2021, 12, 31)),
        ("waiting for its replacement", None, None),
        ("proof of a turnover", None, None),
    ],
)
def test_a_paper_without_an_end_goes_after_it_stopped_counting(
    session: Session, world: World, became: str, what: str | None, until: date | None
) -> None:
    session.execute(insert(StoredFile), _stored(b"ohne Ende"))
    paper = _paper(session, world, became)
    _stops_counting(session, world, paper, became)
    session.flush()

    due = {one.sha256: one for one in due_files(session, TODAY)}
    found = due.get(paper.file_sha256)

    assert (found and found.what, found and found.kept_until) == (what and f"{what} Alt", until)
    counted = {one.kind: one.due for one in erase_expired(session, "system", NOON, dry=True)}
    assert counted[Kept.EVIDENCE] == sum(one.kind is Kept.EVIDENCE for one in due.values())
    assert bool(counted[Kept.EVIDENCE]) is bool(what)
    if what:
        set_hold(session, "all", "Prozess", world.admin.id, NOON)
        with pytest.raises(Malformed):
            propose_erasure(session, [paper.file_sha256], world.admin.id, NOON)


def _stored(content: bytes) -> dict[str, object]:
    return {
        "sha256": sha256_hex(content),
        "media_type": "application/pdf",
        "size": len(content),
        "content": content,
        "stored_at": NOON - timedelta(days=91),
    }


def _paper(session: Session, world: World, became: str) -> EvidenceDocument:
    row = EvidenceDocument(
        type="statutes",
        title="Alt",
        document_date=date(2008, 3, 1),
        valid_from=date(2008, 3, 1),
        member_id=world.dessau.id if became == "of a former member" else None,
        file_sha256=sha256_hex(b"ohne Ende"),
        file_name="Alt.pdf",
        size=9,
        stored_at=NOON,
        stored_by=world.legal.id,
        approval_needed=became == "refused",
    )
    session.add(row)
    session.flush()
    return row


def _fact(paper: EvidenceDocument | None, since: date) -> Fact:
    return Fact(
        key="object_clause",
        scope_type="cooperative",
        scope_key="",
        value="true",
        valid_from=since,
        evidence_document_id=paper.id if paper else None,
        asserted_at=datetime(since.year, 6, 1, tzinfo=UTC),
    )


def _stops_counting(session: Session, world: World, paper: EvidenceDocument, became: str) -> None:
    match became:
        case "refused":
            session.add(
                EvidenceVerdict(
                    document_id=paper.id,
                    entered_by=world.legal.id,
                    approved=False,
                    reason="falsch",
                    decided_by=world.admin.id,
                    decided_at=datetime(2012, 5, 1, tzinfo=UTC),
                )
            )
        case "of a former member":
            ended = {"effective_from": date(2009, 1, 1), "effective_to": date(2011, 12, 31)}
            mine = Membership.member_id == world.dessau.id
            session.execute(update(Membership).where(mine).values(**ended))
        case _:
            session.add(_fact(paper, date(2008, 3, 1)))
            if became != "waiting for its replacement":
                session.add_all([_fact(None, date(2013, 1, 1)), _fact(None, date(2020, 1, 1))])
            if became == "proof of a turnover":
                session.add(_turnover(paper))


def _turnover(paper: EvidenceDocument) -> Turnover:
    none = Money(0)
    return Turnover(
        body="cooperative",
        fiscal_year=2007,
        total=none,
        members=none,
        nonmembers_public=none,
        private=none,
        grants=none,
        evidence_document_id=paper.id,
        recorded_at=NOON,
    )


def test_a_file_that_nothing_uses_is_proposed_after_ninety_days(
    session: Session, world: World
) -> None:
    young = _stored(b"jung") | {"stored_at": NOON - timedelta(days=90)}
    session.execute(insert(StoredFile), [_stored(b"alt"), young])

    found = [one for one in due_files(session, TODAY) if one.kind is Kept.UNUSED]

    assert [(one.sha256, one.what) for one in found] == [
        (sha256_hex(b"alt"), "Datei ohne Verwendung")
    ]
    proposal = propose_erasure(session, [found[0].sha256], world.admin.id, NOON)
    release_erasure(session, proposal.id, world.legal.id, NOON, released=True)
    counted = erase_expired(session, "worker", NOON, dry=False)
    line = next(one for one in counted if one.kind is Kept.UNUSED)
    assert (line.due, line.erased) == (0, 1)
    assert file_state(session, sha256_hex(b"alt")) is FileState.ERASED
