"""What routes are handed: one transaction per request, and the time."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

from app.archive.check_upload import Scanner, no_scan
from app.database.marks import reads_only

READING = frozenset({"GET", "HEAD"})


async def transaction(request: Request) -> AsyncIterator[Session]:
    """One request, one transaction: commit at the end, roll back on any error.

    Its first statement begins it, in the thread that asks; only its end needs a thread of its own.
    """
    session: Session = request.app.state.sessions()
    if request.method in READING:
        session.bind = request.app.state.reading
        reads_only(session)
    request.state.session = session  # for what every page shows besides its own content
    try:
        yield session
        if session.in_transaction():
            await run_in_threadpool(session.commit)
    finally:
        # An error page is rendered after this: it must not open the ended session again.
        request.state.session = None
        if session.in_transaction():
            await run_in_threadpool(session.rollback)
        session.close()


@contextmanager
def opened_transaction(request: Request) -> Iterator[Session]:
    """For the few routes that must not hold one transaction from beginning to end."""
    try:
        with request.app.state.sessions.begin() as session:
            request.state.session = session
            yield session
    finally:
        request.state.session = None


@contextmanager
def looking(request: Request) -> Iterator[Session]:
    """For pages that only read: each statement by itself, nothing to begin and nothing to end."""
    session: Session = request.app.state.sessions(bind=request.app.state.looking)
    reads_only(session)
    request.state.session = session
    try:
        yield session
    finally:
        request.state.session = None
        session.close()


@contextmanager
def snapshot(request: Request) -> Iterator[Session]:
    """For what several statements read and what must belong together: one state of everything."""
    with request.app.state.sessions(bind=request.app.state.reading) as session:
        reads_only(session)
        yield session


def the_time(request: Request) -> datetime:
    """The clock of the application; tests put their own there."""
    clock: Callable[[], datetime] | None = getattr(request.app.state, "clock", None)
    return clock() if clock is not None else datetime.now(UTC)


async def current_time(request: Request) -> datetime:
    return the_time(request)


Db = Annotated[Session, Depends(transaction, scope="function")]  # commit before the answer leaves
Now = Annotated[datetime, Depends(current_time)]


async def sent_form(request: Request) -> dict[str, str]:
    """The text fields of a form, each once; files are read where a route expects them."""
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


async def configured_scanner(request: Request) -> Scanner:
    """The virus scanner of this installation, if there is one."""
    found: Scanner = getattr(request.app.state, "scan", no_scan)
    return found


Scanning = Annotated[Scanner, Depends(configured_scanner)]
Sent = Annotated[dict[str, str], Depends(sent_form)]
