"""The state of the chains: recompute them, print an anchor, take the anchors away."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response

from app.audit.anchor_folder import FILE, AnchorFolder
from app.journal.chains.queries import anchor_of, chain_state
from app.journal.chains.seal_trail import anchor_text
from app.journal.chains.verify_all import note_verification, verify_all
from app.kernel.errors import NotAllowed, NotFound
from app.kernel.legal_day import legal_day
from app.members.current import WRONG_ROLE, Asking, asking_briefly, needs
from app.members.rules import Scope
from app.web.dependencies import Db, Now, opened_transaction
from app.web.pages import download, redirect, render

router = APIRouter(include_in_schema=False)
Auditor = Annotated[Asking, Depends(needs(Scope.AUDIT_READ))]
Number = Annotated[int, Path(ge=1, le=2**31)]
HERE = "/pruefung/kette"


def folder(request: Request) -> AnchorFolder:
    kept: AnchorFolder = request.app.state.anchor_folder
    return kept


Folder = Annotated[AnchorFolder, Depends(folder)]


@router.get(HERE)
def show_chain(request: Request, db: Db, now: Now, _auditor: Auditor) -> Response:
    context = {"state": chain_state(db, legal_day(now))}
    return render(request, "journal/chain.html", context)


@router.post(HERE)
def verify(
    request: Request,
    now: Now,
    asking: Annotated[Asking, Depends(asking_briefly)],
    kept: Folder,
) -> Response:
    """Reads for as long as it takes without stopping a writer, then notes who did it."""
    if not asking.may(Scope.AUDIT_READ):
        raise NotAllowed(WRONG_ROLE, "role_not_allowed")
    with request.app.state.sessions() as session:
        session.bind = request.app.state.reading
        verified = verify_all(session, kept)
    with opened_transaction(request) as session:
        note_verification(session, verified, asking.actor, now)
    return redirect(
        request, HERE, "Die Ketten sind nachgerechnet. Das Ergebnis steht auf dieser Seite."
    )


@router.get("/pruefung/anker/{number}")
def show_anchor(request: Request, db: Db, _auditor: Auditor, number: Number) -> Response:
    """The form for paper."""
    anchor = anchor_of(db, number)
    context = {"anchor": anchor, "text": anchor_text(anchor)}
    return render(request, "journal/anchor.html", context)


@router.get("/pruefung/ankerdatei")
def anchor_file(kept: Folder, _auditor: Auditor) -> Response:
    lines = kept.lines()
    if not lines:
        raise NotFound("Noch wurde kein Tagesanker geschrieben.")
    return download("".join(f"{line}\n" for line in lines).encode(), "application/jsonl", FILE)


@router.get("/pruefung/ankerschluessel")
def public_key(kept: Folder, _auditor: Auditor) -> Response:
    """The public keys, one PEM after the other."""
    files = sorted(kept.folder.glob("*.pub.pem"))
    if not files:
        raise NotFound("Noch gibt es keinen Schlüssel für Tagesanker.")
    pem = b"".join(file.read_bytes() for file in files)
    return download(pem, "application/x-pem-file", "Ankerschluessel.pem")
