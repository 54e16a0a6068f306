"""Starting: the minimal page, and a fresh clone until it is ready."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Final

from tests.bench.portal import until_answered
from tests.support.databases import free_port

ROOT: Final = Path(__file__).parents[2]
PATIENCE: Final = 600.0


@contextmanager
def minimal_page(workers: int) -> Iterator[tuple[int, int]]:
    port = free_port()
    options = ["--port", str(port), "--workers", str(workers), "--no-access-log"]
    command = [sys.executable, "-m", "uvicorn", "tests.bench.minimal:app", *options]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)  # noqa: S603 - our own page
    try:
        until_answered(f"http://127.0.0.1:{port}/", 60)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


def seconds_to_ready(folder: Path) -> float:
    """`make demo` in a fresh clone of the last commit, until `/readyz` answers."""
    clone, port = folder / "clone", free_port()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)  # noqa: S603, S607 - fixed words
    outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    environment = {**outside, "PORT": str(port)}
    began = monotonic()
    with (folder / "demo.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - fixed words
            ["make", "demo", f"PORT={port}"],  # noqa: S607 - found on the path
            cwd=clone,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        until_answered(f"http://127.0.0.1:{port}/readyz", PATIENCE)
        return monotonic() - began
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)
