"""`kitu demo`: an empty database becomes a portal that can be tried."""

import os
from argparse import Namespace
from pathlib import Path
from secrets import choice
from shutil import rmtree
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, sessionmaker

from app.commands.command import DONE, Groups, add, database, now, patience, say, warn
from app.database.engine import sessions
from app.demonstration.fill import fill_demonstration
from app.kernel.errors import Conflict
from app.members.importing.import_bodies import DemoAccount, demo_accounts
from app.members.records import Member
from app.settings import Settings, load_settings
from app.shipped import shipped

SYLLABLES: Final = ("ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti")
LENGTH: Final = 9


def add_commands(groups: Groups) -> None:
    parser = add(groups, "demo", run_demo, "Vorführdaten einspielen", "kitu demo --reset")
    parser.add_argument("--reset", action="store_true", help="vorhandene Vorführdaten verwerfen")


def run_demo(arguments: Namespace) -> int:
    settings = load_settings()
    if arguments.reset:
        _throw_away(settings)
    with database(settings, create=True) as engine:
        open_sessions = sessions(engine)
        if is_filled(open_sessions):
            say("Die Vorführdaten sind schon da.")
            return DONE
        _refuse_real_data(open_sessions)
        password = _password(settings)
        warn("Vorführdaten werden eingespielt …")
        with patience("Vorführdaten"), open_sessions.begin() as session:
            fill_demonstration(session, now(), shipped("catalog"), password)
    say("Die Vorführdaten sind eingespielt.")
    return DONE


def is_filled(open_sessions: sessionmaker[Session]) -> bool:
    with open_sessions() as session:
        session.connection(execution_options={"writes": False})
        return bool(session.scalar(select(exists().where(Member.demonstration.is_(True)))))


def accounts() -> tuple[DemoAccount, ...]:
    return demo_accounts(shipped("catalog") / "members")


def announce(settings: Settings) -> None:
    """Where to sign in as whom."""
    warn(f"Vorführkonten (Passwort: {kept_password(settings)})")
    for account in accounts():
        warn(f"  {account.mail:<34} {account.shows}")


def kept_password(settings: Settings) -> str:
    """As it was when the accounts were made."""
    file = _password_file(settings)
    return file.read_text(encoding="utf-8").strip() if file.exists() else settings.demo_password


def _password(settings: Settings) -> str:
    """The given one, or a random one that can be read aloud; kept for the next start."""
    password = settings.demo_password or "-".join(
        "".join(choice(SYLLABLES) for _ in range(LENGTH // 3)) for _ in range(3)
    )
    file = _password_file(settings)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as target:
        target.write(password)
    return password


def _password_file(settings: Settings) -> Path:
    return settings.data_dir / "demo-password"


def _refuse_real_data(open_sessions: sessionmaker[Session]) -> None:
    with open_sessions() as session:
        session.connection(execution_options={"writes": False})
        if session.scalar(select(exists().where(Member.id > 0))):
            raise Conflict(
                "Diese Datenbank enthält schon Mitglieder. Vorführdaten kommen nur in eine leere.",
                "database_not_empty",
            )


def _throw_away(settings: Settings) -> None:
    """Evidence cannot be deleted row by row, so the whole file goes."""
    file = settings.sqlite_file
    if file is None:
        raise Conflict(
            "Vorführdaten in PostgreSQL verwerfen Sie mit dessen Werkzeugen: dropdb, createdb, "
            "dann kitu db upgrade und kitu demo.",
            "postgresql_has_its_own_tools",
        )
    if not file.exists():
        return
    with database(settings) as engine:
        if not is_filled(sessions(engine)):
            raise Conflict(
                "Diese Datenbank enthält keine Vorführdaten; sie wird nicht verworfen.",
                "not_a_demonstration",
            )
    for rest in ("", "-wal", "-shm"):
        file.with_name(file.name + rest).unlink(missing_ok=True)
    rmtree(settings.anchor_folder, ignore_errors=True)  # they would miss the former chains
