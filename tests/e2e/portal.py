"""The running product on a fresh demonstration database, as a user's machine would start it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

from sqlalchemy import select

from app.accounts.records import Person
from app.demonstration.fill import fill_demonstration
from app.notices.choose import choose
from app.notices.rules import Times
from app.shipped import shipped
from tests.support.databases import free_port, opened

ROOT: Final = Path(__file__).parents[2]
PASSWORD: Final = "Vorfuehrung-Nur-Im-Test-2026"
FIRST_START_SECONDS: Final = 1_200
READY_SECONDS: Final = 240
PATIENCE: Final = 60  # seconds for one step on a machine with much else to do


@dataclass(frozen=True)
class Portal:
    """Where it listens, and the folder with what it wrote."""

    address: str
    folder: Path

    @property
    def mails(self) -> Path:
        return self.folder / "mails"


@contextmanager
def running_portal(
    folder: Path, database_url: str, *, months: int | None = None
) -> Iterator[Portal]:
    """Fill the database, serve it on a free port, end the process afterwards.

    With `months` only so much of the past is lived through, which takes a fifth of the time.
    """
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name[:5] != "KITU_"} | {
        "KITU_DATABASE_URL": database_url,
        "KITU_DATA_DIR": str(folder),
        "KITU_BASE_URL": f"http://127.0.0.1:{port}",
        "KITU_DEMO_PASSWORD": PASSWORD,
        "KITU_SECRET_KEY": "nur-fuer-den-test-" * 3,
        "KITU_MAIL_URL": f"file://{folder}/mails",
        "KITU_LOG_FORMAT": "json",
    }
    log = folder / "serve.log"
    with log.open("wb") as output:
        program = [sys.executable, "-m", "app"]
        for command in [["db", "upgrade"], *([] if months else [["demo"]])]:
            done = subprocess.run(  # noqa: S603 - our own program
                [*program, *command],
                cwd=ROOT,
                env=environment,
                stdout=output,
                stderr=output,
                timeout=FIRST_START_SECONDS,
                check=False,
            )
            if done.returncode:
                raise RuntimeError(f"{command}:\n{log.read_text(errors='replace')[-3000:]}")
        if months:
            _fill_shortly(database_url, months)
        _let_mail_leave_at_any_hour(database_url)
        commands = [["serve", "--host", "127.0.0.1", "--port", str(port)]]
        if database_url.startswith("postgresql"):
            commands.append(["worker"])  # on SQLite it runs inside the server
        processes = [
            subprocess.Popen(  # noqa: S603 - our own program
                [*program, *command], cwd=ROOT, env=environment, stdout=output, stderr=output
            )
            for command in commands
        ]
        try:
            _wait_until_ready(processes[0], port, log)
            yield Portal(f"http://127.0.0.1:{port}", folder)
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(timeout=PATIENCE)


def _fill_shortly(database_url: str, months: int) -> None:
    with opened(database_url) as database, database.sessions.begin() as session:
        fill_demonstration(session, datetime.now(UTC), shipped("catalog"), PASSWORD, months=months)


def _let_mail_leave_at_any_hour(database_url: str) -> None:
    """Else a test that waits for a mail would fail in everybody's quiet hours."""
    with opened(database_url) as database, database.sessions.begin() as session:
        for person_id in session.scalars(select(Person.id)).all():
            choose(session, person_id, {}, Times(quiet_from=0, quiet_to=0))


def _wait_until_ready(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        if _answers(port):
            return
        time.sleep(0.2)
    raise RuntimeError(f"Der Dienst startet nicht:\n{log.read_text(errors='replace')[-3000:]}")


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        # /readyz would also ask for the worker, which the large mode runs as a process of its own
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
