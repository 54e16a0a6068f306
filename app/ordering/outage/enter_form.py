"""Entering a form later: the order keeps the moment of the paper, and is decided as of then."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.catalog.finding.find_numbers import find_numbers
from app.database.tenant import Tenant
from app.kernel.errors import FieldError, Malformed
from app.members.queries import member_of
from app.ordering.outage.queries import entered_as, lock_block
from app.ordering.outage.rules_forms import UNKNOWN, form_number, moment_fault, number_of
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.submission import Refused, Submitted
from app.ordering.wanted import Actor, OnPaper, Wanted, merged


def enter_form(
    session: Session,
    actor: Actor,
    member_id: int,
    wanted: Wanted,
    paper: OnPaper,
    now: datetime,
) -> Submitted | Refused:
    """Prices, agreement, facts and rules are those of `paper.ordered_at`; the ceiling is today's.

    A number counts once; a refused order leaves it free. Raises Malformed at `formular` and `tag`
    and what submitting raises.
    """
    tenant = Tenant(member_id)
    member = member_of(session, tenant, member_id)
    number = number_of(paper.form, member.key)
    block = lock_block(session, member_id, number) if number is not None else None
    if number is None or block is None:
        raise Malformed(FieldError("formular", "unknown", UNKNOWN))
    form = form_number(member.key, number)
    earlier = entered_as(session, tenant, form)
    if earlier is not None:
        text = f"Das Formular {form} ist schon als Abruf {earlier} erfasst."
        raise Malformed(FieldError("formular", "used", text))
    if fault := moment_fault(paper.ordered_at, block.issued_at, now):
        raise Malformed(FieldError("tag", "moment", fault))
    meant = replace(
        wanted,
        quantities=_articles(session, wanted.quantities),
        on_paper=OnPaper(form, paper.ordered_at),
    )
    return submit_call_off(session, actor, member_id, meant, now)


def _articles(session: Session, typed: dict[str, int]) -> dict[str, int]:
    """By article number, however it was written; what stands for none or several stays as typed."""
    found = find_numbers(session, typed, None)
    return merged([(_only(found.get(number, ()), number), many) for number, many in typed.items()])


def _only(skus: tuple[str, ...], number: str) -> str:
    return skus[0] if len(skus) == 1 else number
