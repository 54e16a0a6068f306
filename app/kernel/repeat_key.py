"""The key under which a call may be sent again: chosen by whoever sends it."""

from typing import Final

LONGEST_KEY: Final = 120
