"""Pages of the schedule with holds and runs, of files whose period is over, of a person's data."""

from fastapi import APIRouter

from app.retention.routes.files import router as files
from app.retention.routes.schedule import router as schedule

router = APIRouter(include_in_schema=False)
for pages in (schedule, files):
    router.include_router(pages)
