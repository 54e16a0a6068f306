"""One frame for every form about an agreement: fields, errors, the resolution, the paper."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.archive.check_upload import paper_fault
from app.archive.media_type import LARGEST_FILE
from app.frameworks.agreement_page import agreement_page
from app.frameworks.amending.amendment_forms import Handed
from app.frameworks.amending.ceiling_room import ceiling_room
from app.frameworks.amendment_limits import BASIS_WORDS, RAISING, AmendmentBasis
from app.frameworks.queries import framework
from app.kernel.errors import Malformed
from app.kernel.german import whole_number
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.rules import BODY_KIND_LABELS, Scope
from app.web.dependencies import Db, Now, Scanning, Sent
from app.web.pages import redirect, render

HERE: Final = "/rahmenvertraege/{number}"
Manager = Annotated[Asking, Depends(needs(Scope.FRAMEWORKS_WRITE))]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A form: where it posts to under the agreement, its title, its fields."""

    path: str
    title: str
    lead: str
    button: str
    resolution: bool = True
    shows_room: bool = False
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def fields(self) -> str:
        return f"frameworks/fields/{self.path.partition('/')[0]}.html"


def handed(scan: Scanning, file: Annotated[UploadFile | None, File()] = None) -> Handed:
    """The file of the form; a byte beyond the limit is enough to refuse it."""
    if file is None:
        return Handed("", b"")
    content = file.file.read(LARGEST_FILE + 1)
    return Handed(file.filename or "", content, paper_fault(content, scan))


Paper = Annotated[Handed, Depends(handed)]


@dataclass(frozen=True, slots=True)
class Posted:
    """A form that was sent: by whom, when, with which fields and file."""

    request: Request
    db: Session
    now: datetime
    asking: Asking
    sent: dict[str, str]
    file: Handed

    @property
    def seen(self) -> int | None:
        """The version that the form was shown with."""
        return whole_number(self.sent.get("version", ""))


def posted(request: Request, db: Db, now: Now, asking: Manager, sent: Sent, file: Paper) -> Posted:
    return Posted(request, db, now, asking, sent, file)


Form = Annotated[Posted, Depends(posted)]


def show_sheet(
    request: Request,
    db: Session,
    now: datetime,
    number: str,
    sheet: SheetPage,
    *,
    sent: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    """The empty form, or with `errors` the one that was sent."""
    page = agreement_page(db, number, legal_day(now), every_paper=True)
    context = {
        "page": page,
        "framework": page.framework,
        "sheet": sheet,
        "sent": sent or {},
        "errors": errors or {},
        "today": legal_day(now),
        "bases": [(basis.value, BASIS_WORDS[basis]) for basis in AmendmentBasis],
        "raising": [(basis.value, BASIS_WORDS[basis]) for basis in RAISING],
        "body_kinds": [(kind.value, word) for kind, word in BODY_KIND_LABELS.items()],
        **sheet.extra,
        "rooms": ceiling_room(db, page.found, legal_day(now)) if sheet.shows_room else (),
    }
    return render(request, "frameworks/sheet.html", context, status=422 if errors else 200)


def offer(router: APIRouter, *sheets: SheetPage) -> None:
    """The empty forms that show the same whatever the agreement is."""
    for sheet in sheets:
        router.get(f"{HERE}/{sheet.path}")(_shown(sheet))


def _shown(sheet: SheetPage) -> Callable[..., Response]:
    def show(request: Request, db: Db, now: Now, _manager: Manager, number: str) -> Response:
        return show_sheet(request, db, now, number, sheet)

    show.__name__ = f"show_{sheet.path}"
    return show


def take(
    form: Posted, number: str, sheet: SheetPage, do: Callable[[], object], then: str = ""
) -> Response:
    """Do what was sent and go back to the agreement; a faulty form is shown again.

    NotFound before anything is read where there is no such agreement.
    """
    framework(form.db, number)
    try:
        do()
    except Malformed as wrong:
        errors = wrong.by_field
        return show_sheet(
            form.request, form.db, form.now, number, sheet, sent=form.sent, errors=errors
        )
    return redirect(form.request, f"/rahmenvertraege/{number}{then}")
