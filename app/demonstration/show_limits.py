"""Quotas of single members and caps of single articles, set by the contracts role."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from app.cockpit.limit_article import CapWish, limit_article
from app.frameworks.amending.set_quota import QuotaWish, set_quota
from app.kernel.money import Money

FILE: Final = "limits.toml"


def show_limits(session: Session, folder: Path, person_id: int, at: datetime) -> int:
    """How many were set; they begin with what has been drawn."""
    limits = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    said, caps = limits["quota"], limits["cap"]
    for one in caps:
        cap = CapWish(one["sku"], one["quantity"])
        limit_article(session, person_id, one["framework"], cap, one["reason"], at)
    for one in said:
        value = Money.euros(one["value"]) if "value" in one else None
        wish = QuotaWish(one["lot"], one["member"], value, one.get("quantity"))
        set_quota(session, person_id, one["framework"], wish, one["reason"], at)
    return len(said) + len(caps)
