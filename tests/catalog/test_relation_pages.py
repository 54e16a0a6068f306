"""Pages and interface of variants, kits, option rules, the toner finder and successors."""

from typing import Any

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.catalog.records import Article, ArticleReference
from app.catalog.relations.index_models import index_models
from app.catalog.relations.records import Kit, OptionRule, Successor
from app.catalog.relations.rules_models import fitting, models_of_article
from app.catalog.relations.rules_options import OptionKind
from app.database.tenant import EVERY_MEMBER
from app.frameworks.records import PartyRule
from app.fulfilment.record_delivery import record_delivery
from app.fulfilment.rules import DeliveredLine
from app.members.rules import Role
from app.ordering.wanted import Actor
from tests.support.application import Portal
from tests.support.clock import NOON
from tests.support.orders import confirmed, ready
from tests.support.relations import LETTER, declared, kit, option_rule
from tests.support.world import MONITOR, NOTEBOOK, WORKSTATION, World, lot_of, settled, somebody

PRINTER, TONER = NOTEBOOK, MONITOR  # any two articles, made a device and what fits it


def as_printer(session: Session) -> None:
    """The notebook becomes a printer that names the toner; the toner names an older model."""
    _change(session, PRINTER, name="HP LaserJet Pro M404dn", cpv="30232110")
    _change(session, TONER, name="HP 59A Toner schwarz", cpv="30125110")
    fits = fitting([["Passend für", "LaserJet Pro M402/M404", ""]])
    told = models_of_article("", "30125110", fits)
    device = models_of_article("HP LaserJet Pro M404dn", "30232110", ())
    models = {_id(session, PRINTER): device, _id(session, TONER): told}
    index_models(session, models, known=())
    refer(session, PRINTER, "accessories", TONER)


def refer(session: Session, sku: str, kind: str, target: str) -> None:
    session.add(
        ArticleReference(article_id=_id(session, sku), kind=kind, target_sku=target, quantity=1)
    )
    session.flush()


@pytest.mark.parametrize(
    ("typed", "device"),
    [
        ("M404", "HP LaserJet Pro M404dn"),
        ("hp laserjet m404DN", "HP LaserJet Pro M404dn"),
        ("M402dne", "LaserJet Pro M402"),
        ("laserjet pro", "LaserJet Pro M402"),
    ],
)
def test_toner_is_found_by_the_model_of_the_device(portal: Portal, typed: str, device: str) -> None:
    place = settled(portal.session)
    as_printer(portal.session)
    portal.end_transaction()

    page = portal.signed_in(place.it).page("/toner-finden", q=typed)
    found = portal.api(place.it).get("/api/v1/supplies", device=typed).json()

    assert device in page
    assert "HP 59A Toner schwarz" in page
    assert found["items"][0]["model"] == device
    assert [one["sku"] for one in found["items"][0]["supplies"]] == [TONER]


@pytest.mark.parametrize("typed", ["Fax 3000", "%", "'; --", "0" * 500])
def test_an_unknown_model_offers_a_way_on(portal: Portal, typed: str) -> None:
    place = settled(portal.session)
    portal.end_transaction()

    assert "Kein Gerät gefunden" in portal.signed_in(place.it).page("/toner-finden", q=typed)


def test_suggestions_name_models_while_somebody_types(portal: Portal) -> None:
    place = settled(portal.session)
    as_printer(portal.session)
    portal.end_transaction()
    it = portal.signed_in(place.it)

    assert "HP LaserJet Pro M404dn" in it.get("/toner-finden/vorschlaege?q=m40", fragment=True).text


@pytest.mark.parametrize("typed", ["M404dn", "LaserJetProM404DN", "M404"])
def test_toner_that_names_the_model_without_its_ending_fits(portal: Portal, typed: str) -> None:
    place = settled(portal.session)
    as_printer(portal.session)
    portal.session.execute(delete(ArticleReference))
    portal.end_transaction()

    page = portal.signed_in(place.it).page("/toner-finden", q=typed)

    assert "HP LaserJet Pro M404dn" in page
    assert "HP 59A Toner schwarz" in page


@pytest.mark.parametrize(
    ("typed", "warned"),
    [
        ("LaserJet 4250", "„laserjet“"),
        ("TK-4250", "„tk“"),
        ("Xerox 4250", ""),
        ("Drucker WorkCentre 4250", ""),
        ("Toner für 4250", ""),
    ],
)
def test_a_device_of_the_same_figure_and_another_name_is_doubted(
    portal: Portal, typed: str, warned: str
) -> None:
    place = settled(portal.session)
    as_printer(portal.session)
    models = models_of_article("Xerox WorkCentre 4250", "30232110", ())
    index_models(portal.session, {_id(portal.session, PRINTER): models}, known=())
    portal.end_transaction()

    page = portal.signed_in(place.it).page("/toner-finden", q=typed)

    assert "Xerox WorkCentre 4250" in page
    assert ("Nur die Zahl stimmt überein" in page) is bool(warned)
    assert f"überein, {warned} kommt hier nicht vor" in page or not warned


def test_models_of_hidden_lots_are_no_suggestions(portal: Portal) -> None:
    place = settled(portal.session)
    as_printer(portal.session)
    place.framework.party_rule = PartyRule.LISTED
    place.framework.version += 1
    portal.end_transaction()

    it = portal.signed_in(place.it_magdeburg)
    other = it.get("/toner-finden/vorschlaege?q=m40", fragment=True).text

    assert "M404dn" not in other
    assert "M402" not in other


def test_a_device_of_a_hidden_lot_is_neither_named_nor_linked(portal: Portal) -> None:
    place = settled(portal.session)
    as_printer(portal.session)
    lot_of(portal.session, PRINTER).only_districts = "15001"
    place.framework.version += 1
    portal.end_transaction()

    found = portal.api(place.it_magdeburg).get("/api/v1/supplies", device="M404").json()

    assert [(one["model"], one["sku"]) for one in found["items"]] == [("LaserJet Pro M404", None)]
    assert f'href="/artikel/{PRINTER}"' not in portal.signed_in(place.it_magdeburg).page(
        "/toner-finden", q="M404"
    )


def test_a_serial_number_finds_toner_for_the_own_member_only(portal: Portal) -> None:
    place = ready(portal.session)
    as_printer(portal.session)
    found = confirmed(portal.session, place, {PRINTER: 1})
    delivered = (DeliveredLine(PRINTER, 1, ("CNB-4711",)),)
    record_delivery(portal.session, found, delivered, Actor(place.desk.id, None), NOON)
    portal.end_transaction()

    own = portal.signed_in(place.it).page("/toner-finden", q="cnb-4711")
    other = portal.signed_in(place.it_magdeburg).page("/toner-finden", q="CNB-4711")

    assert "An Sie geliefert mit der Seriennummer cnb-4711." in own
    assert "HP 59A Toner schwarz" in own
    assert "HP 59A Toner schwarz" not in other
    assert EVERY_MEMBER.member_id is None


def test_compatibility_shows_on_both_articles(portal: Portal) -> None:
    place = settled(portal.session)
    refer(portal.session, NOTEBOOK, "accessories", MONITOR)
    portal.end_transaction()
    it = portal.signed_in(place.it)

    assert "Passt dazu" in it.page(f"/artikel/{NOTEBOOK}")
    back = it.page(f"/artikel/{MONITOR}")
    assert "Passt zu" in back
    assert f'href="/artikel/{NOTEBOOK}"' in back


def test_variants_are_chosen_on_the_article_page(portal: Portal) -> None:
    place = settled(portal.session)
    for sku, memory in ((NOTEBOOK, "8"), (WORKSTATION, "16")):
        _change(
            portal.session,
            sku,
            family="ThinkPad L14",
            details={"features": [["Arbeitsspeicher", memory, "GB"]]},
        )
    portal.end_transaction()
    it = portal.signed_in(place.it)

    page = it.page(f"/artikel/{NOTEBOOK}")
    given = portal.api(place.it).get(f"/api/v1/articles/{NOTEBOOK}").json()

    assert "2 Varianten" in page
    assert f'href="/artikel/{WORKSTATION}"' in page
    assert "16 GB" in page
    assert [one["sku"] for one in given["variants"]] == [NOTEBOOK, WORKSTATION]


def test_the_editor_makes_changes_and_hides_a_kit(portal: Portal) -> None:
    place = settled(portal.session)
    portal.end_transaction()
    editor, it = portal.signed_in(place.contracts), portal.signed_in(place.it)
    sent = {"title": "Arbeitsplatz", "sku-1": NOTEBOOK, "quantity-1": "1", "sku-3": MONITOR}

    answer = editor.post("/pakete", sent | {"quantity-3": "2"})
    assert answer.headers["location"] == "/pakete/PAKET-001"
    page = it.page("/pakete/PAKET-001")
    assert "1.168,00\xa0€" in page  # 789.00 + 2 × 189.50
    given = portal.api(place.it).get("/api/v1/kits/PAKET-001").json()
    assert (given["net"], [line["quantity"] for line in given["lines"]]) == ("1168.00", [1, 2])

    changed = editor.post("/pakete/PAKET-001", sent | {"quantity-3": "1", "version": "1"})
    stale = editor.post("/pakete/PAKET-001", sent | {"quantity-3": "9", "version": "1"})
    assert (changed.status_code, stale.status_code) == (303, 409)
    editor.post("/pakete/PAKET-001/sichtbarkeit", {"sichtbar": "0"})
    assert "Noch keine Pakete" in it.page("/pakete")
    refused = it.post("/warenkorb/paket", {"paket": "PAKET-001", "anzahl": "1"})
    assert refused.status_code == 409


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"title": "", "sku-1": NOTEBOOK}, "Bitte geben Sie einen Namen"),
        ({"title": "X", "sku-1": "GIBT-ES-NICHT", "sku-2": MONITOR}, "gibt es im Katalog nicht"),
        ({"title": "X", "sku-1": MONITOR, "sku-2": MONITOR}, "steht schon weiter oben"),
        ({"title": "X", "sku-1": MONITOR, "quantity-1": "viele"}, "als ganze Zahl"),
        ({"title": "X" * 200, "sku-1": MONITOR, "sku-2": NOTEBOOK}, "höchstens 120 Zeichen"),
    ],
    ids=["no name", "unknown article", "twice", "no number", "too long"],
)
def test_a_wrong_kit_keeps_what_was_typed(portal: Portal, sent: dict[str, str], said: str) -> None:
    place = settled(portal.session)
    portal.end_transaction()

    answer = portal.signed_in(place.contracts).post("/pakete", sent)

    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{sent["sku-1"]}"' in answer.text
    assert portal.session.scalar(select(func.count()).select_from(Kit)) == 0


def test_option_rules_are_set_shown_and_removed(portal: Portal) -> None:
    place = settled(portal.session)
    portal.end_transaction()
    editor, it = portal.signed_in(place.contracts), portal.signed_in(place.it)
    sent = {
        "sku": NOTEBOOK,
        "kind": "one_of",
        "targets": MONITOR,
        "title": "Monitor",
        "pieces": "1",
    }

    editor.post("/optionsregeln", sent)
    page = it.page(f"/artikel/{NOTEBOOK}")
    given = portal.api(place.it).get(f"/api/v1/articles/{NOTEBOOK}").json()
    assert "erforderlich" in page
    assert "Monitor wählen" in page
    assert given["options"] == [
        {
            "kind": "one_of",
            "title": "Monitor",
            "pieces": 1,
            "articles": [{"sku": MONITOR, "name": "Monitor 27 Zoll"}],
        }
    ]

    later = it.post("/warenkorb", {"sku": [NOTEBOOK, ""], "quantity": "1"})
    assert later.status_code == 303
    assert "Es fehlt eine Auswahl (Monitor): 1 Stück" in it.page("/warenkorb")

    rule = portal.session.scalars(select(OptionRule.id)).one()
    portal.end_transaction()
    editor.post(f"/optionsregeln/{rule}/entfernen")
    assert "erforderlich" not in it.page(f"/artikel/{NOTEBOOK}")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"sku": "NICHTS"}, "gibt es im Katalog nicht"),
        ({"targets": ""}, "1 bis 30 Artikelnummern"),
        ({"targets": NOTEBOOK}, "nicht seine eigene Option"),
        ({"kind": "würfeln"}, "Bitte wählen Sie, was gelten soll."),
        ({"pieces": "x"}, "ganze Zahl"),
    ],
    ids=["unknown", "nothing", "itself", "kind", "pieces"],
)
def test_a_wrong_option_rule_is_refused_at_the_field(
    portal: Portal, changes: dict[str, str], said: str
) -> None:
    place = settled(portal.session)
    portal.end_transaction()
    sent = {"sku": NOTEBOOK, "kind": "one_of", "targets": MONITOR, "pieces": "1"} | changes

    answer = portal.signed_in(place.contracts).post("/optionsregeln", sent)

    assert answer.status_code == 422
    assert said in answer.text
    assert portal.session.scalar(select(func.count()).select_from(OptionRule)) == 0


def test_rules_of_the_file_bind_without_an_editor(portal: Portal) -> None:
    place = ready(portal.session)
    refer(portal.session, NOTEBOOK, "mandatory", MONITOR)
    _change(portal.session, NOTEBOOK, optioned=True)
    portal.end_transaction()
    it = portal.signed_in(place.it)
    it.post("/warenkorb", {"sku": NOTEBOOK, "quantity": "2"})

    assert "Dazu muss bestellt werden: 2 × „Monitor 27 Zoll“." in it.page("/warenkorb")


def test_a_successor_goes_through_two_hands(portal: Portal) -> None:
    place = settled(portal.session)
    second = somebody(portal.session, "zweite@kid.example", Role.CONTRACTS)
    portal.end_transaction()
    first, other = portal.signed_in(place.contracts), portal.signed_in(second)
    it = portal.signed_in(place.it)

    assert "Nachfolger eintragen" in first.page("/nachfolger/neu", alt=WORKSTATION, neu=NOTEBOOK)
    without = first.post("/nachfolger", {"old": WORKSTATION, "new": NOTEBOOK})
    assert (without.status_code, "als PDF an" in without.text) == (422, True)
    answer = _declare(first, WORKSTATION, NOTEBOOK)
    address = answer.headers["location"]
    assert "Nachfolger:" not in it.page(f"/artikel/{WORKSTATION}")
    assert first.post(f"{address}/freigeben").status_code == 409
    assert other.post(f"{address}/freigeben").status_code == 303
    assert "Nachfolger: Notebook 14 Zoll" in it.page(f"/artikel/{WORKSTATION}")
    assert "Nachfolger von" in it.page(f"/artikel/{NOTEBOOK}")
    paper = first.get(f"{address}/dokument")
    assert (paper.content, paper.headers["content-type"]) == (LETTER, "application/pdf")

    assert other.post(f"{address}/zurueckziehen", {"reason": ""}).status_code == 422
    other.post(f"{address}/zurueckziehen", {"reason": "Lieferstopp"})
    assert "Nachfolger:" not in it.page(f"/artikel/{WORKSTATION}")


def test_a_dearer_successor_is_refused_with_the_comparison(portal: Portal) -> None:
    place = settled(portal.session)
    portal.end_transaction()
    editor = portal.signed_in(place.contracts)

    answer = _declare(editor, NOTEBOOK, WORKSTATION)

    assert answer.status_code == 409
    assert "Kein zulässiger Nachfolger" in answer.text
    assert portal.session.scalar(select(func.count()).select_from(Successor)) == 0


def test_a_suppliers_hint_is_no_successor(portal: Portal) -> None:
    place = settled(portal.session)
    refer(portal.session, WORKSTATION, "followup", NOTEBOOK)
    portal.end_transaction()

    page = portal.signed_in(place.it).page(f"/artikel/{WORKSTATION}")
    hints = portal.signed_in(place.contracts).page("/nachfolger")

    assert "Der Lieferant nennt als Nachfolger" in page
    assert "noch nicht geprüft" in hints
    assert f"/nachfolger/neu?alt={WORKSTATION}&amp;neu={NOTEBOOK}" in hints


def test_kits_are_listed_for_programs(portal: Portal) -> None:
    place: World = settled(portal.session)
    kit(portal.session, {NOTEBOOK: 1, MONITOR: 1})
    option_rule(portal.session, NOTEBOOK, OptionKind.AT_MOST, (MONITOR,), 2)
    declared(portal.session, WORKSTATION, NOTEBOOK)
    portal.end_transaction()

    given = portal.api(place.it).get("/api/v1/kits").json()

    assert [(one["number"], one["net"]) for one in given["items"]] == [("PAKET-001", "978.50")]


def _declare(browser: Any, old: str, new: str) -> Any:
    files = {"document": ("Datenblatt.pdf", LETTER, "application/pdf")}
    return browser.post("/nachfolger", {"old": old, "new": new}, files=files)


def _id(session: Session, sku: str) -> int:
    return session.scalars(select(Article.id).where(Article.sku == sku)).one()


def _change(session: Session, sku: str, **values: Any) -> None:
    session.execute(update(Article).where(Article.sku == sku).values(**values))
