from datetime import date, timedelta
from typing import Any, Final

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.audit.records import AuditEvent
from app.eligibility.check_member import check_member
from app.eligibility.deciding.record_decision import record_decision
from app.eligibility.evidence.approve_evidence import Word, approve_evidence
from app.eligibility.evidence.counting import turnover_before
from app.eligibility.evidence.records import EvidenceDocument, EvidenceVerdict, Fact, Turnover
from app.eligibility.rules import Outcome
from app.kernel.canonical import sha256_hex
from app.kernel.money import Money
from app.members.records import Member, Membership
from app.members.rules import BodyKind
from tests.support.clock import NOON, TODAY
from tests.support.evidence import complete_evidence
from tests.support.world import World, body, settled

PDF: Final = b"%PDF-1.7\nein Beschluss\n%%EOF\n"


@pytest.fixture
def world(session: Session) -> World:
    settled_world = settled(session)
    complete_evidence(session)
    return settled_world


def town(session: Session, key: str, name: str) -> Member:
    facts = {
        "key": key,
        "name": name,
        "body_kind": BodyKind.EINHEITSGEMEINDE,
        "contracting_authority_basis": "§ 99 Nr. 1 GWB",
        "street": "Markt 1",
        "postal_code": "39000",
        "city": name,
    }
    return body(session, facts, member_since=date(2022, 1, 1))


def decided(session: Session, member: Member, framework: str) -> str:
    found = check_member(session, member.key, NOON, framework)
    return record_decision(session, found, NOON).public_id


def form(**changes: str) -> dict[str, str]:
    filled = {
        "aussage": "member/council_resolution",
        "bezug": "15001000",
        "wert": "ja",
        "art": "council_resolution",
        "titel": "Beschluss BV/353/2023",
        "datum": "2024-03-13",
    }
    return filled | changes


def handed(content: bytes = PDF, name: str = "beschluss.pdf") -> dict[str, Any]:
    return {"datei": (name, content, "application/pdf")}


def documents(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(EvidenceDocument)) or 0


def test_the_register_shows_the_most_urgent_member_first(
    session: Session, world: World, portal: Any
) -> None:
    town(session, "15999001", "Ohnenachweis")
    session.execute(
        update(Membership)
        .where(Membership.member_id == world.magdeburg.id)
        .values(effective_to=TODAY - timedelta(days=1))
    )

    page = portal.signed_in(world.legal).page("/inhouse-register")

    places = [page.index(name) for name in ("Landeshauptstadt Magdeburg", "Ohnenachweis")]
    assert places == sorted(places)
    assert page.index("Ohnenachweis") < page.index("Stadt Dessau-Roßlau")
    assert "Die Mitgliedschaft endete mit Ablauf des 20.11.2026." in page
    assert "2 wirksame Mitgliedschaften" in page


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ({"stand": "zulaessig"}, "Stadt Dessau-Roßlau", "Ohnenachweis"),
        ({"stand": "abgelaufen"}, "Ohnenachweis", "Stadt Dessau-Roßlau"),
        ({"q": "rosslau"}, "Stadt Dessau-Roßlau", "Ohnenachweis"),
        ({"q": "15999001"}, "Ohnenachweis", "Stadt Dessau-Roßlau"),
    ],
)
def test_the_register_filters_and_searches(
    session: Session, world: World, portal: Any, query: dict[str, str], shown: str, hidden: str
) -> None:
    town(session, "15999001", "Ohnenachweis")

    page = portal.signed_in(world.auditor).page("/inhouse-register", **query)

    assert shown in page
    assert hidden not in page


def test_the_register_says_when_nobody_is_found(world: World, portal: Any) -> None:
    page = portal.signed_in(world.legal).page("/inhouse-register", q="Atlantis")

    assert "Kein Mitglied gefunden" in page


def test_what_fails_for_all_is_said_once_on_top(session: Session, portal: Any) -> None:
    bare = settled(session)

    page = portal.signed_in(bare.legal).page("/inhouse-register")

    assert "Betrifft alle Mitglieder" in page
    assert page.count('data-rule="K-02"') == 1


def test_a_members_page_shows_evidence_with_hash_and_dates(
    session: Session, world: World, portal: Any
) -> None:
    number = decided(session, world.dessau, world.framework.number)

    page = portal.signed_in(world.auditor).page("/inhouse-register/15001000")

    digest = session.scalars(
        select(EvidenceDocument.file_sha256).where(EvidenceDocument.type == "council_resolution")
    ).first()
    assert digest is not None
    assert f"/entscheidungen/{number}" in page
    assert "Beitrittserklärung Stadt Dessau-Roßlau" in page
    assert digest[:16] in page
    assert "Nachweis hinzufügen" not in page


def test_a_member_that_does_not_exist_is_not_found(world: World, portal: Any) -> None:
    assert portal.signed_in(world.legal).get("/inhouse-register/4711").status_code == 404


def test_the_cooperative_page_says_how_much_room_is_left(world: World, portal: Any) -> None:
    page = portal.signed_in(world.legal).page("/inhouse-register/genossenschaft")

    assert "92,78" in page
    assert "bis zur Grenze von 80 %" in page
    assert "Einkaufsgenossenschaft eG" in page
    assert "Jahresabschluss" in page or "Abschluss 2025" in page


@pytest.mark.parametrize(
    "path",
    [
        "/inhouse-register",
        "/inhouse-register/genossenschaft",
        "/inhouse-register/15001000",
        "/nachweise",
        "/nachweise/1/datei",
    ],
)
def test_members_do_not_read_the_register(world: World, portal: Any, path: str) -> None:
    for person in (world.it, world.approver, world.council, world.member_admin):
        assert portal.signed_in(person).get(path).status_code == 403
    assert portal.guest().get(path).status_code == 303


def test_a_decision_shows_every_rule_and_its_proof(
    session: Session, world: World, portal: Any
) -> None:
    number = decided(session, world.dessau, world.framework.number)
    browser = portal.signed_in(world.it)

    page = browser.page(f"/entscheidungen/{number}")
    proved = browser.page(f"/entscheidungen/{number}", nachrechnen="1")

    assert 'id="regel-K-06"' in page
    assert "§ 108 Abs. 4 Nr. 2" in page
    assert "Rechtliche Stellungnahme" in page
    assert "Nachgerechnet" not in page
    assert "Nachgerechnet: Prüfsumme, alle" in proved


def test_a_decision_is_saved_as_the_file_that_verifies(
    session: Session, world: World, portal: Any
) -> None:
    number = decided(session, world.dessau, world.framework.number)

    answer = portal.signed_in(world.it).get(f"/entscheidungen/{number}/decision.json")

    assert answer.status_code == 200
    assert answer.json()["recording"]["decision_id"] == number
    assert "attachment" in answer.headers["content-disposition"]


@pytest.mark.parametrize("suffix", ["", "/decision.json"])
def test_the_decision_of_another_member_is_not_found(
    session: Session, world: World, portal: Any, suffix: str
) -> None:
    number = decided(session, world.dessau, world.framework.number)

    foreign = portal.signed_in(world.it_magdeburg).get(f"/entscheidungen/{number}{suffix}")
    auditor = portal.signed_in(world.auditor).get(f"/entscheidungen/{number}{suffix}")

    assert foreign.status_code == 404
    assert auditor.status_code == 200


def approve(portal: Any, world: World, answer: Any) -> None:
    number = answer.headers["location"].split("=")[1]
    second = portal.signed_in(world.second_legal)
    said = second.post(f"/nachweise/{number}/freigabe", {"entscheidung": "ja"})
    assert said.status_code == 303


def test_new_evidence_ends_the_wait_of_a_member_once_a_second_person_approved_it(
    session: Session, world: World, portal: Any
) -> None:
    member = town(session, "15999001", "Ohnenachweis")
    before = check_member(session, member.key, NOON, world.framework.number)
    browser = portal.signed_in(world.legal)

    for key in ("council_resolution", "accession_declaration"):
        sent = form(aussage=f"member/{key}", bezug="15999001", art=key)
        answer = browser.post("/nachweise", sent, files=handed())
        waiting = check_member(session, member.key, NOON, world.framework.number)
        assert waiting.assessment.outcome is Outcome.UNDETERMINED
        approve(portal, world, answer)

    after = check_member(session, member.key, NOON, world.framework.number)
    assert before.assessment.outcome is Outcome.UNDETERMINED
    assert after.assessment.outcome is Outcome.ELIGIBLE
    stored = session.scalars(select(EvidenceDocument).order_by(EvidenceDocument.id.desc())).first()
    assert stored is not None
    assert (stored.file_sha256, stored.size) == (sha256_hex(PDF), len(PDF))
    assert stored.member_id == member.id
    events = session.scalars(
        select(AuditEvent.action).where(AuditEvent.stream == "member:15999001")
    ).all()
    assert events == ["evidence_added", "evidence_approved"] * 2


def test_a_stored_document_is_handed_out_unchanged_and_its_reader_noted(
    session: Session, world: World, portal: Any
) -> None:
    browser = portal.signed_in(world.legal)
    number = browser.post("/nachweise", form(), files=handed()).headers["location"].split("=")[1]

    answer = portal.signed_in(world.auditor).get(f"/nachweise/{number}/datei")

    assert answer.content == PDF
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "beschluss.pdf" in answer.headers["content-disposition"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    read = session.scalars(select(AuditEvent).where(AuditEvent.action == "evidence_read")).one()
    assert (read.actor, read.subject) == (f"person:{world.auditor.id}", f"evidence:{number}")
    assert "gespeichert" in browser.page("/nachweise", neu=number)


def test_a_confidential_file_opens_for_few_and_every_try_is_noted(
    session: Session, world: World, portal: Any
) -> None:
    browser = portal.signed_in(world.legal)
    secret, plain = (
        browser.post("/nachweise", form(vertraulich=word), files=handed()).headers["location"]
        for word in ("ja", "nein")
    )
    hidden, shown = (f"/nachweise/{one.split('=')[1]}" for one in (secret, plain))
    desk = portal.signed_in(world.desk)

    refused = desk.get(f"{hidden}/datei")

    assert refused.status_code == 403
    assert "vertraulich" in refused.text
    assert PDF not in refused.content
    assert "Datei herunterladen" not in desk.page(hidden)
    assert "Datei herunterladen" in desk.page(shown)
    assert desk.get(f"{shown}/datei").content == PDF
    for reader in (world.legal, world.second_legal, world.auditor):
        assert portal.signed_in(reader).get(f"{hidden}/datei").content == PDF
    tries = session.scalars(
        select(AuditEvent.action).where(AuditEvent.stream == "access").order_by(AuditEvent.position)
    ).all()
    assert tries == ["evidence_denied", *["evidence_read"] * 4]


@pytest.mark.parametrize(
    ("changes", "content", "sentence"),
    [
        ({}, b"<html>", "es zählt der Inhalt"),
        ({}, b"", "PDF (auch PDF/A), PNG oder JPEG"),
        ({}, PDF + b"x" * 10_000_000, "größer als 10 MB"),
        ({"aussage": "member/unsinn"}, PDF, "was nachgewiesen wird"),
        ({"aussage": ""}, PDF, "was nachgewiesen wird"),
        ({"bezug": "4711"}, PDF, "Ein Mitglied mit diesem Schlüssel gibt es nicht"),
        ({"bezug": ""}, PDF, "Ein Mitglied mit diesem Schlüssel gibt es nicht"),
        ({"aussage": "framework/award_decision"}, PDF, "Rahmenvertrag mit dieser Nummer"),
        ({"aussage": "chain_link/active", "bezug": "x"}, PDF, "Dieses Kettenglied gibt es nicht"),
        ({"aussage": "cooperative/is_legal_person"}, PDF, "Hier bleibt das Feld leer"),
        ({"wert": "vielleicht"}, PDF, "ja, nein"),
        ({"aussage": "member/members_at_accession", "wert": "-3"}, PDF, "ganze Zahl"),
        ({"aussage": "member/members_at_accession", "wert": "1" * 40}, PDF, "ganze Zahl"),
        ({"aussage": "chain_link/l2_legal_basis", "bezug": "operating"}, PDF, "a, b, c, d, e"),
        ({"datum": "13.23.2024"}, PDF, "Bitte geben Sie einen Tag an"),
        ({"datum": "2026-11-22"}, PDF, "liegt in der Zukunft"),
        ({"gueltig_bis": "2024-03-12"}, PDF, "vor dem Beginn der Gültigkeit"),
        ({"wiedervorlage": "2020-01-01"}, PDF, "vor dem Beginn der Gültigkeit"),
        ({"art": "roman"}, PDF, "Art des Nachweises"),
        ({"titel": " "}, PDF, "Titel"),
        ({"titel": "t" * 201}, PDF, "Bitte höchstens 200 Zeichen."),
        (
            {"aussage": "operating_company/name", "bezug": "", "wert": "w" * 501},
            PDF,
            "Bitte höchstens 500 Zeichen.",
        ),
    ],
)
def test_evidence_that_cannot_be_taken_changes_nothing(
    session: Session,
    world: World,
    portal: Any,
    changes: dict[str, str],
    content: bytes,
    sentence: str,
) -> None:
    before = documents(session)

    answer = portal.signed_in(world.legal).post(
        "/nachweise", form(**changes), files=handed(content)
    )

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Beschluss BV/353/2023" in answer.text or changes.get("titel")
    assert changes.get("wert", "") in answer.text
    assert changes.get("titel", "").strip() in answer.text
    assert documents(session) == before


def test_a_form_without_a_statement_names_its_other_faults_too(
    session: Session, world: World, portal: Any
) -> None:
    before = documents(session)
    faulty = form(aussage="", titel="t" * 201, datum="gestern")

    answer = portal.signed_in(world.legal).post("/nachweise", faulty, files=handed(PDF))

    assert answer.status_code == 422
    for sentence in (
        "Bitte wählen Sie, was nachgewiesen wird.",
        "Bitte höchstens 200 Zeichen. Ihr Text hat 201.",
        "Bitte geben Sie einen Tag an",
    ):
        assert sentence in answer.text
    assert documents(session) == before


def test_a_refusal_with_a_long_reason_decides_nothing_and_stays_typed(
    session: Session, world: World, portal: Any
) -> None:
    answer = portal.signed_in(world.legal).post("/nachweise", form(), files=handed())
    number = answer.headers["location"].split("=")[1]
    said = {"entscheidung": "nein", "grund": "g" * 501}

    refused = portal.signed_in(world.second_legal).post(f"/nachweise/{number}/freigabe", said)

    assert refused.status_code == 422
    assert "Bitte höchstens 500 Zeichen." in refused.text
    assert f'value="{"g" * 501}"' in refused.text
    assert session.get(EvidenceVerdict, int(number)) is None


def test_without_a_file_nothing_is_stored(session: Session, world: World, portal: Any) -> None:
    before = documents(session)

    answer = portal.signed_in(world.legal).post("/nachweise", form())

    assert answer.status_code == 422
    assert documents(session) == before


def test_only_the_legal_role_adds_evidence(session: Session, world: World, portal: Any) -> None:
    before = documents(session)

    for person in (world.it, world.desk, world.contracts, world.auditor, world.admin):
        answer = portal.signed_in(person).post("/nachweise", form(), files=handed())
        assert answer.status_code == 403
    missing = portal.signed_in(world.legal).post("/nachweise", form(_csrf=""), files=handed())

    assert missing.status_code == 403
    assert documents(session) == before


def test_what_is_due_is_listed_with_a_way_to_renew_it(world: World, portal: Any) -> None:
    browser = portal.signed_in(world.legal)
    last_day = (TODAY + timedelta(days=30)).isoformat()
    sent = form(gueltig_ab="2026-11-01", gueltig_bis=last_day)
    approve(portal, world, browser.post("/nachweise", sent, files=handed()))

    page = browser.page("/nachweise")

    assert "Stadt Dessau-Roßlau" in page
    assert "21.12.2026" in page
    assert "aussage=member%2Fcouncil_resolution&amp;bezug=15001000" in page
    register = browser.page("/inhouse-register", stand="faellig")
    assert "Stadt Dessau-Roßlau" in register
    assert "bald fällig" in register


def test_readers_of_evidence_see_no_form(world: World, portal: Any) -> None:
    for person in (world.auditor, world.desk):
        page = portal.signed_in(person).page("/nachweise")
        assert "Nachweis hinzufügen" not in page


def test_a_fact_is_never_overwritten(session: Session, world: World, portal: Any) -> None:
    browser = portal.signed_in(world.legal)

    browser.post("/nachweise", form(wert="nein"), files=handed())

    rows = session.scalars(
        select(Fact.value)
        .where(Fact.scope_key == "15001000", Fact.key == "council_resolution")
        .order_by(Fact.id)
    ).all()
    assert rows == ["true", "false"]


def test_the_preview_of_the_interface_names_every_rule(world: World, portal: Any) -> None:
    answer = portal.api(world.it).get("/api/v1/eligibility", framework=world.framework.number)

    assert answer.status_code == 200
    preview = answer.json()
    assert preview["outcome"] == "eligible"
    assert {rule["id"] for rule in preview["rules"]} >= {"M-01", "K-06", "L2-01", "F-02"}
    assert all(rule["legal_basis"] and rule["text"] for rule in preview["rules"])


@pytest.mark.parametrize(("framework", "status"), [("RV-0", 404), ("x" * 41, 422)])
def test_the_preview_refuses_what_it_does_not_know(
    world: World, portal: Any, framework: str, status: int
) -> None:
    answer = portal.api(world.it).get("/api/v1/eligibility", framework=framework)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_preview_needs_a_member(world: World, portal: Any) -> None:
    answer = portal.api(world.desk).get("/api/v1/eligibility")

    assert (answer.status_code, answer.json()["code"]) == (409, "no_member")


def year_form(**changes: str) -> dict[str, str]:
    filled = {
        "koerper": "cooperative",
        "jahr": "2020",
        "mitglieder": "8.500.000,00",
        "oeffentliche": "500000,5",
        "private": "",
        "datum": "2021-06-30",
    }
    return filled | changes


def test_a_closed_year_is_added_with_its_statement(
    session: Session, world: World, portal: Any
) -> None:
    browser = portal.signed_in(world.legal)

    answer = browser.post("/inhouse-register/genossenschaft", year_form(), files=handed())

    assert answer.status_code == 303
    row = session.scalars(select(Turnover).where(Turnover.fiscal_year == 2020)).one()
    assert (row.members, row.nonmembers_public, row.private) == (
        Money.euros("8500000"),
        Money.euros("500000.50"),
        Money(0),
    )
    assert row.total == Money.euros("9000000.50")
    assert row.evidence_document_id is not None
    assert "Genossenschaft 2020" in browser.page("/inhouse-register/genossenschaft")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"jahr": "2025"}, "schon erfasst"),
        ({"jahr": "2025", "grund": "  "}, "eine Berichtigung braucht unten ihren Grund"),
        ({"basis": "köpfe"}, "ob Umsatz oder Kosten zählen"),
        ({"jahr": "2026"}, "abgeschlossenes Geschäftsjahr"),
        ({"jahr": "1"}, "Bitte geben Sie ein Jahr an"),
        ({"jahr": "²⁰²⁰"}, "Bitte geben Sie ein Jahr an"),
        ({"koerper": "verein"}, "wessen Jahr"),
        ({"mitglieder": "-5"}, "Bitte geben Sie einen Betrag an"),
        ({"private": "1e9"}, "Bitte geben Sie einen Betrag an"),
        ({"datum": "2027-01-01"}, "in der Zukunft"),
        ({"datum": ""}, "Bitte geben Sie einen Tag an"),
        ({"titel": "t" * 201}, "Bitte höchstens 200 Zeichen."),
        ({"jahr": "2025", "grund": "g" * 1001}, "Bitte höchstens 1000 Zeichen."),
    ],
)
def test_a_year_that_cannot_be_taken_changes_nothing(
    session: Session, world: World, portal: Any, changes: dict[str, str], sentence: str
) -> None:
    before = session.scalar(select(func.count()).select_from(Turnover))

    answer = portal.signed_in(world.legal).post(
        "/inhouse-register/genossenschaft", year_form(**changes), files=handed()
    )

    assert answer.status_code == 422
    assert sentence in answer.text
    assert changes.get("titel", "") in answer.text
    assert changes.get("grund", "") in answer.text
    assert session.scalar(select(func.count()).select_from(Turnover)) == before


def test_a_corrected_year_counts_once_a_second_person_approved_it_and_both_stay(
    session: Session, world: World, portal: Any
) -> None:
    browser = portal.signed_in(world.legal)
    sent = year_form(
        jahr="2025", mitglieder="1,00", oeffentliche="900000000,00", grund="Prüfbericht vom 03.11."
    )
    before = session.scalars(select(Turnover.members).where(Turnover.fiscal_year == 2025)).all()

    answer = browser.post("/inhouse-register/genossenschaft", sent, files=handed())

    assert answer.status_code == 303, answer.text
    session.expire_all()
    rows = session.scalars(
        select(Turnover)
        .where(Turnover.fiscal_year == 2025, Turnover.body == "cooperative")
        .order_by(Turnover.revision)
    ).all()
    assert [(row.revision, row.reason) for row in rows] == [(1, ""), (2, "Prüfbericht vom 03.11.")]
    assert rows[0].members in before
    assert "Berichtigung 1: Prüfbericht vom 03.11." in browser.page(
        "/inhouse-register/genossenschaft"
    )

    def counted() -> int:
        years, _ = turnover_before(session, 2026)
        last = [one for one in years if (one.body, one.year) == ("cooperative", 2025)][-1]
        return last.members.cents

    assert counted() == rows[0].members.cents
    assert rows[1].evidence_document_id is not None
    approve_evidence(
        session, rows[1].evidence_document_id, Word(approved=True), world.second_legal.id, NOON
    )
    session.flush()
    assert counted() == 100
    with pytest.raises(DBAPIError):
        session.execute(text("UPDATE turnover SET members = 0 WHERE fiscal_year = 2025"))
    session.rollback()


def test_only_the_legal_role_adds_a_year(world: World, portal: Any) -> None:
    for person in (world.auditor, world.desk, world.it):
        answer = portal.signed_in(person).post(
            "/inhouse-register/genossenschaft", year_form(), files=handed()
        )
        assert answer.status_code == 403
