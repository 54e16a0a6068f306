"""The cockpit: what is used by whom, what comes next, and who may steer it."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.cockpit.framework_view import FrameworkView, framework_view, overview
from app.cockpit.rules import MemberUse, Term, shares, term_of
from app.cockpit.rules_shares import Claim, fair_shares
from app.frameworks.drawing.draw import open_with
from app.frameworks.records import Framework, Lot, MemberQuota
from app.kernel.german import day
from app.kernel.money import Money
from app.kernel.month import months_after
from app.kernel.unit_price import UnitPrice
from app.ordering.market.records import MarketPrice
from tests.frameworks.limits import draw, held, limit_total, lots, quota_used, used
from tests.support.application import Portal
from tests.support.clock import NOON, TODAY
from tests.support.orders import placed, ready, submitted
from tests.support.world import MONITOR, NOTEBOOK, World

NUMBER = "RV-2026-01"


def steady_use(session: Session, world: World) -> None:
    """Two notebooks a week for thirteen weeks, by turns of the two members, after an opening."""
    notebooks, monitors = lots(session)
    opened = NOON - timedelta(days=120)
    assert open_with(session, [draw(monitors, "1000.00", 5)], "Anfangsbestand", opened) is None
    for week in range(13):
        of = world.magdeburg if week % 2 else world.dessau
        piece = draw(notebooks, "1578.00", 2, of.id)
        held(session, piece, subject=f"A-{week}", now=NOON - timedelta(days=7 * week, hours=2))


def view_of(session: Session) -> FrameworkView:
    session.expire_all()
    return framework_view(session, NUMBER, NOON)


def test_an_agreement_without_lots_has_to_be_tendered_again_by_its_term(portal: Portal) -> None:
    world = ready(portal.session)
    bare = Framework(
        **{
            column.key: getattr(world.framework, column.key)
            for column in Framework.__table__.columns
            if column.key not in {"id", "number"}
        },
        number="RV-OHNE-LOSE",
    )
    portal.session.add(bare)
    portal.session.commit()
    keeper = portal.signed_in(world.contracts)

    by = months_after(bare.valid_to + timedelta(days=1), -bare.tender_months)
    assert f"bis {day(by)} beginnen" in keeper.page("/cockpit")
    page = keeper.page("/cockpit/RV-OHNE-LOSE")
    assert day(by) in page
    assert "9999" not in page
    assert "Noch kein Los ist angelegt" in page


@pytest.mark.parametrize(
    ("days", "term"),
    [
        pytest.param(-1, Term.OVER, id="over"),
        pytest.param(0, Term.WITHIN_30, id="last day"),
        pytest.param(30, Term.WITHIN_30, id="30"),
        pytest.param(31, Term.WITHIN_90, id="31"),
        pytest.param(90, Term.WITHIN_90, id="90"),
        pytest.param(91, Term.WITHIN_180, id="91"),
        pytest.param(180, Term.WITHIN_180, id="180"),
        pytest.param(181, Term.RUNS, id="181"),
    ],
)
def test_terms_that_end_are_sorted_into_180_90_and_30_days(days: int, term: Term) -> None:
    assert term_of(TODAY + timedelta(days=days), TODAY) is term


def test_an_equal_share_is_counted_over_all_who_may_call_off() -> None:
    uses = (
        MemberUse("a", "A", Money(300), Money(0), 1),
        MemberUse("b", "B", Money(50), Money(50), 1),
        MemberUse(None, "Anfangsbestand", Money(1000), Money(0), 9),
    )

    found = shares(uses, entitled=8)

    assert [(one.use.name, one.share, one.times_equal) for one in found] == [
        ("A", Decimal("0.75"), Decimal(6)),
        ("B", Decimal("0.25"), Decimal(2)),
        ("Anfangsbestand", Decimal(0), None),
    ]


def test_fair_shares_add_up_to_the_cent_and_who_drew_most_stands_first() -> None:
    claims = [
        Claim("a", "A", 1, Money(400)),
        Claim("b", "B", 1, Money(0)),
        Claim("c", "C", 2, Money(100)),
    ]

    found = fair_shares(Money(1003), claims)

    assert [(one.claim.key, one.share.cents, one.left.cents) for one in found] == [
        ("a", 251, -149),
        ("b", 251, 251),
        ("c", 501, 401),
    ]
    assert (found[0].over, found[0].percent) == (True, 159)
    equal = fair_shares(Money(10), [Claim(key, key, 0, Money(0)) for key in "cab"])
    assert [(one.claim.key, one.share.cents) for one in equal] == [("b", 3), ("c", 3), ("a", 4)]
    assert fair_shares(Money(10), []) == ()


def test_the_page_of_fair_shares_names_everybody_who_may_call_off(portal: Portal) -> None:
    world = ready(portal.session)
    placed(portal.session, world, {NOTEBOOK: 2})
    portal.session.commit()
    desk = portal.signed_in(world.desk)

    for basis in ("gleich", "bedarf", "unsinn"):
        page = desk.get(f"/cockpit/{NUMBER}/anteile", nach=basis)
        assert page.status_code == 200
        assert world.dessau.name in page.text
        assert world.magdeburg.name in page.text
    assert ";1578,00;" in desk.get(f"/cockpit/{NUMBER}/anteile.csv").text
    assert portal.signed_in(world.it).get(f"/cockpit/{NUMBER}/anteile").status_code == 403


def test_use_stands_by_member_and_month(session: Session) -> None:
    world = ready(session)
    placed(session, world, {NOTEBOOK: 2})
    placed(session, world, {MONITOR: 1}, of=world.magdeburg, now=NOON - timedelta(days=22))
    submitted(session, world, {NOTEBOOK: 1}, now=NOON)

    view = view_of(session)

    assert [(one.use.name, one.use.called_off, one.use.reserved) for one in view.members] == [
        ("Stadt Dessau-Roßlau", Money.euros("1578.00"), Money.euros("789.00")),
        ("Landeshauptstadt Magdeburg", Money.euros("189.50"), Money(0)),
    ]
    last_two = view.months[-2:]
    assert [(one.month.text, one.net, one.sum) for one in last_two] == [
        ("2026-10", Money.euros("189.50"), Money.euros("189.50")),
        ("2026-11", Money.euros("1578.00"), Money.euros("1767.50")),
    ]
    assert len(view.months) == 12
    assert (view.entitled, view.silent) == (2, 0)


def test_open_reservations_say_when_they_lapse(session: Session) -> None:
    world = ready(session)
    number = submitted(session, world, {NOTEBOOK: 1}, now=NOON)

    [waiting] = view_of(session).reservations

    assert (waiting.number, waiting.net) == (number, Money.euros("789.00"))
    assert (waiting.since, waiting.until) == (TODAY, date(2026, 12, 5))


def test_the_forecast_counts_what_members_draw_and_not_the_opening_stock(
    session: Session,
) -> None:
    world = ready(session)
    steady_use(session, world)
    session.execute(update(Lot).where(Lot.number == 1).values(maximum_value=Money.euros("24000")))

    [notebooks, monitors] = view_of(session).line.outlook.lots

    assert notebooks.forecast is not None
    assert notebooks.forecast.per_week == 157800
    # 3486 Euro are left: 15.46 days at 225.43 Euro a day
    assert notebooks.forecast.exhausted_on == TODAY + timedelta(days=16)
    assert notebooks.sentence.startswith(
        "Bei diesem Tempo ist Los 1 Notebooks am 07.12.2026 erschöpft"
    )
    assert monitors.sentence.startswith("Aus Los 2 Monitore wurde in 13 Wochen nichts abgerufen.")


def test_what_is_scarce_in_pieces_is_said_in_pieces(session: Session) -> None:
    world = ready(session)
    steady_use(session, world)
    session.execute(update(Lot).where(Lot.number == 1).values(maximum_quantity=30))

    notebooks = view_of(session).line.outlook.lots[0]

    assert notebooks.forecast is not None
    assert notebooks.forecast.exhausted_on == TODAY + timedelta(days=14)
    assert "Los 1 Notebooks nach Stückzahl am 05.12.2026 erschöpft" in notebooks.sentence


def test_what_must_be_tendered_first_stands_first(session: Session) -> None:
    world = ready(session)
    other = Framework(
        **{
            column: getattr(world.framework, column)
            for column in (
                "award_model",
                "party_rule",
                "contracting_entity",
                "supplier_name",
                "valid_from",
            )
        },
        number="RV-2026-02",
        title="Druck",
        valid_to=TODAY + timedelta(days=20),
    )
    session.add(other)
    session.flush()
    session.add(
        Lot(framework_id=other.id, number=1, title="Drucker", maximum_value=Money.euros("10"))
    )
    session.flush()

    lines = overview(session, NOON)

    assert [line.framework.number for line in lines] == ["RV-2026-02", NUMBER]
    assert lines[0].alarm
    assert lines[0].term is Term.WITHIN_30


def record_market_prices(session: Session, world: World, *prices: str) -> None:
    for days, price in enumerate(prices):
        session.add(
            MarketPrice(
                member_id=world.dessau.id,
                sku=NOTEBOOK,
                unit_price=UnitPrice.euros(price),
                source=f"Angebot {price}",
                seen_on=TODAY - timedelta(days=days),
                same_specification=True,
                is_list_price=False,
                recorded_by=world.it.id,
                recorded_at=NOON,
            )
        )
    session.flush()


def test_framework_prices_stand_beside_the_lowest_market_evidence(session: Session) -> None:
    world = ready(session)
    record_market_prices(session, world, "850.00", "750.00", "900.00")

    [found] = view_of(session).market

    assert (found.sku, found.market_price.text, found.count) == (NOTEBOOK, "750.00", 3)
    assert found.difference == Decimal("0.052")
    assert found.dearer


def test_list_prices_and_old_prices_are_no_evidence(session: Session) -> None:
    world = ready(session)
    record_market_prices(session, world, "700.00")
    [row] = session.scalars(select(MarketPrice)).all()
    old = {
        column.name: getattr(row, column.name)
        for column in MarketPrice.__table__.columns
        if column.name != "id"
    }
    session.add(MarketPrice(**old | {"seen_on": TODAY - timedelta(days=366)}))
    session.add(MarketPrice(**old | {"is_list_price": True}))
    session.add(MarketPrice(**old | {"same_specification": False}))
    session.flush()

    assert [one.count for one in view_of(session).market] == [1]


def test_desk_and_auditor_see_the_cockpit_and_members_do_not(portal: Portal) -> None:
    world = ready(portal.session)
    placed(portal.session, world, {NOTEBOOK: 2})
    for person in (world.desk, world.contracts, world.legal, world.auditor):
        page = portal.signed_in(person).get(f"/cockpit/{NUMBER}")
        assert page.status_code == 200
        assert "Stadt Dessau-Roßlau" in page.text
    for person in (world.it, world.approver, world.council, world.admin):
        assert portal.signed_in(person).get("/cockpit").status_code == 403
        assert portal.signed_in(person).get(f"/cockpit/{NUMBER}").status_code == 403


def test_the_overview_leads_to_each_agreement(portal: Portal) -> None:
    world = ready(portal.session)

    page = portal.signed_in(world.desk).get("/cockpit").text

    assert f'href="/cockpit/{NUMBER}"' in page
    assert portal.signed_in(world.desk).get("/cockpit/gibt-es-nicht").status_code == 404


def test_a_member_sees_ceilings_outlook_and_its_own_quota_only(portal: Portal) -> None:
    world = ready(portal.session)
    limit_total(portal.session, "5000.00")
    contracts = portal.signed_in(world.contracts)
    contracts.post(
        f"/cockpit/{NUMBER}/kontingent",
        {"lot": "1", "member": world.dessau.key, "value": "2.000,00", "reason": "Verteilung"},
    )

    ours = portal.signed_in(world.it).get(f"/rahmenvertraege/{NUMBER}").text
    theirs = portal.signed_in(world.it_magdeburg).get(f"/rahmenvertraege/{NUMBER}").text

    assert "Ihr Kontingent in Los 1 Notebooks" in ours
    assert "Vertrag insgesamt" in ours
    assert "noch keine belastbare Aussage" in ours
    assert "Ihr Kontingent" not in theirs
    assert "Stadt Dessau-Roßlau" not in theirs


def test_contracts_set_quotas_and_correct_the_use_by_form(portal: Portal) -> None:
    world = ready(portal.session)
    contracts = portal.signed_in(world.contracts)

    quota = contracts.post(
        f"/cockpit/{NUMBER}/kontingent",
        {"lot": "1", "member": world.dessau.key, "value": "2.000,00", "reason": "Verteilung"},
    )
    correction = contracts.post(
        f"/cockpit/{NUMBER}/berichtigung",
        {"lot": "1", "member": world.dessau.key, "value": "1.500,50", "reason": "Meldung 11"},
    )

    assert (quota.status_code, correction.status_code) == (303, 303)
    assert quota_used(portal.session) == (0, 150050, 0, 0)
    page = contracts.get(f"/cockpit/{NUMBER}").text
    assert "Los 1: 2.000,00\u00a0€" in page
    assert "75 % belegt" in page
    assert "Kontingent von Stadt Dessau-Roßlau in Los 1" in page
    assert "Meldung 11" in page


@pytest.mark.parametrize(
    ("form", "sent", "field"),
    [
        pytest.param("kontingent", {}, "reason", id="nothing sent"),
        pytest.param("kontingent", {"lot": "9"}, "lot", id="no such lot"),
        pytest.param("kontingent", {"value": "-1"}, "value", id="negative"),
        pytest.param("kontingent", {"value": "viel"}, "value", id="no amount"),
        pytest.param("kontingent", {"quantity": "1,5"}, "quantity", id="half a piece"),
        pytest.param("kontingent", {"quantity": "9" * 30}, "quantity", id="too many"),
        pytest.param("kontingent", {"reason": "x" * 1001}, "reason", id="long reason"),
        pytest.param("berichtigung", {"value": "-0,01"}, "value", id="below zero"),
        pytest.param("berichtigung", {"value": "1.000.000,01"}, "value", id="above the ceiling"),
        pytest.param("berichtigung", {"value": "٣"}, "value", id="foreign digits"),
        pytest.param("ueberwachung", {"reservation_days": "0"}, "reservation_days", id="0 days"),
        pytest.param("ueberwachung", {"tender_months": "99"}, "tender_months", id="99 months"),
        pytest.param("ueberwachung", {"alert_percents": "halb"}, "alert_percents", id="words"),
        pytest.param("ueberwachung", {"alert_percents": "101"}, "alert_percents", id="101 %"),
    ],
)
def test_a_wrong_form_says_what_to_mend_at_the_field_and_changes_nothing(
    portal: Portal, form: str, sent: dict[str, str], field: str
) -> None:
    world = ready(portal.session)
    good = {
        "kontingent": {"lot": "1", "member": world.dessau.key, "reason": "Grund"},
        "berichtigung": {"lot": "1", "reason": "Grund"},
        "ueberwachung": {
            "reservation_days": "14",
            "tender_months": "9",
            "alert_percents": "50 75 90",
            "reason": "Grund",
        },
    }[form]
    complete = good | sent if sent else {}

    answer = portal.signed_in(world.contracts).post(f"/cockpit/{NUMBER}/{form}", complete)

    assert answer.status_code == 422
    assert f'id="{field}-fehler"' in answer.text
    assert used(portal.session) == [0, 0]
    assert portal.session.scalars(select(MemberQuota)).all() == []


def test_deadlines_and_alerts_are_set_for_the_agreement(portal: Portal) -> None:
    world = ready(portal.session)

    answer = portal.signed_in(world.contracts).post(
        f"/cockpit/{NUMBER}/ueberwachung",
        {
            "reservation_days": "5",
            "tender_months": "12",
            "alert_percents": "60, 80 %",
            "reason": "Vorgabe der Leitung",
        },
    )

    assert answer.status_code == 303
    portal.session.expire_all()
    framework = portal.session.scalars(select(Framework)).one()
    assert (framework.reservation_days, framework.tender_months) == (5, 12)
    assert {lot.alert_percents for lot in portal.session.scalars(select(Lot))} == {"60 80"}


def test_the_workbook_holds_ceilings_months_members_reservations_and_market(
    portal: Portal,
) -> None:
    world = ready(portal.session)
    placed(portal.session, world, {NOTEBOOK: 2})
    record_market_prices(portal.session, world, "750.00")

    answer = portal.signed_in(world.desk).get(f"/cockpit/{NUMBER}/cockpit.xlsx")

    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    assert book.sheet_names == ["Grenzen", "Verlauf", "Mitglieder", "Vorgemerkt", "Marktpreise"]
    members = book.get_sheet_by_name("Mitglieder").to_python()
    assert members[1][:5] == ["Stadt Dessau-Roßlau", world.dessau.key, 1578.0, 0.0, 2.0]
    assert book.get_sheet_by_name("Marktpreise").to_python()[1][2:5] == [789.0, 750.0, 0.052]


def test_members_are_exported_as_csv(portal: Portal) -> None:
    world = ready(portal.session)
    placed(portal.session, world, {NOTEBOOK: 2})

    answer = portal.signed_in(world.auditor).get(f"/cockpit/{NUMBER}/mitglieder.csv")

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[1] == "Stadt Dessau-Roßlau;15001000;1578,00;0,00;2;100,0\u00a0%;2,0;;"


def test_programs_read_ceilings_and_outlook_and_only_the_cooperative_sees_members(
    portal: Portal,
) -> None:
    world = ready(portal.session)
    limit_total(portal.session, "5000.00")
    placed(portal.session, world, {NOTEBOOK: 2})
    address = f"/api/v1/frameworks/{NUMBER}/use"

    desk = portal.api(world.desk).get(address).json()
    member = portal.api(world.it_magdeburg).get(address).json()

    assert desk["lots"][0]["called_off"] == "1578.00"
    assert desk["lots"][0]["forecast"]["state"] == "thin"
    assert (desk["total"]["maximum_value"], desk["total"]["remaining"]) == ("5000.00", "3422.00")
    assert [one["key"] for one in desk["members"]] == [world.dessau.key]
    assert (member["members"], member["quotas"]) == ([], [])
    assert member["lots"] == desk["lots"]
