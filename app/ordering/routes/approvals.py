"""The approver's page: what waits for this very person, and what it decided."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from app.kernel.german import whole_number
from app.kernel.money import Money
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering.approving.approve_many import MOST, OneWord, approve_many
from app.ordering.approving.decided import PAGE, decided
from app.ordering.asking import actor, buyer
from app.ordering.changing.waiting_changes import decidable_changes
from app.ordering.showing.waiting import Decidable, decidable
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now
from app.web.pages import render

router = APIRouter(include_in_schema=False, route_class=CommitRoute)
Approver = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_APPROVE))]
AS_DEPUTY, DECIDED = "vertretung", "entschieden"


async def ticked(request: Request) -> tuple[list[str], list[str]]:
    """Orders as `number:version`, and conditions as `number:rule`."""
    form = await request.form()
    orders, rules = form.getlist("abruf"), form.getlist("acknowledged")
    return [one for one in orders if isinstance(one, str)], [
        one for one in rules if isinstance(one, str)
    ]


@router.get("/genehmigungen")
def show(
    request: Request, db: Db, now: Now, asking: Approver, liste: str = "", page: int = 1
) -> Response:
    owner = buyer(asking)
    waiting = decidable(db, owner, now)
    changes = decidable_changes(db, owner, now)
    as_deputy = tuple(row for row in waiting if row.in_name_of)
    changes_as_deputy = tuple(row for row in changes if row.in_name_of)
    mine = decided(db, asking.tenant, asking.person_id, page)
    in_mine, for_others = len(waiting) + len(changes), len(as_deputy) + len(changes_as_deputy)
    counts = ("", in_mine), (AS_DEPUTY, for_others), (DECIDED, mine.total)
    context = {
        "waiting": as_deputy if liste == AS_DEPUTY else waiting,
        "decided": mine,
        "size": PAGE,
        "chosen": liste if liste in {AS_DEPUTY, DECIDED} else "",
        "lists": [_list(word, count, liste) for word, count in counts],
        "changes": changes_as_deputy if liste == AS_DEPUTY else changes,
        "checked_at": now,
    }
    return render(request, "ordering/approvals.html", context)


@router.get("/genehmigungen/zusammen")
def show_many(
    request: Request,
    db: Db,
    now: Now,
    asking: Approver,
    abruf: Annotated[list[str] | None, Query()] = None,
) -> Response:
    """One page over all that were ticked; looking decides nothing."""
    wanted = list(dict.fromkeys(abruf or []))[:MOST]
    rows = [row for row in decidable(db, buyer(asking), now) if row.call_off.number in wanted]
    context = {
        "rows": rows,
        "missing": _missing(wanted, rows),
        "net": Money.total(row.call_off.net for row in rows),
        "gross": Money.total(row.call_off.gross for row in rows),
    }
    return render(request, "ordering/approve_many.html", context)


@router.post("/genehmigungen/zusammen")
def decide_many(
    request: Request,
    db: Db,
    now: Now,
    asking: Approver,
    sent: Annotated[tuple[list[str], list[str]], Depends(ticked)],
) -> Response:
    orders, rules = sent
    words = [_word(one, rules) for one in dict.fromkeys(orders)]
    outcomes = approve_many(db, actor(asking), words, asking.tenant, now)
    done = sum(1 for one in outcomes if one.outcome != "refused")
    context = {"outcomes": outcomes, "done": done}
    return render(request, "ordering/approved_many.html", context)


def _word(order: str, rules: list[str]) -> OneWord:
    number, _, version = order.partition(":")
    seen = whole_number(version)
    mine = [rule.partition(":") for rule in rules]
    return OneWord(number, seen, tuple(rule for of, _, rule in mine if of == number))


def _list(word: str, count: int, chosen: str) -> tuple[str, str, int, bool]:
    titles = {"": "Wartet auf mich", AS_DEPUTY: "In Vertretung", DECIDED: "Von mir entschieden"}
    address = f"/genehmigungen?liste={word}" if word else "/genehmigungen"
    return titles[word], address, count, word == (chosen if chosen in titles else "")


def _missing(wanted: list[str], rows: list[Decidable]) -> list[str]:
    here = {row.call_off.number for row in rows}
    return [number for number in wanted if number not in here]
