"""Price rules: what a new price may be, and who may change the rule."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.publish_catalog_version import publish_catalog_version
from app.catalog.records import Price
from app.catalog.upkeep.import_catalog import ImportOrder, import_catalog
from app.frameworks.agreement_records import AgreedPriceRule, FrameworkChange
from app.frameworks.amending.amend_price_rule import PriceRuleWish, amend_price_rule
from app.frameworks.amending.amendment_forms import Handed, read_price_rule
from app.frameworks.amending.record_index_value import Published, record_index_value
from app.frameworks.amendment_limits import AmendmentBasis, AmendmentKind
from app.frameworks.find_price_rule import price_rule_on
from app.frameworks.price_rule import PriceRule, PriceRuleKind, forbids, rule_words
from app.kernel.errors import Malformed
from app.kernel.month import Month
from app.kernel.unit_price import UnitPrice
from tests.catalog.importing import SMALL
from tests.frameworks.agreements import NUMBER, PDF, decided, decision_form
from tests.support.clock import NOON, TODAY
from tests.support.world import World, settled

OLD = UnitPrice.euros("100")
FIXED = PriceRule(fixed_until=date(2027, 6, 30))
INDEX = PriceRule(
    kind=PriceRuleKind.INDEX,
    index_name="Erzeugerpreise",
    base_month=Month(2026, 1),
    values=((Month(2026, 1), 10_000), (Month(2026, 9), 10_800), (Month(2026, 11), 12_000)),
    threshold_points=300,
    cap_points=500,
)
DISCOUNT = PriceRule(kind=PriceRuleKind.LIST_DISCOUNT, discount_points=1500)


@pytest.fixture
def world(session: Session) -> World:
    made = settled(session)
    session.commit()
    return made


def euros(amount: str) -> UnitPrice:
    return UnitPrice.euros(amount)


@pytest.mark.parametrize("rule", [FIXED, INDEX, PriceRule()], ids=["fixed", "index", "none"])
def test_a_price_may_always_fall_or_stay(rule: PriceRule) -> None:
    assert forbids(rule, OLD, euros("99.9999"), TODAY) is None
    assert forbids(rule, OLD, OLD, TODAY) is None


def test_a_new_article_has_no_price_to_rise_from() -> None:
    assert forbids(FIXED, None, OLD, TODAY) is None


def test_a_fixed_price_does_not_rise_by_a_ten_thousandth() -> None:
    reason = forbids(FIXED, OLD, euros("100.0001"), date(2027, 6, 30))

    assert reason == "Der Preis ist bis 30.06.2027 fest."


def test_after_the_fixed_time_a_rise_needs_an_amendment() -> None:
    reason = forbids(FIXED, OLD, euros("101"), date(2027, 7, 1))

    assert reason == (
        "Der Vertrag vereinbart Festpreise; eine Erhöhung sieht er nicht vor. "
        "Nötig wäre eine Vertragsänderung nach § 132 GWB."
    )


def test_an_index_lifts_the_price_up_to_its_cap() -> None:
    assert forbids(INDEX, OLD, euros("105"), TODAY) is None
    assert forbids(INDEX, OLD, euros("105.0001"), TODAY) == (
        "Der Index Erzeugerpreise erlaubt bis September 2026 8 %, gekappt auf 5 %: "
        "höchstens 105,00\u00a0€."
    )
    assert forbids(replace(INDEX, cap_points=None), OLD, euros("108"), TODAY) is None


def test_only_a_month_that_has_ended_counts() -> None:
    """November's value is there, but November is not over."""
    uncapped = replace(INDEX, cap_points=None)

    assert forbids(uncapped, OLD, euros("120"), TODAY) is not None
    assert forbids(uncapped, OLD, euros("120"), date(2026, 12, 1)) is None


def test_below_its_threshold_the_index_lifts_nothing() -> None:
    calm = replace(INDEX, threshold_points=800)

    assert forbids(calm, OLD, euros("100.01"), TODAY) == (
        "Der Index Erzeugerpreise ist bis September 2026 um 8 % gestiegen; "
        "angepasst wird erst über 8 %."
    )


@pytest.mark.parametrize("hundredths", [9_700, 10_000])
def test_an_index_that_did_not_rise_lifts_nothing(hundredths: int) -> None:
    rule = replace(INDEX, values=((Month(2026, 1), 10_000), (Month(2026, 10), hundredths)))

    assert forbids(rule, OLD, euros("101"), TODAY) == (
        "Der Index Erzeugerpreise ist bis Oktober 2026 nicht gestiegen."
    )


def test_a_cap_of_nothing_is_no_rise_and_none_is_no_cap() -> None:
    form = decision_form(
        kind="index",
        index_name="Erzeugerpreise",
        base_month="2026-01",
        threshold="3",
        basis=AmendmentBasis.REVIEW_CLAUSE.value,
    )
    handed = Handed("beschluss.pdf", PDF)
    caps = [
        read_price_rule(form | {"cap": typed}, handed)[0].rule.cap_points
        for typed in ("", "0", "0,00", "2,5")
    ]

    assert caps == [None, 0, 0, 250]
    capped = replace(INDEX, cap_points=0)
    assert forbids(capped, OLD, UnitPrice(OLD.ten_thousandths + 1), TODAY) is not None
    assert forbids(capped, OLD, OLD, TODAY) is None


def test_an_index_without_its_value_allows_no_rise() -> None:
    unknown = replace(INDEX, values=())

    assert forbids(unknown, OLD, euros("101"), TODAY) == (
        "Für den Index Erzeugerpreise fehlt der Wert, nach dem sich der Preis richtet."
    )


def test_a_rise_is_announced_in_time() -> None:
    rule = replace(INDEX, announcement_days=30)
    first = TODAY + timedelta(days=30)

    assert forbids(rule, OLD, euros("104"), first, announced=TODAY) is None
    assert forbids(rule, OLD, euros("104"), TODAY, announced=TODAY) == (
        "Preiserhöhungen sind 30 Tage vorher anzukündigen; frühestens gilt der Preis ab 21.12.2026."
    )


def test_the_discount_on_the_list_price_binds_every_price() -> None:
    listed = euros("200")

    assert forbids(DISCOUNT, OLD, euros("170"), TODAY, list_price=listed) is None
    assert forbids(DISCOUNT, None, euros("170.01"), TODAY, list_price=listed) == (
        "Vereinbart sind 15 % Rabatt auf den Listenpreis 200,00\u00a0€: höchstens 170,00\u00a0€."
    )
    assert forbids(DISCOUNT, OLD, euros("101"), TODAY) == (
        "Zur Erhöhung fehlt der Listenpreis, auf den der Rabatt zu rechnen ist."
    )


def test_without_an_agreed_rule_prices_are_fixed(session: Session, world: World) -> None:
    world.framework.price_fixed_until = date(2027, 1, 31)
    session.commit()

    rule = price_rule_on(session, world.framework.id, TODAY)

    assert rule == PriceRule(fixed_until=date(2027, 1, 31))
    assert rule_words(rule) == "Festpreis; fest bis 31.01.2027"


def test_an_index_rule_holds_from_its_day_with_the_values_on_record(
    session: Session, world: World
) -> None:
    for month, value in ((Month(2026, 1), 9_900), (Month(2026, 1), 10_000)):
        published = Published("Erzeugerpreise", month, value, "Statistisches Bundesamt")
        record_index_value(session, world.contracts.id, published, NOON)
    wish = PriceRuleWish(replace(INDEX, values=()), AmendmentBasis.REVIEW_CLAUSE)

    amend_price_rule(session, world.contracts.id, NUMBER, wish, decided(), NOON)
    session.commit()

    rule = price_rule_on(session, world.framework.id, TODAY)
    assert rule == replace(INDEX, values=((Month(2026, 1), 10_000),))
    assert rule.reference_day == date(2026, 1, 1)
    yesterday = price_rule_on(session, world.framework.id, TODAY - timedelta(days=1))
    assert yesterday.kind is PriceRuleKind.FIXED
    change = session.scalars(select(FrameworkChange)).one()
    assert (change.kind, change.basis) == (AmendmentKind.PRICE_RULE, AmendmentBasis.REVIEW_CLAUSE)
    assert change.what == (
        "Preisregel: Festpreis → Preisgleitung nach Index; Erzeugerpreise, Basis Januar 2026, "
        "ab 3 % Änderung; höchstens 5 %"
    )
    assert change.document_id is not None


WRONG = [
    ("no value of the base month", INDEX, AmendmentBasis.REVIEW_CLAUSE, ["base_month"]),
    (
        "no discount",
        replace(DISCOUNT, discount_points=0),
        AmendmentBasis.REVIEW_CLAUSE,
        ["discount"],
    ),
    ("a basis that does not fit", FIXED, AmendmentBasis.MINOR, ["basis"]),
]


@pytest.mark.parametrize(
    ("rule", "basis", "fields"),
    [(rule, basis, fields) for _name, rule, basis, fields in WRONG],
    ids=[name for name, *_rest in WRONG],
)
def test_a_rule_that_cannot_be_applied_is_refused(
    session: Session, world: World, rule: PriceRule, basis: AmendmentBasis, fields: list[str]
) -> None:
    wish = PriceRuleWish(rule, basis)

    with pytest.raises(Malformed) as wrong:
        amend_price_rule(session, world.contracts.id, NUMBER, wish, decided(), NOON)
    session.rollback()

    assert [error.field for error in wrong.value.errors] == fields
    assert session.scalars(select(AgreedPriceRule)).all() == []


def test_a_price_guarantee_is_not_shortened_without_a_clause(
    session: Session, world: World
) -> None:
    world.framework.price_fixed_until = date(2027, 6, 30)
    session.commit()
    wish = PriceRuleWish(DISCOUNT, AmendmentBasis.INSUBSTANTIAL)

    with pytest.raises(Malformed) as wrong:
        amend_price_rule(session, world.contracts.id, NUMBER, wish, decided(), NOON)

    assert [error.code for error in wrong.value.errors] == ["shorter"]


def test_prices_last_as_long_as_the_rule_of_their_day_guarantees(
    session: Session, world: World
) -> None:
    """The rule was agreed before its first day; the award guaranteed less."""
    world.framework.price_fixed_until = TODAY - timedelta(days=1)
    session.add(
        AgreedPriceRule(
            framework_id=world.framework.id,
            kind=PriceRuleKind.FIXED,
            valid_from=TODAY,
            fixed_until=date(2027, 6, 30),
            at=NOON - timedelta(days=30),
        )
    )
    order = ImportOrder("klein.xml", NUMBER, person_id=world.contracts.id)
    read = import_catalog(session, io.BytesIO(SMALL), order, NOON)
    assert read.version_id is not None

    version = publish_catalog_version(session, read.version_id, world.it.id, NOON)

    ends = session.scalars(select(Price.valid_to).where(Price.catalog_version_id == version.id))
    assert {*ends} == {date(2027, 7, 1)}
