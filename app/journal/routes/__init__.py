"""Pages of the auditor, of the whole file, of the outbox, and the start page."""

from fastapi import APIRouter

from app.journal.routes.audit import router as audit
from app.journal.routes.chains import router as chains
from app.journal.routes.file import router as file
from app.journal.routes.outbox import router as outbox
from app.journal.routes.outputs import router as outputs
from app.journal.routes.proof import router as proof
from app.journal.routes.start import router as start

router = APIRouter(include_in_schema=False)
for pages in (start, audit, file, outputs, chains, proof, outbox):
    router.include_router(pages)
