"""The start page: everybody's first page after signing in."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.journal.start_page import start_page
from app.members.current import Asking, asking_page
from app.web.dependencies import Db, Now
from app.web.pages import render

router = APIRouter(include_in_schema=False)
SignedIn = Annotated[Asking, Depends(asking_page)]


@router.get("/")
def show(request: Request, db: Db, now: Now, asking: SignedIn) -> Response:
    return render(request, "web/start.html", start_page(db, asking, now))
