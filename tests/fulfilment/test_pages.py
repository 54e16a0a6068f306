"""The desk's pages: queue, one order, delivery, correction; the member's receipt."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.fulfilment.records import Delivery, GoodsReceipt, SerialCorrection, SerialNumber
from app.ordering.queries import lock_call_off
from app.ordering.records import CallOff
from app.ordering.rules import State
from app.ordering.trail_records import CallOffComment
from tests.support.clock import NOON, TODAY
from tests.support.orders import confirmed, delivered, placed, ready, submitted
from tests.support.world import MONITOR, NOTEBOOK, World


def _call_off(session: Session, number: str) -> CallOff:
    return session.scalars(
        select(CallOff).where(CallOff.number == number).execution_options(populate_existing=True)
    ).one()


def test_the_queue_counts_segments_and_puts_the_overdue_first(
    session: Session, portal: Any
) -> None:
    world = ready(session)
    fresh = placed(session, world, {MONITOR: 1}, now=NOON)
    late = confirmed(session, world, {MONITOR: 2}, of=world.magdeburg)
    late.promised_date = TODAY - timedelta(days=2)
    submitted(session, world, {MONITOR: 1})
    desk = portal.signed_in(world.desk)

    page = desk.page("/abwicklung")

    assert page.index(late.number) < page.index(f'value="{fresh}"')
    assert "überfällig" in page
    assert page.count("<tr>") == 3
    only_late = desk.page("/abwicklung", ueberfaellig="1")
    assert late.number in only_late
    assert fresh not in only_late


def test_the_search_finds_member_article_and_serial_number(session: Session, portal: Any) -> None:
    world = ready(session)
    first = confirmed(session, world, {NOTEBOOK: 1})
    delivered(session, world, first, (NOTEBOOK, 1, ("PF4711",)))
    second = confirmed(session, world, {MONITOR: 1}, of=world.magdeburg)
    desk = portal.signed_in(world.desk)

    for text, found, other in [
        ("pf4711", first, second),
        ("roßLAU", first, second),
        ("magdeburg", second, first),
        ("mon-27", second, first),
        (second.number, second, first),
    ]:
        page = desk.page("/abwicklung", q=text)
        assert found.number in page, text
        assert other.number not in page, text
    assert "Keine Abrufe gefunden" in desk.page("/abwicklung", q="100%_\\'")


def test_the_desk_goes_from_order_to_order_of_its_list(session: Session, portal: Any) -> None:
    world = ready(session)
    first, second, third = (placed(session, world, {MONITOR: 1}, now=NOON) for _ in range(3))
    other = placed(session, world, {NOTEBOOK: 1}, now=NOON)
    session.commit()
    desk = portal.signed_in(world.desk)
    query = "stand=neu&q=mon-27&sort=dringend"
    listed = f"?{query.replace('&', '&amp;')}"
    assert f'href="/abwicklung/{first}{listed}"' in desk.page(f"/abwicklung?{query}")

    page = desk.page(f"/abwicklung/{first}?{query}")
    assert f'href="/abwicklung/{second}{listed}"' in page
    sent = desk.post(f"/abwicklung/{first}/bestaetigen?{query}", {"promised_date": ""})
    assert sent.headers["location"] == f"/abwicklung/{first}?{query}"
    page = desk.page(f"/abwicklung/{first}?{query}")
    assert f'href="/abwicklung/{second}{listed}">Nächster Abruf' in page
    for number in (third, second):
        desk.post(f"/abwicklung/{number}/bestaetigen?{query}", {"promised_date": ""})
    page = desk.page(f"/abwicklung/{second}?{query}")
    assert f'href="/abwicklung{listed}">Zur Liste' in page
    assert "Nächster Abruf" not in page
    assert f"/abwicklung/{other}" in desk.page("/abwicklung")


def test_several_orders_are_confirmed_at_once_or_none(session: Session, portal: Any) -> None:
    world = ready(session)
    numbers = [placed(session, world, {MONITOR: 1}) for _ in range(2)]
    done = confirmed(session, world, {MONITOR: 1}).number
    desk = portal.signed_in(world.desk)
    day = (TODAY + timedelta(days=4)).isoformat()

    nothing = desk.post("/abwicklung/bestaetigen")
    mixed = desk.post("/abwicklung/bestaetigen", {"nummer": [*numbers, done]})
    both = desk.post("/abwicklung/bestaetigen", {"nummer": numbers, "promised_date": day})

    assert nothing.status_code == 422
    assert "Bitte wählen Sie mindestens einen neuen Abruf aus." in nothing.text
    assert mixed.status_code == 409
    assert both.status_code == 303
    assert both.headers["location"] == "/abwicklung?bestaetigt=2"
    states = {number: _call_off(session, number).state for number in numbers}
    assert set(states.values()) == {State.CONFIRMED}
    assert _call_off(session, numbers[0]).promised_date == TODAY + timedelta(days=4)


def test_the_export_cannot_carry_a_formula(session: Session, portal: Any) -> None:
    world = ready(session)
    number = placed(session, world, {MONITOR: 1})
    world.dessau.name = "=HYPERLINK(1)"
    desk = portal.signed_in(world.desk)

    answer = desk.get("/abwicklung/export.csv")

    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    assert number in answer.text
    assert ";=HYPERLINK" not in answer.text
    assert "'=HYPERLINK(1)" in answer.text


def _deliver(desk: Any, found: CallOff, **fields: str) -> Any:
    form = {"version": str(found.version), **fields}
    return desk.post(f"/abwicklung/{found.number}/lieferungen", form)


def test_a_hand_scanner_books_a_partial_delivery(session: Session, portal: Any) -> None:
    world = ready(session)
    found = confirmed(session, world, {NOTEBOOK: 3, MONITOR: 2})
    desk = portal.signed_in(world.desk)
    assert "Lieferung 1 buchen" in desk.page(f"/abwicklung/{found.number}")

    answer = _deliver(desk, found, **{"seriennummern-1": "sn-1\r\nsn-2\r\n\r\n", "menge-2": "1"})

    number = f"L-{found.number}-1"
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/abwicklung/{found.number}?gebucht={number}"
    page = desk.page(answer.headers["location"])
    assert "3 Stück gebucht, 2 offen." in page
    assert session.scalars(select(SerialNumber.serial)).all() == ["SN-1", "SN-2"]
    note = desk.get(f"/lieferscheine/{number}.pdf")
    assert note.content.startswith(b"%PDF-")
    assert note.content == desk.get(f"/lieferscheine/{number}.pdf").content


def test_a_wrong_scan_stays_readable_and_books_nothing(session: Session, portal: Any) -> None:
    world = ready(session)
    found = confirmed(session, world, {NOTEBOOK: 2, MONITOR: 2})
    desk = portal.signed_in(world.desk)

    answer = _deliver(desk, found, **{"seriennummern-1": "SN-1\nSN-1", "menge-2": "9"})

    assert answer.status_code == 422
    assert "Fehler: " in answer.text
    assert "Die Seriennummer SN-1 ist 2-mal erfasst." in answer.text
    assert "Es sind nur noch 2 Stück offen, nicht 9." in answer.text
    assert 'href="#seriennummern-1"' in answer.text
    assert 'href="#menge-2"' in answer.text
    assert "SN-1\nSN-1</textarea>" in answer.text
    assert session.scalar(select(func.count()).select_from(Delivery)) == 0


def test_the_same_page_sent_twice_books_once(session: Session, portal: Any) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 9})
    desk = portal.signed_in(world.desk)

    first = _deliver(desk, found, **{"menge-1": "2"})
    version = found.version
    form = {"version": str(version), "menge-1": "2"}
    second = desk.post(f"/abwicklung/{found.number}/lieferungen", form)
    third = desk.post(f"/abwicklung/{found.number}/lieferungen", form)

    assert [first.status_code, second.status_code, third.status_code] == [303, 303, 409]
    assert session.scalar(select(func.count()).select_from(Delivery)) == 2


def test_text_in_a_number_field_is_answered_with_a_sentence(session: Session, portal: Any) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 9})
    desk = portal.signed_in(world.desk)

    for typed in ("zwei", "-1", "1.5", "10000000000", "²"):
        answer = _deliver(desk, found, **{"menge-1": typed})
        assert answer.status_code == 422, typed
        assert "Bitte geben Sie eine ganze Zahl ab 0 an." in answer.text
    wrong_day = _deliver(desk, found, **{"menge-1": "1", "delivered_on": "gestern"})
    assert wrong_day.status_code == 422
    assert session.scalar(select(func.count()).select_from(Delivery)) == 0


def test_the_undelivered_rest_is_cancelled_with_a_reason(session: Session, portal: Any) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 5})
    delivered(session, world, found, (MONITOR, 2, ()))
    desk = portal.signed_in(world.desk)
    address = f"/abwicklung/{found.number}/stornieren"

    without = desk.post(address, {"version": str(found.version)})
    done = desk.post(address, {"version": str(found.version), "reason": "Abgekündigt"})

    assert without.status_code == 422
    assert "Bitte nennen Sie den Grund." in without.text
    assert done.status_code == 303
    again = lock_call_off(session, found.number, EVERY_MEMBER)
    assert again.state is State.DELIVERED
    assert (again.lines[0].delivered, again.lines[0].cancelled) == (2, 3)


def test_a_mistyped_serial_number_is_corrected_and_remembered(
    session: Session, portal: Any
) -> None:
    world = ready(session)
    found = confirmed(session, world, {NOTEBOOK: 2})
    delivered(session, world, found, (NOTEBOOK, 2, ("SN-1", "SN-2")))
    wrong = session.scalars(select(SerialNumber).where(SerialNumber.serial == "SN-1")).one()
    desk = portal.signed_in(world.desk)
    address = f"/abwicklung/{found.number}/seriennummern/{wrong.id}"

    taken = desk.post(address, {"after": "SN-2", "correction_reason": "Zahlendreher"})
    silent = desk.post(address, {"after": "SN-3", "correction_reason": ""})
    done = desk.post(address, {"after": "sn-3", "correction_reason": "Zahlendreher"})

    assert (taken.status_code, silent.status_code, done.status_code) == (422, 422, 303)
    assert "SN-2 wurde für NB-14 schon geliefert" in taken.text
    correction = session.scalars(select(SerialCorrection)).one()
    assert (correction.before, correction.after) == ("SN-1", "SN-3")
    assert "SN-1 → SN-3" in desk.page(f"/abwicklung/{found.number}")


def _delivered_order(session: Session, world: World) -> CallOff:
    found = confirmed(session, world, {NOTEBOOK: 1, MONITOR: 4})
    delivered(session, world, found, (NOTEBOOK, 1, ("SN-1",)), (MONITOR, 4, ()))
    return found


def test_the_member_confirms_everything_with_one_button(session: Session, portal: Any) -> None:
    world = ready(session)
    found = _delivered_order(session, world)
    member = portal.signed_in(world.it)
    assert "Alles vollständig und unbeschädigt" in member.page(f"/abrufe/{found.number}/empfang")

    done = member.post(f"/abrufe/{found.number}/empfang")
    again = member.post(f"/abrufe/{found.number}/empfang")

    assert done.headers["location"] == f"/abrufe/{found.number}"
    assert again.status_code == 409
    receipts = session.scalars(select(GoodsReceipt)).all()
    assert sorted(one.accepted for one in receipts) == [1, 4]
    assert _call_off(session, found.number).received_at is not None
    assert "Empfang bestätigt am" in member.page(f"/abrufe/{found.number}")


def test_a_short_receipt_reaches_the_desk(session: Session, portal: Any) -> None:
    world = ready(session)
    found = _delivered_order(session, world)
    line = session.scalars(select(Delivery)).one()
    member, desk = portal.signed_in(world.it), portal.signed_in(world.desk)
    ids = [one[0] for one in session.execute(select(GoodsReceipt.id))]
    assert ids == []
    line_id = _line_of(session, found, MONITOR)
    damaged = {"einzeln": "1", f"beschaedigt-{line_id}": "1", f"fehlt-{line_id}": "1"}

    silent = member.post(f"/abrufe/{found.number}/empfang", damaged)
    done = member.post(
        f"/abrufe/{found.number}/empfang", {**damaged, f"hinweis-{line_id}": "Glas gebrochen"}
    )

    assert silent.status_code == 422
    assert "Bitte beschreiben Sie kurz" in silent.text
    assert done.status_code == 303
    comment = session.scalars(select(CallOffComment)).one()
    assert "1 beschädigt, 1 fehlt. Glas gebrochen" in comment.text
    assert line.number in comment.text
    assert "Mangel gemeldet" in desk.page("/abwicklung")
    page = desk.page(f"/abwicklung/{found.number}")
    assert "Das Mitglied meldet" in page


def _line_of(session: Session, found: CallOff, sku: str) -> int:
    again = lock_call_off(session, found.number, EVERY_MEMBER)
    wanted = next(line.id for line in again.lines if line.sku == sku)
    sent = session.scalars(select(Delivery)).one()
    session.refresh(sent, ["lines"])
    return next(line.id for line in sent.lines if line.call_off_line_id == wanted)


def test_nothing_of_another_member_can_be_seen_or_confirmed(session: Session, portal: Any) -> None:
    world = ready(session)
    found = _delivered_order(session, world)
    number = session.scalars(select(Delivery.number)).one()
    stranger = portal.signed_in(world.it_magdeburg)

    assert stranger.get(f"/lieferscheine/{number}.pdf").status_code == 404
    assert stranger.get(f"/abrufe/{found.number}/empfang").status_code == 404
    assert stranger.post(f"/abrufe/{found.number}/empfang").status_code == 404
    assert session.scalar(select(func.count()).select_from(GoodsReceipt)) == 0


def test_the_desk_is_for_the_desk(session: Session, portal: Any) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 1})

    for person in (world.it, world.approver, world.council, world.auditor, world.admin):
        browser = portal.signed_in(person)
        assert browser.get("/abwicklung").status_code == 403
        assert browser.get(f"/abwicklung/{found.number}").status_code == 403
        assert _deliver(browser, found, **{"menge-1": "1"}).status_code == 403
    guest = portal.guest().get("/abwicklung")
    assert guest.headers["location"] == "/anmelden?weiter=/abwicklung"
    assert session.scalar(select(func.count()).select_from(Delivery)) == 0


def test_the_desk_sees_the_invoices_of_an_order(session: Session, portal: Any) -> None:
    world = ready(session)
    order = confirmed(session, world, {NOTEBOOK: 1})
    delivered(session, world, order, (NOTEBOOK, 1, ("PF4711",)))
    desk = portal.signed_in(world.desk)
    here = f"/abwicklung/{order.number}"
    assert "h-rechnungen" not in desk.page(here)

    issued = desk.post(f"{here}/rechnung").headers["location"].partition("?")[0]

    assert issued.startswith("/rechnungen/")
    assert f'href="{issued}"' in desk.page(here)
