"""Which function does which kind of job of the outbox."""

from collections.abc import Mapping
from typing import Final

from app.catalog.upkeep.run_catalog_import import run_catalog_import
from app.catalog.upkeep.send_catalog_file import CATALOG_IMPORT
from app.outbox.deliver import Job, LongJob

# Nothing short is done later yet: documents are written in the transaction that they prove.
JOBS: Final[Mapping[str, Job]] = {}

LONG_JOBS: Final[Mapping[str, LongJob]] = {CATALOG_IMPORT: run_catalog_import}
