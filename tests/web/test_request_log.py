"""One request is one line, and no line says who it was."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
import structlog

from app.operations.logs import configure_logs
from tests.support.application import Portal
from tests.support.world import settled


@contextmanager
def logs(kind: Literal["json", "text"]) -> Iterator[None]:
    """As in a running portal; pytest gives each phase of a test its own standard error."""
    root = logging.getLogger()
    before = root.handlers, root.level
    quiet = structlog.get_config()
    configure_logs(kind)
    yield
    root.handlers, root.level = before
    structlog.configure(**quiet)


def test_one_request_is_one_line_without_persons(
    portal: Portal, capsys: pytest.CaptureFixture[str]
) -> None:
    world = settled(portal.session)
    browser = portal.signed_in(world.it)

    with logs("json"):
        browser.client.get("/hilfe?q=it@dessau-rosslau.example")

    lines = capsys.readouterr().err.splitlines()
    (line,) = [json.loads(line) for line in lines if '"event": "request"' in line]
    assert line["method"] == "GET"
    assert line["route"] == "/hilfe"
    assert line["status"] == 200
    assert len(line["request_id"]) == 16
    assert "dessau" not in json.dumps(line)


@pytest.mark.parametrize("kind", ["json", "text"])
def test_a_line_break_stays_inside_its_line(
    kind: Literal["json", "text"], capsys: pytest.CaptureFixture[str]
) -> None:
    with logs(kind):
        structlog.get_logger().info("noted", value='x\n{"event":"forged"}\x1b[31m')

    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    ("sent", "kept"), [("abc-1.2_3", True), ("a b", False), ("x" * 65, False), ("", False)]
)
def test_a_proxys_id_is_kept_if_it_is_harmless(portal: Portal, sent: str, kept: bool) -> None:
    answer = portal.guest().client.get("/hilfe", headers={"X-Request-ID": sent})

    assert (answer.headers["x-request-id"] == sent) is kept
