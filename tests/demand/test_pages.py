"""Pages and API of needs and rounds, as people and programs use them."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.demand.records import DemandRound, Need, RoundAnswer
from app.demand.rules import LONGEST_TEXT
from app.outbox.records import OutboxMessage
from tests.demand.needs import FORM, ROUND, opened, reported
from tests.support.portal import SQLITE
from tests.support.world import MONITOR, World, settled

BODY = FORM | {"quantity": 6}


@pytest.fixture
def world(session: Session) -> World:
    found = settled(session)
    session.commit()
    return found


def count(session: Session, record: Any = Need) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(record)) or 0


def test_who_finds_nothing_reports_it_with_the_words_at_hand(portal: Any, world: World) -> None:
    browser = portal.signed_in(world.it)
    nothing = browser.page("/katalog", q="Etikettendrucker")
    assert "/bedarf/neu?q=Etikettendrucker" in nothing
    assert 'value="Etikettendrucker"' in browser.page("/bedarf/neu", q="Etikettendrucker")

    saved = browser.post("/bedarf", FORM)

    assert (saved.status_code, saved.headers["location"]) == (303, "/bedarf")
    mine = browser.page("/bedarf")
    assert "Inventar im Lager" in mine
    assert "offen" in mine
    assert "Etikettendrucker" not in portal.signed_in(world.it_magdeburg).page("/bedarf")


@SQLITE
def test_the_way_to_report_is_on_the_list_and_the_start_page(portal: Any, world: World) -> None:
    browser = portal.signed_in(world.it)

    assert 'href="/bedarf/neu"' in browser.page("/")
    assert 'href="/bedarf/neu"' in browser.page("/katalog")
    assert "/bedarf/neu" not in portal.signed_in(world.approver).page("/katalog")


@SQLITE
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"what": " "}, "Bitte nennen Sie, was Sie brauchen."),
        ({"quantity": "viele"}, "Bitte eine ganze Zahl von 1"),
        ({"needed_by": "morgen"}, "Bitte geben Sie ein Datum an."),
        ({"reason": ""}, "Bitte sagen Sie in einem Satz, wofür."),
        ({"bought_by": ""}, "Bitte wählen Sie einen Eintrag der Liste."),
        ({"minutes_lost": "-5"}, "Bitte eine ganze Zahl von 0"),
        ({"estimated_net": "12,345"}, "Bitte geben Sie einen Betrag in Euro an"),
    ],
    ids=["what", "quantity", "day", "reason", "bought", "minutes", "amount"],
)
def test_a_wrong_field_is_named_and_nothing_kept(
    portal: Any, session: Session, world: World, changes: dict[str, str], sentence: str
) -> None:
    answer = portal.signed_in(world.it).post("/bedarf", FORM | changes)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert count(session) == 0


@SQLITE
def test_an_open_need_is_corrected_and_taken_back(
    portal: Any, session: Session, world: World
) -> None:
    need_id = reported(session, world.dessau, world.it).id
    browser = portal.signed_in(world.it)
    assert 'value="2026-12-31"' in browser.page(f"/bedarf/{need_id}/bearbeiten")

    browser.post(f"/bedarf/{need_id}", FORM | {"quantity": "8", "estimated_net": "1.200,50"})
    session.expire_all()
    need = session.get_one(Need, need_id)
    assert need.estimated_net is not None
    assert (need.quantity, need.estimated_net.text) == (8, "1200.50")

    browser.post(f"/bedarf/{need_id}/zurueckziehen")
    assert "zurückgezogen" in browser.page("/bedarf")
    assert browser.post(f"/bedarf/{need_id}", FORM).status_code == 409


def test_the_desk_ranks_exports_and_decides(portal: Any, session: Session, world: World) -> None:
    need_id = reported(session, world.dessau, world.it).id
    desk = portal.signed_in(world.desk)
    assert "Etikettendrucker" in desk.page("/bedarfe")
    table = desk.get("/bedarfe/export.csv").content.decode("utf-8-sig").splitlines()
    assert table[1] == "Etikettendrucker;;1;1;1;6;0.00;0;2026-12-31"
    worte = session.get_one(Need, need_id).subject
    chosen = {"worte": worte, "bedarf": str(need_id)}

    missing = desk.post("/bedarfe/entscheidung", chosen | {"move": "decline"})
    assert missing.status_code == 422
    assert "Bitte nennen Sie den Grund" in missing.text
    assert (
        desk.post("/bedarfe/entscheidung", {"worte": worte, "move": "decline"}).status_code == 422
    )
    desk.post("/bedarfe/entscheidung", chosen | {"move": "offer", "sku": MONITOR})

    assert f"/artikel/{MONITOR}" in portal.signed_in(world.it).page("/bedarf")
    assert "Nichts in dieser Auswahl" in desk.page("/bedarfe")
    assert desk.get("/bedarfe/gleiche", worte="gibtesnicht").status_code == 404
    assert portal.signed_in(world.auditor).get("/bedarfe").status_code == 200


def test_a_round_from_question_to_sum(portal: Any, session: Session, world: World) -> None:
    desk, member = portal.signed_in(world.desk), portal.signed_in(world.it)
    wrong = desk.post("/bedarfsrunden", ROUND | {"deadline": ""})
    assert wrong.status_code == 422
    assert count(session, DemandRound) == 0
    here = desk.post("/bedarfsrunden", ROUND).headers["location"]

    assert "Ihre Antwort fehlt noch" in member.page("/bedarf")
    assert member.post(f"{here}/meldung", {"requested": "viele"}).status_code == 422
    member.post(f"{here}/meldung", {"requested": "40", "note": "Austausch"})
    answer_id = session.scalars(select(RoundAnswer.id)).one()
    session.rollback()
    assert "Austausch" not in portal.signed_in(world.it_magdeburg).page(here)
    desk.post(f"{here}/schritt", {"move": "review"})
    lower = {f"approved-{answer_id}": "30"}
    refused = desk.post(f"{here}/mengen", lower)
    assert refused.status_code == 422
    assert "Bitte begründen Sie die kleinere Menge" in refused.text
    desk.post(f"{here}/mengen", lower | {f"reason-{answer_id}": "Rest im Vertrag"})
    desk.post(f"{here}/schritt", {"move": "close"})
    desk.post(f"{here}/rahmenvertrag", {"framework": world.framework.number})

    page = desk.page(here)
    assert "geschätzte Menge für die Ausschreibung" in page
    assert f"/rahmenvertraege/{world.framework.number}" in page
    assert "Rest im Vertrag" in member.page(here)
    lines = desk.get(f"{here}/meldungen.csv").content.decode("utf-8-sig").splitlines()
    assert lines[1:] == [
        f"{world.dessau.name};40;Austausch;30;Rest im Vertrag;0",
        "Summe;40;;30;;0",
    ]
    assert member.post(f"{here}/meldung", {"requested": "50"}).status_code == 409


@SQLITE
def test_all_that_is_wrong_with_a_round_is_named_at_once_and_nobody_is_asked(
    portal: Any, session: Session, world: World
) -> None:
    sent = {
        "title": " ",
        "purpose": "Notebooks 2027",
        "period_from": "2027-07-01",
        "period_to": "demnächst",
        "deadline": "2026-11-20",
        "category": "gibtesnicht",
        "note": "x" * 3000,
    }
    before = count(session, OutboxMessage)

    page = portal.signed_in(world.desk).post("/bedarfsrunden", sent)

    assert page.status_code == 422
    for sentence in (
        "Bitte geben Sie der Runde einen Titel.",
        "Bitte geben Sie ein Datum an.",
        "Die Frist muss heute oder später enden.",
        "Bitte wählen Sie einen Eintrag der Liste.",
        f"Bitte höchstens {LONGEST_TEXT} Zeichen.",
    ):
        assert page.text.count(sentence) == 2  # in the summary and at its field
    assert "vor seinem Beginn" not in page.text
    assert 'value="Notebooks 2027"' in page.text
    assert "x" * 3000 in page.text
    assert count(session, DemandRound) == 0
    assert count(session, OutboxMessage) == before


def test_members_neither_steer_nor_see_others(portal: Any, session: Session, world: World) -> None:
    here = f"/bedarfsrunden/{opened(session, world).id}"
    member = portal.signed_in(world.it)

    assert member.get("/bedarfe").status_code == 403
    assert member.get(f"{here}/meldungen.csv").status_code == 403
    assert member.post(f"{here}/schritt", {"move": "review"}).status_code == 403
    assert portal.signed_in(world.council).get("/bedarfsrunden").status_code == 403
    assert portal.signed_in(world.desk).get("/bedarf").status_code == 403
    assert member.get("/bedarfsrunden/999999").status_code == 404


def test_programs_report_once_and_read_their_own(portal: Any, world: World) -> None:
    api = portal.api(world.it)

    first = api.post("/api/v1/demands", BODY | {"estimated_net": "1740.5"})
    again = api.post("/api/v1/demands", BODY | {"estimated_net": "1740.5"})

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    told = first.json()
    assert (told["state"], told["member"], told["estimated_net"], told["currency"]) == (
        "open",
        world.dessau.key,
        "1740.50",
        "EUR",
    )
    listed = api.get("/api/v1/demands").json()
    assert (listed["total"], listed["next"], listed["items"]) == (1, None, [told])
    assert portal.api(world.it_magdeburg).get("/api/v1/demands").json()["total"] == 0
    assert portal.api(world.desk).get("/api/v1/demands").json()["total"] == 1


@SQLITE
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"quantity": 0}, "quantity"),
        ({"needed_by": "1999-01-01"}, "needed_by"),
        ({"bought_by": "stolen"}, "bought_by"),
        ({"estimated_net": "12,50"}, "estimated_net"),
        ({"category": "gibt-es-nicht"}, "category"),
        ({"colour": "red"}, "colour"),
    ],
    ids=["quantity", "day", "word", "amount", "category", "unknown field"],
)
def test_a_wrong_field_of_a_call_is_named_and_nothing_kept(
    portal: Any, session: Session, world: World, changes: dict[str, Any], field: str
) -> None:
    answer = portal.api(world.it).post("/api/v1/demands", BODY | changes)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert count(session) == 0
    assert portal.api(world.desk).post("/api/v1/demands", BODY).status_code == 403
    assert portal.api(world.it).get("/api/v1/demands", cursor="x").status_code == 422
