"""Nobody but the edge commits, and an answer never runs ahead of its commit."""

import re
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.support.application import Portal
from tests.support.world import settled

APP = Path(__file__).parents[2] / "app"
COMMIT = re.compile(r"\.commit\b")
EDGE = ["app/web/commit_route.py", "app/web/dependencies.py"]  # one end of a request each


def test_nobody_but_the_edge_commits() -> None:
    found = [
        str(file.relative_to(APP.parent))
        for file in APP.rglob("*.py")
        for line in file.read_text(encoding="utf-8").splitlines()
        if COMMIT.search(line)
    ]

    assert sorted(found) == EDGE


class DiskFull(Exception):
    """What a database says when it cannot keep its word."""


def test_a_commit_that_fails_is_never_answered_with_success(portal: Portal) -> None:
    world = settled(portal.session)
    browser = portal.signed_in(world.it)
    browser.client.straight.raises = False

    def fail(_session: Session) -> None:
        raise DiskFull

    event.listen(Session, "before_commit", fail)
    try:
        answer = browser.client.post(
            "/abmelden", data={"_csrf": browser.csrf}, follow_redirects=False
        )
    finally:
        event.remove(Session, "before_commit", fail)

    assert answer.status_code == 500
    assert "Es wurde nichts gespeichert" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_what_a_failing_route_wrote_is_gone(portal: Portal) -> None:
    world = settled(portal.session)
    browser = portal.signed_in(world.it)

    refused = browser.post("/abmelden", {"_csrf": "wrong"})

    assert refused.status_code == 403
    assert browser.get("/konto").status_code == 200


@pytest.mark.parametrize("folder", ["kernel", "database", "outbox", "operations"])
def test_the_ground_knows_no_page(folder: str) -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in (APP / folder).rglob("*.py"))

    assert "fastapi" not in text
    assert "jinja2" not in text
