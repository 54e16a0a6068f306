"""Days that calls of the API ask about."""

from datetime import date
from typing import Annotated, Final

from fastapi import Query
from pydantic import Field

FIRST: Final = date(1900, 1, 1)
LAST: Final = date(2199, 12, 31)

QueryDay = Annotated[
    Annotated[date, Field(ge=FIRST, le=LAST)] | None,
    Query(description="ein Tag, zum Beispiel 2026-11-21"),
]
