"""What the start page shows: what can be repeated, what runs, what waits, what is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.catalog.records import Article, Category
from app.eligibility.check_member import check_member
from app.frameworks.queries import all_frameworks
from app.fulfilment.queue_queries import queue
from app.fulfilment.queue_view import View, Wish
from app.fulfilment.records import Delivery, DeliveryLine, GoodsReceipt
from app.journal.outbox_queries import Shelf, outbox
from app.journal.start_figures import budgets_in_short, report_in_short
from app.kernel.german import day
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members.asking import Asking
from app.members.rules import Role, Scope
from app.ordering import queries
from app.ordering.basket.contents import Owner, parts
from app.ordering.changing.waiting_changes import decidable_changes, unanswered_changes
from app.ordering.records import CallOff
from app.ordering.rules import State
from app.ordering.showing.order_page import is_overdue
from app.ordering.showing.waiting import decidable
from app.ordering.trail_records import CallOffTime
from app.ordering.wanted import ArticleUnknown
from app.retention.list_queries import lists_to_decide
from app.retention.tell_keepers import HERE, KEEPERS

MOST_REPEATED: Final = 3
MOST_RUNNING: Final = 6
MOST_WAITING: Final = 5
MOST_CATEGORIES: Final = 6
SCARCE_PERCENT: Final = 85
SECONDS: Final = 60
ICONS: Final = {
    "notebook": "laptop_windows",
    "desktop": "desktop_windows",
    "monitor": "monitor",
    "dock": "hub",
    "multifunk": "scanner",
    "drucker": "print",
    "toner": "inventory_2",
    "zubeh": "keyboard",
}


@dataclass(frozen=True, slots=True)
class Repeatable:
    """An earlier order and what it would cost today; None where it cannot be had any more.

    `needs_quote`: a part of it was at a quote, which counted for that order only.
    """

    number: str
    title: str
    ordered_on: datetime
    net: Money | None
    needs_quote: bool = False


@dataclass(frozen=True, slots=True)
class Running:
    """An order under way; goods that wait for a receipt come first."""

    number: str
    title: str
    state: State
    due: date | None
    overdue: bool
    receipt_due: bool


@dataclass(frozen=True, slots=True)
class Remaining:
    """How far an agreement is used up: its fullest lot decides."""

    name: str
    used_percent: int
    valid_to: date

    @property
    def scarce(self) -> bool:
        return self.used_percent >= SCARCE_PERCENT


@dataclass(frozen=True, slots=True)
class Tile:
    """A way into the portal; `count` is None where there is nothing to count."""

    text: str
    address: str
    icon: str
    count: int | None = None
    note: str = ""


def start_page(session: Session, asking: Asking, now: datetime) -> dict[str, object]:
    """The context of `web/start.html`; each part is empty for roles that have no use for it."""
    member = asking.member
    orders = member is not None and asking.may(Scope.CALL_OFFS_WRITE)
    approves = member is not None and asking.may(Scope.CALL_OFFS_APPROVE)
    owner = Owner(member.id if member else 0, asking.person_id, asking.units)
    last = queries.latest(session, asking.tenant, asking.person_id) if orders else ()
    outcome = check_member(session, member.key, now, None).assessment.outcome if member else None
    return {
        "reorder": repeatable(session, owner, now) if orders else (),
        "running": running(session, asking, now)
        if member and asking.may(Scope.CALL_OFFS_READ)
        else (),
        "waiting": decidable(session, owner, now)[:MOST_WAITING] if approves else (),
        "changes": decidable_changes(session, owner, now) if approves else (),
        "answers": unanswered_changes(session, asking.tenant) if orders else (),
        "frameworks": remaining(session, legal_day(now)),
        "budgets": budgets_in_short(session, asking.tenant, legal_day(now)) if orders else (),
        "report": report_in_short(session, asking, now),
        "tiles": tiles(session, asking, now),
        "categories": categories(session) if orders else (),
        "last_minutes": portal_minutes(session, last[0].id) if last else None,
        "baseline_minutes": last[0].baseline_minutes if last else 0,
        "eligibility": outcome,
    }


def repeatable(session: Session, owner: Owner, now: datetime) -> tuple[Repeatable, ...]:
    """The person's last different orders with the prices of today; those only at a quote last."""
    different: dict[frozenset[tuple[str, int]], CallOff] = {}
    for one in queries.latest(session, owner.tenant, owner.person_id, MOST_REPEATED * 3):
        different.setdefault(frozenset((line.sku, line.quantity) for line in one.lines), one)
    ordered = sorted(different.values(), key=lambda one: all(line.is_free for line in one.lines))
    return tuple(
        Repeatable(
            one.number,
            queries.content_of(one),
            one.submitted_at,
            _today(session, one, now),
            any(line.is_free for line in one.lines),
        )
        for one in ordered[:MOST_REPEATED]
    )


def running(session: Session, asking: Asking, now: datetime) -> tuple[Running, ...]:
    """Goods that wait for a receipt first, then what is overdue, then the newest."""
    found = queries.running(session, asking.tenant, MOST_RUNNING)
    unconfirmed = _awaiting_receipt(session, [one.id for one in found])
    rows = [
        Running(
            one.number,
            queries.content_of(one),
            one.state,
            one.promised_date,
            is_overdue(one, now),
            one.id in unconfirmed,
        )
        for one in found
    ]
    return tuple(sorted(rows, key=lambda row: (not row.receipt_due, not row.overdue)))


def remaining(session: Session, today: date) -> tuple[Remaining, ...]:
    """Agreements that run today, the fullest first."""
    found = [
        Remaining(one.framework.title, one.used_percent, one.framework.valid_to)
        for one in all_frameworks(session)
        if one.runs_on(today)
    ]
    return tuple(sorted(found, key=lambda row: -row.used_percent))


def portal_minutes(session: Session, call_off_id: int) -> int | None:
    """Active minutes of one order, rounded up; None where nothing was measured."""
    seconds = session.scalar(
        select(func.sum(CallOffTime.seconds)).where(CallOffTime.call_off_id == call_off_id)
    )
    return None if seconds is None else -(-int(seconds) // SECONDS)


def categories(session: Session) -> tuple[Tile, ...]:
    """The largest groups of the catalog."""
    count = func.count(Article.id)
    rows = session.execute(
        select(Category.slug, Category.name, count)
        .join(Article, Article.category_id == Category.id)
        .where(Article.active)
        .group_by(Category.slug, Category.name)
        .order_by(count.desc(), Category.name)
        .limit(MOST_CATEGORIES)
    ).all()
    return tuple(Tile(name, f"/katalog?category={slug}", _icon(slug)) for slug, name, _ in rows)


def tiles(session: Session, asking: Asking, now: datetime) -> tuple[Tile, ...]:
    """What people without a basket come for."""
    if asking.member is not None:
        reads = asking.may(Scope.REPORTS_READ) and asking.may(Scope.CALL_OFFS_READ)
        reads = reads and not asking.may(Scope.CALL_OFFS_WRITE)
        return (Tile("Einsparbericht öffnen", "/auswertung", "analytics"),) if reads else ()
    desk = _desk_tiles(session, now) if asking.may(Scope.DELIVERIES_WRITE) else ()
    admin = (_outbox_tile(session),) if asking.has(Role.ADMIN) else ()
    lists = _list_tiles(session, asking)
    ways = (tile for scope, tile in COOPERATIVE_TILES if asking.may(scope))
    return (*desk, *lists, *admin, *ways)


COOPERATIVE_TILES: Final = (
    (Scope.COCKPIT_READ, Tile("Cockpit der Rahmenverträge", "/cockpit", "trending_up")),
    (Scope.DEMAND_WRITE, Tile("Bedarfe der Mitglieder", "/bedarfe", "list_alt")),
    (Scope.CATALOG_WRITE, Tile("Katalog pflegen", "/katalogpflege", "edit")),
    (Scope.STOCK_WRITE, Tile("Bestand der Auftragnehmer", "/bestand", "barcode_scanner")),
    (Scope.EVIDENCE_WRITE, Tile("Nachweise ergänzen", "/nachweise", "attach_file")),
    (Scope.EVIDENCE_READ, Tile("Inhouse-Register", "/inhouse-register", "fact_check")),
    (Scope.REPORTS_READ, Tile("Einsparbericht", "/auswertung", "analytics")),
    (Scope.AUDIT_READ, Tile("Prüfung", "/pruefung", "shield_person")),
    (Scope.MEMBERS_WRITE, Tile("Mitglieder", "/verwaltung/mitglieder", "account_balance")),
    (Scope.USERS_WRITE, Tile("Personen und Rollen", "/verwaltung/personen", "groups")),
)


def _desk_tiles(session: Session, now: datetime) -> tuple[Tile, ...]:
    found = queue(session, Wish(), legal_day(now), size=1)
    oldest = f"ältester vom {day(found.oldest_new)}" if found.oldest_new else ""
    desk = "/abwicklung"
    return (
        Tile("zu bestätigen", f"{desk}?stand=neu", "mail", found.counts[View.NEW], oldest),
        Tile("überfällig", f"{desk}?ueberfaellig=1", "error", found.overdue_count),
        Tile(
            "teilgeliefert",
            f"{desk}?stand=teilgeliefert",
            "splitscreen",
            found.counts[View.PARTIAL],
        ),
        Tile(
            "Änderungswunsch" if found.change_count == 1 else "Änderungswünsche",
            f"{desk}?aenderung=1",
            "edit",
            found.change_count,
        ),
        Tile("Nachweis fehlt", f"{desk}?nachweis=1", "lock", found.blocked_count),
    )


def _list_tiles(session: Session, asking: Asking) -> tuple[Tile, ...]:
    """Only while a list of files to erase waits for this very person."""
    count = lists_to_decide(session, asking.person_id) if asking.roles & set(KEEPERS) else 0
    words = "Löschliste wartet auf Sie" if count == 1 else "Löschlisten warten auf Sie"
    return (Tile(words, HERE, "lock", count),) if count else ()


def _outbox_tile(session: Session) -> Tile:
    counts = outbox(session, Shelf.DEAD, 1).counts
    waiting = f"{counts[Shelf.WAITING]} warten"
    address = f"/verwaltung/versand?fach={Shelf.DEAD.value}"
    words = "gescheiterte Nachricht" + ("" if counts[Shelf.DEAD] == 1 else "en")
    return Tile(words, address, "mail", counts[Shelf.DEAD], waiting)


def _today(session: Session, before: CallOff, now: datetime) -> Money | None:
    wanted = {line.sku: line.ordered for line in before.lines if line.ordered and not line.is_free}
    if not wanted:
        return None
    try:
        found = parts(session, wanted, now, owner=Owner(before.member_id, before.ordered_by))
    except ArticleUnknown:
        return None
    if not all(part.orderable for part in found):
        return None
    return Money.total(part.net for part in found)


def _awaiting_receipt(session: Session, call_off_ids: Sequence[int]) -> set[int]:
    confirmed = exists().where(GoodsReceipt.delivery_line_id == DeliveryLine.id)
    return set(
        session.scalars(
            select(Delivery.call_off_id)
            .join(DeliveryLine, DeliveryLine.delivery_id == Delivery.id)
            .where(Delivery.call_off_id.in_(call_off_ids), ~confirmed)
        )
    )


def _icon(slug: str) -> str:
    return next((icon for word, icon in ICONS.items() if word in slug), "devices")
