"""`/api/v1/quick-orders` and `/api/v1/templates`: filling the basket, by the pages' use cases."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Query, Response
from sqlalchemy.orm import Session

from app.kernel.errors import Conflict, FieldError, Malformed
from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.ordering.asking import buyer
from app.ordering.filling.judge_rows import Judged, judge_rows
from app.ordering.filling.models import (
    BasketTaken,
    OrderLine,
    QuickOrderGiven,
    QuickOrderTaken,
    QuickOrderWanted,
    TemplateGiven,
    TemplateList,
    TemplateUse,
    TemplateUsed,
    judged_given,
    row_given,
    template_given,
)
from app.ordering.filling.put_many_in_basket import put_many_in_basket
from app.ordering.filling.rules_templates import MOST_WORKPLACES
from app.ordering.filling.template_queries import template_page, template_seen
from app.ordering.filling.use_template import use_template
from app.ordering.placing.api_once import answered_once
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now
from app.web.field_names import fields_named
from app.web.paging import Paged
from app.web.repeatable import IdempotencyKey, created

router = APIRouter(tags=["Warenkorb"], route_class=CommitRoute)
Buyer = Annotated[Asking, Depends(needs_token(Scope.CALL_OFFS_WRITE))]
TemplateId = Annotated[int, Path(ge=1, le=2**31 - 1)]
BASKET: Final = {"page": "/warenkorb"}
NO_ROWS: Final = FieldError("rows", "missing", "Bitte nennen Sie mindestens eine Nummer.")
SOME_BAD: Final = (
    "Einige Zeilen passen nicht: {lines}. Berichtigen Sie sie, oder nehmen Sie mit `good_only` "
    "die übrigen. Was an jeder Zeile nicht passt, sagt `POST /quick-orders/check`."
)


@router.post(
    "/quick-orders/check",
    summary="Nummern und Mengen prüfen",
    description="Zu jeder Zeile ein Urteil: Artikelnummer, EAN oder Nummer des Herstellers, heute "
    "bestellbar oder nicht, und warum. `call_offs` sind die guten Zeilen, wie `POST /call-offs` "
    "sie nimmt. Ändert nichts.",
)
def check(db: Db, now: Now, asking: Buyer, body: QuickOrderWanted) -> QuickOrderGiven:
    return judged_given(_judged(db, asking, body, now))


@router.post(
    "/quick-orders",
    status_code=201,
    response_model=BasketTaken,
    summary="Nummern und Mengen in den Warenkorb legen",
    description="In den Warenkorb der Person, der der Token gehört. Passt eine Zeile nicht, "
    "geschieht nichts (409 `rows_not_good`), außer mit `good_only`.",
)
def take(
    db: Db, now: Now, asking: Buyer, body: QuickOrderTaken, idempotency_key: IdempotencyKey
) -> Response:
    owner = buyer(asking)

    def act() -> BasketTaken:
        judged = _judged(db, asking, body, now)
        if not judged.good or (judged.bad and not body.good_only):
            lines = ", ".join(str(one.row.line) for one in judged.bad[:20])
            raise Conflict(SOME_BAD.format(lines=lines), "rows_not_good")
        put_many_in_basket(db, owner, judged.good, now)
        taken = [OrderLine(sku=sku, quantity=n, term=None) for sku, n in judged.good.items()]
        return BasketTaken(taken=taken, left=[row_given(one) for one in judged.bad], links=BASKET)

    return created(answered_once(db, asking, now, idempotency_key, ("quick-orders", body), act))


@router.get(
    "/templates",
    summary="Bestellvorlagen",
    description="Die eigenen und die der eigenen Organisation zuerst, dann die, die andere "
    "Mitglieder teilen; zu den Preisen von heute.",
)
def show_templates(db: Db, now: Now, asking: Buyer, paging: Paged) -> TemplateList:
    total, found = template_page(db, buyer(asking), (paging.skipped, paging.size), now)
    items = [template_given(one, 1) for one in found]
    return TemplateList(items=items, total=total, next=paging.next(total))


@router.get(
    "/templates/{template_id}",
    summary="Eine Bestellvorlage",
    description="Für so viele Arbeitsplätze; `call_offs` nennt, was davon heute bestellbar ist.",
)
def show_template(
    *,
    db: Db,
    now: Now,
    asking: Buyer,
    template_id: TemplateId,
    workplaces: Annotated[int, Query(ge=1, le=MOST_WORKPLACES)] = 1,
) -> TemplateGiven:
    seen = template_seen(db, buyer(asking), template_id, now, workplaces)
    return template_given(seen, workplaces)


@router.post(
    "/templates/{template_id}/basket",
    status_code=201,
    response_model=TemplateUsed,
    summary="Aus einer Vorlage in den Warenkorb legen",
    description="Für so viele Arbeitsplätze. Was heute nicht bestellbar ist, bleibt draußen; ist "
    "es alles, geschieht nichts (409 `template_not_orderable`).",
)
def use(
    *,
    db: Db,
    now: Now,
    asking: Buyer,
    template_id: TemplateId,
    body: TemplateUse,
    idempotency_key: IdempotencyKey,
) -> Response:
    owner = buyer(asking)

    def act() -> TemplateUsed:
        with fields_named({"anzahl": "workplaces"}):
            added = use_template(db, owner, template_id, body.workplaces, now)
        return TemplateUsed(lacking=list(added.lacking), hidden=added.hidden, links=BASKET)

    address = f"templates/{template_id}/basket"
    return created(answered_once(db, asking, now, idempotency_key, (address, body), act))


def _judged(db: Session, asking: Asking, body: QuickOrderWanted, now: Now) -> Judged:
    rows = body.understood()
    if not rows:
        raise Malformed(NO_ROWS)
    with fields_named({"zeilen": "rows"}):
        return judge_rows(db, buyer(asking).member_id, rows, now)
