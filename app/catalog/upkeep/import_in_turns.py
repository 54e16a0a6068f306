"""Import a file of any size beside the running shop, as a command does that waits for the end."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import BinaryIO

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from app.catalog.upkeep.discard_catalog_draft import discard_drafts
from app.catalog.upkeep.import_catalog import Company, ImportOrder, read_in
from app.catalog.upkeep.import_result import ImportResult
from app.catalog.upkeep.publish_in_steps import (
    order_publication,
    publishing_key,
    run_publication,
)
from app.catalog.upkeep.turns import in_turns
from app.kernel.german import number
from app.outbox.claim import claim
from app.outbox.deliver import Bench, Clock, work_long


def import_in_turns(
    sessions: sessionmaker[Session],
    clock: Clock,
    stream: BinaryIO,
    order: ImportOrder,
    tell: Callable[[str], None],
    keep: Callable[[Session], None],
) -> ImportResult:
    """As `import_catalog`, in transactions so short that orders go on.

    Refused or stopped while it reads, it leaves nothing; a publication that has begun goes on
    when this process dies, with a worker. `tell` hears in German how far it is.
    `keep` stores the file in the transaction that makes the draft whole, or begins to publish it.
    """

    def progress(articles: int) -> None:
        tell(f"{number(articles)} Artikel gelesen")

    bench = Bench(sessions, clock, lambda _session: None)
    company = Company(progress) if order.publish else Company(progress, keep)
    result = read_in(in_turns(bench), stream, order, clock(), company)
    if not order.publish or result.version_id is None:
        return result
    tell("wird veröffentlicht")
    _publish(bench, result.version_id, keep)
    return replace(result, published=True)


def _publish(bench: Bench, version_id: int, keep: Callable[[Session], None]) -> None:
    """What may not be published is not left as a draft either: all of it or nothing was ordered."""
    try:
        with bench.sessions.begin() as session:
            keep(session)
            order_publication(session, version_id, None, bench.clock())
            claimed = claim(session, bench.clock(), key=publishing_key(version_id))
    except BaseException:  # a person's Ctrl+C, too: the draft has no file yet
        with suppress(SQLAlchemyError), bench.sessions.begin() as session:
            discard_drafts(session, [version_id])
        raise
    if claimed is not None:
        work_long(bench.sessions, run_publication, claimed, bench.clock)
