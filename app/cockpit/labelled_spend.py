"""How much of an agreement's call-offs of twelve months carried a sustainability label."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.documents.savings.savings_report import Share
from app.kernel.legal_day import legal_day, start_of_day
from app.kernel.money import NOTHING, Money
from app.ordering.records import CallOff, CallOffLine
from app.savings.figures.labels import labels_when_bought

MEMORY: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class LabelledSpend:
    """Net value placed and kept, the labelled part of it, and each label by itself."""

    net: Money
    labelled: Money
    by_label: tuple[tuple[str, Money], ...]

    @property
    def share(self) -> Share:
        return Share(self.labelled.cents, self.net.cents)

    def share_of(self, part: Money) -> str:
        return Share(part.cents, self.net.cents).german


def labelled_spend(session: Session, framework_id: int, today: date) -> LabelledSpend:
    """Labels as they were valid on the day of the order; cancelled pieces do not count."""
    rows = session.execute(
        select(
            CallOffLine.article_id,
            CallOff.placed_at,
            CallOffLine.unit_price,
            CallOffLine.quantity,
            CallOffLine.cancelled,
        )
        .join(CallOff, CallOff.id == CallOffLine.call_off_id)
        .where(
            CallOff.framework_id == framework_id,
            CallOff.placed_at >= start_of_day(today - MEMORY),
        )
    ).all()
    bought = [
        ((article_id, legal_day(at)), price.times(quantity - cancelled))
        for article_id, at, price, quantity, cancelled in rows
        if at is not None
    ]
    listed = ((one, day) for (one, day), _ in bought if one is not None)
    labels = labels_when_bought(session, listed)
    sums: dict[str, Money] = {}
    labelled = NOTHING
    for key, net in bought:
        article_id, day = key
        worn = labels[article_id, day] if article_id is not None else ()  # None: a free position
        if worn:
            labelled += net
        for label in worn:
            sums[label.german] = sums.get(label.german, NOTHING) + net
    largest = sorted(sums.items(), key=lambda pair: (-pair[1].cents, pair[0]))
    return LabelledSpend(Money.total(net for _, net in bought), labelled, tuple(largest))
