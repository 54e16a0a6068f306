"""Forms for what § 132 GWB limits: ceilings, prices, options, parties."""

from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.frameworks.agreement_page import agreement_page
from app.frameworks.amending.add_extension_option import add_extension_option
from app.frameworks.amending.amend_ceiling import amend_ceiling
from app.frameworks.amending.amend_price_rule import amend_price_rule
from app.frameworks.amending.amendment_forms import (
    read_ceiling,
    read_parties,
    read_price_rule,
    read_resolution,
)
from app.frameworks.amending.decide_extension import decide_extension
from app.frameworks.amending.forms import Sheet
from app.frameworks.amending.name_parties import name_parties
from app.frameworks.amending.resolution import resolution_errors
from app.frameworks.price_rule import KIND_WORDS
from app.frameworks.routes.sheets import (
    HERE,
    Form,
    Manager,
    SheetPage,
    offer,
    show_sheet,
    take,
)
from app.kernel.errors import FieldError, Malformed, NotFound
from app.kernel.legal_day import legal_day
from app.web.dependencies import Db, Now
from app.web.pages import redirect

router = APIRouter(include_in_schema=False)

CEILING: Final = SheetPage(
    "hoechstwert",
    "Höchstwert oder Höchstmenge ändern",
    "Geringfügig sind zusammen höchstens 10 % des ursprünglichen Werts, nicht über dem "
    "EU-Schwellenwert (§ 132 Abs. 3 GWB); zusätzliche oder unvorhersehbare Leistungen je "
    "Änderung höchstens 50 % mit Bekanntmachung (§ 132 Abs. 2 und 5 GWB).",
    "Höchstwert ändern",
    shows_room=True,
)
PRICE_RULE: Final = SheetPage(
    "preisregel",
    "Preisregel ändern",
    "Nach dieser Regel lässt das Portal Preiserhöhungen in neuen Preislisten zu. "
    "Senkungen gelten immer.",
    "Preisregel ändern",
    extra={"kinds": [(kind.value, word) for kind, word in KIND_WORDS.items()]},
)
OPTION: Final = SheetPage(
    "option",
    "Option zur Verlängerung erfassen",
    "Nur was die Vergabeunterlagen als Option nennen, verlängert den Vertrag "
    "(§ 132 Abs. 2 Satz 1 Nr. 1 GWB).",
    "Option erfassen",
    resolution=False,
)
PARTIES: Final = SheetPage(
    "abrufberechtigte",
    "Abrufberechtigte festlegen",
    "Abrufen darf nur, wer in der Bekanntmachung benannt ist, einzeln oder als klar "
    "bestimmte Klasse (§ 21 Abs. 2 VgV, EuGH C-216/17).",
    "Abrufberechtigte festlegen",
)


offer(router, CEILING, PRICE_RULE, OPTION, PARTIES)


@router.post(HERE + "/hoechstwert")
def change_ceiling(form: Form, number: str) -> Response:
    def do() -> None:
        wish, by = read_ceiling(form.sent, form.file)
        amend_ceiling(form.db, form.asking.person_id, number, wish, by, form.now, seen=form.seen)

    return take(form, number, CEILING, do, "/aenderungen")


@router.post(HERE + "/preisregel")
def change_price_rule(form: Form, number: str) -> Response:
    def do() -> None:
        wish, by = read_price_rule(form.sent, form.file)
        amend_price_rule(form.db, form.asking.person_id, number, wish, by, form.now, seen=form.seen)

    return take(form, number, PRICE_RULE, do, "/aenderungen")


@router.post(HERE + "/option")
def add_option(form: Form, number: str) -> Response:
    def do() -> None:
        sheet = Sheet(form.sent)
        months = sheet.needed_whole("months", 48, 1)
        notice_by, reason = sheet.day("notice_by"), sheet.text("reason", 2000)
        sheet.done()
        add_extension_option(
            form.db, form.asking.person_id, number, months, notice_by, form.now, reason=reason
        )

    return take(form, number, OPTION, do)


@router.get(HERE + "/verlaengerung/{option}")
def decide(
    request: Request, db: Db, now: Now, _manager: Manager, number: str, option: str
) -> Response:
    """What is decided already stands among the changes, with who decided and why."""
    page = agreement_page(db, number, legal_day(now), every_paper=True)
    found = _option(page.options, option)
    if found.exercised is not None:
        return redirect(request, f"/rahmenvertraege/{page.framework.number}/aenderungen")
    return show_sheet(request, db, now, number, _extension(found))


@router.post(HERE + "/verlaengerung/{option}")
def decided(form: Form, number: str, option: str) -> Response:
    page = agreement_page(form.db, number, legal_day(form.now), every_paper=True)
    found = _option(page.options, option)
    option_number: int = found.number

    def do() -> None:
        word = form.sent.get("decision", "")
        faults = []
        if word not in {"exercise", "decline"}:
            text = "Bitte wählen Sie, ob die Option ausgeübt wird."
            faults.append(FieldError("decision", "missing", text))
        try:
            by = read_resolution(form.sent, form.file)
        except Malformed as refusal:
            raise Malformed(*faults, *refusal.errors) from None
        if faults:
            raise Malformed(*faults, *resolution_errors(by, legal_day(form.now)))
        exercise = word == "exercise"
        decide_extension(
            form.db, form.asking.person_id, number, option_number, by, form.now, exercise=exercise
        )

    return take(form, number, _extension(found), do, "/aenderungen")


@router.post(HERE + "/abrufberechtigte")
def change_parties(form: Form, number: str) -> Response:
    def do() -> None:
        wish, by = read_parties(form.sent, form.file)
        name_parties(form.db, form.asking.person_id, number, wish, by, form.now, seen=form.seen)

    return take(form, number, PARTIES, do, "/aenderungen")


def _option(options: Any, wanted: str) -> Any:
    found = next((one for one in options if str(one.number) == wanted), None)
    if found is None:
        raise NotFound("Diese Option gibt es nicht.")
    return found


def _extension(option: Any) -> SheetPage:
    return SheetPage(
        f"verlaengerung/{option.number}",
        f"Option {option.number}: {option.months} Monate",
        "Die Erklärung gehört vor ihrem letzten Tag in die Akte; danach läuft der Vertrag aus.",
        "Entscheidung festhalten",
        extra={"option": option},
    )
