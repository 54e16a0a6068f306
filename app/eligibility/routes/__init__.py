"""Pages: the register, evidence, four eyes of a member, one decision."""

from fastapi import APIRouter

from app.eligibility.routes.decisions import router as decisions
from app.eligibility.routes.entries import router as entries
from app.eligibility.routes.evidence import router as evidence
from app.eligibility.routes.four_eyes import router as four_eyes
from app.eligibility.routes.register import router as register

router = APIRouter(include_in_schema=False)
for pages in (register, four_eyes, evidence, entries, decisions):
    router.include_router(pages)
