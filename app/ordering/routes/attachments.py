"""Files at an order: opening one that was sent along."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from app.archive.store import content
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering import queries
from app.ordering.attaching.attach_papers import paper_of
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db
from app.web.pages import download

router = APIRouter(include_in_schema=False, route_class=CommitRoute)
Reader = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_READ))]


@router.get("/abrufe/{number}/anhang/{attachment_id}")
def show(db: Db, asking: Reader, number: str, attachment_id: int) -> Response:
    """For whoever sees the call-off: its member, and those who work for all."""
    found = queries.call_off(db, number, asking.tenant)
    paper = paper_of(db, found, attachment_id)
    stored = content(db, paper.file_sha256)
    return download(stored.content, stored.media_type, paper.file_name)
