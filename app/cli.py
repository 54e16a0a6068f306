"""The program `kitu`: reads the command line, calls one use case, tells how it ended."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from sqlalchemy.exc import OperationalError

from app.commands.command import FOUND_WRONG, warn
from app.kernel.errors import DomainError, Malformed
from app.settings import WrongSetting

MODULES: Final = {
    "serve": "running",
    "worker": "running",
    "demo": "demonstration",
    "db": "upkeep",
    "audit": "auditing",
    "retention": "retaining",
    "backup": "upkeep",
    "restore": "upkeep",
    "catalog": "catalogs",
    "user": "people",
    "token": "people",
    "members": "people",
    "eligibility": "proofs",
    "decision": "proofs",
    "invoice": "proofs",
    "report": "proofs",
    "file": "files",
}
EXPECTED = (DomainError, WrongSetting, OperationalError, OSError, KeyboardInterrupt)


def main(words: Sequence[str] | None = None) -> int:
    """0 done, 1 refused or found wrong, 2 usage. A failed command changes nothing."""
    arguments = parser(sys.argv[1:] if words is None else words).parse_args(words)
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


def parser(words: Sequence[str] = ()) -> ArgumentParser:
    """Only the module that the first word needs: an import of articles wants no PDF and no web.

    That saves half of the memory and of the start. Without a known word it is all of them.
    """
    described = ArgumentParser(
        prog="kitu",
        description="Abrufportal: betreiben, befüllen, prüfen. Einstellungen: KITU_… im README.",
    )
    groups = described.add_subparsers(metavar="BEFEHL", required=True)
    needed = MODULES.get(words[0]) if words else None
    for name in [needed] if needed else dict.fromkeys(MODULES.values()):
        import_module(f"app.commands.{name}").add_commands(groups)
    return described


if __name__ == "__main__":
    sys.exit(main())
