"""Pages of framework agreements: what is left, what was agreed, what was changed."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.frameworks import queries
from app.frameworks.agreement_page import agreement_page, change_papers
from app.frameworks.amending.amendment_forms import read_new
from app.frameworks.amending.change_framework import change_framework
from app.frameworks.amending.create_framework import create_framework
from app.frameworks.amending.forms import read_terms
from app.frameworks.amendment_limits import BASIS_WORDS, KIND_WORDS
from app.frameworks.open_lots import is_party
from app.frameworks.outlook.ceilings import outlook
from app.frameworks.records import AwardModel
from app.frameworks.supplier_choice import MODE_WORDS
from app.kernel.errors import Malformed
from app.kernel.german import whole_number
from app.kernel.legal_day import legal_day
from app.members.current import Asking, asking_page, needs
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Sent
from app.web.pages import redirect, render

router = APIRouter(include_in_schema=False)
Anybody = Annotated[Asking, Depends(asking_page)]
Manager = Annotated[Asking, Depends(needs(Scope.FRAMEWORKS_WRITE))]
HERE: Final = "/rahmenvertraege"
MODES: Final = [(mode.value, word) for mode, word in MODE_WORDS.items()]
AWARD_MODELS: Final = [
    (AwardModel.INTERMEDIARY.value, "Zentrale Beschaffung, Weitergabe im Inhouse-Geschäft"),
    (AwardModel.DIRECT_CALL_OFF.value, "Mitglieder rufen selbst beim Auftragnehmer ab"),
]


@router.get(HERE)
def show_all(request: Request, db: Db, now: Now, _asking: Anybody) -> Response:
    today = legal_day(now)
    found = queries.all_frameworks(db)
    context = {
        # The fullest first: that is what a new tender has to be begun for.
        "running": sorted(
            (one for one in found if one.runs_on(today)), key=lambda one: -one.used_percent
        ),
        "others": [one for one in found if not one.runs_on(today)],
        "today": today,
        "mode_words": MODE_WORDS,
    }
    return render(request, "frameworks/frameworks.html", context)


@router.get(HERE + "/neu")
def new(request: Request, _manager: Manager) -> Response:
    return _new_page(request, {}, {})


@router.post(HERE + "/neu")
def create(request: Request, db: Db, now: Now, asking: Manager, sent: Sent) -> Response:
    try:
        made = create_framework(db, asking.person_id, read_new(sent), now)
    except Malformed as wrong:
        return _new_page(request, sent, wrong.by_field)
    return redirect(request, f"{HERE}/{made.number}", "Der Rahmenvertrag ist angelegt.")


@router.get(HERE + "/{number}")
def show(request: Request, db: Db, now: Now, asking: Anybody, number: str) -> Response:
    context = _context(db, asking, number, now)
    return render(request, "frameworks/framework.html", context)


@router.get(HERE + "/{number}/aenderungen")
def changes(request: Request, db: Db, now: Now, asking: Anybody, number: str) -> Response:
    """The change log: what, why, by whose decision, on which basis, with which paper."""
    context = _context(db, asking, number, now)
    entries = queries.changes(db, context["framework"].id)
    papers = change_papers(db, entries)
    if not sees_every_paper(asking):
        papers = {key: paper for key, paper in papers.items() if paper.open_to_members}
    context |= {
        "changes": entries,
        "papers": papers,
        "kind_words": KIND_WORDS,
        "basis_words": BASIS_WORDS,
    }
    return render(request, "frameworks/changes.html", context)


@router.get(HERE + "/{number}/bearbeiten")
def edit(request: Request, db: Db, now: Now, asking: Manager, number: str) -> Response:
    return _edit_page(request, _context(db, asking, number, now), {}, {})


@router.post(HERE + "/{number}/bearbeiten")
def change(
    request: Request, db: Db, now: Now, asking: Manager, number: str, sent: Sent
) -> Response:
    lots = queries.framework(db, number).lots
    seen = sent.get("version", "")
    try:
        terms = read_terms(sent, lots)
        change_framework(
            db,
            asking.person_id,
            number,
            terms,
            sent.get("reason", ""),
            now,
            seen=whole_number(seen),
        )
    except Malformed as wrong:
        return _edit_page(request, _context(db, asking, number, now), sent, wrong.by_field)
    return redirect(request, f"{HERE}/{number}", "Der Rahmenvertrag ist geändert.")


def sees_every_paper(asking: Asking) -> bool:
    """Members see what is open to them, the cooperative's people see all."""
    return asking.tenant == EVERY_MEMBER


def _new_page(request: Request, sent: dict[str, str], errors: dict[str, str]) -> Response:
    context = {"sent": sent, "errors": errors, "modes": MODES, "award_models": AWARD_MODELS}
    return render(request, "frameworks/new.html", context, status=422 if errors else 200)


def _edit_page(
    request: Request, context: dict[str, Any], sent: dict[str, str], errors: dict[str, str]
) -> Response:
    context |= {"errors": errors, "sent": sent, "modes": MODES}
    return render(request, "frameworks/edit.html", context, status=422 if errors else 200)


def _context(db: Session, asking: Asking, number: str, now: Now) -> dict[str, Any]:
    today = legal_day(now)
    page = agreement_page(db, number, today, every_paper=sees_every_paper(asking))
    member = asking.member
    return {
        "page": page,
        "found": page.found,
        "framework": page.framework,
        "lots": page.lots,
        "today": today,
        "outlook": outlook(db, page.found, now, None if member is None else member.id),
        "is_party": member is None or is_party(db, page.framework, member.id, today),
    }
