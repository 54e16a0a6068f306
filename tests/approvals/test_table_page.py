"""The administrator of a member keeps the rule table and asks it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.approvals.records import ApprovalRule, ApprovalRuleStep, ApprovalSettings
from app.kernel.money import Money
from tests.support.application import Portal
from tests.support.approvals import office
from tests.support.clock import TODAY
from tests.support.world import ACCOUNT, MONITOR, World

HERE = "/verwaltung/freigaberegeln"


def form(world: World, **changes: str) -> dict[str, str]:
    return {
        "titel": "Geräte über 5.000 Euro",
        "ueber": "5.000",
        "konto": "1.1*",
        "person1": str(world.approver.id),
        "person2": "wertgrenze",
        "stufe2": "2",
        "weiter_nach": "3",
        **changes,
    }


def test_a_rule_is_added_moved_asked_and_ended(
    portal: Portal, session: Session, world: World
) -> None:
    rule = office(session, world, account="9*")
    browser = portal.signed_in(world.member_admin)

    assert browser.post(HERE, form(world)).status_code == 303
    portal.end_transaction()
    new = session.scalars(select(ApprovalRule).order_by(ApprovalRule.id.desc())).first()
    assert new is not None
    assert (new.above, new.account, new.escalate_after_days) == (Money.euros(5_000), "1.1*", 3)
    steps = session.scalars(
        select(ApprovalRuleStep)
        .where(ApprovalRuleStep.rule_id == new.id)
        .order_by(ApprovalRuleStep.position)
    )
    assert [(one.stage, one.person_id) for one in steps] == [(1, world.approver.id), (2, None)]
    assert browser.post(f"{HERE}/{new.id}/hoch").status_code == 303
    page = browser.page(HERE)
    assert page.index("1. Geräte über 5.000 Euro") < page.index("2. Zwei Unterschriften")

    answer = browser.page(HERE, wert="12.000", auf=ACCOUNT)
    assert "Regel: Geräte über 5.000 Euro" in answer
    assert "Stufe 1: freigabe" in answer
    assert "Regel: Wertgrenze" in browser.page(HERE, wert="5.000", auf=ACCOUNT)

    assert browser.post(f"{HERE}/{new.id}/beenden").status_code == 303
    portal.end_transaction()
    ended = session.get_one(ApprovalRule, new.id)
    assert ended.ended_on == TODAY
    assert browser.post(f"{HERE}/{new.id}/beenden").status_code == 404
    assert "Regel: Wertgrenze" in browser.page(HERE, wert="12.000", auf=ACCOUNT)
    assert session.get_one(ApprovalRule, rule.rule_id).ended_on is None


@pytest.mark.parametrize(
    "changes",
    [
        {"titel": ""},
        {"titel": "x" * 81},
        {"ueber": "viel"},
        {"bis": "5000"},
        {"konto": "1*1"},
        {"konto": "1" * 61},
        {"person1": "", "person2": ""},
        {"person1": "wertgrenze<"},
        {"person1": "999999"},
        {"stufe1": "6"},
        {"weiter_nach": "61"},
        {"weiter_an": "999999"},
        {"warengruppe": "999999"},
    ],
    ids=lambda changes: " ".join(f"{name}={value[:12]}" for name, value in changes.items()),
)
def test_a_wrong_rule_says_what_to_mend_and_writes_nothing(
    portal: Portal, session: Session, world: World, changes: dict[str, str]
) -> None:
    browser = portal.signed_in(world.member_admin)

    answer = browser.post(HERE, form(world, **changes))

    assert answer.status_code == 422, answer.text
    assert "Bitte" in answer.text or "gibt es nicht" in answer.text
    portal.end_transaction()
    assert session.scalars(select(ApprovalRule)).all() == []


def test_people_and_units_of_another_member_are_unknown(
    portal: Portal, session: Session, world: World
) -> None:
    office(session, world)
    browser = portal.signed_in(world.member_admin)
    foreign = form(world, person1=str(world.approver_magdeburg.id))

    assert browser.post(HERE, foreign).status_code == 422
    assert browser.post(HERE, form(world, einheit="999999")).status_code == 404
    assert portal.signed_in(world.admin).get(HERE).status_code == 403


def test_settings_are_kept_and_wrong_ones_refused(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.member_admin)
    there = f"{HERE}/einstellungen"

    assert browser.post(there, {"fenster": "32", "passwort_ab": "1"}).status_code == 422
    assert browser.post(there, {"fenster": "14", "passwort_ab": "2.500,00"}).status_code == 303

    portal.end_transaction()
    found = session.scalars(select(ApprovalSettings)).one()
    assert (found.window_days, found.password_above) == (14, Money.euros(2_500))


def test_the_checkout_shows_the_steps_before_sending(
    portal: Portal, session: Session, world: World
) -> None:
    rule = office(session, world)
    browser = portal.signed_in(world.it)
    browser.post("/warenkorb", {"sku": MONITOR, "quantity": "1"})

    page = browser.page("/bestellen")

    assert "Freigabeweg: 2 Schritte" in page
    assert f"Stufe 1: {rule.head.label}" in page
    assert f"Stufe 2: {rule.approver.label}" in page
