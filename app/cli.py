"""The program `kitu`: reads the command line, calls one use case, tells how it ended."""

import errno
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from sqlalchemy.exc import DatabaseError, OperationalError

from app.commands.command import FOUND_WRONG, warn
from app.database.faults import is_disk_full, is_unusable, refusal_of
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
EXPECTED: Final = (DomainError, WrongSetting, DatabaseError, OSError, KeyboardInterrupt)
OS_WORDS: Final = {
    errno.ENOENT: "das gibt es nicht",
    errno.EACCES: "das darf dieser Nutzer nicht",
    errno.EPERM: "das darf dieser Nutzer nicht",
    errno.EEXIST: "das gibt es schon",
    errno.EISDIR: "das ist ein Ordner, keine Datei",
    errno.ENOTDIR: "das liegt in keinem Ordner",
    errno.EROFS: "dort kann nur gelesen werden",
    errno.ENOSPC: "dort ist kein Platz mehr",
}


def main(words: Sequence[str] | None = None) -> int:
    """0 done, 1 refused or found wrong, 2 usage. A failed command changes nothing."""
    arguments = parser(sys.argv[1:] if words is None else words).parse_args(words)
    try:
        ended: int = arguments.run(arguments)
    except EXPECTED as refusal:
        if isinstance(refusal, DatabaseError) and not is_unusable(refusal):
            raise
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
        case DatabaseError():
            return (_database_words(refusal),)
        case OSError(errno=number, strerror=reason, filename=name):
            said = OS_WORDS.get(number or 0, reason or str(refusal))
            return (f"{name}: {said}." if name else f"{said}.",)
        case KeyboardInterrupt():
            return ("Abgebrochen.",)
        case _:
            return (str(refusal),)


def _database_words(refusal: DatabaseError) -> str:
    if is_disk_full(refusal):
        return "Dort, wo die Datenbank liegt, ist kein Platz mehr."
    if isinstance(refusal, OperationalError):
        answer = refusal_of(refusal)
        said = f": {answer}" if answer else ""
        return f"Die Datenbank ist nicht erreichbar oder belegt (KITU_DATABASE_URL){said}."
    return "Die Datenbank ist beschädigt oder keine (KITU_DATABASE_URL)."


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
