"""Giving a call-off to the supplier whom the published rule names, per lot and on record."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.frameworks.agreement_records import SupplierAward
from app.frameworks.draw import Draw
from app.frameworks.records import Framework
from app.frameworks.supplier_choice import (
    AwardEvent,
    CallOffMode,
    Choice,
    NoSupplier,
    choose_supplier,
)
from app.frameworks.suppliers import candidates_of, passed_over
from app.kernel.legal_day import legal_day


def award_supplier(
    session: Session, framework: Framework, draws: Sequence[Draw], subject: str, now: datetime
) -> tuple[Choice, ...] | NoSupplier:
    """One choice per lot in the order of `draws`; a single supplier costs no statement.

    Nothing is written where one lot has nobody left: the caller keeps the refusal.
    """
    if framework.call_off_mode is CallOffMode.DIRECT:
        return ()
    # Two orders at once would count the same turn twice; the agreement's row puts them in line.
    session.refresh(framework, with_for_update=True)
    choices = []
    for draw in draws:
        choice = choose_supplier(
            framework.call_off_mode,
            candidates_of(session, framework.id, draw.lot_id),
            legal_day(now),
            passed_over(session, subject, draw.lot_id),
        )
        if isinstance(choice, NoSupplier):
            return choice
        choices.append(choice)
    session.execute(
        insert(SupplierAward),
        [
            {
                "framework_id": framework.id,
                "lot_id": draw.lot_id,
                "supplier_id": choice.supplier.id,
                "subject": subject,
                "event": AwardEvent.CHOSEN,
                "value": draw.value,
                "reason": choice.reason,
                "at": now,
            }
            for draw, choice in zip(draws, choices, strict=True)
        ],
    )
    return tuple(choices)
