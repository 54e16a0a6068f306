"""What was decided about agreements in the invented year, by the use cases of their pages."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session

from app.demonstration.demonstration_paper import demonstration_paper
from app.frameworks.amending.add_document import add_document
from app.frameworks.amending.add_extension_option import add_extension_option
from app.frameworks.amending.amend_ceiling import CeilingWish, amend_ceiling
from app.frameworks.amending.amend_price_rule import PriceRuleWish, amend_price_rule
from app.frameworks.amending.name_successor import name_successor
from app.frameworks.amending.record_index_value import Published, record_index_value
from app.frameworks.amending.resolution import Paper, Resolution
from app.frameworks.amendment_limits import AmendmentBasis
from app.frameworks.price_rule import PriceRule, PriceRuleKind
from app.frameworks.queries import framework
from app.frameworks.returns.record_return import record_return
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.kernel.month import Month

FILE: Final = "agreements.toml"
Said = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Keeper:
    """Who enters all this, and when."""

    session: Session
    person_id: int
    at: datetime

    def resolution(self, said: Said) -> Resolution:
        paper = self.paper(said["paper"], open_to_members=False)
        return Resolution(said["decided_by"], legal_day(self.at), said["reason"], paper)

    def paper(self, title: str, *, open_to_members: bool) -> Paper:
        content = demonstration_paper(title, legal_day(self.at))
        return Paper(title, legal_day(self.at), "demonstration.pdf", content, open_to_members)


def show_agreements(session: Session, folder: Path, person_id: int, at: datetime) -> int:
    """How many decisions were entered."""
    said = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    keeper = _Keeper(session, person_id, at)
    steps = {
        "option": _option,
        "ceiling": _ceiling,
        "index_value": _index_values,
        "price_rule": _price_rule,
        "successor": _successor,
        "document": _document,
        "return": _return,
    }
    for name, step in steps.items():
        for one in said.get(name, ()):
            step(keeper, one)
    return sum(len(said.get(name, ())) for name in steps)


def _option(keeper: _Keeper, said: Said) -> None:
    add_extension_option(
        keeper.session,
        keeper.person_id,
        said["framework"],
        said["months"],
        legal_day(keeper.at) + timedelta(days=said["notice_days"]),
        keeper.at,
        reason=said["reason"],
    )


def _ceiling(keeper: _Keeper, said: Said) -> None:
    lots = framework(keeper.session, said["framework"]).lots
    lot = next(lot for lot in lots if lot.number == said["lot"])
    wish = CeilingWish(
        lot_number=lot.number,
        value=Money.euros(said["value"]),
        quantity=lot.maximum_quantity,
        basis=AmendmentBasis.MINOR,
        character_unchanged=True,
    )
    amend_ceiling(
        keeper.session,
        keeper.person_id,
        said["framework"],
        wish,
        keeper.resolution(said),
        keeper.at,
    )


def _index_values(keeper: _Keeper, said: Said) -> None:
    """The last months, the newest last."""
    month = Month.of(legal_day(keeper.at)).previous()
    for hundredths in reversed(said["hundredths"]):
        value = Published(said["index"], month, hundredths, said["source"])
        record_index_value(keeper.session, keeper.person_id, value, keeper.at)
        month = month.previous()


def _price_rule(keeper: _Keeper, said: Said) -> None:
    base = Month.of(legal_day(keeper.at)).previous()
    fixed_until = framework(keeper.session, said["framework"]).framework.price_fixed_until
    rule = PriceRule(
        kind=PriceRuleKind.INDEX,
        fixed_until=fixed_until,
        index_name=said["index"],
        base_month=base,
        threshold_points=said["threshold_points"],
        cap_points=said["cap_points"],
        announcement_days=said["announcement_days"],
    )
    wish = PriceRuleWish(rule, AmendmentBasis.REVIEW_CLAUSE)
    amend_price_rule(
        keeper.session,
        keeper.person_id,
        said["framework"],
        wish,
        keeper.resolution(said),
        keeper.at,
    )


def _successor(keeper: _Keeper, said: Said) -> None:
    name_successor(
        keeper.session,
        keeper.person_id,
        said["framework"],
        said["follows"],
        legal_day(keeper.at) + timedelta(days=said["hand_over_days"]),
        keeper.at,
        reason=said["reason"],
    )


def _document(keeper: _Keeper, said: Said) -> None:
    paper = keeper.paper(said["title"], open_to_members=True)
    add_document(keeper.session, keeper.person_id, said["framework"], paper, keeper.at)


def _return(keeper: _Keeper, said: Said) -> None:
    record_return(
        keeper.session,
        keeper.person_id,
        said["framework"],
        Month.of(legal_day(keeper.at)).previous(),
        Money.euros(said["declared"]),
        keeper.at,
        note=said["note"],
    )
