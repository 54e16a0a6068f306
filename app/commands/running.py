"""`kitu serve` and `kitu worker`: the portal itself and its background jobs."""

import ctypes
import gc
import os
import signal
import socket
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from threading import Event, Thread, get_native_id
from typing import Any, Final

import uvicorn
from fastapi import FastAPI
from sqlalchemy.orm import Session, sessionmaker

from app.commands import connections, demonstration
from app.commands.check_address import check_address
from app.commands.command import DONE, Groups, add, database, now, warn
from app.commands.jobs import DAILY, JOBS, LONG_JOBS
from app.database.engine import open_engine, sessions
from app.kernel.errors import Conflict
from app.kernel.legal_day import legal_day
from app.kernel.working_days import is_working_day
from app.main import create_app
from app.operations.logs import configure_logs
from app.outbox.claim import Lane
from app.outbox.deliver import Carriers
from app.outbox.post import mail_carrier
from app.outbox.work import work
from app.settings import Settings, load_settings, with_secret_key

APPLICATION: Final = "app.commands.running:application"
EVEN_LOOP: Final = "app.commands.connections:EvenLoop"
TURN: Final = 0.0005  # seconds; Python lets a thread that computes go on for 0.005
BEHIND: Final = 5  # of niceness: a thread that computes keeps a processor for milliseconds
MOST_HEAPS: Final = -8  # M_ARENA_MAX of <malloc.h>
SELDOM: Final = (10_000, 20, 20)  # new objects, and the generations after them; Python: 700, 10, 10


def add_commands(groups: Groups) -> None:
    serve = add(groups, "serve", run_serve, "Portal starten", "kitu serve --port 8000")
    _add_address(serve)
    add(groups, "worker", run_worker, "Hintergrundarbeiten ausführen (Großbetrieb)", "kitu worker")


def _add_address(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="Adresse (Vorgabe 127.0.0.1)")
    port, workers = _number(1, 65_535), _number(1, connections.MOST_PROCESSES)
    parser.add_argument("--port", type=port, default=8000, help="Port (Vorgabe 8000)")
    parser.add_argument("--workers", type=workers, default=1, help="Prozesse (nur mit PostgreSQL)")


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and least <= int(text[:9]) <= most):
            raise ArgumentTypeError(f"{text!r} ist keine Zahl von {least} bis {most}")
        return int(text)

    return read


def follow_port(port: int) -> None:
    """Links that leave the portal name its port, where nobody has said under which address it is.

    In the environment, because the processes of the large mode read it there.
    """
    os.environ.setdefault("KITU_BASE_URL", f"http://127.0.0.1:{port}")


def run_serve(arguments: Namespace) -> int:
    _few_heaps()
    follow_port(arguments.port)
    settings = with_secret_key(load_settings())
    if settings.embedded and arguments.workers > 1:
        raise Conflict(
            "Mit SQLite läuft genau ein Prozess (--workers 1): mehrere würden aufeinander warten. "
            "Für mehr Last nehmen Sie PostgreSQL (KITU_DATABASE_URL).",
            "one_worker_only",
        )
    configure_logs(settings.log_format)
    with database(settings, create=True) as engine:
        check_address(arguments.host, arguments.port)
        demo = demonstration.is_filled(sessions(engine))
        _announce(settings, arguments, demo=demo)
        open_sessions = sessions(engine)
        if arguments.workers > 1:
            create_app(settings, open_sessions)  # a wrong file stops here, with its sentence
            return _serve_by_many(settings, arguments)
        app = _application(settings, open_sessions, demo=demo)
        with _beside(settings, open_sessions) if settings.embedded else nullcontext():
            uvicorn.Server(uvicorn.Config(app, **_options(settings, arguments))).run()
    return DONE


def run_worker(_arguments: Namespace) -> int:
    """Until it is asked to stop; a mail on its way is sent first."""
    settings = with_secret_key(load_settings())
    if settings.embedded:
        raise Conflict(
            "Mit SQLite laufen die Hintergrundarbeiten in kitu serve; ein zweiter Prozess würde "
            "dessen Bestellungen aufhalten. kitu worker gehört zu PostgreSQL (KITU_DATABASE_URL).",
            "worker_is_embedded",
        )
    configure_logs(settings.log_format)
    stop = Event()
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, lambda *_: stop.set())
    with database(settings) as engine:
        warn("Hintergrundarbeiten laufen.")
        with _workers(settings, sessions(engine), f"{socket.gethostname()}:{os.getpid()}", stop):
            stop.wait()
    return DONE


def application() -> FastAPI:
    """For uvicorn's processes in the large mode, each with its own connections."""
    _few_heaps()
    settings = with_secret_key(load_settings())
    configure_logs(settings.log_format)
    engine = open_engine(settings.database_url, settings.request_threads + 3)
    open_sessions = sessions(engine)
    return _application(settings, open_sessions, demo=demonstration.is_filled(open_sessions))


def _application(
    settings: Settings, open_sessions: sessionmaker[Session], *, demo: bool
) -> FastAPI:
    app = create_app(settings, open_sessions, demo=demo)
    if demo:
        app.state.demo_accounts = demonstration.accounts()
        app.state.demo_password = demonstration.kept_password(settings)
    is_working_day(legal_day(now()))  # reads the calendars of all countries, which takes 0.1 s
    _calm_collector()
    return app


def _few_heaps() -> None:
    """The C library gives each thread a heap of its own, which keeps what it once needed.

    Two for all threads, asked for before the first of them: some 20 MiB less after a rush of
    orders. Other libraries than glibc have no such choice.
    """
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(MOST_HEAPS, 2)


def _calm_collector() -> None:
    """What is loaded by now stays as long as the process: it is not searched for garbage again.

    Requests leave few cycles behind, so looking for them less often costs no memory worth naming.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


@contextmanager
def _workers(
    settings: Settings, open_sessions: sessionmaker[Session], name: str, stop: Event
) -> Iterator[None]:
    """One for what is done at once, one for what takes minutes."""
    carriers = _carriers(settings)
    workers = [
        Thread(
            target=_work,
            args=(lane, open_sessions, carriers, f"{name}:{lane.value}", stop),
            name=f"worker-{lane.value}",
            daemon=True,
        )
        for lane in Lane
    ]
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        stop.set()
        for worker in workers:
            worker.join(timeout=10)


def _work(
    lane: Lane, open_sessions: sessionmaker[Session], carriers: Carriers, name: str, stop: Event
) -> None:
    """Long work steps back for good: only a privileged program can take niceness back.

    Only on Linux does a thread have one of its own.
    """
    if lane is Lane.LONG and sys.platform == "linux":
        usual = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, get_native_id(), usual + BEHIND)
    work(open_sessions, carriers, name, now, stop, lane)


@contextmanager
def _beside(settings: Settings, open_sessions: sessionmaker[Session]) -> Iterator[None]:
    """The workers in the process of the pages, which must not wait for an import.

    A page asks the database some ten times and has to get its turn back each time.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        with _workers(settings, open_sessions, "embedded", Event()):
            yield
    finally:
        sys.setswitchinterval(before)


def _carriers(settings: Settings) -> Carriers:
    mail = mail_carrier(settings.mail_url, settings.mail_from, settings.base_url)
    return Carriers(mail, JOBS, LONG_JOBS, DAILY)


def _serve_by_many(settings: Settings, arguments: Namespace) -> int:
    """Processes share their figures through files."""
    options = {**_options(settings, arguments), "loop": EVEN_LOOP}
    with connections.shared_folder():
        uvicorn.run(APPLICATION, factory=True, workers=arguments.workers, **options)
    return DONE


def _options(settings: Settings, arguments: Namespace) -> dict[str, Any]:
    return {
        "host": arguments.host,
        "port": arguments.port,
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "proxy_headers": True,
        "forwarded_allow_ips": settings.trusted_proxies,
        "timeout_keep_alive": 65,
        "timeout_graceful_shutdown": 20,
        "timeout_worker_healthcheck": 60,  # a process starting on a busy machine is not dead
    }


def _announce(settings: Settings, arguments: Namespace, *, demo: bool) -> None:
    warn(f"{settings.product_name} startet auf http://{arguments.host}:{arguments.port}")
    if demo:
        demonstration.announce(settings)
