"""Two members, one of them named by the agreement: for the other its articles do not exist."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.archive.store import keep
from app.catalog.content_records import ArticleLabel, ArticleMedia, MediaKind
from app.catalog.finding.find_articles import find_articles
from app.catalog.finding.search import Search
from app.catalog.records import Article, ArticleReference
from app.catalog.rules_labels import Label
from app.catalog.visible import visible_lots
from app.eligibility.records import EligibilityDecision
from app.frameworks.records import FrameworkParty, PartyRule
from app.members.records import Membership
from app.ordering.basket_records import BasketLine
from app.ordering.records import CallOff
from tests.support.application import Portal, open_portal
from tests.support.browser import ApiClient, Browser
from tests.support.clock import NOON, TODAY
from tests.support.databases import Database
from tests.support.orders import ready
from tests.support.world import ACCOUNT, MONITOR, NOTEBOOK, WORKSTATION, World, lot_of


@dataclass(frozen=True)
class Sides:
    """Dessau-Roßlau is named, Magdeburg is not; each asks in the browser and as a program."""

    world: World
    named: Browser
    other: Browser
    named_api: ApiClient
    other_api: ApiClient


@pytest.fixture
def portal(database: Database, session: Session) -> Iterator[Portal]:
    with open_portal(database, session) as portal:
        yield portal


@pytest.fixture
def sides(portal: Portal, session: Session) -> Sides:
    world = ready(session)
    world.framework.party_rule = PartyRule.LISTED
    session.add(FrameworkParty(framework_id=world.framework.id, member_id=world.dessau.id))
    session.flush()
    return Sides(
        world,
        portal.signed_in(world.it),
        portal.signed_in(world.it_magdeburg),
        portal.api(world.it),
        portal.api(world.it_magdeburg),
    )


def test_lists_searches_and_counts_are_empty_for_the_other_member(sides: Sides) -> None:
    assert "3 Artikel" in sides.named.get("/katalog").text
    assert "Notebook 14 Zoll" in sides.named.get("/katalog", q="notebook").text

    for address in ("/katalog", "/katalog?q=notebook", "/katalog?category=notebook"):
        page = sides.other.get(address).text
        assert "Notebook 14 Zoll" not in page, address
        assert "Arbeitsplatz-Hardware" not in page, address


def test_suggestions_name_nothing_hidden(sides: Sides) -> None:
    address = "/katalog/vorschlaege?q=note"

    assert NOTEBOOK in sides.named.get(address, fragment=True).text
    assert NOTEBOOK not in sides.other.get(address, fragment=True).text


def test_the_page_of_a_hidden_article_does_not_exist(sides: Sides) -> None:
    assert sides.named.get(f"/artikel/{NOTEBOOK}").status_code == 200
    assert sides.other.get(f"/artikel/{NOTEBOOK}").status_code == 404


def test_hidden_articles_cannot_be_compared(sides: Sides) -> None:
    address = f"/vergleich?v={NOTEBOOK}&v={WORKSTATION}"

    assert "Notebook 16 Zoll" in sides.named.get(address).text
    assert "Notebook 16 Zoll" not in sides.other.get(address).text


def test_the_interface_knows_no_hidden_article(sides: Sides) -> None:
    named = sides.named_api.get("/api/v1/articles").json()
    other = sides.other_api.get("/api/v1/articles").json()

    assert (named["total"], other["total"]) == (3, 0)
    assert [len(entries) for entries in other["facets"].values()] == [0] * len(other["facets"])
    assert sides.named_api.get(f"/api/v1/articles/{NOTEBOOK}").status_code == 200
    assert sides.other_api.get(f"/api/v1/articles/{NOTEBOOK}").status_code == 404


def test_a_hidden_article_does_not_go_into_the_basket(session: Session, sides: Sides) -> None:
    sides.named.post("/warenkorb", {"sku": NOTEBOOK, "quantity": "1"})
    answer = sides.other.post("/warenkorb", {"sku": NOTEBOOK, "quantity": "1"})

    assert answer.status_code in {404, 422}
    rows = session.execute(select(BasketLine.member_id, BasketLine.sku)).all()
    assert [tuple(row) for row in rows] == [(sides.world.dessau.id, NOTEBOOK)]


def test_what_became_hidden_in_the_basket_cannot_be_ordered(session: Session, sides: Sides) -> None:
    session.add(
        BasketLine(
            member_id=sides.world.magdeburg.id,
            person_id=sides.world.it_magdeburg.id,
            sku=MONITOR,
            quantity=1,
            added_at=sides.world.it.created_at,
        )
    )

    page = sides.other.get("/warenkorb").text

    assert "nicht abrufberechtigt" in page


def test_an_order_of_a_hidden_article_is_refused_and_the_check_kept(
    session: Session, sides: Sides
) -> None:
    checks = count(session, EligibilityDecision)

    answer = sides.other_api.post("/api/v1/call-offs", order(NOTEBOOK), key="k-1")

    assert (answer.status_code, answer.json()["code"]) == (409, "not_a_party")
    assert count(session, CallOff) == 0
    assert count(session, EligibilityDecision) == checks + 1
    assert sides.named_api.post("/api/v1/call-offs", order(NOTEBOOK), key="k-1").status_code == 201


def test_a_lot_for_some_kinds_of_members_hides_only_its_own_articles(
    session: Session, sides: Sides
) -> None:
    sides.world.framework.party_rule = PartyRule.ALL_MEMBERS
    sides.world.framework.version += 1
    lot_of(session, MONITOR).only_districts = "15001"

    assert "Monitor 27 Zoll" in sides.named.get("/katalog").text
    page = sides.other.get("/katalog").text
    assert "Monitor 27 Zoll" not in page
    assert "Notebook 14 Zoll" in page
    answer = sides.other_api.post("/api/v1/call-offs", order(MONITOR), key="k-1")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_a_party")
    assert count(session, CallOff) == 0


def test_a_named_member_sees_until_the_day_its_naming_ends(session: Session, sides: Sides) -> None:
    party = session.scalars(select(FrameworkParty)).one()
    party.valid_to = TODAY
    session.flush()
    dessau = sides.world.dessau.id
    lots = frozenset({lot_of(session, NOTEBOOK).id, lot_of(session, MONITOR).id})

    assert visible_lots(session, dessau, TODAY) == lots
    assert visible_lots(session, dessau, TODAY + timedelta(days=1)) == frozenset()


def test_accessories_of_a_hidden_lot_are_not_offered(session: Session, sides: Sides) -> None:
    sides.world.framework.party_rule = PartyRule.ALL_MEMBERS
    lot_of(session, MONITOR).only_districts = "15001"
    found = find_articles(session, Search(NOTEBOOK), TODAY, None)
    session.add(ArticleReference(article_id=found.ids[0], kind="accessories", target_sku=MONITOR))

    assert "Monitor 27 Zoll" in sides.named.get(f"/artikel/{NOTEBOOK}").text
    assert "Monitor 27 Zoll" not in sides.other.get(f"/artikel/{NOTEBOOK}").text


def test_a_class_of_members_by_date_is_asked_anew_when_a_membership_changes(
    session: Session, sides: Sides
) -> None:
    world = sides.world
    world.framework.party_members_by = TODAY
    session.flush()
    assert visible_lots(session, world.magdeburg.id, TODAY)

    membership = select(Membership).where(Membership.member_id == world.magdeburg.id)
    session.scalars(membership).one().effective_to = TODAY - timedelta(days=1)
    session.flush()

    assert visible_lots(session, world.magdeburg.id, TODAY) == frozenset()


def test_the_people_of_the_cooperative_see_everything(portal: Portal, sides: Sides) -> None:
    desk = portal.signed_in(sides.world.contracts)

    assert "3 Artikel" in desk.get("/katalog").text


def order(sku: str) -> dict[str, object]:
    return {
        "lines": [{"sku": sku, "quantity": 1}],
        "purpose": "Ersatz im Bürgeramt",
        "product_account": ACCOUNT,
    }


def count(session: Session, table: type) -> int:
    session.expire_all()
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_papers_and_totals_of_a_hidden_article_do_not_exist(session: Session, sides: Sides) -> None:
    file = keep(session, b"%PDF-1.7 Datenblatt", "application/pdf", NOON)
    article_id = session.scalars(select(Article.id).where(Article.sku == NOTEBOOK)).one()
    paper = ArticleMedia(
        article_id=article_id,
        kind=MediaKind.DOCUMENT,
        sha256=file,
        file_name="datenblatt.pdf",
        title="Datenblatt",
        position=1,
        origin_sha256=file,
        size=20,
        recorded_at=NOON,
    )
    proof = ArticleLabel(
        article_id=article_id,
        label=Label.TCO_CERTIFIED,
        valid_from=TODAY,
        proof_sha256=file,
        recorded_at=NOON,
    )
    session.add_all([paper, proof])
    session.commit()
    addresses = (
        f"/artikeldokumente/{paper.id}",
        f"/umweltzeichen/{proof.id}/nachweis",
        f"/artikelsumme?sku={NOTEBOOK}&quantity=2",
    )

    assert [sides.named.get(one, fragment=True).status_code for one in addresses] == [200, 200, 200]
    assert [sides.other.get(one, fragment=True).status_code for one in addresses] == [404, 404, 404]
