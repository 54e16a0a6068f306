"""Quotas of single members, set by the contracts role as on the page."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from app.frameworks.set_quota import QuotaWish, set_quota
from app.kernel.money import Money

FILE: Final = "limits.toml"


def show_limits(session: Session, folder: Path, person_id: int, at: datetime) -> int:
    """How many quotas were set; they begin with what their members have drawn."""
    said = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))["quota"]
    for one in said:
        value = Money.euros(one["value"]) if "value" in one else None
        wish = QuotaWish(one["lot"], one["member"], value, one.get("quantity"))
        set_quota(session, person_id, one["framework"], wish, one["reason"], at)
    return len(said)
