"""The words that mean the same to the search, for those who keep the catalog."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.catalog.finding.same_words import FILE, same_words
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.web.pages import render

router = APIRouter(include_in_schema=False)


@router.get("/suchwoerter")
def show(
    request: Request, _asking: Annotated[Asking, Depends(needs(Scope.CATALOG_WRITE))]
) -> Response:
    return render(request, "catalog/same_words.html", {"groups": same_words(), "file": FILE})
