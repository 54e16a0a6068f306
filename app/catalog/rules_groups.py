"""How groups of articles are told apart, whatever file they come from."""

from functools import lru_cache

from app.kernel.german import fold


@lru_cache(maxsize=1024)
def slug_of(name: str) -> str:
    """`Drucker und MFP A4` → `drucker-und-mfp-a4`."""
    signs = "".join(sign if sign.isalnum() else " " for sign in fold(name))
    return "-".join(signs.split())[:80] or "sonstiges"
