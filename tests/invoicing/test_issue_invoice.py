"""Issuing: one document per call over everything delivered, with files that agree."""

import json
from datetime import date, timedelta
from io import BytesIO

import pdfplumber
import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.archive.store import content
from app.audit.records import AuditEvent
from app.catalog.records import Article
from app.database.tenant import EVERY_MEMBER, Tenant
from app.documents.invoice.einvoice import Issuer
from app.invoicing.invoice_files import Form, invoice_file
from app.invoicing.issue_invoice import NothingToInvoice, issue_invoice
from app.invoicing.official_rules import judge
from app.invoicing.queries import invoice
from app.invoicing.records import Invoice
from app.kernel.errors import Conflict, NotFound
from app.kernel.german import euro
from app.kernel.money import Money
from app.ordering.placing.records import NumberSeries
from app.ordering.queries import call_off
from app.ordering.records import CallOff
from app.ordering.rules import Side, State
from app.ordering.steps.cancel_call_off import cancel_call_off
from app.ordering.wanted import Actor
from tests.support.clock import NOON, TODAY
from tests.support.invoices import operating_company
from tests.support.orders import confirmed, delivered, ready
from tests.support.told import mails
from tests.support.world import MONITOR, NOTEBOOK, WORKSTATION, World

ISSUER: Issuer = operating_company()


def desk(world: World) -> Actor:
    return Actor(world.desk.id, None)


def issue(session: Session, world: World, found: CallOff) -> Invoice:
    issued = issue_invoice(session, desk(world), found.number, EVERY_MEMBER, ISSUER, NOON)
    assert isinstance(issued, Invoice), issued
    return issued


def whole_order(session: Session, world: World) -> CallOff:
    """Two notebooks and one monitor, delivered at once."""
    found = confirmed(session, world, {NOTEBOOK: 2, MONITOR: 1})
    delivered(session, world, found, (NOTEBOOK, 2, ("A1", "A2")), (MONITOR, 1, ()))
    return found


def test_everything_delivered_gives_one_invoice_and_closes_the_order(session: Session) -> None:
    world = ready(session)
    found = whole_order(session, world)

    issued = issue(session, world, found)

    assert issued.number == "KID-2026-000001"
    assert issued.type_code == "380"
    assert (issued.net, issued.vat, issued.gross) == (
        Money.euros("1767.50"),
        Money.euros("335.83"),
        Money.euros("2103.33"),
    )
    assert issued.issued_on == TODAY
    assert issued.due_on == TODAY + timedelta(days=world.framework.payment_days)
    assert [(line.sku, line.quantity, line.net) for line in issued.lines] == [
        (NOTEBOOK, 2, Money.euros("1578.00")),
        (MONITOR, 1, Money.euros("189.50")),
    ]
    assert found.state is State.INVOICED


def test_the_stored_files_are_valid_and_say_the_same_amounts(session: Session) -> None:
    world = ready(session)
    issued = issue(session, world, whole_order(session, world))

    files = {form: content(session, hashed) for form, hashed in hashes(issued).items()}
    ubl, cii = files[Form.UBL].content, files[Form.CII].content
    with pdfplumber.open(BytesIO(files[Form.PDF].content)) as paper:
        words = (paper.pages[0].extract_text() or "").replace("\u00a0", " ")

    assert judge(ubl).findings == ()
    assert judge(cii).findings == ()
    for amount in (issued.net, issued.vat, issued.gross):
        assert f">{amount.text}<".encode() in ubl
        assert f">{amount.text}<".encode() in cii
        assert euro(amount).replace("\u00a0", " ") in words
    assert b"<cbc:BuyerReference>15001000-0001-87<" in ubl
    assert "Seriennummern: A1, A2" in words


def hashes(issued: Invoice) -> dict[Form, str]:
    return {
        Form.PDF: issued.pdf_sha256,
        Form.UBL: issued.ubl_sha256,
        Form.CII: issued.cii_sha256,
    }


def test_a_partial_delivery_is_invoiced_at_once_and_the_rest_later(session: Session) -> None:
    world = ready(session)
    found = confirmed(session, world, {WORKSTATION: 3})
    delivered(session, world, found, (WORKSTATION, 1, ("W1",)))

    first = issue(session, world, found)
    after_first = found.state
    delivered(session, world, found, (WORKSTATION, 2, ("W2", "W3")))
    second = issue(session, world, found)

    assert after_first is State.PARTIALLY_DELIVERED
    assert [line.quantity for line in (*first.lines, *second.lines)] == [1, 2]
    assert (first.net, second.net) == (Money.euros("1249.91"), Money.euros("2499.81"))
    assert found.state is State.INVOICED


def test_one_invoice_covers_several_deliveries_with_their_period(session: Session) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 3})
    delivered(session, world, found, (MONITOR, 1, ()), now=NOON - timedelta(days=3))
    delivered(session, world, found, (MONITOR, 2, ()))

    issued = issue(session, world, found)
    document = json.loads(issued.document)

    assert [line.quantity for line in issued.lines] == [1, 2]
    assert document["supplied_from"] == "2026-11-18"
    assert document["supplied_to"] == "2026-11-21"
    assert f"Lieferscheine: L-{found.number}-1, L-{found.number}-2." in document["notes"]
    assert judge(content(session, issued.ubl_sha256).content).findings == ()


def test_issuing_twice_gives_nothing_and_uses_no_number(session: Session) -> None:
    world = ready(session)
    found = whole_order(session, world)
    issue(session, world, found)

    again = issue_invoice(session, desk(world), found.number, EVERY_MEMBER, ISSUER, NOON)

    assert again == NothingToInvoice(found.number)
    assert again.code == "nothing_to_invoice"
    assert session.scalar(select(func.count(Invoice.id))) == 1
    assert drawn(session) == 1


def drawn(session: Session) -> int | None:
    series = select(NumberSeries.last).where(NumberSeries.series == "invoice:KID-2026")
    return session.scalar(series)


def test_without_a_delivery_there_is_nothing_to_invoice(session: Session) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 1})

    refused = issue_invoice(session, desk(world), found.number, EVERY_MEMBER, ISSUER, NOON)

    assert refused == NothingToInvoice(found.number)
    assert found.state is State.CONFIRMED
    assert drawn(session) is None


def test_an_order_whose_rest_was_cancelled_after_its_invoice_is_closed(session: Session) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 3})
    delivered(session, world, found, (MONITOR, 1, ()))
    issue(session, world, found)
    cancel_call_off(
        session,
        desk(world),
        found.number,
        EVERY_MEMBER,
        NOON,
        side=Side.DESK,
        reason="Der Hersteller liefert nicht mehr.",
    )

    closed = issue_invoice(session, desk(world), found.number, EVERY_MEMBER, ISSUER, NOON)

    assert closed == NothingToInvoice(found.number, closed=True)
    assert call_off(session, found.number, EVERY_MEMBER).state is State.INVOICED


def test_reverse_charge_articles_are_refused_with_the_paragraph(session: Session) -> None:
    world = ready(session)
    found = whole_order(session, world)
    article = session.scalars(select(Article).where(Article.sku == MONITOR)).one()
    article.rc_category = True
    session.flush()

    with pytest.raises(Conflict, match=r"§ 13b Abs. 2 Nr. 10 UStG") as refused:
        issue_invoice(session, desk(world), found.number, EVERY_MEMBER, ISSUER, NOON)

    assert refused.value.code == "reverse_charge"
    assert found.state is State.DELIVERED
    assert drawn(session) is None


def test_a_faulty_invoice_is_refused_before_a_number_is_drawn(session: Session) -> None:
    world = ready(session)
    found = whole_order(session, world)
    world.dessau.city = " "
    session.flush()

    with pytest.raises(Conflict, match="Anschrift des Rechnungsempfängers"):
        issue_invoice(session, desk(world), found.number, EVERY_MEMBER, ISSUER, NOON)

    assert drawn(session) is None
    assert session.scalar(select(func.count(Invoice.id))) == 0


def test_a_buyer_without_leitweg_id_is_reached_by_mail_and_order_number(session: Session) -> None:
    world = ready(session)
    world.dessau.leitweg_id = None
    found = whole_order(session, world)

    issued = issue(session, world, found)
    ubl = content(session, issued.ubl_sha256).content

    assert f"<cbc:BuyerReference>{found.number}<".encode() in ubl
    assert b'schemeID="EM">rechnung@dessau-rosslau.example<' in ubl
    assert judge(ubl).findings == ()


def test_the_year_of_the_number_is_the_german_one(session: Session) -> None:
    world = ready(session)
    found = whole_order(session, world)
    new_year = NOON.replace(month=12, day=31, hour=23, minute=30)  # 00:30 in Berlin

    issued = issue_invoice(session, desk(world), found.number, EVERY_MEMBER, ISSUER, new_year)

    assert isinstance(issued, Invoice)
    assert issued.number == "KID-2027-000001"
    assert issued.issued_on == date(2027, 1, 1)


def test_orderer_and_invoice_address_get_a_mail_and_the_chain_the_hashes(session: Session) -> None:
    world = ready(session)
    issued = issue(session, world, whole_order(session, world))

    told = [one for one in mails(session) if f"invoice:{issued.number}" in one.dedupe_key]
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "invoice.issued")).one()

    assert [one.recipient for one in told] == ["rechnung@dessau-rosslau.example", world.it.mail]
    assert json.loads(event.payload)["pdf_sha256"] == issued.pdf_sha256
    assert event.subject == issued.number


def test_an_issued_invoice_cannot_be_changed_or_deleted(session: Session) -> None:
    world = ready(session)
    issue(session, world, whole_order(session, world))
    session.commit()

    for statement in (
        "UPDATE invoice SET gross = gross + 1, net = net + 1",
        "DELETE FROM invoice",
        "UPDATE invoice_line SET quantity = 9",
        "DELETE FROM invoice_line",
    ):
        with pytest.raises(DBAPIError, match="stays as written"):
            session.execute(text(statement))
        session.rollback()

    assert session.scalar(select(func.sum(Invoice.gross))) == Money.euros("2103.33")


def test_another_member_finds_neither_invoice_nor_files(session: Session) -> None:
    world = ready(session)
    issued = issue(session, world, whole_order(session, world))
    stranger = Tenant(world.magdeburg.id)

    with pytest.raises(NotFound):
        invoice(session, issued.number, stranger)
    with pytest.raises(NotFound):
        invoice_file(session, issued.number, Form.PDF, stranger)
    with pytest.raises(NotFound):
        issue_invoice(session, desk(world), issued.number, stranger, ISSUER, NOON)
