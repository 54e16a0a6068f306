"""Product accounts: kept by the member alone, in its own form, and on record."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.records import AuditEvent
from app.audit.verify import verify_chains
from app.database.tenant import Tenant
from app.members.queries import every_product_account, member_by_key, product_accounts
from app.members.records import ProductAccount
from tests.support.portal import SQLITE, Portal
from tests.support.world import ACCOUNT, PASSWORD, World

HERE = "/verwaltung/konten"
NEW = {"account": "11160.5291400/7291400", "name": "IT: sonstige Leistungen"}


def offered(session: Session, member_id: int) -> list[tuple[str, str]]:
    found = [(one.account, one.name) for one in product_accounts(session, Tenant(member_id))]
    session.commit()
    return found


def number(session: Session, member_id: int, account: str) -> int:
    wanted = select(ProductAccount.id).where(
        ProductAccount.member_id == member_id, ProductAccount.account == account
    )
    found = session.scalars(wanted).one()
    session.commit()
    return found


def test_an_account_is_added_renamed_archived_and_brought_back_on_record(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.member_admin.mail, PASSWORD)
    own = world.dessau.id
    before = offered(session, own)

    browser.post(HERE, NEW)
    added = number(session, own, NEW["account"])
    browser.post(f"{HERE}/{added}", {"name": "IT: Leistungen"})
    assert (NEW["account"], "IT: Leistungen") in offered(session, own)
    assert "IT: Leistungen" in browser.page(f"{HERE}/{added}")

    for _ in range(2):
        browser.post(f"{HERE}/{added}/archivieren")
    assert offered(session, own) == before
    assert "archiviert" in browser.page(HERE)
    for _ in range(2):
        browser.post(f"{HERE}/{added}/wiederherstellen")
    assert (NEW["account"], "IT: Leistungen") in offered(session, own)

    events = session.scalars(select(AuditEvent).order_by(AuditEvent.position)).all()
    assert [event.action for event in events] == [
        "product_account_added",
        "product_account_renamed",
        "product_account_archived",
        "product_account_restored",
    ]
    assert {event.stream for event in events} == {"member:15001000"}
    assert verify_chains(session).holds


@SQLITE
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"account": ""}, "Bitte geben Sie das Produktkonto"),
        ({"account": "1" * 61}, "höchstens 60 Zeichen"),
        ({"account": "11160"}, "hat nicht die Form"),
        ({"account": ACCOUNT}, "gibt es schon"),
        ({"name": " "}, "Bitte geben Sie eine Bezeichnung"),
    ],
)
def test_a_wrong_account_is_explained_and_not_kept(
    portal: Portal, session: Session, world: World, change: dict[str, str], sentence: str
) -> None:
    member_by_key(session, "15001000").account_pattern = r"\d{5}\.\d{7}/\d{7}|" + ACCOUNT
    session.commit()
    browser = portal.signed_in(world.member_admin.mail, PASSWORD)
    before = offered(session, world.dessau.id)

    answer = browser.post(HERE, NEW | change)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert offered(session, world.dessau.id) == before
    assert session.scalars(select(AuditEvent)).all() == []


@SQLITE
def test_without_a_form_any_number_of_sixty_signs_is_an_account(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.member_admin.mail, PASSWORD)

    assert browser.post(HERE, NEW | {"account": "x" * 60}).status_code == 303
    assert ("x" * 60, NEW["name"]) in offered(session, world.dessau.id)


def test_another_members_accounts_are_not_found(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.member_admin.mail, PASSWORD)
    foreign = f"{HERE}/{number(session, world.magdeburg.id, ACCOUNT)}"

    answers = [browser.get(foreign)]
    answers += [
        browser.post(foreign + act, {"name": "X"})
        for act in ("", "/archivieren", "/wiederherstellen")
    ]

    assert [one.status_code for one in answers] == [404] * 4
    theirs = every_product_account(session, Tenant(world.magdeburg.id))
    assert [one.archived_at for one in theirs] == [None]


@SQLITE
def test_the_administration_leads_to_the_accounts(portal: Portal, world: World) -> None:
    browser = portal.signed_in(world.member_admin.mail, PASSWORD)

    assert f'href="{HERE}"' in browser.page("/verwaltung/personen")
    assert f'href="{HERE}"' in browser.page("/konto")
