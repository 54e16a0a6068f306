"""Pages of people and members over a fresh database."""

import pytest
from sqlalchemy.orm import Session

from tests.support.databases import Database
from tests.support.portal import Portal
from tests.support.world import World, settled


@pytest.fixture
def world(session: Session) -> World:
    return settled(session)


@pytest.fixture
def portal(database: Database, session: Session, world: World) -> Portal:
    assert world.dessau.id
    return Portal(database.sessions, session)
