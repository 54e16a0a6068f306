"""The builders themselves: they must stand on both databases."""

from sqlalchemy.orm import Session

from tests.support.world import NOTEBOOK, lot_of, settled


def test_the_world_stands_on_both_databases(session: Session) -> None:
    world = settled(session)
    session.commit()

    assert world.dessau.key == "15001000"
    assert lot_of(session, NOTEBOOK).framework_id == world.framework.id
