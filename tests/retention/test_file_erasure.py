"""Files after their period: proposed, released by another person, erased, and still provable."""

import json
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.archive.records import ErasedFile, StoredFile
from app.archive.store import FileState, content, file_state, keep
from app.audit.anchor_folder import AnchorFolder
from app.database.all_records import all_tables
from app.database.tenant import EVERY_MEMBER
from app.eligibility.evidence.records import EvidenceDocument
from app.frameworks.records import Framework, Lot
from app.fulfilment.records import Delivery
from app.journal.chains.verify_all import verify_all
from app.journal.file.file_xdomea import file_xdomea
from app.journal.file.file_zip import file_zip
from app.journal.file.verify_file import verify_file
from app.kernel.canonical import sha256_hex
from app.kernel.errors import Conflict, Gone, Malformed, NotAllowed
from app.kernel.unit_price import UnitPrice
from app.ordering.queries import call_off
from app.ordering.quoting.records import FreePosition
from app.retention.change_period import change_period
from app.retention.due_files import due_files
from app.retention.erase_expired import erase_expired
from app.retention.file_use import Begin
from app.retention.keep_hold import lift_hold, set_hold
from app.retention.propose_erasure import propose_erasure
from app.retention.records import ErasureItem, ErasureProposal, ErasureRelease
from app.retention.release_erasure import release_erasure
from app.retention.rules import STANDARD, Kept, Unit, cut_off
from app.retention.rules_files import cut_off_sql
from app.retention.rules_uses import every_column
from tests.support.clock import NOON
from tests.support.orders import placed, ready
from tests.support.told import mails
from tests.support.world import MONITOR, World

OPINION = b"%PDF-1.4 Stellungnahme von 2008 %%EOF"
DIGEST = sha256_hex(OPINION)
REFUSAL = "a file is erased after its period, released by two, and held by nobody"
TODAY = NOON.date()
PAPER = select(EvidenceDocument.id).where(EvidenceDocument.file_sha256 == DIGEST)
# What holds a hash or names a file elsewhere, not one of the archive.
NO_FILES = {
    "anchor",
    "api_token",
    "approval",
    "approval_link",
    "approval_path",
    "article_edit",
    "audit_event",
    "audit_stream",
    "call_off_change",
    "eligibility_decision_head",
    "eligibility_decision",
    "erased_file",
    "erasure_item",
    "idempotency_key",
    "law_proposal",
    "login_session",
    "password_reset",
    "stored_file",
    "year_file",
}


@pytest.fixture
def world(session: Session) -> World:
    """An opinion that counted until 2012: its ten years ended with 2022."""
    known = ready(session)
    _opinion(session, known, date(2012, 6, 30))
    session.flush()
    return known


def _opinion(session: Session, known: World, last: date | None) -> EvidenceDocument:
    row = EvidenceDocument(
        type="legal_opinion",
        title="Stellungnahme 2008",
        document_date=date(2008, 3, 1),
        valid_from=date(2008, 3, 1),
        valid_to=last,
        member_id=known.dessau.id,
        file_sha256=keep(session, OPINION, "application/pdf", NOON),
        file_name="Stellungnahme.pdf",
        size=len(OPINION),
        stored_at=NOON,
    )
    session.add(row)
    return row


def _released(session: Session, world: World) -> ErasureProposal:
    proposal = propose_erasure(session, [DIGEST], world.admin.id, NOON)
    release_erasure(session, proposal.id, world.legal.id, NOON, released=True)
    return proposal


def _content(session: Session, sha256: str) -> bytes:
    session.expire_all()
    return session.get_one(StoredFile, sha256).content


def test_a_file_goes_after_its_period_with_two_people_and_all_stays_provable(
    session: Session, world: World, tmp_path: Any
) -> None:
    proposal = propose_erasure(session, None, world.admin.id, NOON)
    with pytest.raises(NotAllowed, match="zweite Person"):
        release_erasure(session, proposal.id, world.admin.id, NOON, released=True)
    before = erase_expired(session, "worker", NOON, dry=False)
    release_erasure(session, proposal.id, world.legal.id, NOON, released=True)

    counted = erase_expired(session, "worker", NOON, dry=False)

    erased = {one.kind: one.erased for one in before}, {one.kind: one.erased for one in counted}
    assert [one[Kept.EVIDENCE] for one in erased] == [0, 1]
    entry = session.scalars(select(ErasedFile)).one()
    assert (entry.sha256, entry.what, entry.kept_until) == (
        DIGEST,
        "Nachweis Stellungnahme 2008",
        date(2022, 12, 31),
    )
    assert (entry.proposed_by, entry.released_by, entry.erased_at) == (
        f"person:{world.admin.id}",
        f"person:{world.legal.id}",
        NOON,
    )
    assert _content(session, DIGEST) == b""
    assert file_state(session, DIGEST) is FileState.ERASED
    with pytest.raises(Gone) as told:
        content(session, DIGEST)
    assert told.value.text == (
        "Datei nach Ablauf der Frist gelöscht am 21.11.2026 (Nachweise, 10 Jahre, so lange wie "
        f"die Entscheidung); SHA-256 {DIGEST}."
    )
    assert due_files(session, TODAY) == ()
    assert verify_all(session, AnchorFolder(tmp_path, tmp_path / "key")).findings == ()


def test_the_same_paper_handed_in_again_is_kept_again(session: Session, world: World) -> None:
    _released(session, world)
    erase_expired(session, "worker", NOON, dry=False)
    session.expire_all()

    _opinion(session, world, None)
    session.flush()

    assert _content(session, DIGEST) == OPINION
    assert file_state(session, DIGEST) is FileState.SOUND
    with pytest.raises(DBAPIError, match=REFUSAL):
        session.execute(text("UPDATE stored_file SET content = ''"))


@pytest.mark.parametrize("subject", ["all", "member:15001000", "person"])
def test_a_hold_stops_it_at_every_stage(session: Session, world: World, subject: str) -> None:
    wanted = f"person:{world.it.id}" if subject == "person" else subject

    def hold() -> int:
        return set_hold(session, wanted, "Rechtsstreit", world.admin.id, NOON).id

    first = hold()
    with pytest.raises(Malformed):
        propose_erasure(session, [DIGEST], world.admin.id, NOON)
    assert [one.held for one in due_files(session, TODAY)] == [True]
    lift_hold(session, first, "beendet", world.admin.id, NOON)
    proposal = propose_erasure(session, [DIGEST], world.admin.id, NOON)
    second = hold()
    with pytest.raises(Conflict, match="Zu 1 von 1 Dateien"):
        release_erasure(session, proposal.id, world.legal.id, NOON, released=True)
    lift_hold(session, second, "beendet", world.admin.id, NOON)
    release_erasure(session, proposal.id, world.legal.id, NOON, released=True)
    third = hold()
    held = erase_expired(session, "worker", NOON, dry=False)
    assert _content(session, DIGEST) == OPINION
    lift_hold(session, third, "beendet", world.admin.id, NOON)
    free = erase_expired(session, "worker", NOON, dry=False)

    lines = [next(one for one in run if one.kind is Kept.EVIDENCE) for run in (held, free)]
    assert [(one.held, one.erased) for one in lines] == [(1, 0), (0, 1)]
    assert _content(session, DIGEST) == b""


@pytest.mark.parametrize("kept_by", ["its own end", "another paper", "no end", "a longer period"])
def test_nothing_within_its_period_is_proposed_or_erased_even_by_plain_statements(
    session: Session, world: World, kept_by: str
) -> None:
    """Whoever forges a released list and an entry of the register still meets the guard."""
    known = session.scalars(select(EvidenceDocument).where(EvidenceDocument.file_sha256 == DIGEST))
    paper = known.one()
    if kept_by == "another paper":
        _opinion(session, world, TODAY)
    elif kept_by == "no end":
        _opinion(session, world, None)
    elif kept_by == "a longer period":
        change_period(
            session, Kept.EVIDENCE, (30, "Satzung", date(2020, 1, 1)), world.admin.id, NOON
        )
    else:
        other = keep(session, OPINION + b"2", "application/pdf", NOON)
        session.execute(
            insert(EvidenceDocument),
            {
                "type": "statutes",
                "title": "Neu",
                "document_date": TODAY,
                "valid_from": TODAY,
                "valid_to": TODAY - timedelta(days=365),
                "file_sha256": other,
                "file_name": "Neu.pdf",
                "size": len(OPINION) + 1,
                "stored_at": NOON,
            },
        )
        paper = session.scalars(
            select(EvidenceDocument).where(EvidenceDocument.file_sha256 == other)
        ).one()
    digest = paper.file_sha256
    session.flush()
    assert digest not in {one.sha256 for one in due_files(session, TODAY)}
    with pytest.raises(Malformed):
        propose_erasure(session, [digest], world.admin.id, NOON)
    item = _forged_list(session, world, digest)
    session.commit()

    for statement in (_entry(item, digest), "UPDATE stored_file SET content = ''"):
        with pytest.raises(DBAPIError, match=REFUSAL):
            session.execute(text(statement))
        session.rollback()

    assert _content(session, digest).startswith(OPINION)


ALONE = "INSERT INTO erasure_release VALUES ({list}, {admin}, true, '', {admin}, '{now}')"
SHORT = (
    "INSERT INTO retention_rule (kind, amount, basis, valid_from, recorded_at, recorded_by) "
    "VALUES ('evidence', 7, 'x', '2020-01-01', '{now}', {admin})"
)


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("UPDATE stored_file SET content = ''", REFUSAL),
        ("UPDATE stored_file SET content = 'x'", REFUSAL),
        ("UPDATE stored_file SET size = 0", "row is evidence"),
        ("DELETE FROM stored_file", "row is evidence"),
        (ALONE, "second_person"),
        (SHORT, "never shorter"),
    ],
)
def test_plain_statements_neither_erase_nor_shorten_nor_release_alone(
    session: Session, world: World, statement: str, refusal: str
) -> None:
    proposal = propose_erasure(session, [DIGEST], world.admin.id, NOON)
    session.commit()
    given = {"list": proposal.id, "admin": world.admin.id, "now": NOON.isoformat(sep=" ")}

    with pytest.raises(DBAPIError, match=refusal):
        session.execute(text(statement.format(**given)))

    session.rollback()
    assert _content(session, DIGEST) == OPINION


def _forged_list(session: Session, world: World, digest: str) -> int:
    proposal = ErasureProposal(proposed_by=world.admin.id, proposed_at=NOON)
    session.add(proposal)
    session.flush()
    item = ErasureItem(
        proposal_id=proposal.id,
        sha256=digest,
        kind=Kept.EVIDENCE,
        line="x",
        what="x",
        since=date(2000, 1, 1),
        kept_until=date(2001, 1, 1),
        size=1,
    )
    said = ErasureRelease(
        proposal_id=proposal.id,
        proposed_by=world.admin.id,
        released=True,
        decided_by=world.legal.id,
        decided_at=NOON,
    )
    session.add_all([item, said])
    session.flush()
    return item.id


def _entry(item: int, digest: str) -> str:
    return (
        "INSERT INTO erased_file (sha256, item, media_type, size, what, line, kept_until, "  # noqa: S608 - ours
        "proposed_by, released_by, released_at, erased_at) VALUES "
        f"('{digest}', {item}, 'a', 1, 'x', 'x', '2001-01-01', 'a', 'b', "
        f"'{NOON.isoformat(sep=' ')}', '{NOON.isoformat(sep=' ')}')"
    )


@pytest.mark.usefixtures("world")
def test_an_emptied_file_without_its_release_is_found(session: Session, tmp_path: Any) -> None:
    number = session.scalars(PAPER).one()
    on = " ON stored_file" if session.get_bind().dialect.name == "postgresql" else ""
    session.execute(text(f"DROP TRIGGER stored_file_in_time{on}"))
    session.execute(text(f"UPDATE stored_file SET content = '' WHERE sha256 = '{DIGEST}'"))  # noqa: S608 - ours
    session.expire_all()

    found = verify_all(session, AnchorFolder(tmp_path, tmp_path / "key")).findings

    assert found == (
        f"Nachweis Nr. {number}: Die Datei fehlt oder entspricht nicht ihrer Prüfsumme.",
        f"Datei {DIGEST}: Der Inhalt fehlt, ohne dass ihre Löschung freigegeben ist.",
    )


def test_the_whole_file_names_what_was_erased_and_still_proves(
    session: Session, world: World
) -> None:
    order = call_off(session, placed(session, world, {MONITOR: 1}), EVERY_MEMBER)
    note = b"%PDF-1.4 Lieferschein von 2014 %%EOF"
    digest = keep(session, note, "application/pdf", NOON)
    session.add(
        Delivery(
            number="LS-2014-1",
            call_off_id=order.id,
            member_id=order.member_id,
            delivered_on=date(2014, 5, 2),
            by=world.desk.id,
            at=NOON,
            note_pdf_sha256=digest,
        )
    )
    session.flush()
    proposal = propose_erasure(session, [digest], world.admin.id, NOON)
    release_erasure(session, proposal.id, world.legal.id, NOON, released=True)
    erase_expired(session, "worker", NOON, dry=False)
    session.expire_all()

    data = file_zip(session, order.number, EVERY_MEMBER)
    name, handed = file_xdomea(session, order.number, EVERY_MEMBER)

    with ZipFile(BytesIO(data)) as file:
        said = file.read("Lieferschein-LS-2014-1.pdf.geloescht.txt").decode("utf-8-sig")
        manifest = json.loads(file.read("manifest.json"))
        readme = file.read("README.txt").decode("utf-8-sig")
    assert "Datei nach Ablauf der Frist gelöscht am 21.11.2026 (Lieferscheine, 8 Jahre" in said
    assert [(one["name"], one["sha256"]) for one in manifest["erased"]] == [
        ("Lieferschein-LS-2014-1.pdf", digest)
    ]
    assert "an ihrer Stelle: wann und nach welcher Frist" in readme
    assert verify_file(BytesIO(data)).findings == ()
    assert name.endswith(".zip")
    assert handed


def test_an_offer_that_became_no_order_goes_with_its_agreement(
    session: Session, world: World
) -> None:
    """Three years after the agreement's end (§ 8 Abs. 4 VgV); one that was ordered stays on."""
    order = call_off(session, placed(session, world, {MONITOR: 1}), EVERY_MEMBER)
    lot = session.scalars(select(Lot).where(Lot.framework_id == order.framework_id)).first()
    assert lot is not None
    for number, ordered in (("FP-1", None), ("FP-2", order.number)):
        session.add(
            FreePosition(
                number=number,
                member_id=order.member_id,
                entered_by=world.it.id,
                lot_id=lot.id,
                name="Adapter",
                manufacturer="",
                quantity=1,
                unit_price=UnitPrice.euros("9.00"),
                tax_percent=19,
                delivery_days=3,
                reason="Zubehör",
                supplier="Elbtec",
                quote_number=number,
                quote_date=date(2015, 1, 2),
                quote_valid_until=date(2015, 2, 2),
                file_name="angebot.pdf",
                file_sha256=keep(session, f"%PDF {number}".encode(), "application/pdf", NOON),
                entered_at=NOON,
                ordered_as=ordered,
            )
        )
    session.flush()
    before = [one.what for one in due_files(session, TODAY)]
    ended = {"valid_from": date(2014, 1, 1), "valid_to": date(2018, 3, 1)}
    session.execute(update(Framework).where(Framework.id == order.framework_id).values(**ended))

    found = {one.what: (one.kind, one.kept_until) for one in due_files(session, TODAY)}

    assert before == ["Nachweis Stellungnahme 2008"]
    assert found.pop("Nachweis Stellungnahme 2008") == (Kept.EVIDENCE, date(2022, 12, 31))
    assert {one: found[one] for one in found if one.startswith("Nicht")} == {
        "Nicht bestelltes Angebot FP-1": (Kept.QUOTES, date(2021, 3, 1))
    }
    assert not [one for one in found if "freien Position" in one or "Abrufvermerk" in one]
    number = session.get_one(Framework, order.framework_id).number
    set_hold(session, f"framework:{number}", "Nachprüfung", world.admin.id, NOON)
    held = {one.what: one.held for one in due_files(session, TODAY)}
    assert held["Nicht bestelltes Angebot FP-1"]
    assert not held["Nachweis Stellungnahme 2008"]


def test_every_stored_file_has_its_line_or_is_kept_for_ever() -> None:
    named = {
        (table.name, column.name)
        for table in all_tables().sorted_tables
        for column in table.columns
        if "sha256" in column.name
        and column.name not in {"content_sha256", "origin_sha256"}
        and table.name not in NO_FILES
    }

    assert named == {(use.table, column) for use, column in every_column()}


@pytest.mark.parametrize(
    "rule", [one for one in STANDARD if one.unit is Unit.YEARS], ids=lambda one: one.kind
)
def test_the_databases_count_the_periods_as_the_schedule_does(session: Session, rule: Any) -> None:
    dialect: Any = session.get_bind().dialect.name

    for today in (date(2026, 1, 1), date(2026, 12, 31), date(2028, 2, 29), date(2028, 3, 1)):
        wanted = cut_off_sql(
            Begin(rule.kind, ""),
            dialect,
            f"CAST('{today}' AS date)" if dialect == "postgresql" else f"'{today}'",
        )
        assert str(session.scalar(text(f"SELECT {wanted}"))) in {
            str(cut_off(rule, today)),
            # SQLite has no 29 February in other years and counts on to March.
            str(cut_off(rule, today) + timedelta(days=1)) if today == date(2028, 2, 29) else "",
        }


def test_the_administration_proposes_and_evidence_people_release_on_their_page(
    session: Session, world: World, portal: Any
) -> None:
    session.commit()
    here = "/verwaltung/aufbewahrung/dateien"
    admin, legal = portal.signed_in(world.admin), portal.signed_in(world.legal)

    nothing = admin.post(here, {})
    listed = admin.page(here)
    admin.post(here, {"datei": DIGEST})
    own = admin.page(here)
    proposal = session.scalars(select(ErasureProposal.id)).one()
    alone = admin.post(f"{here}/{proposal}", {"urteil": "freigeben"})
    without = legal.post(f"{here}/{proposal}", {"urteil": "ablehnen"})
    long = legal.post(f"{here}/{proposal}", {"urteil": "ablehnen", f"grund-{proposal}": "g" * 301})
    legal.post(f"{here}/{proposal}", {"urteil": "freigeben"})
    waiting = admin.page(here)
    admin.post("/verwaltung/aufbewahrung/lauf", {"art": "loeschen"})
    register = admin.page(here)
    number = session.scalars(PAPER).one()
    entry = legal.page(f"/nachweise/{number}")
    gone = legal.get(f"/nachweise/{number}/datei")

    assert (nothing.status_code, alone.status_code, without.status_code) == (422, 403, 422)
    assert "Nachweis Stellungnahme 2008" in listed
    assert "Freigeben muss sie jemand anderes" in own
    assert "Bitte sagen Sie, warum die Dateien bleiben." in without.text
    assert long.status_code == 422
    for said in ("Bitte höchstens 300 Zeichen.", "g" * 301, f'id="grund-{proposal}-fehler"'):
        assert said in long.text
    assert "wartet auf den nächsten Lauf" in waiting
    assert "21.11.2026" in register
    assert "Datei gelöscht." in entry
    assert gone.status_code == 410
    assert "Datei nach Ablauf der Frist gelöscht am 21.11.2026" in gone.text


@pytest.mark.parametrize("released", [True, False], ids=["released", "refused"])
def test_the_second_person_is_told_of_a_list_and_its_proposer_what_came_of_it(
    session: Session, world: World, portal: Any, released: bool
) -> None:
    proposal = propose_erasure(session, [DIGEST], world.admin.id, NOON)
    session.commit()
    admin, legal = portal.signed_in(world.admin), portal.signed_in(world.legal)
    waits = "Löschliste wartet auf Sie"
    reminded = [waits in one.page("/") for one in (admin, legal)]
    release_erasure(session, proposal.id, world.legal.id, NOON, released=released, reason="Prozess")

    *asking, answer = [(one.recipient, str(one.subject), one.body) for one in mails(session)]

    session.commit()
    asked = f"Löschliste {proposal.id} wartet auf die zweite Person"
    decided = f"Löschliste {proposal.id} ist {'freigegeben' if released else 'abgelehnt'}"
    assert reminded == [False, True]
    assert waits not in legal.page("/")
    assert {(mail, asked in subject) for mail, subject, _ in asking} == {
        (world.legal.mail, True),
        ("nachweis@kitu.example", True),
    }
    assert (answer[0], decided in answer[1]) == (world.admin.mail, True)
    assert ("Grund: Prozess" in answer[2]) is not released
    assert decided in admin.page("/mitteilungen")
