"""The JSON interface of one's own notices."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.notices.records import Notice
from app.notices.rules import Event
from tests.support.application import Portal
from tests.support.clock import NOON
from tests.support.world import World

NOTICES = "/api/v1/notices"


def told(portal: Portal, person_id: int, *titles: str) -> list[int]:
    found = []
    for at, title in enumerate(titles):
        row = Notice(
            person_id=person_id,
            event=Event.ORDER_MOVED,
            title=title,
            text=title,
            address="/abrufe",
            cause=title,
            at=NOON + timedelta(minutes=at),
            in_portal=True,
        )
        portal.session.add(row)
        portal.session.flush()
        found.append(row.id)
    portal.session.commit()
    return found


def unread(portal: Portal) -> int:
    portal.end_transaction()
    rows = select(func.count(Notice.id)).where(Notice.read_at.is_(None))
    return portal.session.scalar(rows) or 0


def test_own_notices_are_listed_and_read_by_oneself_alone(portal: Portal, world: World) -> None:
    first, second, third = told(portal, world.it.id, "eins", "zwei", "drei")
    told(portal, world.it_magdeburg.id, "fremd")
    api, foreign = portal.api(world.it), portal.api(world.it_magdeburg)

    page = api.get(NOTICES, limit=2).json()
    rest = api.get(NOTICES, limit=2, cursor=page["next"]).json()
    assert [one["title"] for one in page["items"]] == ["drei", "zwei"]
    assert [one["title"] for one in rest["items"]] == ["eins"]
    assert (page["total"], page["unread"], rest["next"]) == (3, 3, None)
    assert foreign.post(f"{NOTICES}/{first}/read").status_code == 404
    assert unread(portal) == 4

    read = api.post(f"{NOTICES}/{third}/read").json()
    portal.clock.pass_by(minutes=5)
    assert api.post(f"{NOTICES}/{third}/read").json() == read
    assert read["page"] == "/abrufe"
    assert api.post(f"{NOTICES}/read", {"up_to": first}).json() == {"unread": 1}
    left = api.get(NOTICES, unread=True).json()
    assert [one["id"] for one in left["items"]] == [second]
    assert foreign.get(NOTICES).json()["unread"] == 1


@pytest.mark.parametrize("wrong", [0, -1, 2**31, "1", None, True])
def test_an_impossible_number_marks_nothing(portal: Portal, world: World, wrong: object) -> None:
    told(portal, world.it.id, "eins")
    api = portal.api(world.it)

    assert api.post(f"{NOTICES}/read", {"up_to": wrong}).status_code == 422
    assert api.post(f"{NOTICES}/999999/read").status_code == 404
    assert api.post(f"{NOTICES}/{2**31}/read").status_code == 422
    assert unread(portal) == 1
