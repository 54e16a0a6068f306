"""Order templates and standard workplaces: making, changing, sharing, ordering from them."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean, whole_number
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering import queries
from app.ordering.asking import buyer
from app.ordering.basket import contents as basket
from app.ordering.basket.contents import Owner
from app.ordering.filling.judge_rows import judge_rows
from app.ordering.filling.rules_rows import rows_of_text
from app.ordering.filling.rules_templates import SHARING_WORDS, Piece, Sharing
from app.ordering.filling.save_template import TemplateWish, pieces_from, save_template
from app.ordering.filling.template_queries import (
    changeable_template,
    pieces_of,
    successors,
    template_of,
    template_seen,
    templates_seen,
)
from app.ordering.filling.use_template import use_template
from app.ordering.forms import QUANTITY, read_checkout
from app.ordering.quoting.queries import free_numbers
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Sent
from app.web.pages import redirect, render

router = APIRouter(prefix="/vorlagen", include_in_schema=False, route_class=CommitRoute)
Buyer = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_WRITE))]
HERE: Final = "/vorlagen"
BASKET: Final = "korb"
LONGEST_COUNT: Final = 4  # digits


@router.get("")
def show_all(request: Request, db: Db, now: Now, asking: Buyer) -> Response:
    return _list(request, db, buyer(asking), now, {}, {})


@router.post("")
def make(request: Request, db: Db, now: Now, asking: Buyer, sent: Sent) -> Response:
    """`aus`: the basket, the number of an earlier order, or the pasted rows."""
    owner = buyer(asking)
    name = sent.get("vorlagenname", "")
    try:
        wish = TemplateWish(name, _pieces(db, owner, sent, now))
        made = save_template(db, owner, wish, now)
    except Malformed as fault:
        return _list(request, db, owner, now, sent, fault.by_field)
    return redirect(request, f"{HERE}/{made.id}", "Die Vorlage ist gespeichert.")


@router.get("/{template_id}")
def show(request: Request, db: Db, now: Now, asking: Buyer, template_id: int) -> Response:
    return _page(request, db, buyer(asking), template_id, now, {}, {})


@router.post("/{template_id}")
def change(
    request: Request, db: Db, now: Now, asking: Buyer, template_id: int, sent: Sent
) -> Response:
    owner = buyer(asking)
    template = changeable_template(db, owner, template_id)
    try:
        pieces = (*_kept(pieces_of(template), sent), *_added(db, owner, sent, now))
        word = sent.get("sichtbar", "")
        sharing = Sharing(word) if word in list(Sharing) else template.sharing
        wish = TemplateWish(
            sent.get("vorlagenname", template.name),
            _merged(pieces),
            sent.get("beschreibung", template.description),
            sharing,
        )
        seen = sent.get("version", "")
        version = whole_number(seen)
        save_template(db, owner, wish, now, template_id, seen=version)
    except Malformed as fault:
        return _page(request, db, owner, template_id, now, sent, fault.by_field)
    return redirect(request, f"{HERE}/{template_id}", "Die Vorlage ist geändert.")


@router.post("/{template_id}/korb")
def order(
    request: Request, db: Db, now: Now, asking: Buyer, template_id: int, sent: Sent
) -> Response:
    """So many workplaces into the basket, or on to the order page at once."""
    owner = buyer(asking)
    text = sent.get("anzahl", "1").strip()
    few = text.isascii() and text.isdecimal() and len(text) <= LONGEST_COUNT
    try:
        use_template(db, owner, template_id, int(text) if few else 0, now)
    except Malformed as fault:
        return _page(request, db, owner, template_id, now, sent, fault.by_field)
    return redirect(request, "/bestellen" if sent.get("nach") == "bestellen" else "/warenkorb")


@router.post("/{template_id}/kopieren")
def copy(request: Request, db: Db, now: Now, asking: Buyer, template_id: int) -> Response:
    """As a private template of one's own, of what this member can see of it."""
    owner = buyer(asking)
    template = template_of(db, owner, template_id)
    lines = template_seen(db, owner, template_id, now).lines
    pieces = tuple(piece for piece in pieces_of(template) if piece.sku in lines)
    wish = TemplateWish(template.name, pieces, template.description)
    return redirect(
        request,
        f"{HERE}/{save_template(db, owner, wish, now).id}",
        "Die Vorlage ist kopiert. Diese gehört Ihnen.",
    )


@router.post("/{template_id}/loeschen")
def drop(request: Request, db: Db, asking: Buyer, template_id: int) -> Response:
    db.delete(changeable_template(db, buyer(asking), template_id))
    return redirect(request, HERE, "Die Vorlage ist gelöscht.")


def _pieces(db: Session, owner: Owner, sent: dict[str, str], now: Now) -> tuple[Piece, ...]:
    source = sent.get("aus", "")
    if source == BASKET:
        lying = basket.quantities(db, owner)
        free = free_numbers(db, owner.member_id, lying)
        listed = {sku: many for sku, many in lying.items() if sku not in free}
        return pieces_from(listed, basket.terms(db, owner))
    if source:
        found = queries.call_off(db, source, owner.tenant)
        listed_lines = [line for line in found.lines if not line.is_free]
        return tuple(Piece(line.sku, line.quantity, line.term) for line in listed_lines)
    return _added(db, owner, sent, now)


def _kept(pieces: tuple[Piece, ...], sent: dict[str, str]) -> tuple[Piece, ...]:
    """The quantities of the form; 0 takes an article out, an article without a field stays."""
    form = read_checkout(sent)
    kept = []
    for piece in pieces:
        field = f"{QUANTITY}{piece.sku}"
        if field in form.errors:
            raise Malformed(FieldError(field, "quantity", form.errors[field]))
        many = form.quantities.get(piece.sku, 0) if field in sent else piece.quantity
        if many:
            kept.append(Piece(piece.sku, many, piece.term))
    return tuple(kept)


def _added(db: Session, owner: Owner, sent: dict[str, str], now: Now) -> tuple[Piece, ...]:
    """Further articles, as rows of numbers and quantities; the first bad one is named."""
    judged = judge_rows(db, owner.member_id, rows_of_text(sent.get("zeilen", "")), now)
    if judged.bad:
        row = judged.bad[0]
        raise Malformed(FieldError("zeilen", row.verdict, f"Zeile {row.row.line}: {row.text}"))
    return tuple(Piece(sku, many) for sku, many in judged.good.items())


def _merged(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The same article twice is one."""
    merged: dict[str, Piece] = {}
    for piece in pieces:
        before = merged.get(piece.sku)
        many = piece.quantity + (before.quantity if before else 0)
        merged[piece.sku] = Piece(piece.sku, many, before.term if before else piece.term)
    return tuple(merged.values())


def _list(
    request: Request,
    db: Session,
    owner: Owner,
    now: Now,
    sent: dict[str, str],
    errors: dict[str, str],
) -> Response:
    context = {
        "templates": templates_seen(db, owner, now),
        "name": clean(sent.get("vorlagenname", "")),
        "pasted": clean(sent.get("zeilen", "")),
        "source": sent.get("aus", ""),
        "errors": errors,
    }
    return render(request, "ordering/templates.html", context, status=422 if errors else 200)


def _page(
    request: Request,
    db: Session,
    owner: Owner,
    template_id: int,
    now: Now,
    sent: dict[str, str],
    errors: dict[str, str],
) -> Response:
    seen = template_seen(db, owner, template_id, now)
    context = {
        "seen": seen,
        "offers": successors(db, owner, seen, now),
        "sent": {name: clean(text) for name, text in sent.items()},
        "sharings": [(one.value, word) for one, word in SHARING_WORDS.items()],
        "errors": errors,
    }
    return render(request, "ordering/template.html", context, status=422 if errors else 200)
