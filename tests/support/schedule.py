"""Which worker runs which tests: a file as a whole, what takes longest first."""

from typing import Final

from xdist.scheduler import LoadFileScheduling

BROWSER: Final = "tests/e2e/"
LONGEST: Final = (
    BROWSER,
    "tests/ordering/test_orders_as_a_whole.py",
    "tests/architecture/test_isolation.py",
    "tests/api/test_fuzzer.py",
    "tests/demonstration/test_fill.py",
    "tests/operations/test_serve.py",
    "tests/architecture/test_wheel.py",
)


class WholeFiles(LoadFileScheduling):  # type: ignore[misc] # xdist brings no types
    """What a file prepares for its tests is prepared once; the browser's files share a product."""

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER if nodeid.startswith(BROWSER) else nodeid.split("::", 1)[0]


def late(nodeid: str) -> int:
    """Where a test stands in line: nobody shall wait at the end for one long file."""
    places = (at for at, path in enumerate(LONGEST) if nodeid.startswith(path))
    return next(places, len(LONGEST))
