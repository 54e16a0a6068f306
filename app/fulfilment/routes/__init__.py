"""Pages of the desk with orders to suppliers, and the member's goods receipt."""

from fastapi import APIRouter

from app.fulfilment.routes.changes import router as changes
from app.fulfilment.routes.desk import router as desk
from app.fulfilment.routes.passing import router as passing
from app.fulfilment.routes.proposals import router as proposals
from app.fulfilment.routes.receipts import router as receipts
from app.fulfilment.routes.supplier_orders import router as supplier_orders

router = APIRouter(include_in_schema=False)
for pages in (desk, receipts, changes, proposals, passing, supplier_orders):
    router.include_router(pages)
