"""`kitu retention`: what the schedule no longer keeps."""

from argparse import Namespace
from typing import Final

from app.commands.command import DONE, Groups, add, answer, group, now, transaction, with_json
from app.retention.erase_expired import erase_expired
from app.retention.rules import KEPT_WORDS

ACTOR: Final = "command"


def add_commands(groups: Groups) -> None:
    retention = group(groups, "retention", "Aufbewahrung und Löschung")
    erase = add(
        retention,
        "run",
        run_retention,
        "fällige Daten zählen; mit --erase auch löschen",
        "kitu retention run --erase",
    )
    erase.add_argument("--erase", action="store_true", help="löschen statt nur zählen")
    with_json(erase)


def run_retention(arguments: Namespace) -> int:
    with transaction() as session:
        counted = erase_expired(session, ACTOR, now(), dry=not arguments.erase)
    answer(
        arguments,
        {
            one.kind.value: {"due": one.due, "held": one.held, "erased": one.erased}
            for one in counted
        },
        *(
            f"{KEPT_WORDS[one.kind]}: {one.due} fällig, {one.held} gesperrt, {one.erased} gelöscht"
            for one in counted
        ),
    )
    return DONE
