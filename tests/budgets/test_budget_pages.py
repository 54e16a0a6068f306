"""The pages of budgets, what checkout says of them, the list that is taken over, the API."""

from datetime import date

import pytest
from sqlalchemy import func, select, update

from app.budgets.records import Budget, BudgetMovement
from app.members.records import Member
from app.ordering.records import CallOff
from tests.support.application import Portal
from tests.support.evidence import complete_evidence
from tests.support.world import ACCOUNT, NOTEBOOK, World, settled

FORM = {"year": "2026", "account": ACCOUNT, "name": "IT: Geräte", "amount": "1.000,00"}
ORDER = {
    "zweck": "Ersatz",
    "konto": ACCOUNT,
    "adresse": "neu",
    "empfaenger": "IT-Lager",
    "strasse": "Zerbster Straße 4",
    "plz": "06844",
    "ort": "Dessau-Roßlau",
    "schluessel": "k-1",
}


@pytest.fixture
def world(portal: Portal) -> World:
    found = settled(portal.session)
    complete_evidence(portal.session)
    portal.end_transaction()
    return found


def opened(portal: Portal, world: World, limit: str) -> str:
    """The address of a budget of 1,000 euros."""
    answer = portal.signed_in(world.member_admin).post("/budgets", FORM | {"limit": limit})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_a_budget_is_opened_seen_and_changed_with_a_reason(portal: Portal, world: World) -> None:
    here = opened(portal, world, "hard")
    keeper = portal.signed_in(world.member_admin)
    assert "1.000,00" in keeper.page(here)
    assert "IT: Geräte" in keeper.page("/budgets")

    change = {"name": "IT", "amount": "2.000,00", "limit": "soft", "version": "1"}
    refused = keeper.post(here, change)
    assert refused.status_code == 422
    assert "Bitte nennen Sie den Grund" in refused.text
    assert keeper.post(here, change | {"reason": "Nachtrag"}).status_code == 303
    assert "Nachtrag" in keeper.page(here)
    stale = keeper.post(here, change | {"reason": "Nochmal"})
    assert stale.status_code == 409

    rows = portal.session.scalars(select(BudgetMovement.reason).order_by(BudgetMovement.id)).all()
    assert rows == ["", "Nachtrag"]
    reader = portal.signed_in(world.it)
    assert "Budget ändern" not in reader.page(here)
    start = reader.page("/")
    assert "Budgets 2026" in start
    assert "<b>2.000,00\xa0€</b> frei" in start
    assert "Nachtrag" in reader.get(f"{here}/bewegungen.csv").text


@pytest.mark.parametrize("field", ["year", "account", "name", "amount", "limit"])
def test_a_wrong_field_is_said_at_the_field_and_nothing_is_written(
    portal: Portal, world: World, field: str
) -> None:
    wrong = FORM | {"limit": "hard", field: "x" * 300 if field in {"account", "name"} else "x"}
    wrong = wrong | ({field: ""} if field in {"account", "name"} else {})

    answer = portal.signed_in(world.member_admin).post("/budgets", wrong)

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text or f"#{field}" in answer.text
    assert portal.session.scalar(select(func.count()).select_from(Budget)) == 0


def test_checkout_says_what_is_free_and_a_hard_limit_refuses_at_the_account(
    portal: Portal, world: World
) -> None:
    here = opened(portal, world, "hard")
    browser = portal.signed_in(world.it)

    checked = browser.post("/bestellen/pruefung", ORDER | {f"menge-{NOTEBOOK}": "1"}).text
    assert "noch 1.000,00\xa0€ frei" in checked
    assert "nach diesem Abruf 61,09\xa0€" in checked
    refused = browser.post("/bestellen", ORDER | {f"menge-{NOTEBOOK}": "2"})

    assert refused.status_code == 409
    assert "Das Budget reicht nicht: Auf Konto" in refused.text
    assert 'aria-invalid="true"' in refused.text
    assert "Ein anderes Produktkonto wählen" in refused.text
    assert portal.session.scalar(select(func.count()).select_from(CallOff)) == 0
    taken = browser.post("/bestellen", ORDER | {f"menge-{NOTEBOOK}": "1", "schluessel": "k-2"})
    assert taken.status_code == 303
    order = str(taken.headers["location"])
    assert "61,09\xa0€ von 1.000,00\xa0€ frei" in browser.page(order)
    assert "jetzt 61,09\xa0€ frei" in portal.signed_in(world.approver).page("/genehmigungen")
    assert "Budget" not in portal.signed_in(world.desk).page(order)
    assert order.rpartition("/")[2] in browser.page(here)


def test_a_passed_soft_limit_warns_and_stands_in_the_memo(portal: Portal, world: World) -> None:
    opened(portal, world, "soft")
    browser = portal.signed_in(world.it)
    sent = ORDER | {f"menge-{NOTEBOOK}": "2"}

    assert "Das Budget wird überschritten" in browser.post("/bestellen/pruefung", sent).text
    number = str(browser.post("/bestellen", sent).headers["location"]).rpartition("/")[2]
    approved = portal.signed_in(world.approver).post(f"/abrufe/{number}/genehmigen", {})

    assert approved.status_code == 303, approved.text
    memo = portal.api(world.it).get(f"/api/v1/call-offs/{number}/file.zip")
    assert memo.status_code == 200
    charge = portal.api(world.it).get(f"/api/v1/call-offs/{number}").json()["budgets"]
    assert charge == [
        {
            "year": 2026,
            "product_account": ACCOUNT,
            "amount": "1877.82",
            "remaining": "-877.82",
            "limit": "soft",
            "exceeded": True,
        }
    ]


def test_programs_read_budgets_and_are_refused_by_code(portal: Portal, world: World) -> None:
    opened(portal, world, "hard")
    api = portal.api(world.it)
    order = {
        "lines": [{"sku": NOTEBOOK, "quantity": 2}],
        "purpose": "Ersatz",
        "product_account": ACCOUNT,
    }

    refused = api.post("/api/v1/call-offs", order, key="a")

    assert (refused.status_code, refused.json()["code"]) == (409, "budget_exceeded")
    assert refused.json()["decision_id"]
    order["lines"] = [{"sku": NOTEBOOK, "quantity": 1}]
    taken = api.post("/api/v1/call-offs", order, key="b").json()
    assert [one["remaining"] for one in taken["budgets"]] == ["61.09"]
    listed = api.get("/api/v1/budgets?year=2026").json()
    assert listed["items"] == [
        {
            "year": 2026,
            "product_account": ACCOUNT,
            "name": "IT: Geräte",
            "limit": "hard",
            "amount": "1000.00",
            "committed": "938.91",
            "actual": "0.00",
            "remaining": "61.09",
            "currency": "EUR",
        }
    ]
    assert api.get("/api/v1/budgets?cursor=x").status_code == 422
    other = portal.api(world.it_magdeburg).get("/api/v1/budgets").json()
    assert other == {"items": [], "total": 0, "next": None}


def test_a_list_is_checked_first_and_only_its_good_rows_are_taken(
    portal: Portal, world: World
) -> None:
    opened(portal, world, "hard")
    keeper = portal.signed_in(world.member_admin)
    rows = (
        "Haushaltsjahr;Produktkonto;Bezeichnung;Ansatz;Grenze\n"
        f"2026;{ACCOUNT};IT: Geräte;1500.0;weich\n"
        "2026;2.1.1.01.525500;Schulen;viel;hart\n"
        "2027;2.1.1.01.525500;Schulen;8.000,00;hart\n"
        "2027;2.1.1.01.525500;Schulen;9.000,00;hart\n"
    )

    tried = keeper.post("/budgets/import", {"zeilen": rows})

    assert tried.status_code == 200
    assert "2 Zeilen übernehmen" in tried.text
    assert "1.500,00\xa0€" in tried.text  # as it was understood, not as it was typed
    assert "Der Ansatz ist kein Betrag" in tried.text
    assert "Das Konto steht schon in Zeile 4." in tried.text
    assert portal.session.scalar(select(func.count()).select_from(Budget)) == 1
    portal.end_transaction()
    done = keeper.post("/budgets/import", {"zeilen": rows, "uebernehmen": "1"})
    assert "Neu: 1, geändert: 1, unverändert: 0, nicht übernommen: 2." in done.text
    portal.end_transaction()
    amounts = portal.session.execute(select(Budget.year, Budget.amount).order_by(Budget.year)).all()
    assert [(year, amount.text) for year, amount in amounts] == [
        (2026, "1500.00"),
        (2027, "8000.00"),
    ]
    exported = keeper.get("/budgets/budgets.csv?jahr=alle").content.decode("utf-8-sig")
    again = keeper.post("/budgets/import", {"zeilen": exported})
    assert "Zeilen übernehmen" not in again.text
    assert keeper.post("/budgets/import", {"zeilen": "1;2;3"}).status_code == 422


def test_commitments_leave_in_the_words_of_the_finance_system(portal: Portal, world: World) -> None:
    opened(portal, world, "hard")
    browser = portal.signed_in(world.it)
    sent = ORDER | {f"menge-{NOTEBOOK}": "1", "kostenstelle": "4711"}
    number = str(browser.post("/bestellen", sent).headers["location"]).rpartition("/")[2]
    keeper = portal.signed_in(world.member_admin)

    assert keeper.post("/mittelbindungen", {"profil": "sap"}).status_code == 303
    lines = keeper.get("/mittelbindungen.csv").content.decode("utf-8-sig").splitlines()

    assert lines[0] == (
        "XBLNR;BLPOS;BLDAT;GJAHR;FISTL;FIPEX;SAKNR;KOSTL;POSID;GEBER;WTGES;WAERS;NAME1;PTEXT"
    )
    day = date(2026, 11, 21).strftime("%d.%m.%Y")
    assert lines[1].startswith(f"{number};1;{day};2026;;{ACCOUNT};;4711;;;938,91;EUR;")
    assert keeper.post("/mittelbindungen", {"profil": "infoma"}).status_code == 303
    lines = keeper.get("/mittelbindungen.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].endswith("Betrag;Deckungskreis;Finanzierungsart")
    own = {"profil": "own", "platz-committed": "2", "platz-number": "1", "name-number": "Nr."}
    assert keeper.post("/mittelbindungen", own).status_code == 303
    lines = keeper.get("/mittelbindungen.csv").content.decode("utf-8-sig").splitlines()
    assert lines == ["Nr.;gebunden", f"{number};938,91"]
    twice = own | {"name-committed": "Nr."}
    refused = keeper.post("/mittelbindungen", twice)
    assert (refused.status_code, "Zwei Spalten heißen gleich." in refused.text) == (422, True)
    assert "Nr." in browser.page("/mittelbindungen")


def test_commitments_say_how_the_order_is_financed(portal: Portal, world: World) -> None:
    opened(portal, world, "soft")
    stop = update(Member).where(Member.key == "15001000")
    portal.session.execute(stop.values(order_stop_date=date(2026, 11, 20)))
    portal.session.commit()
    sent = ORDER | {
        f"menge-{NOTEBOOK}": "1",
        "deckungskreis": "DK 11",
        "finanzierung": "above_plan",
        "finanzierungsvermerk": "Kämmerei, 18.11.2026",
        "foerderung": "DigitalPakt",
        "bindung": "2031-12-31",
    }
    answer = portal.signed_in(world.it).post("/bestellen", sent)
    number = str(answer.headers["location"]).rpartition("/")[2]
    approved = portal.signed_in(world.approver).post(
        f"/abrufe/{number}/genehmigen", {"acknowledged": "funds", "version": "1"}
    )
    assert approved.status_code == 303, approved.text

    reader = portal.signed_in(world.it)
    heads, values = reader.get("/mittelbindungen.csv").content.decode("utf-8-sig").splitlines()
    row = dict(zip(heads.split(";"), values.split(";"), strict=True))

    assert row["Deckungskreis"] == "DK 11"
    assert (row["Finanzierung"], row["Vermerk"]) == ("überplanmäßig", "Kämmerei, 18.11.2026")
    assert (row["Förderung"], row["Zweckbindung bis"]) == ("DigitalPakt", "31.12.2031")
    assert (row["Kassenschluss"], row["nach Kassenschluss"]) == ("20.11.2026", "ja")
    assert row["Mittel bestätigt"].startswith("freigabe, 21.11.2026")
    assert "wer bei der Genehmigung bestätigt hat, und wann" in reader.page("/mittelbindungen")
