"""The demonstration: whom and what an empty database holds afterwards, and that it agrees."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.accounts.records import Person
from app.approvals.records import Approval
from app.audit.verify import verify_chains
from app.budgets.records import Budget
from app.budgets.rules import Limit
from app.catalog.records import Article, Category
from app.demonstration.fill import Filled, fill_demonstration
from app.demonstration.script import read_script
from app.documents.savings.savings_report import Reliability
from app.eligibility.deciding.verify_chains import verify_decision_chains
from app.frameworks.records import CeilingMovement, Framework, Lot
from app.invoicing.records import Invoice
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.kernel.month import Month
from app.members.queries import member_by_key
from app.members.records import Member, Membership, Unit
from app.notices.records import Notice
from app.notices.rules import Event
from app.ordering.basket.contents import Owner
from app.ordering.filling.queries import parked_seen
from app.ordering.filling.records import ParkedBasket
from app.ordering.filling.rules_changes import Change
from app.ordering.records import CallOff
from app.ordering.rules import State
from app.ordering.trail_records import RefusedAttempt
from app.outbox.records import OutboxMessage
from app.savings.compile_report import compile_report
from app.shipped import shipped
from tests.support.clock import NOON, TODAY
from tests.support.databases import SqliteServer, opened

PASSWORD = "Drei-Kraniche-am-Muldeufer"
CITY = "15001000"
ACCOUNTS = {
    "it@dessau-rosslau.example",
    "freigabe@dessau-rosslau.example",
    "rat@dessau-rosslau.example",
    "schule@dessau-rosslau.example",
    "zentrale@dessau-rosslau.example",
    "verwaltung@dessau-rosslau.example",
    "it@magdeburg.example",
    "freigabe@magdeburg.example",
    "amt@magdeburg.example",
    "desk@kid.example",
    "vertrag@kid.example",
    "katalog@kid.example",
    "recht@kitu.example",
    "nachweis@kitu.example",
    "pruefung@kitu.example",
    "admin@kitu.example",
}


def fill(session: Session, months: int) -> Filled:
    return fill_demonstration(session, NOON, shipped("catalog"), PASSWORD, months=months)


@pytest.fixture(scope="module")
def year(sqlite: SqliteServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The whole year, lived through once for all tests that only read it."""
    folder = tmp_path_factory.mktemp("year")
    with sqlite.fresh(folder) as url, opened(url) as database:
        with database.sessions.begin() as session:
            fill(session, 12)
        with database.sessions() as session:
            yield session


def test_a_short_demonstration_fills_both_databases_and_a_second_call_adds_nothing(
    session: Session,
) -> None:
    first = fill(session, 1)
    counts = [session.scalar(select(func.count()).select_from(t)) for t in (CallOff, Person)]
    second = fill(session, 1)

    budgets = session.scalars(select(Budget).order_by(Budget.product_account)).all()
    assert [(one.limit, one.standing.is_scarce) for one in budgets] == [
        (Limit.HARD, False),
        (Limit.SOFT, False),
        (Limit.SOFT, True),
    ]
    parked = session.scalars(select(ParkedBasket).order_by(ParkedBasket.parked_at)).first()
    assert parked is not None
    seen = parked_seen(session, Owner(parked.member_id, parked.holder_id or 0), parked.id, NOON)
    assert [one.change for one in seen.changes] == [Change.DEARER] * 2
    half = session.scalars(select(Approval).where(Approval.step_id.is_not(None))).one()
    waiting = session.scalars(select(CallOff).where(CallOff.number == half.subject)).one()
    assert waiting.state is State.IN_APPROVAL
    assert first.added
    assert second == Filled()
    assert counts == [
        session.scalar(select(func.count()).select_from(t)) for t in (CallOff, Person)
    ]
    assert verify_chains(session).breaks == ()
    assert verify_decision_chains(session) == ()


@pytest.mark.slow
def test_there_are_112_active_members_and_three_special_cases(year: Session) -> None:
    active = year.scalars(
        select(Member)
        .join(Membership, Membership.member_id == Member.id)
        .where(
            Membership.effective_from <= TODAY,
            Membership.effective_to.is_(None) | (Membership.effective_to >= TODAY),
            Member.key.not_like("DEMO-%"),
        )
    ).all()

    assert len(active) == 112
    assert {"15001000", "15003000", "15083040"} <= {member.key for member in active}
    assert year.scalar(select(func.count()).select_from(Member)) == 115
    assert all(member.demonstration for member in active)
    city = member_by_key(year, CITY)
    units = year.scalars(select(Unit).where(Unit.member_id == city.id)).all()
    assert sorted(unit.own_legal_person for unit in units).count(True) == 1


@pytest.mark.slow
def test_the_accounts_of_the_contract_are_there(year: Session) -> None:
    mails = set(year.scalars(select(Person.mail)))

    assert mails >= ACCOUNTS
    assert len(mails) == len(ACCOUNTS) + 1  # somebody orders for the member without evidence


@pytest.mark.slow
def test_the_catalog_has_its_agreements_and_1500_articles(year: Session) -> None:
    frameworks = year.scalars(select(Framework)).all()

    assert len(frameworks) == 6
    assert sum(framework.valid_to < TODAY for framework in frameworks) == 1
    assert [f.chain_link for f in frameworks if f.chain_link] == ["provitako"]
    articles = year.scalar(select(func.count()).select_from(Article).where(Article.active))
    assert articles is not None
    assert articles >= 1500
    used = [
        (lot.called_off_value.cents + lot.reserved_value.cents) * 100 // lot.maximum_value.cents
        for lot in year.scalars(select(Lot))
    ]
    assert sum(percent >= 95 for percent in used) == 1


@pytest.mark.slow
def test_every_month_but_one_carries_a_statement(year: Session) -> None:
    city = member_by_key(year, CITY)
    report = compile_report(year, city, Month.of(TODAY).previous(), NOON)

    kinds = Counter(row.reliability for row in report.months)
    assert kinds == {Reliability.RELIABLE: 11, Reliability.NOT_RELIABLE: 1}
    assert report.demonstration
    assert all(row.orders >= 12 for row in report.months if row.reliability == "reliable")
    assert 140 <= report.year.orders <= 230
    assert report.year.cases == report.year.orders
    assert report.year.portal_share.whole == 230 * 12
    assert report.time.negative is not None
    assert report.year.negative is not None
    assert report.year.negative.part > 0
    thin = next(row for row in report.months if row.reliability != "reliable")
    told = compile_report(year, city, thin.month, NOON)
    assert "keine belastbare Aussage" in told.headline


@pytest.mark.slow
def test_there_is_an_order_in_every_state_a_page_can_show(year: Session) -> None:
    states = Counter(year.scalars(select(CallOff.state)))

    shown = set(State) - {State.DRAFT, State.SUBMITTED, State.APPROVED}
    assert set(states) == shown
    codes = set(year.scalars(select(RefusedAttempt.code)))
    assert codes == {"ceiling_reached", "framework_not_running"}
    overdue = year.scalars(
        select(CallOff).where(CallOff.state == State.CONFIRMED, CallOff.promised_date < TODAY)
    ).all()
    assert len(overdue) == 1


@pytest.mark.slow
def test_nobody_approved_an_own_order_and_no_day_lies_ahead(year: Session) -> None:
    for call_off in year.scalars(select(CallOff)):
        assert call_off.approved_by != call_off.ordered_by
        assert call_off.demonstration
        assert call_off.submitted_at < NOON


@pytest.mark.slow
def test_the_purpose_of_an_order_fits_its_main_article(year: Session) -> None:
    purposes = read_script(shipped("catalog")).purposes
    category = dict(
        year.execute(
            select(Article.sku, Category.name).join(Category, Category.id == Article.category_id)
        ).all()
    )
    for call_off in year.scalars(select(CallOff).options(selectinload(CallOff.lines))):
        lines = [line for line in call_off.lines if not line.is_free]
        fitting = [purposes.get(category[line.sku], purposes["other"]) for line in lines]
        if not lines:
            continue
        assert any(call_off.purpose in words for words in fitting), call_off.number
        if "Dockingstation" in call_off.purpose:
            assert "Dockingstationen" in {category[line.sku] for line in lines}


@pytest.mark.slow
def test_report_and_invoices_agree_to_the_cent(year: Session) -> None:
    city = member_by_key(year, CITY)
    report = compile_report(year, city, Month.of(TODAY).previous(), NOON)
    completed = select(CallOff.id).where(
        CallOff.member_id == city.id, CallOff.state == State.COMPLETED
    )
    nets = year.scalars(select(Invoice.net).where(Invoice.call_off_id.in_(completed)))

    assert Money.total(row.net_value for row in report.months) == Money.total(nets)


@pytest.mark.slow
def test_the_ledger_explains_every_lot(year: Session) -> None:
    for lot in year.scalars(select(Lot)):
        moves = year.scalars(select(CeilingMovement).where(CeilingMovement.lot_id == lot.id)).all()
        assert Money.total(move.called_off_value for move in moves) == lot.called_off_value
        assert Money.total(move.reserved_value for move in moves) == lot.reserved_value
        assert sum(move.called_off_quantity for move in moves) == lot.called_off_quantity


@pytest.mark.slow
def test_all_chains_hold_and_nobody_gets_mail_about_the_past(year: Session) -> None:
    assert verify_chains(year).breaks == ()
    assert verify_decision_chains(year) == ()
    waiting = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.done_at.is_(None))
    assert year.scalar(waiting) == 0


@pytest.mark.slow
def test_bells_tell_of_the_last_days_and_older_notices_were_read(year: Session) -> None:
    unread = set(year.scalars(select(Notice.event).where(Notice.read_at.is_(None))))
    assert {Event.APPROVAL_NEEDED, Event.DESK_ORDER} <= unread
    assert year.scalars(select(Notice.id).where(Notice.read_at.is_not(None))).first() is not None


@pytest.mark.slow
def test_numbers_of_call_offs_run_with_the_days(year: Session) -> None:
    city = member_by_key(year, CITY)
    rows = year.scalars(
        select(CallOff)
        .where(CallOff.member_id == city.id, CallOff.state == State.COMPLETED)
        .order_by(CallOff.number)
    ).all()

    days = [legal_day(row.submitted_at) for row in rows]
    assert days == sorted(days)
    assert days[0] > TODAY - timedelta(days=400)
