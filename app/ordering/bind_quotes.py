"""Binding free positions to the one call-off that orders them, with the quote among its papers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from app.database.base import table_of
from app.kernel.errors import Conflict
from app.ordering.attaching.records import CallOffPaper
from app.ordering.price_lines import PricedLine
from app.ordering.quoting.records import FreePosition
from app.ordering.wanted import Actor

_POSITION = table_of(FreePosition)
_BIND: Final = (
    update(_POSITION)
    .where(_POSITION.c.id == bindparam("position"), _POSITION.c.ordered_as.is_(None))
    .values(ordered_as=bindparam("order"))
    .returning(_POSITION.c.member_id, _POSITION.c.file_name, _POSITION.c.file_sha256)
)
_PAPER: Final = insert(table_of(CallOffPaper))


class QuoteTaken(Conflict):
    """Another order took this free position while this one was being sent."""

    code = "article_not_orderable"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: Diese freie Position wurde gerade mit einem anderen Abruf bestellt. "
            "Für einen weiteren Abruf brauchen Sie ein neues Angebot."
        )


def bind_quotes(
    session: Session,
    lines: Sequence[PricedLine],
    order: tuple[int, str],
    actor: Actor,
    now: datetime,
) -> None:
    """`order`: id and number. Costs nothing without a free position. Raises QuoteTaken."""
    for line in lines:
        if line.quoted is None:
            continue
        connection = session.connection()
        asked = {"position": line.quoted.position_id, "order": order[1]}
        bound = connection.execute(_BIND, asked).one_or_none()
        if bound is None:
            raise QuoteTaken(line.article.name)
        paper = {
            "call_off_id": order[0],
            "member_id": bound.member_id,
            "by_person": actor.person_id,
            "file_name": bound.file_name,
            "file_sha256": bound.file_sha256,
            "at": now,
        }
        connection.execute(_PAPER, paper)
