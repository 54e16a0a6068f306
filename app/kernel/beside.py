"""Working something out in a process beside this one, a little ahead of whoever uses it.

A process started anew, neither a fork, which a program with threads must not make, nor one of
multiprocessing, which would load the program that was started: here the whole portal.
"""

import fcntl
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

AHEAD: Final = 1024 * 1024  # bytes that wait to be fetched; then the other process waits
PROGRAM: Final = "from app.kernel.beside import answer; answer()"
ITEM, END, REFUSED, FAILED = range(4)

Given = ParamSpec("Given")
Item_co = TypeVar("Item_co", covariant=True)


class WorkLost(Exception):
    """The other process failed in a way that nobody foresaw, or is gone."""


class Making(Protocol[Given, Item_co]):
    """A function of a module that loads little, found by its name in the other process."""

    def __call__(
        self, *arguments: Given.args, **named: Given.kwargs
    ) -> Generator[Item_co, None, None]: ...


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file of this process as an argument: the other one reads it on, by the same descriptor."""

    descriptor: int

    def open(self) -> BinaryIO:
        """Both share the place in the file, so only one of them may read."""
        return os.fdopen(self.descriptor, "rb")


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

    A DomainError of `make` is raised as it is, anything else as WorkLost. The other process ends
    with the block, however that ends, and by itself if this one dies.
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
        pickle.dump(order, orders)


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
            raise WorkLost(value)
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


def answer() -> None:
    """All that the other process does. A key pressed in the terminal is for the one that asked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
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
