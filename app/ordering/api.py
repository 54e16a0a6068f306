"""`/api/v1/call-offs`: the same use cases as the pages, no rule of its own."""

import json
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy.orm import Session

from app.archive.store import content
from app.database.marks import Kept, unchanged
from app.database.tenant import Tenant
from app.database.together import settle_all, together
from app.eligibility.judging.snapshot import exported
from app.kernel.canonical import canonical_json, sha256_hex
from app.kernel.errors import FieldError, Malformed, NotFound
from app.kernel.legal_day import legal_day
from app.kernel.month import Month
from app.kernel.repeat_key import LONGEST_KEY
from app.members import queries as members
from app.members.current import Asking, caller, needs_token
from app.members.rules import Scope
from app.ordering import queries
from app.ordering.asking import actor, buyer, sides
from app.ordering.basket.contents import Owner
from app.ordering.models.call_off import (
    CallOffGiven,
    CallOffList,
    CallOffWanted,
    MoveWanted,
)
from app.ordering.placing.answer_once import Earlier, claim_key, keep_answer
from app.ordering.placing.given_call_off import all_given_to, given_at_submission, given_to
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.rules import Move, State, open_moves
from app.ordering.rules_funding import NO_FUNDING, Funding
from app.ordering.steps.approve_call_off import Blocked
from app.ordering.steps.make_move import MoveAsked, make_move
from app.ordering.submission import Refused, Submitted, reason_of
from app.ordering.wanted import DeliverTo, Wanted, merged, merged_terms
from app.web.api_document import file_of
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, the_time
from app.web.errors import problem
from app.web.paging import Paged
from app.web.repeatable import IdempotencyKey
from app.web.shortcut import Shortcut

router = APIRouter(prefix="/call-offs", tags=["Abrufe"], route_class=CommitRoute)
EXPORTED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Die Entscheidung mit allem, worauf sie beruht.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}
Reader = Annotated[Asking, Depends(needs_token(Scope.CALL_OFFS_READ))]
Buyer = Annotated[Asking, Depends(needs_token(Scope.CALL_OFFS_WRITE))]
_HOMES: Final[Kept[DeliverTo]] = Kept(most=500)
HELP = "Auskunft gibt die Abwicklung; im Portal steht unter „Inhouse-Prüfung“, was zu tun ist."


@router.post(
    "",
    status_code=201,
    response_model=CallOffGiven,
    summary="Bestellen",
    description="Prüft, reserviert und antwortet mit der Entscheidung. Ein Abruf gehört zu einem "
    "Rahmenvertrag; derselbe Artikel zweimal wird eine Position. Lehnt die Prüfung ab, nennt die "
    "Antwort (409) `decision_id`, Grund und wer helfen kann.",
)
def place(
    db: Db,
    now: Now,
    asking: Buyer,
    body: CallOffWanted,
    idempotency_key: IdempotencyKey,
) -> Response:
    """Submit an order. The same key with the same body gets the stored answer again."""
    with unchanged(db), together(db):
        return _placed(db, now, asking, body, idempotency_key)


def _place_at_once(request: Request, session: Session, body: CallOffWanted) -> Response:
    """What `place` does, as a whole in one thread job."""
    now = the_time(request)
    asking = caller(request, session, now, Scope.CALL_OFFS_WRITE)
    with unchanged(session), together(session):
        return _placed(session, now, asking, body, request.headers["idempotency-key"])


AT_ONCE: Final = Shortcut(
    "/api/v1/call-offs",
    CallOffWanted,
    _place_at_once,
    headers=(b"authorization", b"idempotency-key"),
    longest=LONGEST_KEY,
)


def _placed(
    db: Session, now: datetime, asking: Asking, body: CallOffWanted, idempotency_key: str
) -> Response:
    owner = buyer(asking)
    digest = sha256_hex(canonical_json(body.model_dump(mode="json")))
    scope = f"api:{owner.member_id}:{owner.person_id}"
    claimed = claim_key(db, scope, idempotency_key, digest, now)
    if isinstance(claimed, Earlier):
        status, _, text = claimed.answer.partition(" ")
        return _answer(int(status), text)
    wanted = _wanted(db, owner, body, now)
    result = submit_call_off(db, actor(asking), owner.member_id, wanted, now)
    if isinstance(result, Refused):
        code, text = 409, json.dumps(_refusal(result))
    else:
        code, text = 201, _submitted(db, result, asking, now).model_dump_json()
    keep_answer(db, claimed, f"{code} {text}")
    return _answer(code, text)


def _submitted(db: Session, submitted: Submitted, asking: Asking, now: datetime) -> CallOffGiven:
    moves = open_moves(submitted.state, sides(asking))
    if Move.PLACE in moves:  # also an approver: whether of own orders is looked up
        settle_all(db)
        found = queries.call_off(db, submitted.number, asking.tenant)
        return given_to(db, asking, found, now)
    framework = submitted.attempt.lines[0].article.framework_number
    return given_at_submission(submitted, moves, framework)


@router.get(
    "",
    summary="Abrufe, der neueste zuerst",
    description="`state` ist ein Stand wie `in_approval`, `month` ein Monat wie 2026-11.",
)
def show_all(
    db: Db,
    now: Now,
    asking: Reader,
    state: Annotated[str, Query(json_schema_extra={"enum": ["", *State]})] = "",
    month: Annotated[str, Query(examples=["2026-11"])] = "",
    *,
    paged: Paged,
) -> CallOffList:
    if state and state not in tuple(State):
        raise Malformed(FieldError("state", "unknown", "Diesen Stand gibt es nicht."))
    wanted_month = Month.parse(month) if month else None
    if month and wanted_month is None:
        raise Malformed(FieldError("month", "form", "Bitte als JJJJ-MM, zum Beispiel 2026-10."))
    states = (State(state),) if state else ()
    wish = queries.Wish(states=states, month=wanted_month, page=paged.page)
    listing = queries.listing(db, wish, asking.tenant, size=paged.size)
    more = str(listing.page + 1) if listing.page < listing.pages else None
    numbers = [row.call_off.number for row in listing.rows]
    orders = [queries.call_off(db, number, asking.tenant) for number in numbers]
    items = all_given_to(db, asking, orders, now)
    return CallOffList(items=items, total=listing.total, next=more)


@router.get("/{number}", summary="Ein Abruf mit Positionen und Verlauf")
def show(db: Db, now: Now, asking: Reader, number: str) -> CallOffGiven:
    return given_to(db, asking, queries.call_off(db, number, asking.tenant), now)


@router.post(
    "/{number}/moves",
    response_model=CallOffGiven,
    summary="Einen Schritt tun",
    description="Genehmigen, ablehnen, stornieren, bestätigen, abschließen, neu einreichen: "
    "was `open_moves` für Sie nennt. `acknowledged` nennt die Regeln, deren Bedingung Sie zur "
    "Kenntnis genommen haben.",
)
def move(db: Db, now: Now, asking: Reader, number: str, body: MoveWanted) -> Response:
    """Approve, reject, cancel, confirm, complete or submit again: what `open_moves` lists."""
    asked = MoveAsked(
        name=body.move,
        standing=sides(asking),
        reason=body.reason,
        seen=body.version,
        acknowledged=tuple(body.acknowledged),
        promised_date=body.promised_date,
    )
    made = make_move(db, actor(asking), number, asking.tenant, asked, now)
    if isinstance(made, Blocked):
        return problem(409, made.code, made.text, decision_id=made.recorded.public_id, help=HELP)
    if isinstance(made, Refused):
        return _answer(409, json.dumps(_refusal(made)))
    found = queries.call_off(db, number, asking.tenant)
    return _answer(200, given_to(db, asking, found, now).model_dump_json())


@router.get(
    "/{number}/memo.pdf",
    summary="Abrufvermerk als PDF",
    response_class=Response,
    responses=file_of("application/pdf", "Der Abrufvermerk; es gibt ihn ab der Genehmigung."),
)
def memo(db: Db, asking: Reader, number: str) -> Response:
    found = queries.call_off(db, number, asking.tenant)
    if found.memo_pdf_sha256 is None:
        raise NotFound("Den Abrufvermerk gibt es ab der Genehmigung.")
    stored = content(db, found.memo_pdf_sha256)
    return Response(stored.content, media_type=stored.media_type)


@router.get(
    "/{number}/decision.json",
    summary="Die jüngste Inhouse-Entscheidung als Nachweis",
    description="`kitu decision verify` beweist sie ohne Datenbank: Ergebnis und Prüfsumme.",
    response_class=Response,
    responses=EXPORTED,
)
def decision(db: Db, asking: Reader, number: str) -> Response:
    """The latest decision, as `kitu decision verify` proves it without a database."""
    found = queries.call_off(db, number, asking.tenant)
    latest = queries.decisions(db, found)[-1]
    return Response(exported(latest.snapshot, latest.sha256), media_type="application/json")


def _answer(status: int, text: str) -> Response:
    kind = "application/json" if status < 400 else "application/problem+json"  # noqa: PLR2004 - HTTP
    return Response(text, status, media_type=kind)


def _refusal(refused: Refused) -> dict[str, Any]:
    response = problem(
        409,
        refused.code,
        reason_of(refused),
        decision_id=refused.recorded.public_id,
        sha256=refused.recorded.sha256,
        rules=[rule.id for rule in refused.assessment.failed],
        help=HELP,
    )
    answer: dict[str, Any] = json.loads(bytes(response.body))
    return answer


def _wanted(db: Session, owner: Owner, body: CallOffWanted, now: datetime) -> Wanted:
    if body.requested_date is not None and body.requested_date < legal_day(now):
        text = "Der Wunschtermin liegt in der Vergangenheit."
        raise Malformed(FieldError("requested_date", "past", text))
    return Wanted(
        quantities=merged([(line.sku, line.quantity) for line in body.lines]),
        purpose=body.purpose,
        product_account=body.product_account,
        deliver_to=_deliver_to(db, owner, body),
        cost_centre=body.cost_centre,
        investment_number=body.investment_number,
        your_reference=body.your_reference,
        unit_id=owner.tenant.home_unit,
        requested_date=body.requested_date,
        offline_minutes=body.offline_minutes,
        market_price_evidence=body.market_price_evidence,
        conflict_free=body.conflict_free,
        terms=merged_terms([(line.sku, line.term) for line in body.lines]),
        budget_year=body.budget_year,
        funding_source=body.funding_source,
        earmarked_until=body.earmarked_until,
        funding=_funding(body),
        shares=tuple(one.share(line.sku) for line in body.lines for one in line.shares),
    )


def _funding(body: CallOffWanted) -> Funding:
    """What most orders leave out costs nothing."""
    said = Funding(body.coverage_circle, body.financing_type, body.financing_note)
    return said if said != NO_FUNDING else NO_FUNDING


def _deliver_to(db: Session, owner: Owner, body: CallOffWanted) -> DeliverTo:
    if body.delivery_address is not None:
        return DeliverTo(**body.delivery_address.model_dump())
    return _HOMES.get(db, owner.member_id, lambda: _home(db, owner.member_id))


def _home(db: Session, member_id: int) -> DeliverTo:
    """Where deliveries go when nothing is said: the first address, else the member's own."""
    tenant = Tenant(member_id)
    known = members.addresses(db, tenant)
    if known:
        first = known[0]
        recipient = first.recipient or first.label
        return DeliverTo(recipient, first.street, first.postal_code, first.city, first.room)
    own = members.member_of(db, tenant, member_id)
    return DeliverTo(own.name, own.street, own.postal_code, own.city)
