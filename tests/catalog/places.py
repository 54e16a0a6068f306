"""Where other people's catalog files lie, if they do."""

from pathlib import Path
from typing import Final

REPOSITORY: Final = Path(__file__).parents[2]
FOREIGN: Final = REPOSITORY.parent / "shared" / "data" / "bmecat"
OWN: Final = REPOSITORY / "tests" / "data" / "catalog"
