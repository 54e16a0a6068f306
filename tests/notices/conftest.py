"""The settled world, and mails that arrive at the same real server as all others."""

import pytest
from sqlalchemy.orm import Session

from tests.outbox.conftest import mailbox
from tests.support.world import World, settled

__all__ = ["mailbox"]


@pytest.fixture
def world(session: Session) -> World:
    made = settled(session)
    session.commit()
    return made
