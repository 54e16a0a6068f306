"""Forms for suppliers, lots, papers, the successor, returns and index values."""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.archive.store import content
from app.frameworks.agreement_page import document_of
from app.frameworks.amending.add_document import add_document
from app.frameworks.amending.add_lot import add_lot
from app.frameworks.amending.add_supplier import add_supplier
from app.frameworks.amending.amendment_forms import (
    month_of,
    read_index_value,
    read_lot,
    read_paper,
    read_supplier,
    read_supplier_change,
)
from app.frameworks.amending.change_supplier import GROUND_WORDS, change_supplier
from app.frameworks.amending.forms import Sheet
from app.frameworks.amending.name_successor import name_successor
from app.frameworks.amending.record_index_value import record_index_value
from app.frameworks.find_price_rule import index_values, price_rule_on
from app.frameworks.queries import all_frameworks, framework
from app.frameworks.returns.compare_returns import returns_of
from app.frameworks.returns.record_return import record_return
from app.frameworks.routes.agreements import Anybody, sees_every_paper
from app.frameworks.routes.sheets import (
    HERE,
    Form,
    Manager,
    SheetPage,
    offer,
    show_sheet,
    take,
)
from app.kernel.legal_day import legal_day
from app.web.dependencies import Db, Now
from app.web.pages import download

router = APIRouter(include_in_schema=False)

SUPPLIER: Final = SheetPage(
    "auftragnehmer",
    "Auftragnehmer erfassen",
    "Mehrere Auftragnehmer mit Rang (Kaskade) oder Anteil (Rotation), wie sie den Zuschlag "
    "erhalten haben (§ 21 Abs. 4 VgV).",
    "Auftragnehmer erfassen",
    resolution=False,
)
CHANGE: Final = SheetPage(
    "auftragnehmerwechsel",
    "Auftragnehmer wechseln",
    "Ein neuer Auftragnehmer tritt nur in den Fällen des § 132 Abs. 2 Satz 1 Nr. 4 GWB an die "
    "Stelle des alten.",
    "Wechsel festhalten",
    extra={"grounds": [(ground.value, word) for ground, word in GROUND_WORDS.items()]},
)
LOT: Final = SheetPage(
    "los",
    "Los hinzufügen",
    "Nur bis zum ersten Abruf. Ein offenes Sortiment ist ein Los für Artikel außerhalb der "
    "Preisliste; sein Höchstwert ist der vereinbarte Teil der übrigen Lose.",
    "Los hinzufügen",
    resolution=False,
)
PAPER: Final = SheetPage(
    "dokument",
    "Dokument ablegen",
    "Es wird mit seiner Prüfsumme unveränderlich aufbewahrt.",
    "Dokument ablegen",
    resolution=False,
)


offer(router, SUPPLIER, CHANGE, LOT, PAPER)


@router.post(HERE + "/auftragnehmer")
def new_supplier(form: Form, number: str) -> Response:
    def do() -> None:
        reason = Sheet(form.sent).text("reason", 2000)
        wish = read_supplier(form.sent)
        add_supplier(form.db, form.asking.person_id, number, wish, reason, form.now)

    return take(form, number, SUPPLIER, do)


@router.post(HERE + "/auftragnehmerwechsel")
def changed(form: Form, number: str) -> Response:
    def do() -> None:
        wish, by = read_supplier_change(form.sent, form.file)
        change_supplier(form.db, form.asking.person_id, number, wish, by, form.now, seen=form.seen)

    return take(form, number, CHANGE, do, "/aenderungen")


@router.post(HERE + "/los")
def new_lot(form: Form, number: str) -> Response:
    def do() -> None:
        reason = Sheet(form.sent).text("reason", 2000)
        add_lot(form.db, form.asking.person_id, number, read_lot(form.sent), reason, form.now)

    return take(form, number, LOT, do)


@router.post(HERE + "/dokument")
def new_paper(form: Form, number: str) -> Response:
    def do() -> None:
        wish = read_paper(form.sent, form.file)
        add_document(form.db, form.asking.person_id, number, wish, form.now)

    return take(form, number, PAPER, do)


@router.get(HERE + "/dokumente/{paper_id}")
def get_paper(db: Db, asking: Anybody, number: str, paper_id: int) -> Response:
    found = document_of(db, number, paper_id, every_paper=sees_every_paper(asking))
    stored = content(db, found.file_sha256)
    return download(stored.content, stored.media_type, found.file_name)


@router.get(HERE + "/nachfolger")
def successor(request: Request, db: Db, now: Now, _manager: Manager, number: str) -> Response:
    return show_sheet(request, db, now, number, _successor(db, number))


@router.post(HERE + "/nachfolger")
def new_successor(form: Form, number: str) -> Response:
    def do() -> None:
        sheet = Sheet(form.sent)
        following, day = sheet.text("successor", 40), sheet.day("hand_over_on")
        reason = sheet.text("reason", 2000)
        sheet.done()
        name_successor(
            form.db, form.asking.person_id, number, following, day, form.now, reason=reason
        )

    return take(form, number, _successor(form.db, number), do)


@router.get(HERE + "/meldungen")
def returns(request: Request, db: Db, now: Now, _manager: Manager, number: str) -> Response:
    return show_sheet(request, db, now, number, _returns(db, number, now))


@router.post(HERE + "/meldungen")
def new_return(form: Form, number: str) -> Response:
    def do() -> None:
        sheet = Sheet(form.sent)
        month, declared, note = (
            month_of(sheet),
            sheet.amount("declared", signed=True),
            sheet.text("note", 500),
        )
        sheet.done()
        record_return(form.db, form.asking.person_id, number, month, declared, form.now, note=note)

    return take(form, number, _returns(form.db, number, form.now), do, "/meldungen")


@router.get(HERE + "/index")
def index(request: Request, db: Db, now: Now, _manager: Manager, number: str) -> Response:
    return show_sheet(request, db, now, number, _index(db, number, now))


@router.post(HERE + "/index")
def new_value(form: Form, number: str) -> Response:
    def do() -> None:
        record_index_value(form.db, form.asking.person_id, read_index_value(form.sent), form.now)

    return take(form, number, _index(form.db, number, form.now), do, "/index")


def _successor(db: Session, number: str) -> SheetPage:
    others = [one.framework for one in all_frameworks(db) if one.framework.number != number]
    return SheetPage(
        "nachfolger",
        "Nachfolgevertrag verknüpfen",
        "Mitglieder sehen den Nachfolger und ab wann sie dort abrufen.",
        "Verknüpfen",
        resolution=False,
        extra={"others": [(one.number, f"{one.number} {one.title}") for one in others]},
    )


def _returns(db: Session, number: str, now: Now) -> SheetPage:
    found = framework(db, number).framework
    return SheetPage(
        "meldungen",
        "Umsatzmeldungen und Umlage",
        "Der Auftragnehmer meldet monatlich seinen Umsatz; daneben steht, was über das Portal "
        "abgerufen wurde. Fällig ist die Meldung 15 Tage nach Monatsende.",
        "Meldung erfassen",
        resolution=False,
        extra={"returns": returns_of(db, found, legal_day(now))},
    )


def _index(db: Session, number: str, now: Now) -> SheetPage:
    found = framework(db, number).framework
    rule = price_rule_on(db, found.id, legal_day(now))
    return SheetPage(
        "index",
        "Werte des Preisindex",
        "Ein zweiter Wert für denselben Monat berichtigt den ersten; beide bleiben in der Akte.",
        "Wert erfassen",
        resolution=False,
        extra={"rule": rule, "values": tuple(reversed(index_values(db, rule.index_name)))},
    )
