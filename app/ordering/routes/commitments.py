"""Commitments for the finance system: a preview, the file, and the member's own columns."""

from collections.abc import Mapping
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.budgets.choose_columns import choose_columns, chosen_columns
from app.budgets.open_budget import Keeper
from app.budgets.queries import years
from app.budgets.rules_columns import FIELDS, LONGEST_HEAD, OWN, PROFILES, Choice, laid_out
from app.documents.delimited import csv_bytes
from app.kernel.errors import Malformed, NotAllowed
from app.kernel.german import clean
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering.charging.commitments import commitments
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, redirect, render

router = APIRouter(include_in_schema=False, route_class=CommitRoute)
Reader = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_READ))]
Writer = Annotated[Asking, Depends(needs(Scope.BUDGETS_WRITE))]
Word = Annotated[str, Query(max_length=10)]
HERE: Final = "/mittelbindungen"
SHOWN: Final = 20
NO_MEMBER: Final = "Mittelbindungen gehören einem Mitglied; sie sieht nur, wer für eines handelt."
LARGEST_PLACE: Final = 3  # digits


@router.get(HERE)
def show(request: Request, db: Db, asking: Reader, jahr: Word = "", stand: Word = "") -> Response:
    choice = chosen_columns(db, _member_id(asking))
    return _page(request, db, asking, choice, (jahr, stand))


@router.get("/mittelbindungen.csv")
def export(db: Db, asking: Reader, jahr: Word = "", stand: Word = "") -> Response:
    """`stand=alle` also has what is invoiced in full or was released."""
    choice = chosen_columns(db, _member_id(asking))
    rows = commitments(db, asking.tenant, _year(jahr), only_open=stand != "alle")
    heads, cells = laid_out(choice, [one.fields for one in rows])
    return download(csv_bytes(heads, cells), "text/csv; charset=utf-8", "mittelbindungen.csv")


@router.post(HERE)
def choose(request: Request, db: Db, now: Now, asking: Writer, sent: Sent) -> Response:
    """A ready profile, or each column with its place and name; remembered for the member."""
    keeper = Keeper(_member_id(asking), asking.person_id)
    choice = Choice(sent.get("profil", ""), _columns(sent))
    try:
        choose_columns(db, keeper, choice, now)
    except Malformed as fault:
        return _page(request, db, asking, choice, ("", ""), fault.by_field)
    return redirect(request, HERE, "Die Auswahl ist gespeichert.")


def _member_id(asking: Asking) -> int:
    if asking.member is None:
        raise NotAllowed(NO_MEMBER, "role_not_allowed")
    return asking.member.id


def _year(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdecimal() and len(word) == len("2026") else None


def _columns(sent: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Those with a place, by it; without a name under ours."""
    placed: list[tuple[int, str, str]] = []
    for name, (head, _) in FIELDS.items():
        place = sent.get(f"platz-{name}", "").strip()
        if place.isascii() and place.isdecimal() and len(place) <= LARGEST_PLACE:
            own = clean(sent.get(f"name-{name}", ""))[: LONGEST_HEAD + 1]
            placed.append((int(place), name, own or head))
    return tuple((name, head) for _, name, head in sorted(placed, key=lambda one: one[0]))


def _page(
    request: Request,
    db: Session,
    asking: Asking,
    choice: Choice,
    wanted: tuple[str, str],
    errors: dict[str, str] | None = None,
) -> Response:
    jahr, stand = wanted
    rows = commitments(db, asking.tenant, _year(jahr), only_open=stand != "alle")
    heads, cells = laid_out(choice, [one.fields for one in rows[:SHOWN]])
    places = {name: (at, head) for at, (name, head) in enumerate(choice.columns, 1)}
    titles = {key: one.title for key, one in PROFILES.items()}
    context = {
        "heads": heads,
        "rows": cells,
        "total": len(rows),
        "years": years(db, asking.tenant),
        "jahr": jahr,
        "stand": stand,
        "choice": choice,
        "profile": titles.get(choice.profile, "Eigene Spalten"),
        "profiles": [*titles.items(), (OWN, "Eigene Spalten (unten)")],
        "fields": FIELDS,
        "places": places,
        "errors": errors or {},
        "may_write": asking.may(Scope.BUDGETS_WRITE),
    }
    status = 422 if errors else 200
    return render(request, "budgets/commitments.html", context, status=status)
