"""Erasure: names go when they may, holds keep them, and the past stays provable."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.accounts.open_session import open_session
from app.accounts.records import LoginSession, Person
from app.audit.anchor_folder import AnchorFolder
from app.audit.records import AuditEvent
from app.database.tenant import EVERY_MEMBER
from app.eligibility.records import EligibilityDecision
from app.journal.chains.verify_all import verify_all
from app.kernel.errors import Malformed
from app.members.people.assign_roles import Administrator
from app.members.people.set_active import set_active
from app.notices.announce import News, announce
from app.notices.records import Notice
from app.notices.rules import Event
from app.retention.change_period import change_period
from app.retention.erase_expired import erase_expired
from app.retention.keep_hold import lift_hold, set_hold
from app.retention.queries import Counted, schedule
from app.retention.records import ErasureRun, LegalHold, RetentionRule
from app.retention.rules import Kept
from tests.support.clock import NOON
from tests.support.orders import placed, ready
from tests.support.told import told
from tests.support.world import MONITOR, World

LATER = NOON + timedelta(days=732)


@pytest.fixture
def world(session: Session) -> World:
    """The orderer has placed an order, signed in once, and left two years ago."""
    known = ready(session)
    placed(session, known, {MONITOR: 1})
    open_session(session, known.it.id, "test", NOON)
    news = News(Event.ORDER_MOVED, "Abruf bestätigt", "Geheimvorhaben", "/abrufe")
    announce(session, news, [known.it.id], NOON, cause="moved")
    told(session)
    set_active(
        session, Administrator(known.admin.id, EVERY_MEMBER), known.it.id, NOON, active=False
    )
    session.flush()
    return known


def _line(counted: tuple[Counted, ...], kind: Kept) -> tuple[int, int, int]:
    one = next(one for one in counted if one.kind is kind)
    return one.due, one.held, one.erased


def _sessions(session: Session, person: Person) -> int:
    wanted = select(func.count(LoginSession.id)).where(LoginSession.person_id == person.id)
    return session.scalar(wanted) or 0


def test_a_person_who_left_becomes_a_number_and_all_stays_provable(
    session: Session, world: World, tmp_path: Any
) -> None:
    former = world.it.mail

    counted = erase_expired(session, "person:1", LATER, dry=False)

    session.flush()
    assert _line(counted, Kept.PEOPLE) == (1, 0, 1)
    assert (world.it.mail, world.it.label, world.it.password_hash) == (
        f"nutzer-{world.it.id}@entfernt.invalid",
        f"Nutzer {world.it.id}",
        None,
    )
    assert _sessions(session, world.it) == 0
    assert _line(counted, Kept.NOTICES)[2] >= 1
    assert session.scalars(select(Notice).where(Notice.person_id == world.it.id)).all() == []
    assert verify_all(session, AnchorFolder(tmp_path, tmp_path / "key")).holds
    snapshots = session.scalars(select(EligibilityDecision.snapshot)).all()
    payloads = session.scalars(select(AuditEvent.payload)).all()
    assert snapshots
    assert not [one for one in (*snapshots, *payloads) if former in one]
    actors = session.scalars(select(AuditEvent.actor).distinct()).all()
    assert f"person:{world.it.id}" in actors


def test_a_dry_run_counts_the_same_and_changes_nothing(session: Session, world: World) -> None:
    counted = erase_expired(session, "person:1", LATER, dry=True)

    assert _line(counted, Kept.PEOPLE) == (1, 0, 0)
    assert _line(counted, Kept.SESSIONS) == (1, 0, 0)
    assert world.it.mail == "it@dessau-rosslau.example"
    assert _sessions(session, world.it) == 1
    run = session.scalars(select(ErasureRun)).one()
    assert (run.dry, json.loads(run.counted)[-1]["due"]) == (True, 1)


@pytest.mark.parametrize("subject", ["all", "member:15001000", "person"])
def test_a_hold_keeps_what_would_go_until_it_is_lifted(
    session: Session, world: World, subject: str
) -> None:
    wanted = f"person:{world.it.id}" if subject == "person" else subject
    hold = set_hold(session, wanted, "Steuerprüfung", world.admin.id, NOON)

    held = erase_expired(session, "person:1", LATER, dry=False)
    lift_hold(session, hold.id, "Prüfung beendet", world.admin.id, LATER)
    free = erase_expired(session, "person:1", LATER, dry=False)

    assert _line(held, Kept.PEOPLE) == (1, 1, 0)
    assert _line(held, Kept.SESSIONS) == (1, 1, 0)
    assert _line(free, Kept.PEOPLE) == (1, 0, 1)
    actions = session.scalars(
        select(AuditEvent.action).where(AuditEvent.subject == f"hold:{hold.id}")
    ).all()
    assert sorted(actions) == ["hold_lifted", "hold_set"]


@pytest.mark.usefixtures("world")
def test_vouchers_are_counted_and_never_deleted(session: Session) -> None:
    late = NOON.replace(year=2038)

    counted = erase_expired(session, "person:1", late, dry=False)

    assert _line(counted, Kept.ORDERS) == (1, 0, 0)
    assert session.scalar(select(func.count()).select_from(EligibilityDecision))


def test_nobody_is_erased_a_day_too_early_or_while_active(session: Session, world: World) -> None:
    early = erase_expired(session, "person:1", NOON + timedelta(days=731), dry=True)
    set_active(session, Administrator(world.admin.id, EVERY_MEMBER), world.it.id, NOON, active=True)
    active = erase_expired(session, "person:1", LATER, dry=True)

    assert _line(early, Kept.PEOPLE)[0] == 0
    assert _line(active, Kept.PEOPLE)[0] == 0


def test_a_period_may_grow_and_never_falls_below_the_law(session: Session, world: World) -> None:
    today = NOON.date()

    with pytest.raises(Malformed, match="muss mindestens 8 Jahre betragen"):
        change_period(session, Kept.INVOICES, (7, "Wunsch", today), world.admin.id, NOON)
    with pytest.raises(Malformed, match=r"darf höchstens 3\.650 Jahre betragen"):
        change_period(session, Kept.INVOICES, (9_999, "Wunsch", today), world.admin.id, NOON)
    change_period(session, Kept.INVOICES, (10, "KomKBVO", today), world.admin.id, NOON)

    rules = {rule.kind: rule.period for rule in schedule(session, today)}
    assert rules[Kept.INVOICES] == "10 Jahre"
    assert {rule.kind: rule.period for rule in schedule(session, today - timedelta(days=1))}[
        Kept.INVOICES
    ] == "8 Jahre"


@pytest.mark.usefixtures("world")
def test_the_log_of_runs_cannot_be_changed(session: Session) -> None:
    erase_expired(session, "person:1", LATER, dry=True)
    session.commit()

    with pytest.raises(DBAPIError, match="row is evidence and stays as written"):
        session.execute(text("DELETE FROM erasure_run"))


def test_everybody_takes_the_own_data_away_and_sees_no_secret(
    session: Session, world: World, portal: Any
) -> None:
    session.commit()
    browser = portal.signed_in(world.approver)

    page = browser.page("/konto/auskunft")
    answer = browser.get("/konto/auskunft.zip")

    with ZipFile(BytesIO(answer.content)) as file:
        said = json.loads(file.read("Auskunft.json"))
    assert said["person"]["mail"] == "freigabe@dessau-rosslau.example"
    tables = {(one["table"], one["as"]) for one in said["records"]}
    assert {("role_assignment", "person_id"), ("call_off", "approved_by")} <= tables
    assert "Abrufe" in page
    assert not [word for word in ("token_sha256", "password_hash", "csrf") if word in str(said)]
    assert (
        portal.signed_in(world.member_admin)
        .get(f"/verwaltung/personen/{world.it_magdeburg.id}/auskunft.zip")
        .status_code
        == 404
    )


def test_the_administration_runs_the_schedule_on_its_page(
    session: Session, world: World, portal: Any
) -> None:
    session.commit()
    portal.clock.now = LATER
    admin = portal.signed_in(world.admin)

    refused = admin.post("/verwaltung/aufbewahrung/sperren", {"subject": "alles", "reason": ""})
    admin.post("/verwaltung/aufbewahrung/lauf", {"art": "zaehlen"})
    counted = admin.page("/verwaltung/aufbewahrung")
    admin.post("/verwaltung/aufbewahrung/lauf", {"art": "loeschen"})
    held = {"subject": "Mitglied 15003000", "reason": "Steuerprüfung"}
    assert admin.post("/verwaltung/aufbewahrung/sperren", held).status_code == 303
    session.expire_all()

    assert session.scalars(select(LegalHold.subject)).all() == ["member:15003000"]
    assert "Mitglied 15003000" in admin.page("/verwaltung/aufbewahrung")
    assert refused.status_code == 422
    assert "Bitte nennen Sie den Grund." in refused.text
    assert "Probelauf" in counted
    assert world.it.label == f"Nutzer {world.it.id}"


def test_a_reason_that_is_too_long_is_refused_at_its_field_and_stays_typed(
    session: Session, world: World, portal: Any
) -> None:
    session.commit()
    here = "/verwaltung/aufbewahrung"
    admin = portal.signed_in(world.admin)
    rules = session.scalar(select(func.count()).select_from(RetentionRule))
    admin.post(f"{here}/sperren", {"subject": "alles", "reason": "Steuerprüfung"})
    number = session.scalars(select(LegalHold.id)).one()
    typed = {
        "fristen": {"kind": "people", "amount": "90", "basis": "b" * 201},
        "sperren": {"subject": "Mitglied 15003000", "reason": "r" * 301},
        f"sperren/{number}/aufheben": {f"lift_reason-{number}": "l" * 301},
    }

    for path, sent in typed.items():
        answer = admin.post(f"{here}/{path}", sent)
        field, text = list(sent.items())[-1]
        assert answer.status_code == 422
        assert f"Bitte höchstens {len(text) - 1} Zeichen." in answer.text
        assert f'id="{field}-fehler"' in answer.text
        assert f'value="{text}"' in answer.text

    session.expire_all()
    hold = session.scalars(select(LegalHold)).one()
    assert (hold.subject, hold.lifted_at) == ("all", None)
    assert session.scalar(select(func.count()).select_from(RetentionRule)) == rules
    lifted = admin.post(f"{here}/sperren/{number}/aufheben", {f"lift_reason-{number}": "Beendet"})
    assert lifted.status_code == 303
    session.expire_all()
    assert session.scalars(select(LegalHold.lift_reason)).all() == ["Beendet"]
