"""The month's report over real call-offs, on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.catalog.content_records import ArticleLabel
from app.catalog.records import Article, Price
from app.catalog.rules_labels import Label
from app.cockpit.labelled_spend import labelled_spend
from app.database.tenant import Tenant
from app.documents.savings.savings_report import Named, Reliability, SavingsReport, Share
from app.kernel.errors import Malformed, NotFound
from app.kernel.money import Money
from app.kernel.month import Month
from app.kernel.unit_price import UnitPrice
from app.members.records import MembershipFee
from app.members.rules import Role
from app.savings.choose_report import choose_report
from app.savings.compile_report import compile_report, report_sha256
from app.savings.entering.enter_hourly_rate import enter_hourly_rate
from app.savings.entering.enter_overhead import enter_overhead
from app.savings.entering.record_market_price import record_market_price
from app.savings.forms import MarketPriceSent, OverheadSent, RateSent
from tests.savings.orders import Given, cancelled, completed, submitted
from tests.support.evidence import complete_evidence
from tests.support.world import MONITOR, World, settled, somebody

OCTOBER = Month(2026, 10)
FIRST = datetime(2026, 10, 1, 8, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 11, tzinfo=UTC)


@pytest.fixture
def world(session: Session) -> World:
    found = settled(session)
    complete_evidence(session)
    monitor = session.scalars(select(Article).where(Article.sku == MONITOR)).one()
    session.add(
        Price(
            article_id=monitor.id,
            catalog_version_id=monitor.catalog_version_id,
            unit_price=UnitPrice.euros("189.50"),
            valid_from=date(2026, 8, 1),
            valid_to=date(2026, 10, 22),
        )
    )
    session.flush()
    return found


@pytest.fixture
def buyers(session: Session, world: World) -> tuple[Person, ...]:
    school = somebody(session, "schule@dessau-rosslau.example", Role.ORDERER, world.dessau)
    central = somebody(session, "zentrale@dessau-rosslau.example", Role.ORDERER, world.dessau)
    return world.it, school, central


def a_month(
    session: Session, world: World, buyers: tuple[Person, ...], count: int, **changes: int | None
) -> None:
    for number in range(count):
        at = FIRST + timedelta(days=2 * number)
        completed(session, world, Given(at, buyers[number % len(buyers)], **changes))  # type: ignore[arg-type]


def report(session: Session, world: World, month: Month = OCTOBER) -> SavingsReport:
    return compile_report(session, world.dessau, month, LATER)


def test_twelve_measured_orders_of_three_people_carry_a_statement(
    session: Session, world: World, buyers: tuple[Person, ...]
) -> None:
    a_month(session, world, buyers, 12)

    found = report(session, world)

    assert found.time.reliability is Reliability.RELIABLE
    assert (found.time.orders, found.time.cases, found.time.full) == (12, 12, 12)
    assert found.time.saved == 12 * (180 - 10 - 5) * 60
    assert found.time.portal_share == Share(144, 230)
    assert found.time.lead_days == 2
    assert "33,0 Stunden Arbeitszeit gespart" in found.headline
    assert len(found.cases) == 12
    assert found.months[-1].saved == found.time.saved
    assert [section.letter for section in found.sections] == ["a", "b", "c", "d", "e"]


def test_a_thin_month_says_that_there_is_no_reliable_statement(
    session: Session, world: World, buyers: tuple[Person, ...]
) -> None:
    a_month(session, world, buyers, 6)

    found = report(session, world)

    assert found.time.reliability is Reliability.NOT_RELIABLE
    assert "keine belastbare Aussage" in found.headline
    assert "gespart" not in found.headline
    assert found.time.saved == 6 * 165 * 60


def test_four_orders_show_no_hours_anywhere(
    session: Session, world: World, buyers: tuple[Person, ...]
) -> None:
    a_month(session, world, buyers, 4)

    found = report(session, world)

    assert found.time.reliability is Reliability.SUPPRESSED
    assert (found.time.saved, found.time.net, found.time.spread) == (None, None, None)
    assert found.cases == ()
    assert found.months[-1].saved is None
    assert found.year.saved is None


def test_orderer_and_approver_alone_are_too_few_people(session: Session, world: World) -> None:
    a_month(session, world, (world.it,), 12)

    assert report(session, world).time.reliability is Reliability.SUPPRESSED


def test_one_hidden_month_cannot_be_told_from_the_year(
    session: Session, world: World, buyers: tuple[Person, ...]
) -> None:
    a_month(session, world, buyers, 12)
    for number in range(2):
        at = FIRST - timedelta(days=30 - number)
        completed(session, world, Given(at, buyers[0]))

    found = report(session, world)

    assert found.months[-2].saved is None
    assert found.year.saved == found.time.saved
    assert found.year.orders == 14
    assert any("zurückgerechnet" in sentence for sentence in found.method)


def test_cancelled_orders_cost_time_and_save_none(
    session: Session, world: World, buyers: tuple[Person, ...]
) -> None:
    a_month(session, world, buyers, 12)
    cancelled(session, world, Given(FIRST + timedelta(days=25), buyers[0], seconds=900))

    found = report(session, world)

    assert found.time.cancelled == 1
    assert found.time.cases == 12
    assert found.time.net == 12 * 165 * 60 - (900 + 300)
    assert found.time.wasted is None  # one person's time alone is not shown


def test_a_running_order_is_counted_apart(
    session: Session, world: World, buyers: tuple[Person, ...]
) -> None:
    a_month(session, world, buyers, 12)
    submitted(session, world, Given(FIRST + timedelta(days=25), buyers[0]))

    found = report(session, world)

    assert (found.time.orders, found.time.running) == (12, 1)


def test_what_ends_after_the_month_still_runs_in_its_report(
    session: Session, world: World, buyers: tuple[Person, ...]
) -> None:
    completed(session, world, Given(datetime(2026, 10, 30, 8, tzinfo=UTC), buyers[0]))

    assert report(session, world).time.running == 1
    assert report(session, world, OCTOBER.next()).time.orders == 1


def test_unstated_minutes_are_unknown_and_not_zero(
    session: Session, world: World, buyers: tuple[Person, ...]
) -> None:
    a_month(session, world, buyers, 12, outside=None)

    found = report(session, world)

    assert (found.time.full, found.time.portal_only) == (0, 12)
    assert found.time.saved is None
    assert found.time.upper_bound == 12 * 170 * 60
    assert found.time.reliability is Reliability.SUPPRESSED


def test_a_member_without_measurement_has_no_portal_time(
    session: Session, world: World, buyers: tuple[Person, ...]
) -> None:
    world.dessau.time_measurement_enabled = False
    a_month(session, world, buyers, 6)

    assert report(session, world).time.unmeasured == 6


def test_overhead_and_rate_enter_the_figures_under_their_own_names(
    session: Session, world: World, buyers: tuple[Person, ...]
) -> None:
    session.add(MembershipFee(valid_from=FIRST.date().replace(month=1), monthly=Money.euros("200")))
    a_month(session, world, buyers, 12)
    enter_overhead(session, world.dessau, OverheadSent(OCTOBER, 60, "Schulung"), "person:1", LATER)
    enter_hourly_rate(
        session, world.dessau, RateSent(Money.euros("60"), "Kämmerei 2026"), "person:1", LATER
    )

    money = report(session, world).money

    assert money.time_value == Money.euros("1920.00")  # 33 h - 1 h
    assert money.membership_cost == Money.euros("200.00")
    assert money.cash_result == Money.euros("-200.00")
    assert money.overall == Money.euros("1720.00")
    assert report(session, world).year_money.fee_months == 10


def test_market_evidence_counts_only_near_the_order_and_may_be_negative(
    session: Session, world: World, buyers: tuple[Person, ...]
) -> None:
    completed(session, world, Given(FIRST, buyers[0], quantity=10))
    price = MarketPriceSent(
        MONITOR, UnitPrice.euros("179.50"), "Angebot 17", FIRST.date(), True, False
    )
    record_market_price(session, world.dessau.id, price, buyers[0].id, LATER)

    money = report(session, world).money

    assert money.price_advantage == Money.euros("-100.00")
    assert money.evidence_coverage.percent == "100.0"


def test_another_members_orders_and_prices_never_enter(
    session: Session, world: World, buyers: tuple[Person, ...]
) -> None:
    a_month(session, world, buyers, 12)

    found = compile_report(session, world.magdeburg, OCTOBER, LATER)

    assert (found.time.orders, found.year.orders) == (0, 0)
    assert found.lots == ()
    assert found.scope == "Landeshauptstadt Magdeburg"


def test_the_report_over_all_members_adds_them_up(
    session: Session, world: World, buyers: tuple[Person, ...]
) -> None:
    a_month(session, world, buyers, 12)

    found = compile_report(session, None, OCTOBER, LATER)

    assert found.scope == "Alle Mitglieder"
    assert found.time.saved == 12 * 165 * 60
    assert found.time.target == 0
    assert found.desk_seconds is None


def test_the_hash_changes_with_the_figures_and_not_with_the_clock(
    session: Session, world: World, buyers: tuple[Person, ...]
) -> None:
    a_month(session, world, buyers, 6)
    first = report(session, world)
    again = compile_report(session, world.dessau, OCTOBER, LATER + timedelta(hours=1))
    enter_overhead(session, world.dessau, OverheadSent(OCTOBER, 1, ""), "person:1", LATER)

    assert first.sha256 == again.sha256 == report_sha256(again)
    assert report(session, world).sha256 != first.sha256


def test_a_changed_baseline_counts_for_new_orders_only(
    session: Session, world: World, buyers: tuple[Person, ...]
) -> None:
    a_month(session, world, buyers, 12)
    world.dessau.baseline_minutes = 60

    assert report(session, world).time.saved == 12 * 165 * 60


def test_only_own_members_and_real_months_can_be_chosen(session: Session, world: World) -> None:
    own = Tenant(world.dessau.id)

    assert choose_report(session, own, "", "", LATER).month == OCTOBER
    assert choose_report(session, own, "15001000", "2026-11", LATER).month == OCTOBER.next()
    with pytest.raises(NotFound):
        choose_report(session, own, "15003000", "", LATER)
    for wrong in ("2026-13", "2026-12", "x", "2026-1"):
        with pytest.raises(Malformed):
            choose_report(session, own, "", wrong, LATER)
    with pytest.raises(NotFound):
        choose_report(session, Tenant(None), "99999999", "", LATER)


def test_labelled_spend_counts_labels_as_they_were_on_the_day_of_the_order(
    session: Session, world: World, buyers: tuple[Person, ...]
) -> None:
    """Two monitors before the label ended, two after; withdrawing it later changes nothing."""
    for days in (1, 6):
        completed(session, world, Given(FIRST + timedelta(days=days), buyers[0]))
    monitor = session.scalars(select(Article).where(Article.sku == MONITOR)).one()
    for label, ends in ((Label.TCO_CERTIFIED, date(2026, 10, 5)), (Label.EPEAT, None)):
        session.add(
            ArticleLabel(
                article_id=monitor.id,
                label=label,
                valid_from=date(2026, 9, 1) if ends else date(2026, 11, 1),
                valid_to=ends,
                recorded_at=FIRST,
                withdrawn_at=LATER if ends else None,
            )
        )
    session.flush()

    report = compile_report(session, world.dessau, OCTOBER, LATER)

    assert report.labelled == Share(37900, 75800)
    assert report.labels == (Named("TCO Certified", 1, Money.euros("379.00")),)
    assert (
        "Mit gültigem Gütezeichen geliefert: 50,0\N{NO-BREAK SPACE}% des Nettowerts "
        "(TCO Certified 379,00\N{NO-BREAK SPACE}€; ein Artikel kann mehrere tragen)."
    ) in report.sections[1].sentences
    spend = labelled_spend(session, world.framework.id, LATER.date())
    assert (spend.net, spend.labelled) == (Money.euros("758.00"), Money.euros("379.00"))
