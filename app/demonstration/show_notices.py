"""Bells that show something: what people were told of in the last two weeks."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.notices.announce import ANNOUNCE
from app.notices.records import Notice
from app.notices.spread import spread
from app.ordering.approving.ask_approvers import ask_approvers
from app.ordering.notify import ASK_APPROVERS
from app.outbox.records import OutboxMessage

SHOWN: Final = timedelta(days=14)
UNREAD: Final = timedelta(days=3)
NOWHERE: Final = "http://127.0.0.1"  # the mails of the invented past never leave


def show_notices(session: Session, start: datetime) -> None:
    """What the worker would have done; older notices were read. Mails are settled afterwards."""
    for asked in _waiting(session, ASK_APPROVERS, start):
        ask_approvers(session, asked["number"], start)
    for announced in _waiting(session, ANNOUNCE, start):
        spread(session, announced, NOWHERE, start)
    session.execute(
        update(Notice)
        .where(Notice.at < start - UNREAD)
        .values(read_at=start - UNREAD)
        .execution_options(synchronize_session=False)
    )


def _waiting(session: Session, name: str, start: datetime) -> Sequence[dict[str, Any]]:
    session.flush()
    bodies = session.scalars(
        select(OutboxMessage.body)
        .where(
            OutboxMessage.name == name,
            OutboxMessage.done_at.is_(None),
            OutboxMessage.created_at >= start - SHOWN,
        )
        .order_by(OutboxMessage.id)
    )
    return [json.loads(body) for body in bodies]
