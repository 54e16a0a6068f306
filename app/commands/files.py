"""`kitu file verify`: an exported file proves itself; and the worker's job that writes a year."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from app.commands.command import DONE, FOUND_WRONG, Groups, add, answer, group, warn, with_json
from app.journal.file.verify_file import verify_file
from app.journal.year_file.write_year_file import write_year_file
from app.outbox.deliver import Bench
from app.settings import load_settings


def add_commands(groups: Groups) -> None:
    files = group(groups, "file", "ausgegebene Akten")
    verify = add(
        files,
        "verify",
        run_verify,
        "Akte eines Abrufs oder eines Jahres ohne Datenbank prüfen (Ende 0: unverändert)",
        "kitu file verify Akte.zip",
    )
    verify.add_argument("file", metavar="FILE.zip")
    with_json(verify)


def run_verify(arguments: Namespace) -> int:
    with Path(arguments.file).open("rb") as stream:
        found = verify_file(stream)
    answer(
        arguments,
        {
            "sound": found.sound,
            "files": found.files,
            "decisions": found.decisions,
            "findings": list(found.findings),
        },
        *(
            (f"Unverändert: {found.files} Dateien, {found.decisions} Entscheidungen.",)
            * found.sound
        ),
    )
    for finding in found.findings:
        warn(finding)
    return DONE if found.sound else FOUND_WRONG


def write_year(bench: Bench, payload: dict[str, Any]) -> None:
    write_year_file(bench, payload["file"], load_settings().file_folder)
