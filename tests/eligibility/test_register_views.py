"""Two dates, one rule over all members, the links of the chain, reminders."""

from datetime import date, timedelta
from typing import Any, Final

import pytest
from sqlalchemy.orm import Session

from app.eligibility.check_member import check_member
from app.eligibility.evidence.given import Bundle, GivenDocument, GivenFact
from app.eligibility.evidence.remind_of_evidence import remind_of_evidence, stage_of
from app.eligibility.evidence.store_bundle import store_bundle
from app.eligibility.register.as_of import as_of
from app.eligibility.register.rule_view import rule_view
from app.eligibility.rules import Outcome, Result
from app.kernel.errors import Malformed, NotFound
from app.members.records import Member
from app.members.rules import BodyKind
from tests.support.clock import NOON, TODAY
from tests.support.evidence import complete_evidence
from tests.support.told import mails as all_mails
from tests.support.world import World, body, settled

KEY: Final = "15001000"
DAY: Final = timedelta(days=1)


@pytest.fixture
def world(session: Session) -> World:
    found = settled(session)
    complete_evidence(session)
    session.commit()
    return found


def told(
    session: Session,
    world: World,
    value: bool = True,
    *,
    begins: date = TODAY - 20 * DAY,
    ends: date | None = None,
    entered: int = 0,
    approved: bool = True,
) -> None:
    """The accession declaration of Dessau-Roßlau, entered and approved so many days ago."""
    paper = GivenDocument(
        "paper",
        "accession_declaration",
        "Beitrittserklärung",
        begins,
        begins,
        b"%PDF-1.7 neu",
        "application/pdf",
        "beitritt.pdf",
        valid_to=ends,
        member_key=KEY,
    )
    fact = GivenFact("member", KEY, "accession_declaration", value, begins, ref="paper")
    second = world.second_legal.id if approved else None
    bundle = Bundle((paper,), (fact,))
    store_bundle(session, bundle, NOON - entered * DAY, world.legal.id, second)
    session.commit()


def company(session: Session) -> Member:
    facts = {
        "key": "DEMO-GMBH",
        "name": "Stadtwerke Musterstadt GmbH",
        "body_kind": BodyKind.EIGENGESELLSCHAFT,
        "contracting_authority_basis": "§ 99 Nr. 2 GWB",
        "street": "Markt 1",
        "postal_code": "39000",
        "city": "Musterstadt",
    }
    return body(session, facts, member_since=date(2022, 1, 1))


def test_the_register_knows_what_was_known_on_one_day_about_another(
    session: Session, world: World
) -> None:
    """The town left in its own words three weeks ago; the paper came in five days ago."""
    told(session, world, value=False, begins=TODAY - 20 * DAY, entered=5)

    def answer(about: int, known: int | None) -> Outcome:
        knowledge = None if known is None else NOON - known * DAY
        asked = check_member(session, KEY, NOON - about * DAY, world.framework.number, knowledge)
        return asked.assessment.outcome

    assert answer(about=10, known=None) is Outcome.NOT_ELIGIBLE
    assert answer(about=30, known=None) is Outcome.ELIGIBLE
    assert answer(about=0, known=4) is Outcome.NOT_ELIGIBLE
    # complete_evidence is stored at NOON of today: before it nothing at all was on record.
    assert answer(about=10, known=1) is not Outcome.ELIGIBLE


@pytest.mark.parametrize(
    ("about", "known", "field"),
    [("gestern", "", "stichtag"), ("", "2026-11-22", "wissen"), ("0001-01-01", "", "stichtag")],
    ids=["no day", "knowledge of tomorrow", "a day of no register"],
)
def test_days_that_cannot_be_asked_for_are_explained(about: str, known: str, field: str) -> None:
    with pytest.raises(Malformed) as refused:
        as_of(about, known, NOON)

    assert [error.field for error in refused.value.errors] == [field]


def test_the_pages_and_the_interface_take_both_days(
    session: Session, world: World, portal: Any
) -> None:
    told(session, world, value=False, entered=0)
    browser = portal.signed_in(world.auditor)
    days = {"stichtag": "2026-11-20", "wissen": "2026-11-20"}

    register = browser.page("/inhouse-register", **days)
    member = browser.page(f"/inhouse-register/{KEY}", stichtag="2026-11-20")
    wrong = browser.get("/inhouse-register", wissen="2026-11-22")
    interface = portal.api(world.auditor).get(
        "/api/v1/evidence", subject=f"member:{KEY}", about="2026-11-20"
    )
    before = portal.api(world.auditor).get(
        "/api/v1/evidence", subject=f"member:{KEY}", known="2026-11-20"
    )

    assert "am 20.11.2026 galt, nach dem Wissen vom 20.11.2026" in register
    assert "am 20.11.2026 galt, nach heutigem Wissen" in member
    assert wrong.status_code == 422
    assert "künftigen Tag" in wrong.text
    facts = {fact["key"]: fact for fact in interface.json()["items"]}
    assert facts["accession_declaration"]["value"] is False
    assert facts["accession_declaration"]["document"]["sha256"]
    assert before.json()["items"] == []


def test_one_rule_over_all_members_names_who_breaks_it(
    session: Session, world: World, portal: Any
) -> None:
    company(session)
    session.commit()

    view = rule_view(session, "K-05", NOON)
    page = portal.signed_in(world.legal).page("/inhouse-register/regeln", regel="K-05")
    table = portal.signed_in(world.legal).get("/inhouse-register/regeln.csv", regel="M-03")

    assert [(row.member.key, row.verdict.result) for row in view.rows[:1]] == [
        ("DEMO-GMBH", Result.UNKNOWN)
    ]
    assert view.counts() == {"fail": 0, "unknown": 1, "expired": 0, "pass": 2}
    assert page.index("Stadtwerke Musterstadt GmbH") < page.index("Stadt Dessau-Roßlau")
    assert "Die Rechtsform lässt keine private Beteiligung zu." in page
    lines = table.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Schlüssel;Mitglied;Art;Regel;Ergebnis")
    assert len(lines) == 4
    assert lines[1].startswith("DEMO-GMBH;Stadtwerke Musterstadt GmbH;Eigengesellschaft;M-03;")
    with pytest.raises(NotFound):
        rule_view(session, "X-99", NOON)


def test_rules_about_agreements_are_asked_with_one(session: Session, world: World) -> None:
    view = rule_view(session, "F-04", NOON, framework_number=world.framework.number)

    assert not rule_view(session, "F-04", NOON).rows
    assert [row.verdict.result for row in view.rows] == [Result.PASS, Result.PASS]


def test_the_chain_shows_every_link_with_its_last_days(
    session: Session, world: World, portal: Any
) -> None:
    told(session, world, ends=TODAY + 5 * DAY)

    page = portal.signed_in(world.legal).page("/inhouse-register/kette")

    assert "laufen in 7 Tagen ab" in page
    assert "Genossenschaft → Betriebsgesellschaft" in page
    assert "RV-2026-01: Arbeitsplatz-Hardware" in page


@pytest.mark.parametrize(
    ("left", "stage"), [(90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0)]
)
def test_the_stage_of_a_reminder_follows_from_the_days_left(left: int, stage: int) -> None:
    assert stage_of(TODAY + left * DAY, TODAY) == stage


def test_each_stage_is_told_once_to_everybody_of_the_legal_role(
    session: Session, world: World
) -> None:
    told(session, world, ends=TODAY + 90 * DAY)
    since = len(mails(session))

    for days in (0, 0, 40, 59, 60, 61, 83, 84, 90, 91, 92):
        remind_of_evidence(session, NOON + days * DAY)
        session.commit()

    declared = [mail for mail in mails(session)[since:] if "Beitritt wurde erklärt" in mail[1]]
    assert [to for to, _ in declared] == [world.legal.mail, world.second_legal.mail] * 4
    assert "Stadt Dessau-Roßlau" in declared[0][1]
    assert "letzter Tag 19.02.2027, noch 90 Tage" in declared[0][1]
    assert "noch 50 Tage" not in "".join(body for _, body in declared)
    assert "abgelaufen seit 19.02.2027" in declared[-1][1]


def mails(session: Session) -> list[tuple[str, str]]:
    sent = [one for one in all_mails(session) if "evidence-due:" in one.dedupe_key]
    return [(one.recipient or "", one.body) for one in sent]
