"""What the use of an agreement's lots leads to, told the same way for a whole day."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.frameworks.outlook.drawn import NOTHING_DRAWN, Drawn, drawn_lately, recorded_since
from app.frameworks.outlook.rules_forecast import Forecast, Question, State, Use, forecast
from app.frameworks.records import Framework, Lot
from app.frameworks.rules_ceiling import Measure, level_of


def forecast_lots(session: Session, framework_id: int, today: date) -> Mapping[int, Forecast]:
    """By lot number, from what was drawn before `today`: no order of the day changes it.

    A lot that is limited by value and by pieces is told by the one that ends first.
    """
    framework = session.get_one(Framework, framework_id)
    lots = session.scalars(
        select(Lot)
        .where(Lot.framework_id == framework_id)
        .order_by(Lot.number)
        .execution_options(populate_existing=True)
    ).all()
    drawn = drawn_lately(session, lots, today)
    since = max(framework.valid_from, recorded_since(session, lots, today))
    return {
        lot.number: min(
            _forecasts(lot, drawn.get(lot.id, NOTHING_DRAWN), (framework, since), today),
            key=_end,
        )
        for lot in lots
    }


def _forecasts(
    lot: Lot, drawn: Drawn, term: tuple[Framework, date], today: date
) -> Sequence[Forecast]:
    framework, since = term
    found = []
    for measure, used, most in level_of(lot).measured:
        if most is not None:
            left = most - used + _since(drawn, measure, today)
            asked = Question(left, since, framework.valid_to, framework.tender_months)
            found.append(forecast(_before(drawn[measure], today), asked, today))
    return found


def _since(drawn: Drawn, measure: Measure, today: date) -> int:
    return sum(use.amount for use in drawn[measure] if use.day >= today)


def _before(uses: Sequence[Use], today: date) -> list[Use]:
    return [use for use in uses if use.day < today]


def _end(found: Forecast) -> date:
    if found.state is State.USED_UP:
        return date.min
    return found.exhausted_on or date.max
