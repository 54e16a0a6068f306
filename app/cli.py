"""The program `kitu`: reads the command line, calls one use case, tells how it ended."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from sqlalchemy.exc import OperationalError

from app.commands import catalogs, demonstration, people, proofs, running, upkeep
from app.commands.command import FOUND_WRONG, warn
from app.kernel.errors import DomainError, Malformed
from app.settings import WrongSetting

GROUPS = (running, demonstration, upkeep, catalogs, people, proofs)


EXPECTED = (DomainError, WrongSetting, OperationalError, OSError, KeyboardInterrupt)


def main(words: Sequence[str] | None = None) -> int:
    """0 done, 1 refused or found wrong, 2 usage. A failed command changes nothing."""
    arguments = parser().parse_args(words)
    try:
        ended: int = arguments.run(arguments)
    except EXPECTED as refusal:
        for sentence in _reasons(refusal):
            warn(sentence)
        return FOUND_WRONG
    return ended


def _reasons(refusal: BaseException) -> tuple[str, ...]:
    match refusal:
        case Malformed(errors=errors):
            return tuple(error.text for error in errors)
        case DomainError(text=text):
            return (text,)
        case OperationalError():
            return ("Die Datenbank ist nicht erreichbar oder belegt (KITU_DATABASE_URL).",)
        case OSError(strerror=reason, filename=name):
            return (f"{reason or refusal}: {name or ''}".rstrip(": "),)
        case KeyboardInterrupt():
            return ("Abgebrochen.",)
        case _:
            return (str(refusal),)


def parser() -> ArgumentParser:
    """All commands; each module adds its own."""
    described = ArgumentParser(
        prog="kitu",
        description="Abrufportal: betreiben, befüllen, prüfen. Einstellungen: KITU_… im README.",
    )
    groups = described.add_subparsers(metavar="BEFEHL", required=True)
    for group in GROUPS:
        group.add_commands(groups)
    return described


if __name__ == "__main__":
    sys.exit(main())
