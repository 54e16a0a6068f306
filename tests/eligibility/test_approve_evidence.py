"""Evidence counts when a second person has approved it; exceptions take two roles."""

from datetime import date, timedelta
from typing import Any, Final

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.archive.records import StoredFile
from app.archive.store import content
from app.audit.records import AuditEvent
from app.audit.verify import verify_chains
from app.database.tenant import Tenant
from app.eligibility.check_member import check_member
from app.eligibility.evidence.approve_evidence import Word, approve_evidence
from app.eligibility.evidence.ask_override import Asked, ask_override
from app.eligibility.evidence.confirm_override import confirm_override
from app.eligibility.evidence.given import Bundle, GivenDocument, GivenFact
from app.eligibility.evidence.records import (
    EvidenceOverride,
    EvidenceVerdict,
    Fact,
    OverrideRequest,
)
from app.eligibility.evidence.store_bundle import store_bundle
from app.eligibility.evidence.verify_evidence import verify_evidence
from app.eligibility.judging.excused import excuses_used
from app.eligibility.judging.snapshot import exported
from app.eligibility.judging.verify_decision import verify_decision
from app.eligibility.queries import stored_decision
from app.eligibility.records import EligibilityDecision
from app.eligibility.rules import Outcome
from app.kernel.errors import Conflict, Malformed, NotAllowed, NotFound
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.queries import call_off
from app.ordering.rules import State
from app.ordering.signing.conditions import ConditionNotAcknowledged
from app.ordering.steps.approve_call_off import Placed, approve_call_off
from app.ordering.steps.resubmit_call_off import resubmit_call_off
from app.ordering.submission import Submitted
from app.ordering.wanted import Actor, DeliverTo, Wanted
from tests.support.clock import NOON, TODAY
from tests.support.evidence import complete_evidence
from tests.support.world import ACCOUNT, NOTEBOOK, World, settled

PDF: Final = b"%PDF-1.7\nein Beschluss\n%%EOF\n"
YES: Final = Word(approved=True)
KEY: Final = "15001000"
REASON: Final = "Die Erneuerung liegt dem Rat zur Sitzung am 10.12. vor."


@pytest.fixture
def world(session: Session) -> World:
    found = settled(session)
    complete_evidence(session)
    session.commit()
    return found


def entered(
    session: Session,
    world: World,
    *,
    value: bool = True,
    begins: date = date(2026, 1, 1),
    ends: date | None = None,
) -> int:
    """An accession declaration of Dessau-Roßlau as the legal role enters it."""
    paper = GivenDocument(
        "paper",
        "accession_declaration",
        "Beitrittserklärung, erneuert",
        begins,
        begins,
        PDF,
        "application/pdf",
        "beitritt.pdf",
        valid_to=ends,
        member_key=KEY,
    )
    fact = GivenFact("member", KEY, "accession_declaration", value, begins, ref="paper")
    numbers = store_bundle(session, Bundle((paper,), (fact,)), NOON, world.legal.id)
    session.flush()
    return numbers["paper"]


def expired(session: Session, world: World, *, value: bool = True) -> int:
    """The declaration that decides today ended ten days ago; the number of its fact."""
    last = TODAY - timedelta(days=10)
    number = entered(session, world, value=value, ends=last)
    approve_evidence(session, number, YES, world.second_legal.id, NOON)
    session.commit()
    fact = session.scalar(select(Fact.id).where(Fact.evidence_document_id == number))
    assert fact is not None
    return fact


def outcome(session: Session, world: World, days: int = 0) -> Outcome:
    at = NOON + timedelta(days=days)
    return check_member(session, KEY, at, world.framework.number).assessment.outcome


def count(session: Session, record: type) -> int:
    return session.scalar(select(func.count()).select_from(record)) or 0


def test_evidence_counts_from_the_approval_of_a_second_person(
    session: Session, world: World
) -> None:
    number = entered(session, world, value=False)
    before = outcome(session, world)

    approve_evidence(session, number, YES, world.second_legal.id, NOON)

    assert before is Outcome.ELIGIBLE
    assert outcome(session, world) is Outcome.NOT_ELIGIBLE


def test_refused_evidence_never_counts(session: Session, world: World) -> None:
    number = entered(session, world, value=False)

    word = Word(approved=False, reason="Falsches Schriftstück")
    approve_evidence(session, number, word, world.second_legal.id, NOON)

    assert outcome(session, world) is Outcome.ELIGIBLE
    with pytest.raises(Conflict, match="schon entschieden"):
        approve_evidence(session, number, YES, world.second_legal.id, NOON)


def test_who_entered_evidence_cannot_approve_it(session: Session, world: World) -> None:
    number = entered(session, world)

    with pytest.raises(NotAllowed, match="zweite Person"):
        approve_evidence(session, number, YES, world.legal.id, NOON)
    with pytest.raises(Malformed, match="warum"):
        approve_evidence(session, number, Word(approved=False), world.second_legal.id, NOON)
    session.commit()

    for claimed in (world.legal.id, world.second_legal.id):
        with pytest.raises(DBAPIError):
            session.execute(
                text(
                    "INSERT INTO evidence_verdict "
                    "(document_id, entered_by, approved, reason, decided_by, decided_at) VALUES "
                    "(:number, :claimed, :yes, '', :by, :at)"
                ),
                {
                    "number": number,
                    "claimed": claimed,
                    "yes": True,
                    "by": world.legal.id,
                    "at": NOON.isoformat(sep=" "),
                },
            )
        session.rollback()
    assert count(session, EvidenceVerdict) == 0


def test_a_file_replaced_in_the_table_is_neither_approved_nor_handed_out(
    session: Session, world: World, portal: Any
) -> None:
    number = entered(session, world)
    session.commit()
    assert verify_evidence(session) == ()
    session.execute(text(dropped(session, "stored_file_in_time")))
    session.execute(
        update(StoredFile)
        .where(StoredFile.size == len(PDF))
        .values(content=PDF.replace(b"1", b"2"))
    )
    session.commit()
    second = portal.signed_in(world.second_legal)

    page = second.page(f"/nachweise/{number}")
    approved = second.post(f"/nachweise/{number}/freigabe", {"entscheidung": "ja"})

    assert verify_evidence(session) == (
        f"Nachweis Nr. {number}: Die Datei fehlt oder entspricht nicht ihrer Prüfsumme.",
    )
    assert "entspricht nicht mehr ihrer Prüfsumme" in page
    assert "Nachweis freigeben" not in page
    assert approved.status_code == 404
    assert "nicht unverändert" in approved.text
    assert second.get(f"/nachweise/{number}/datei").status_code == 404
    assert count(session, EvidenceVerdict) == 0


def dropped(session: Session, trigger: str) -> str:
    on = " ON stored_file" if session.get_bind().dialect.name == "postgresql" else ""
    return f"DROP TRIGGER {trigger}{on}"


def test_an_exception_of_two_roles_lets_expired_evidence_count_for_its_days(
    session: Session, world: World
) -> None:
    fact = expired(session, world)
    before = outcome(session, world)

    asked = ask_override(session, fact, Asked(30, REASON), world.legal.id, NOON)
    between = outcome(session, world)
    confirm_override(session, asked.id, YES, world.desk.id, NOON)

    assert (before, between) == (Outcome.EVIDENCE_EXPIRED, Outcome.EVIDENCE_EXPIRED)
    assert outcome(session, world) is Outcome.ELIGIBLE_WITH_CONDITION
    assert outcome(session, world, days=29) is Outcome.ELIGIBLE_WITH_CONDITION
    assert outcome(session, world, days=30) is Outcome.EVIDENCE_EXPIRED
    found = check_member(session, KEY, NOON, None)
    (used,) = excuses_used(found.case, found.assessment)
    assert (used.rule_id, used.excuse.reason) == ("M-03", REASON)
    assert used.excuse.last_day == TODAY + timedelta(days=29)
    (condition,) = found.assessment.conditions
    assert f"Ausnahme Nr. {asked.id} bis 20.12.2026" in condition
    assert REASON in condition
    events = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert events[-2:] == ["override_asked", "override_confirmed"]
    assert verify_chains(session).holds


def test_nobody_decides_alone_twice_or_for_longer(session: Session, world: World) -> None:
    fact = expired(session, world)

    for days in (None, 0, 31):
        with pytest.raises(Malformed, match="1 bis 30 Tage"):
            ask_override(session, fact, Asked(days, REASON), world.legal.id, NOON)
    with pytest.raises(Malformed, match="Abrufvermerk"):
        ask_override(session, fact, Asked(5, "eilig"), world.legal.id, NOON)
    asked = ask_override(session, fact, Asked(5, REASON), world.legal.id, NOON)
    with pytest.raises(Conflict, match="schon beantragt"):
        ask_override(session, fact, Asked(5, REASON), world.second_legal.id, NOON)
    with pytest.raises(NotAllowed, match="zweite Person"):
        confirm_override(session, asked.id, YES, world.legal.id, NOON)
    with pytest.raises(Malformed):
        confirm_override(session, asked.id, Word(approved=False), world.desk.id, NOON)
    confirm_override(session, asked.id, YES, world.desk.id, NOON)
    with pytest.raises(Conflict, match="schon entschieden"):
        confirm_override(session, asked.id, YES, world.desk.id, NOON)
    with pytest.raises(Conflict, match="schon eine Ausnahme"):
        ask_override(session, fact, Asked(5, REASON), world.legal.id, NOON)


def test_only_expired_evidence_is_excused_never_a_failed_rule(
    session: Session, world: World
) -> None:
    sound = session.scalar(select(Fact.id).where(Fact.key == "object_clause_covers_procurement"))
    replaced = session.scalar(
        select(Fact.id).where(Fact.scope_key == KEY, Fact.key == "accession_declaration")
    )
    assert sound is not None
    assert replaced is not None
    adverse = expired(session, world, value=False)

    assert outcome(session, world) is Outcome.NOT_ELIGIBLE
    with pytest.raises(Conflict, match="kann niemand überstimmen"):
        ask_override(session, adverse, Asked(5, REASON), world.legal.id, NOON)
    with pytest.raises(Conflict, match="nicht abgelaufen"):
        ask_override(session, sound, Asked(5, REASON), world.legal.id, NOON)
    with pytest.raises(NotFound, match="neuerer Nachweis"):
        ask_override(session, replaced, Asked(5, REASON), world.legal.id, NOON)
    assert count(session, OverrideRequest) == 0


@pytest.mark.parametrize(
    ("which", "days", "same_person"),
    [("sound", 5, False), ("adverse", 5, False), ("expired", 31, False), ("expired", 5, True)],
    ids=["not expired", "speaks against the rule", "too long", "one person alone"],
)
def test_not_even_sql_overrides_a_failed_rule(
    session: Session, world: World, which: str, days: int, *, same_person: bool
) -> None:
    fact = (
        session.scalar(select(Fact.id).where(Fact.key == "object_clause_covers_procurement"))
        if which == "sound"
        else expired(session, world, value=which == "expired")
    )
    by = world.legal.id if same_person else world.desk.id
    session.commit()

    with pytest.raises(DBAPIError):
        overridden_by_sql(session, fact or 0, days, world.legal.id, by)

    session.rollback()
    assert count(session, EvidenceOverride) == 0


def overridden_by_sql(session: Session, fact: int, days: int, asked_by: int, by: int) -> None:
    values = {
        "fact": fact,
        "days": days,
        "asked_by": asked_by,
        "by": by,
        "at": NOON.isoformat(sep=" "),
        "day": TODAY.isoformat(),
        "past": (TODAY - timedelta(days=10)).isoformat(),
        "yes": True,
    }
    session.execute(
        text(
            "INSERT INTO evidence_override_request "
            "(id, fact_id, expired_on, asked_on, days, reason, asked_by, asked_at) VALUES "
            "(77, :fact, :past, :day, :days, 'Es ist sehr eilig.', :asked_by, :at)"
        ),
        values,
    )
    session.execute(
        text(
            "INSERT INTO evidence_override (request_id, fact_id, asked_by, days, confirmed, "
            "reason, begins_on, decided_by, decided_at) VALUES "
            "(77, :fact, :asked_by, :days, :yes, '', :day, :by, :at)"
        ),
        values,
    )


def test_the_blocked_order_goes_on_after_the_exception_and_the_decision_names_it(
    session: Session, world: World
) -> None:
    fact = expired(session, world)
    number = blocked(session, world)
    asked = ask_override(session, fact, Asked(14, REASON), world.legal.id, NOON)
    confirm_override(session, asked.id, YES, world.desk.id, NOON)
    orderer, approver = (Actor(person.id, world.dessau.id) for person in (world.it, world.approver))
    tenant = Tenant(world.dessau.id)

    resubmit_call_off(session, orderer, number, tenant, NOON)
    with pytest.raises(ConditionNotAcknowledged, match="Ausnahme Nr"):
        approve_call_off(session, approver, number, tenant, NOON)
    session.commit()
    placed = approve_call_off(session, approver, number, tenant, NOON, acknowledged={"M-03"})
    session.commit()

    assert isinstance(placed, Placed)
    decision = session.get_one(EligibilityDecision, placed.recorded.id)
    stored = stored_decision(decision)
    (used,) = excuses_used(stored.case, stored.assessment)
    assert (used.excuse.number, used.excuse.confirmed_by) == (asked.id, f"person:{world.desk.id}")
    assert placed.call_off.memo_json_sha256 is not None
    memo = content(session, placed.call_off.memo_json_sha256).content.decode()
    assert f"Ausnahme Nr. {asked.id} zu Regel M-03 (Beitritt nachgewiesen)" in memo
    assert "Beantragt: recht; bestätigt: desk. Grund: " + REASON in memo
    proof = verify_decision(exported(decision.snapshot, decision.sha256))
    assert (proof.sound, proof.outcome) == (True, "eligible_with_condition")
    longer = decision.snapshot.replace("2026-12-04", "2026-12-31")
    assert not verify_decision(exported(longer, decision.sha256)).sound


def blocked(session: Session, world: World) -> str:
    wanted = Wanted(
        quantities={NOTEBOOK: 2},
        purpose="Ersatz",
        product_account=ACCOUNT,
        deliver_to=DeliverTo("IT-Lager", "Zerbster Straße 4", "06844", "Dessau-Roßlau"),
    )
    actor = Actor(world.it.id, world.dessau.id)
    taken = submit_call_off(session, actor, world.dessau.id, wanted, NOON)
    assert isinstance(taken, Submitted), taken
    assert taken.state is State.BLOCKED_EVIDENCE
    session.commit()
    return taken.number


def test_no_decision_says_eligible_over_a_failed_rule_and_no_order_rests_on_a_refusal(
    session: Session, world: World
) -> None:
    expired(session, world)
    number = blocked(session, world)
    waiting = call_off(session, number, Tenant(world.dessau.id))
    forged = {"id": waiting.submission_decision_id, "number": number}

    with pytest.raises(DBAPIError, match="only an eligible call-off is placed"):
        session.execute(
            text("UPDATE call_off SET placement_decision_id = :id WHERE number = :number"), forged
        )
    session.rollback()
    with pytest.raises(DBAPIError, match="a decision over a failed rule is not_eligible"):
        session.execute(
            text(
                "INSERT INTO eligibility_decision (public_id, member_id, position, framework_id, "
                "phase, reference_instant, outcome, snapshot, sha256, previous_sha256, decided_at)"
                " SELECT 'forged', member_id, 99, framework_id, phase, reference_instant, "
                "'eligible', "
                'replace(snapshot, \'"result":"expired"\', \'"result":"fail"\'), '
                "sha256, previous_sha256, decided_at FROM eligibility_decision WHERE id = :id"
            ),
            forged,
        )
    session.rollback()
    assert count(session, EligibilityDecision) == 1


def test_the_pages_lead_two_people_through_approval_and_exception(
    session: Session, world: World, portal: Any
) -> None:
    fact = expired(session, world)
    number = session.scalar(select(Fact.evidence_document_id).where(Fact.id == fact))
    legal, desk = portal.signed_in(world.legal), portal.signed_in(world.desk)
    page = f"/nachweise/{number}"

    refused = legal.post(f"/nachweise/angaben/{fact}/ausnahme", {f"tage-{fact}": "31"})
    long = {f"tage-{fact}": "31", f"grund-{fact}": "g" * 501}
    wordy = legal.post(f"/nachweise/angaben/{fact}/ausnahme", long)
    assert session.scalars(select(OverrideRequest)).all() == []
    sent = {f"tage-{fact}": "14", f"grund-{fact}": REASON}
    asked = legal.post(f"/nachweise/angaben/{fact}/ausnahme", sent)
    request = session.scalars(select(OverrideRequest)).one()
    own = legal.post(f"/nachweise/ausnahmen/{request.id}", {"entscheidung": "ja"})
    listed = desk.page("/nachweise")
    shown = desk.page(page)
    field = f"antwort-{request.id}"
    longer = desk.post(
        f"/nachweise/ausnahmen/{request.id}", {"entscheidung": "nein", field: "a" * 501}
    )
    confirmed = desk.post(f"/nachweise/ausnahmen/{request.id}", {"entscheidung": "ja"})

    assert refused.status_code == 422
    assert "1 bis 30 Tage" in refused.text
    assert wordy.status_code == 422
    for sentence in ("1 bis 30 Tage", "Bitte höchstens 500 Zeichen.", "g" * 501):
        assert sentence in wordy.text
    assert (longer.status_code, "a" * 501 in longer.text) == (422, True)
    assert (asked.status_code, asked.headers["location"]) == (303, page)
    assert own.status_code == 403
    assert f"Ausnahme Nr. {request.id}" in listed
    assert "Ausnahme bestätigen" in shown
    assert confirmed.status_code == 303
    assert "gilt bis 04.12.2026" in legal.page(page)
    assert outcome(session, world) is Outcome.ELIGIBLE_WITH_CONDITION


def test_whoever_approves_reads_what_the_entry_changes(
    session: Session, world: World, portal: Any
) -> None:
    number = entered(session, world, value=False)
    session.commit()

    page = portal.signed_in(world.second_legal).page(f"/nachweise/{number}")
    own = portal.signed_in(world.legal).page(f"/nachweise/{number}")

    assert "Widerspricht Nachweis Nr." in page
    assert "gilt „nein“" in page
    assert "Nachweis freigeben" in page
    assert "Nachweis freigeben" not in own
    assert "wartet auf Freigabe" in portal.signed_in(world.auditor).page(
        "/inhouse-register/15001000"
    )
