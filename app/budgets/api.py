"""`/api/v1/budgets`: the same reads as the page, no rule of its own."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query

from app.budgets.api_models import BudgetList, given_budget
from app.budgets.queries import PAGE, BudgetsWanted, budgets
from app.budgets.rules import EARLIEST_YEAR, LATEST_YEAR
from app.kernel.errors import FieldError, Malformed, NotAllowed
from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db

router = APIRouter(prefix="/budgets", tags=["Budgets"], route_class=CommitRoute)
Reader = Annotated[Asking, Depends(needs_token(Scope.CALL_OFFS_READ))]
LONGEST_CURSOR: Final = 6
NO_MEMBER: Final = "Budgets gehören einem Mitglied; sie sieht nur, wer für eines handelt."


@router.get(
    "",
    summary="Budgets des Mitglieds mit dem, was noch frei ist",
    description="Je Haushaltsjahr und Produktkonto, brutto. Ein Abruf auf ein Konto mit harter "
    "Grenze und zu wenig Mitteln bekommt 409 `budget_exceeded`.",
)
def show_all(
    db: Db,
    asking: Reader,
    year: Annotated[int | None, Query(ge=EARLIEST_YEAR, le=LATEST_YEAR, examples=[2026])] = None,
    q: Annotated[str, Query(max_length=60)] = "",
    cursor: str = "",
) -> BudgetList:
    if asking.member is None:
        raise NotAllowed(NO_MEMBER, "role_not_allowed")
    page = _page(cursor)
    found = budgets(db, asking.tenant, BudgetsWanted(year, q, page=page))
    more = str(page + 1) if page * PAGE < found.total else None
    return BudgetList(items=[given_budget(one) for one in found.rows], total=found.total, next=more)


def _page(cursor: str) -> int:
    if not cursor:
        return 1
    if cursor.isascii() and cursor.isdecimal() and len(cursor) <= LONGEST_CURSOR and int(cursor):
        return int(cursor)
    raise Malformed(FieldError("cursor", "malformed", "Diese Fortsetzung gibt es nicht."))
