"""Days that calls of the API ask about."""

from datetime import date
from typing import Annotated, Final

from fastapi import Query
from pydantic import Field

from app.kernel.german import YEARS

FIRST: Final = date(YEARS[0], 1, 1)
LAST: Final = date(YEARS[-1], 12, 31)

QueryDay = Annotated[
    Annotated[date, Field(ge=FIRST, le=LAST)] | None,
    Query(description="ein Tag, zum Beispiel 2026-11-21"),
]
