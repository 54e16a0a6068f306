"""What the page behind a one-time link shows: enough to decide without signing in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.eligibility.rules import Assessment
from app.frameworks.records import Framework, Lot
from app.kernel.money import Money
from app.ordering.approving.open_link import LivingLink
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.seen import ChangeSeen, Looking, change_seen
from app.ordering.changing.totals import totals_after
from app.ordering.charging.effects_of import order_effects
from app.ordering.effects import Effect
from app.ordering.judge import judge_again
from app.ordering.market.market_of_order import market_of_order
from app.ordering.queries import lots_of
from app.ordering.rules import Side
from app.ordering.signing.mandate import four_eyes_of
from app.ordering.signing.mutual import mutual_words
from app.ordering.signing.path_words import StepWords, path_words


@dataclass(frozen=True, slots=True)
class LinkPage:
    """The order, what it does to ceiling and budget, the check, and the steps."""

    seen: LivingLink
    orderer: str
    framework: Framework
    lots: tuple[Lot, ...]
    effects: tuple[Effect, ...]
    assessment: Assessment
    steps: tuple[StepWords, ...]
    mutual: str


@dataclass(frozen=True, slots=True)
class ChangeLinkPage:
    """The change of a placed order, the check and what it does, and the steps."""

    seen: LivingLink
    shown: ChangeSeen
    asker: str
    gross: Money
    gross_after: Money
    steps: tuple[StepWords, ...]
    mutual: str


def change_link_page(
    session: Session, seen: LivingLink, change: CallOffChange, now: datetime
) -> ChangeLinkPage:
    """Reads only."""
    found, person = seen.call_off, seen.person.id
    looking = Looking(person, frozenset({Side.APPROVER}), seen.member, now)
    return ChangeLinkPage(
        seen=seen,
        shown=change_seen(session, found, change, looking),
        asker=session.get_one(Person, change.requested_by).label,
        gross=totals_after(found).gross,
        gross_after=totals_after(found, change).gross,
        steps=path_words(session, seen.path),
        mutual=mutual_words(session, found.member_id, person, change.requested_by, now),
    )


def link_page(session: Session, seen: LivingLink, now: datetime) -> LinkPage:
    """Reads only."""
    found = seen.call_off
    judged = judge_again(
        session,
        found,
        now,
        four_eyes_of(seen.member, found, seen.mandate),
        market_of_order(session, found, now),
    )
    return LinkPage(
        seen=seen,
        orderer=session.get_one(Person, found.ordered_by).label,
        framework=session.get_one(Framework, found.framework_id),
        lots=tuple(lots_of(session, {line.lot_id for line in found.lines})),
        effects=order_effects(session, found),
        assessment=judged.assessment,
        steps=path_words(session, seen.path),
        mutual=mutual_words(session, found.member_id, seen.person.id, found.ordered_by, now),
    )
