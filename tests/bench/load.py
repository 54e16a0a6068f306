"""A closed-loop client: every connection asks, checks the answer, asks again."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final

WARM_UP: Final = 1.0


@dataclass(frozen=True)
class Request:
    """One request as bytes, and what its answer must hold."""

    raw: bytes
    status: int
    marker: bytes = b""


@dataclass
class Measured:
    """All answers of the window."""

    seconds: float
    times: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    total: int = 0
    """Right answers altogether, the warm-up included: so many orders must be there."""

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    def milliseconds(self, percent: int) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)] * 1000


def http(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: keep-alive"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def run(
    port: int,
    sources: list[Iterator[Request]],
    seconds: float,
    at_window: Callable[[], None] = lambda: None,
) -> Measured:
    """One connection per source; `at_window` is called when the warm-up is over."""
    return asyncio.run(_run(port, sources, seconds, at_window))


async def _run(
    port: int,
    sources: list[Iterator[Request]],
    seconds: float,
    at_window: Callable[[], None],
) -> Measured:
    measured = Measured(seconds)
    begins = perf_counter() + WARM_UP
    ends = begins + seconds
    tasks = [
        asyncio.create_task(_connection(port, source, begins, ends, measured)) for source in sources
    ]
    await asyncio.sleep(WARM_UP)
    at_window()
    await asyncio.gather(*tasks)
    return measured


async def _connection(
    port: int, source: Iterator[Request], begins: float, ends: float, measured: Measured
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in source:
        began = perf_counter()
        if began >= ends:
            break
        status, body = await _answer(reader, writer, request.raw)
        took = perf_counter() - began
        if status != request.status or request.marker not in body:
            measured.wrong.append(f"{status}: {body[:300]!r}")
            if len(measured.wrong) > 20:
                break
            continue
        measured.total += 1
        if began >= begins and began + took <= ends:
            measured.times.append(took)
    writer.close()


async def _answer(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, raw: bytes
) -> tuple[int, bytes]:
    writer.write(raw)
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return status, await reader.readexactly(length)


def all_at_once(port: int, requests: list[bytes]) -> list[tuple[int, bytes]]:
    """Every request on its own connection, released together."""
    return asyncio.run(_all_at_once(port, requests))


async def _all_at_once(port: int, requests: list[bytes]) -> list[tuple[int, bytes]]:
    connections = [await asyncio.open_connection("127.0.0.1", port) for _ in requests]
    answers = await asyncio.gather(
        *(
            _answer(reader, writer, raw)
            for (reader, writer), raw in zip(connections, requests, strict=True)
        )
    )
    for _, writer in connections:
        writer.close()
    return list(answers)
