"""`kitu db`, `kitu backup`, `kitu restore`."""

from argparse import Namespace
from pathlib import Path

from sqlalchemy import select

from app.archive.check_files import check_files
from app.budgets.check_budgets import check_budgets
from app.catalog.finding.index_articles import index_again
from app.commands.command import (
    DONE,
    FOUND_WRONG,
    Groups,
    add,
    answer,
    database,
    group,
    make_private,
    now,
    patience,
    refuse_missing,
    say,
    transaction,
    warn,
    with_json,
)
from app.commands.last_numbers import last_numbers
from app.database.engine import open_engine, sessions
from app.frameworks.drawing.check_ledger import check_ledger
from app.invoicing.check_numbers import check_numbers
from app.kernel.legal_day import legal_day
from app.operations.back_up import back_up
from app.operations.migrate import check_database, upgrade_database
from app.operations.restore import restore
from app.ordering.placing.records import NumberSeries
from app.settings import load_settings


def add_commands(groups: Groups) -> None:
    stored = group(groups, "db", "Datenbank aufbauen, aktualisieren und prüfen")
    add(stored, "upgrade", run_upgrade, "fehlende Migrationen ausführen", "kitu db upgrade")
    check = add(stored, "check", run_check, "Stand und Unversehrtheit prüfen", "kitu db check")
    with_json(check)
    saved = add(groups, "backup", run_backup, "geprüfte Sicherung", "kitu backup kitu.sicherung")
    with_json(saved).add_argument("file", metavar="FILE")
    back = add(groups, "restore", run_restore, "Sicherung zurückspielen", "kitu restore FILE")
    with_json(back).add_argument("file", metavar="FILE")


def run_upgrade(_arguments: Namespace) -> int:
    settings = load_settings()
    if settings.sqlite_file is not None:
        make_private(settings.sqlite_file)
    engine = open_engine(settings.database_url)
    try:
        before = upgrade_database(engine)
        if not before.current:  # what the new program searches in is made from the catalog
            with sessions(engine).begin() as session:
                index_again(session, legal_day(now()))
    finally:
        engine.dispose()
    if before.current:
        say(f"Nichts zu tun: Migration {before.wanted}.")
    else:
        say(f"Migration {before.present or 'leer'} → {before.wanted}.")
    return DONE


def run_check(arguments: Namespace) -> int:
    settings = load_settings()
    refuse_missing(settings)
    engine = open_engine(settings.database_url)
    try:
        with patience("Prüfung der Datenbank"):
            findings = check_database(engine)
    finally:
        engine.dispose()
    stand = findings.position
    faults = list(findings.faults)
    if stand.current:
        with transaction(writes=False) as session, patience("Prüfung der Inhalte"):
            faults += [*check_numbers(session), *check_ledger(session), *check_budgets(session)]
            faults += check_files(session)
    answer(
        arguments,
        {"present": stand.present, "wanted": stand.wanted, "faults": faults},
        *((f"In Ordnung: Migration {stand.present}.",) if not faults else ()),
    )
    for fault in faults:
        warn(fault)
    return FOUND_WRONG if faults else DONE


def run_backup(arguments: Namespace) -> int:
    with database(load_settings()) as engine, patience("Sicherung"):
        copy = back_up(engine, Path(arguments.file))
    answer(
        arguments,
        {"file": str(copy.file), "size": copy.size, "streams": copy.streams, "events": copy.events},
        f"{copy.file}: {copy.size} Bytes, {copy.streams} Ketten mit {copy.events} Einträgen "
        "nachgerechnet.",
    )
    return DONE


def run_restore(arguments: Namespace) -> int:
    settings = load_settings()
    engine = open_engine(settings.database_url)
    try:
        with patience("Zurückspielen"):
            done = restore(engine, Path(arguments.file), now())
            upgrade_database(engine)
        with sessions(engine)() as session:
            last = {one.series: one.last for one in session.scalars(select(NumberSeries))}
    finally:
        engine.dispose()
    former = str(done.former) if done.former else None
    answer(
        arguments,
        {"streams": done.streams, "events": done.events, "former": former, "last_numbers": last},
        f"Zurückgespielt: {done.streams} Ketten mit {done.events} Einträgen nachgerechnet.",
        *((f"Der frühere Stand liegt in {former}.",) if former else ()),
        "Letzte vergebene Nummern (danach ausgestellte Belege bitte abgleichen):",
        *(f"  {line}" for line in last_numbers(last)),
    )
    return DONE
