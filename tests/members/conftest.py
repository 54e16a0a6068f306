"""Pages of people and members over a fresh database."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from tests.support.databases import Database
from tests.support.portal import Portal, pages_of_people
from tests.support.world import World, settled


@pytest.fixture
def world(session: Session) -> World:
    return settled(session)


@pytest.fixture
def portal(database: Database, session: Session, world: World) -> Iterator[Portal]:
    assert world.dessau.id
    with pages_of_people(database, session) as portal:
        yield portal
