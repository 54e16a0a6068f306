"""What the bulkhead hands on is what was sent, whether it was held in memory or on disk."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from app.web.bulkhead import HELD, LARGEST_BODY, Bulkhead
from app.web.shortcut import CONTENT

GONE: Message = {"type": "http.disconnect"}


def arriving(parts: list[bytes]) -> Iterator[Message]:
    for at, part in enumerate(parts, 1):
        yield {"type": "http.request", "body": part, "more_body": at < len(parts)}


def passed(messages: Iterator[Message]) -> tuple[Scope, list[Message], list[Message]]:
    """The scope, what the application got, and what was answered instead of it."""
    scope: Scope = {"type": "http", "path": "/api/x", "method": "POST", "headers": []}
    got: list[Message] = []
    answered: list[Message] = []

    async def application(_scope: Scope, receive: Receive, _send: Send) -> None:
        got.append(await receive())
        while got[-1].get("more_body"):
            got.append(await receive())
        got.append(await receive())

    async def receive() -> Message:
        return next(messages, GONE)

    async def send(message: Message) -> None:
        answered.append(message)

    asyncio.run(Bulkhead(application, 1)(scope, receive, send))
    return scope, got, answered


def body_of(got: list[Message]) -> Any:
    return b"".join(one.get("body", b"") for one in got)


@pytest.mark.parametrize("size", [0, 7, HELD, HELD + 1, 3 * HELD + 5])
def test_a_body_arrives_as_it_was_sent(size: int) -> None:
    sent = bytes(at % 251 for at in range(size))
    parts = [sent[at : at + 65_536] for at in range(0, size, 65_536)] or [b""]

    scope, got, answered = passed(arriving(parts))

    assert body_of(got) == sent
    assert got[-1] == GONE
    assert scope[CONTENT] == (sent if size <= HELD else b"")
    assert max(len(one.get("body", b"")) for one in got) <= HELD
    assert answered == []


@pytest.mark.parametrize("before", [7, 2 * HELD])
def test_who_leaves_while_sending_is_heard_no_further(before: int) -> None:
    messages = iter([{"type": "http.request", "body": bytes(before), "more_body": True}])

    _, got, _ = passed(messages)

    assert body_of(got) == bytes(before)


def test_a_body_beyond_the_limit_reaches_nobody() -> None:
    messages = arriving([bytes(HELD)] * (LARGEST_BODY // HELD) + [b"x"])

    _, got, answered = passed(messages)

    assert got == []
    assert answered[0]["status"] == 413
