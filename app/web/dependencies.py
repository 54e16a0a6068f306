"""What routes are handed: one transaction per request, and the time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session, sessionmaker

READING = frozenset({"GET", "HEAD"})


def transaction(request: Request) -> Iterator[Session]:
    """One request, one transaction: commit at the end, roll back on any error."""
    sessions: sessionmaker[Session] = request.app.state.sessions
    try:
        with sessions.begin() as session:
            session.connection(execution_options={"writes": request.method not in READING})
            request.state.session = session  # for what every page shows besides its own content
            yield session
    finally:
        # An error page is rendered after this: it must not open the ended session again.
        request.state.session = None


opened_transaction = contextmanager(transaction)
"""For the few routes that must not hold one transaction from beginning to end."""


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


Sent = Annotated[dict[str, str], Depends(sent_form)]
