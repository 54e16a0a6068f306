"""Pages: the register, evidence, four eyes of a member, one decision."""

from fastapi import APIRouter

from app.eligibility.routes.accession import router as accession
from app.eligibility.routes.corrections import router as corrections
from app.eligibility.routes.decisions import router as decisions
from app.eligibility.routes.entries import router as entries
from app.eligibility.routes.evidence import router as evidence
from app.eligibility.routes.four_eyes import router as four_eyes
from app.eligibility.routes.proof import router as proof
from app.eligibility.routes.register import router as register
from app.eligibility.routes.rule_sets import router as rule_sets
from app.eligibility.routes.simulation import router as simulation

router = APIRouter(include_in_schema=False)
# `/inhouse-register/{member_key}` takes every word: what has an own address stands before it.
for pages in (
    accession,
    corrections,
    rule_sets,
    simulation,
    proof,
    register,
    four_eyes,
    evidence,
    entries,
    decisions,
):
    router.include_router(pages)
