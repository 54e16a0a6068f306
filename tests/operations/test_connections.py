"""Several processes listen at one socket: nobody does all the work while another looks on."""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection, socket

import pytest

from app.commands.connections import FOLDERS, PATIENCE, SHARED_FOLDER, share, shared_folder

ROOT = Path(__file__).parents[2]
FOR_EVER = 1_000_000

Process = subprocess.Popen[str]


@pytest.fixture
def listener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket]:
    monkeypatch.setenv(SHARED_FOLDER, str(tmp_path))
    share()
    with socket() as open_socket:
        open_socket.bind(("127.0.0.1", 0))
        open_socket.listen(100)
        yield open_socket


@contextmanager
def listening(listener: socket, patience: int) -> Iterator[Process]:
    number = listener.fileno()
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.support.guests", str(number), str(patience)],
        cwd=ROOT,
        env=dict(os.environ),
        pass_fds=[number],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "listening\n"
    try:
        yield process
    finally:
        process.kill()
        process.wait(60)
        process.stdout.close()


def come(listener: socket, times: int) -> list[tuple[socket, int]]:
    """So many guests who stay, each with the process that took it."""
    guests = []
    for _ in range(times):
        guest = create_connection(listener.getsockname(), timeout=60)
        guests.append((guest, int(guest.makefile().readline())))
    return guests


def leave(guests: list[tuple[socket, int]]) -> None:
    for guest, _ in guests:
        guest.close()


def test_connections_that_stay_are_spread_evenly(listener: socket) -> None:
    with listening(listener, FOR_EVER) as one, listening(listener, FOR_EVER) as other:
        guests = come(listener, 12)

    assert Counter(host for _, host in guests) == {one.pid: 6, other.pid: 6}
    leave(guests)


def test_a_process_that_starts_later_takes_what_comes_until_both_have_as_many(
    listener: socket,
) -> None:
    with listening(listener, FOR_EVER) as early:
        before = come(listener, 4)
        with listening(listener, FOR_EVER) as late:
            after = come(listener, 4)

    assert {host for _, host in before} == {early.pid}
    assert {host for _, host in after} == {late.pid}
    leave(before + after)


def test_nobody_waits_for_a_process_that_has_ended(listener: socket) -> None:
    with listening(listener, PATIENCE) as staying:
        with listening(listener, PATIENCE):
            pass
        guests = come(listener, 3)

    assert {host for _, host in guests} == {staying.pid}
    leave(guests)


def test_a_folder_of_figures_ends_with_its_processes_or_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left, held = tmp_path / f"{FOLDERS}left", tmp_path / f"{FOLDERS}held"
    with socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(1)
        for folder in (left, held):
            folder.mkdir()
            monkeypatch.setenv(SHARED_FOLDER, str(folder))
            share()
        with listening(door, PATIENCE):
            monkeypatch.delenv(SHARED_FOLDER)
            with shared_folder():
                mine = Path(os.environ[SHARED_FOLDER])
                assert set(tmp_path.iterdir()) == {held, mine}

    assert list(tmp_path.iterdir()) == [held]
    assert SHARED_FOLDER not in os.environ
