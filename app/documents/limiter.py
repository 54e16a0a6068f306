"""One heavy document at a time: whoever answers a request takes this before rendering."""

from threading import Semaphore
from typing import Final

# A PDF keeps a core busy for up to a tenth of a second and holds fonts in memory. Several at
# once would starve the few request threads, so that pages wait behind papers.
ONE_AT_A_TIME: Final = Semaphore(1)
