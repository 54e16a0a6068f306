"""`/api/v1/budgets`: the same reads as the page, no rule of its own."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query

from app.budgets.api_models import BudgetList, given_budget
from app.budgets.queries import BudgetsWanted, budgets
from app.budgets.rules import EARLIEST_YEAR, LATEST_YEAR
from app.kernel.errors import NotAllowed
from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db
from app.web.paging import Paged

router = APIRouter(prefix="/budgets", tags=["Budgets"], route_class=CommitRoute)
Reader = Annotated[Asking, Depends(needs_token(Scope.CALL_OFFS_READ))]
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
    *,
    paged: Paged,
) -> BudgetList:
    if asking.member is None:
        raise NotAllowed(NO_MEMBER, "role_not_allowed")
    found = budgets(db, asking.tenant, BudgetsWanted(year, q, page=paged.page, size=paged.size))
    items = [given_budget(one) for one in found.rows]
    return BudgetList(items=items, total=found.total, next=paged.next(found.total))
