"""Which function does which kind of job of the outbox."""

from collections.abc import Mapping
from typing import Final

from app.outbox.deliver import Job

# Nothing is done later yet: documents are written in the transaction that they prove.
JOBS: Final[Mapping[str, Job]] = {}
