"""`kitu audit`: recomputing all chains, and sealing them outside the database."""

from argparse import Namespace
from pathlib import Path
from typing import Final

from app.audit.anchor_folder import AnchorFolder
from app.commands.command import (
    DONE,
    FOUND_WRONG,
    Groups,
    add,
    answer,
    group,
    now,
    patience,
    transaction,
    warn,
    with_json,
)
from app.journal.chains.seal_trail import seal_trail
from app.journal.chains.verify_all import note_verification, verify_all
from app.kernel.german import day
from app.settings import load_settings

ACTOR: Final = "command"


def add_commands(groups: Groups) -> None:
    audit = group(groups, "audit", "Prüfketten und Tagesanker")
    verify = add(
        audit,
        "verify",
        run_verify,
        "alle Ketten nachrechnen und mit den Tagesankern vergleichen",
        "kitu audit verify --anchors /mnt/revision/anchors",
    )
    verify.add_argument(
        "--anchors", metavar="FOLDER", help="eigene Kopie der Anker statt der des Portals"
    )
    with_json(verify)
    seal = add(
        audit,
        "seal",
        run_seal,
        "den heutigen Tagesanker schreiben (einmal je Tag)",
        "kitu audit seal",
    )
    with_json(seal)


def run_verify(arguments: Namespace) -> int:
    folder = anchor_folder(arguments.anchors)
    with transaction(writes=False) as session, patience("Nachrechnen der Ketten"):
        verified = verify_all(session, folder)
    with transaction() as session:
        note_verification(session, verified, ACTOR, now())
    trail, anchors = verified.trail, verified.anchored.anchors
    answer(
        arguments,
        {
            "streams": trail.streams,
            "events": trail.events,
            "anchors": len(anchors),
            "last_anchor": anchors[-1].day.isoformat() if anchors else None,
            "breaks": [
                {"stream": one.stream, "row": one.position, "reason": one.reason}
                for one in trail.breaks
            ],
            "decisions": list(verified.decision_breaks),
            "evidence": list(verified.evidence_breaks),
            "erasures": list(verified.erasure_breaks),
            "anchor_faults": list(verified.anchored.faults),
        },
        f"{trail.streams} Ketten mit {trail.events} Einträgen nachgerechnet"
        + (": alle halten." if verified.holds else "."),
        f"{len(anchors)} Tagesanker geprüft, der letzte vom {day(anchors[-1].day)}."
        if anchors
        else "Noch gibt es keinen Tagesanker (kitu audit seal).",
    )
    for one in trail.breaks:
        warn(f"{one.stream}, Zeile {one.position}: {one.reason}")
    for sentence in (
        *verified.decision_breaks,
        *verified.evidence_breaks,
        *verified.erasure_breaks,
        *verified.anchored.faults,
    ):
        warn(sentence)
    return DONE if verified.holds else FOUND_WRONG


def run_seal(arguments: Namespace) -> int:
    settings = load_settings()
    with transaction() as session:
        anchor, new = seal_trail(session, anchor_folder(None), settings.anchor_mail, now())
    answer(
        arguments,
        {"number": anchor.number, "day": anchor.day.isoformat(), "root": anchor.root, "new": new},
        f"Tagesanker {anchor.number} vom {day(anchor.day)}"
        + (" geschrieben." if new else " gab es schon."),
        f"Merkle-Wurzel: {anchor.root}",
    )
    return DONE


def anchor_folder(copy: str | None) -> AnchorFolder:
    """The portal's own folder, or the copy that an auditor keeps."""
    settings = load_settings()
    return AnchorFolder(Path(copy) if copy else settings.anchor_folder, settings.anchor_key_file)
