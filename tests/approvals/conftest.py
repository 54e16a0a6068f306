"""The world of approvals: two members with complete evidence, one framework with articles."""

import pytest
from sqlalchemy.orm import Session

from tests.support.evidence import complete_evidence
from tests.support.world import World, settled


@pytest.fixture
def world(session: Session) -> World:
    found = settled(session)
    complete_evidence(session)
    session.commit()
    return found
