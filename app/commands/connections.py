"""Connections of the large mode, spread evenly over its processes.

All of them listen at one socket, and whoever wakes first would take every connection that waits.
Browsers and proxies keep theirs, so one process would do all the work while another looks on.
"""

import os
from asyncio import BaseTransport, Protocol, Task, TimerHandle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, lockf
from mmap import mmap
from pathlib import Path
from shutil import rmtree
from socket import socket
from tempfile import TemporaryDirectory, gettempdir
from typing import Any, Final

import uvloop

SHARED_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The environment's name of the folder in which the processes of one portal share figures."""

FOLDERS: Final = "kitu-metrics-"
MOST_PROCESSES: Final = 64
PAUSE: Final = 0.002
"""Seconds until a process looks again whether another took what it left."""

PATIENCE: Final = 10
"""So many pauses long; then it takes it, for the other one may hang or just have ended."""

_NAME: Final = "connections"
_WIDTH: Final = 4  # bytes of a figure
_NOBODY: Final = 0
_TIRED: Final = 0.1  # seconds without listening after an error, as where too many files are open


@contextmanager
def shared_folder() -> Iterator[None]:
    """Where the environment names no folder, one that ends with the processes that share it."""
    if SHARED_FOLDER in os.environ:
        Path(os.environ[SHARED_FOLDER]).mkdir(parents=True, exist_ok=True)
        share()
        yield
        return
    _clear_up()
    with TemporaryDirectory(prefix=FOLDERS, ignore_cleanup_errors=True) as folder:
        os.environ[SHARED_FOLDER] = folder
        share()
        try:
            with _file().open("r+b") as file:
                lockf(file, LOCK_EX, _WIDTH, MOST_PROCESSES * _WIDTH)  # until a process has its own
                yield
        finally:
            del os.environ[SHARED_FOLDER]


def _clear_up() -> None:
    """Folders of processes that were killed: nobody holds a lock there any more."""
    for folder in Path(gettempdir()).glob(f"{FOLDERS}*"):
        try:
            with (folder / _NAME).open("r+b") as file:
                lockf(file, LOCK_EX | LOCK_NB)
                if folder.lstat().st_uid == os.getuid():
                    rmtree(folder, ignore_errors=True)
        except OSError:
            continue


def share() -> None:
    """Before the processes start: nobody has a connection."""
    _file().write_bytes(bytes(MOST_PROCESSES * _WIDTH))


def _file() -> Path:
    return Path(os.environ[SHARED_FOLDER]) / _NAME


class Shares:
    """How many connections each process has: one figure more than that, and 0 for no process.

    A place belongs to whoever holds the lock of its bytes, which ends with the process.
    """

    def __init__(self, file: Path) -> None:
        self._file = file.open("r+b")
        self._figures = memoryview(mmap(self._file.fileno(), 0)).cast("i")
        self._mine = next(place for place in range(MOST_PROCESSES) if self._locked(place))
        self.say(0)

    def say(self, connections: int) -> None:
        self._figures[self._mine] = connections + 1

    def somebody_has_fewer(self) -> bool:
        mine = self._figures[self._mine]
        return any(_NOBODY < other < mine for other in self._figures)

    def leave(self) -> None:
        """Nobody waits for this process any more."""
        self._figures[self._mine] = _NOBODY
        self._file.close()

    def _locked(self, place: int) -> bool:
        try:
            lockf(self._file, LOCK_EX | LOCK_NB, _WIDTH, place * _WIDTH)
        except OSError:
            return False
        return True


class EvenLoop(uvloop.Loop):
    """An event loop whose server leaves a connection to the process that has fewer."""

    def __init__(self, patience: int = PATIENCE) -> None:
        super().__init__()
        self._patience = patience

    async def create_server(self, protocol_factory: Any, *_: Any, **options: Any) -> Any:
        shares = Shares(_file())
        listener: socket = options["sock"]
        listener.setblocking(False)
        listener.listen(options["backlog"])
        return Door(self, protocol_factory, listener, shares, self._patience)


class Door:
    """Takes one connection at a time off the shared listener."""

    def __init__(
        self,
        loop: uvloop.Loop,
        protocol_factory: Callable[[], Protocol],
        listener: socket,
        shares: Shares,
        patience: int,
    ) -> None:
        self._loop = loop
        self._factory = protocol_factory
        self._listener = listener
        self._shares = shares
        self._patience = patience
        self._open: set[BaseTransport] = set()
        self._coming: set[Task[None]] = set()
        self._left = 0
        self._later: TimerHandle | None = None
        self._listen()

    def close(self) -> None:
        self._pause(None)
        self._shares.leave()

    async def wait_closed(self) -> None:
        """Closing takes no time."""

    def _listen(self) -> None:
        self._later = None
        self._loop.add_reader(self._listener, self._somebody_comes)

    def _pause(self, seconds: float | None) -> None:
        """Without end where no time is given."""
        self._loop.remove_reader(self._listener)
        if self._later is not None:
            self._later.cancel()
        self._later = None if seconds is None else self._loop.call_later(seconds, self._listen)

    def _somebody_comes(self) -> None:
        self._open = {one for one in self._open if not one.is_closing()}
        self._shares.say(self._count())
        if self._left < self._patience and self._shares.somebody_has_fewer():
            self._left += 1
            self._pause(PAUSE)
            return
        self._left = 0
        try:
            connection, _ = self._listener.accept()
        except (BlockingIOError, ConnectionAbortedError):  # another process was faster
            return
        except OSError:
            self._pause(_TIRED)
            return
        coming = self._loop.create_task(self._enter(connection))
        self._coming.add(coming)
        coming.add_done_callback(self._coming.discard)
        self._shares.say(self._count())

    async def _enter(self, connection: socket) -> None:
        connection.setblocking(False)
        entered: Any = await self._loop.connect_accepted_socket(self._factory, connection)
        self._open.add(entered[0])

    def _count(self) -> int:
        return len(self._open) + len(self._coming)
