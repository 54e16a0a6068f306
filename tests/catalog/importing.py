"""Importing the small own catalog, as tests of pages need it."""

import io
from typing import Final

from sqlalchemy.orm import Session

from app.catalog.upkeep.import_catalog import ImportOrder, import_catalog
from app.catalog.upkeep.import_result import ImportResult
from app.commands.jobs import LONG_JOBS
from app.frameworks.records import Framework
from app.outbox.claim import Lane
from app.outbox.deliver import Carriers, deliver_next
from tests.catalog.places import OWN
from tests.support.clock import NOON
from tests.support.databases import Database

SMALL: Final = (OWN / "klein_2005.xml").read_bytes()


def small_catalog(session: Session, framework: Framework) -> ImportResult:
    """NB-1, DOCK-1, TONER-1 and DRUCKER-1 in the lots 1 and 2, published."""
    order = ImportOrder("klein.xml", framework.number, publish=True)
    return import_catalog(session, io.BytesIO(SMALL), order, NOON)


def read_sent_files(database: Database) -> None:
    """What the worker does with files that somebody sent."""
    carriers = Carriers(lambda _mail: None, {}, LONG_JOBS)
    while deliver_next(database.sessions, carriers, NOON, Lane.LONG):
        pass


def rented_catalog(session: Session, framework: Framework) -> ImportResult:
    """MFP-MIETE in lot 1 (24 to 60 months) and SEITE-SW in lot 2 (per page), published."""
    order = ImportOrder("miete.xml", framework.number, publish=True)
    file = (OWN / "miete_2005.xml").read_bytes()
    return import_catalog(session, io.BytesIO(file), order, NOON)
