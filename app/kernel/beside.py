"""Working something out in a process beside this one, a little ahead of whoever uses it.

A process started anew, neither a fork, which a program with threads must not make, nor one of
multiprocessing, which would load the program that was started: here the whole portal.
"""

import fcntl
import io
import os
import pickle
import signal
import subprocess
import sys
import traceback
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, BinaryIO, Final, ParamSpec, Protocol, TypeVar

from app.kernel.errors import DomainError

BEHIND: Final = 5  # of niceness: whoever serves pages or writes for others goes first
TURN: Final = 0.0005  # seconds at work before whoever waits for the processor gets it
AHEAD: Final = 1024 * 1024  # bytes that wait to be fetched; then the other process waits
PROGRAM: Final = "from app.kernel.beside import answer; answer()"
ITEM, END, REFUSED, FAILED = range(4)

Given = ParamSpec("Given")
Item_co = TypeVar("Item_co", covariant=True)


class WorkFailed(Exception):
    """An error in the other process that nobody foresaw; its text is where it came from."""


class WorkLost(Exception):
    """The other process is gone: killed, or out of memory."""


class Making(Protocol[Given, Item_co]):
    """A function of a module that loads little, found by its name in the other process."""

    def __call__(
        self, *arguments: Given.args, **named: Given.kwargs
    ) -> Generator[Item_co, None, None]: ...


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file of this process as an argument: the other one reads it by the same descriptor."""

    descriptor: int

    def open(self) -> BinaryIO:
        """From its beginning, wherever this process is in it or goes meanwhile."""
        return io.BufferedReader(_Apart(self.descriptor))


class _Apart(io.RawIOBase):
    """Reads at a place of its own; that of the descriptor belongs to whoever opened the file."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        many = os.preadv(self._descriptor, [room], self._at)
        self._at += many
        return many

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        size = os.fstat(self._descriptor).st_size
        self._at = offset + (0, self._at, size)[whence]
        return self._at


def worked_out_here(
    make: Making[Given, Item_co], *arguments: Given.args, **named: Given.kwargs
) -> AbstractContextManager[Iterator[Item_co]]:
    """The same without a process of its own, which takes a fifth of a second to begin."""
    return closing(make(*arguments, **named))


@contextmanager
def worked_out_beside(
    make: Making[Given, Item_co], *arguments: Given.args, **named: Given.kwargs
) -> Iterator[Iterator[Item_co]]:
    """What `make` yields, in its order; arguments and items travel pickled: give plain values.

    A DomainError of `make` is raised as it is, any other error as WorkFailed; WorkLost where
    the process died. It ends with the block, however that ends, and by itself if this one dies.
    """
    answers, answering = Pipe(duplex=False)
    with answers:
        with answering:
            _widen(answering)
            process = _begin(answering, [*arguments, *named.values()])
        try:
            _order(process, (make, arguments, named))
            yield _items(process, answers)
        finally:
            process.kill()
            process.wait()


def _begin(answering: Connection, values: list[object]) -> subprocess.Popen[bytes]:
    files = [one.descriptor for one in values if isinstance(one, OpenFile)]
    return subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-P", "-c", PROGRAM, str(answering.fileno())],
        stdin=subprocess.PIPE,
        pass_fds=[answering.fileno(), *files],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


def _order(process: subprocess.Popen[bytes], order: object) -> None:
    assert process.stdin is not None  # noqa: S101 - a pipe was asked for
    with suppress(BrokenPipeError), process.stdin as orders:
        pickle.dump(order, orders, pickle.HIGHEST_PROTOCOL)


def _items(process: subprocess.Popen[bytes], answers: Connection) -> Iterator[Any]:
    while True:
        try:
            kind, value = answers.recv()
        except EOFError:
            raise WorkLost(f"the process beside is gone: {process.wait()}") from None
        if kind == END:
            return
        if kind == REFUSED:
            raise _refusal(*value)
        if kind == FAILED:
            raise WorkFailed(value)
        yield value


def _refusal(kind: type[DomainError], shown: tuple[Any, ...], facts: dict[str, Any]) -> DomainError:
    """Refusals take other arguments than they show, so they are put together, not made again."""
    refusal = kind.__new__(kind)
    refusal.args = shown
    vars(refusal).update(facts)
    return refusal


def _widen(answering: Connection) -> None:
    """Where the system lets it: the usual pipe holds 64 kB, less than one batch of most work."""
    with suppress(OSError, AttributeError):
        fcntl.fcntl(answering.fileno(), fcntl.F_SETPIPE_SZ, AHEAD)


def _give_way() -> None:
    """A page that wants this processor would else wait for up to 4 ms, however nice this one is."""
    os.nice(BEHIND)
    with suppress(AttributeError):
        give = os.sched_yield
        signal.signal(signal.SIGALRM, lambda *_: give())
        signal.setitimer(signal.ITIMER_REAL, TURN, TURN)


def answer() -> None:
    """All that the other process does. Who asks a group of processes to end means the other one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _give_way()
    with Connection(int(sys.argv[1]), readable=False) as answering, suppress(BrokenPipeError):
        try:
            make, arguments, named = pickle.load(sys.stdin.buffer)  # noqa: S301 - from this program
            with closing(make(*arguments, **named)) as items:
                for item in items:
                    answering.send((ITEM, item))
        except DomainError as refusal:
            answering.send((REFUSED, (type(refusal), refusal.args, vars(refusal))))
        except BrokenPipeError:
            raise
        except Exception:  # noqa: BLE001 - whatever it is, the one that asked has to hear of it
            answering.send((FAILED, traceback.format_exc()))
        else:
            answering.send((END, None))
