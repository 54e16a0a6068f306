"""The portal as a process: it starts, says that it is ready, and ends when asked to."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from app.commands.connections import FOLDERS
from app.database.engine import open_engine
from app.operations.migrate import upgrade_database
from tests.support.databases import PostgresServer, free_port

ROOT = Path(__file__).parents[2]
PATIENCE = 120


@contextmanager
def running(folder: Path, url: str, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
    environment = {
        **os.environ,
        "KITU_DATABASE_URL": url,
        "KITU_DATA_DIR": str(folder),
        "KITU_SECRET_KEY": "x" * 40,
    }
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "app", *words],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def until_ready(port: int) -> dict[str, str]:
    """What `/readyz` says as soon as it is content."""
    began = monotonic()
    while monotonic() - began < PATIENCE:
        try:
            address = f"http://127.0.0.1:{port}/readyz"
            with urllib.request.urlopen(address, timeout=5) as answer:
                said: dict[str, str] = json.load(answer)
                return said
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            sleep(0.2)
    pytest.fail("not ready")


READY = {"status": "ok", "database": "ok", "migrations": "ok", "worker": "ok"}


@pytest.mark.slow
def test_embedded_the_first_start_needs_nothing(tmp_path: Path) -> None:
    port = free_port()

    with running(tmp_path, f"sqlite:///{tmp_path}/kitu.db", "serve", "--port", str(port)) as portal:
        assert until_ready(port) == READY

    assert portal.returncode in {0, -signal.SIGTERM}
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert "Traceback" not in log
    events = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert events


@pytest.mark.slow
def test_large_two_processes_and_a_worker_share_a_database(
    tmp_path: Path, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with postgres.empty() as url:
        engine = open_engine(url)
        upgrade_database(engine)
        engine.dispose()

        serve = ("serve", "--port", str(port), "--workers", "2")
        with running(tmp_path, url, *serve), running(tmp_path, url, "worker"):
            assert until_ready(port) == READY
            assert len(list(tmp_path.glob(f"{FOLDERS}*"))) == 1

    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")
    assert list(tmp_path.glob(f"{FOLDERS}*")) == []


@pytest.mark.slow
def test_large_a_database_behind_is_refused(tmp_path: Path, postgres: PostgresServer) -> None:
    with postgres.empty() as url, running(tmp_path, url, "serve", "--port", "1") as portal:
        assert portal.wait(PATIENCE) == 1

    assert "kitu db upgrade" in (tmp_path / "log").read_text(encoding="utf-8")
