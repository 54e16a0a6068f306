"""A decision's file that somebody changed and gave a fresh hash."""

from typing import Any

from app.eligibility.judging.snapshot import exported
from app.kernel.canonical import canonical_json, sha256_hex


def resealed(content: dict[str, Any]) -> str:
    text = canonical_json({key: value for key, value in content.items() if key != "sha256"})
    return exported(text, sha256_hex(text))
