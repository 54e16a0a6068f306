"""Whether the anchors outside the database hold, and what they witness of each chain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.anchor import Anchor, UnreadableAnchor, fault_of, read_anchor
from app.audit.anchor_folder import AnchorFolder
from app.audit.records import AuditAnchor

_COPIES: Final = select(AuditAnchor.number, AuditAnchor.line).order_by(AuditAnchor.number)


@dataclass(frozen=True, slots=True)
class Anchored:
    """Sound anchors with what they say by stream and position; `faults` are German sentences."""

    anchors: tuple[Anchor, ...]
    witnesses: dict[str, dict[int, tuple[str, date]]]
    faults: tuple[str, ...]


def check_anchors(session: Session, folder: AnchorFolder) -> Anchored:
    """The file is the witness; the database's copy only shows that nobody shortened the file."""
    lines = folder.lines()
    sound, faults = _sound(lines, folder)
    faults += _differences(session, lines)
    witnesses: dict[str, dict[int, tuple[str, date]]] = {}
    for anchor in sound:
        for head in anchor.heads:
            # The first anchor that saw a row narrows down best when it was changed.
            witnesses.setdefault(head.stream, {}).setdefault(head.length, (head.sha256, anchor.day))
    return Anchored(tuple(sound), witnesses, tuple(faults))


def _sound(lines: Sequence[str], folder: AnchorFolder) -> tuple[list[Anchor], list[str]]:
    keys = folder.public_keys()
    sound: list[Anchor] = []
    faults: list[str] = []
    last: Anchor | None = None
    for number, line in enumerate(lines, 1):
        try:
            anchor = read_anchor(line)
        except UnreadableAnchor as error:
            faults.append(f"Anker {number}: {error}")
            continue
        reason = fault_of(anchor, last, keys)
        if reason is None:
            sound.append(anchor)
        else:
            faults.append(f"Anker {anchor.number}: {reason}")
        last = anchor
    return sound, faults


def _differences(session: Session, lines: Sequence[str]) -> list[str]:
    kept = {row.number: row.line for row in session.execute(_COPIES)}
    faults = []
    for number in range(1, max([len(lines), *kept]) + 1):
        outside = lines[number - 1] if number <= len(lines) else None
        if outside is None:
            faults.append(f"Anker {number} fehlt in der Ankerdatei.")
        elif number not in kept:
            faults.append(
                f"Anker {number} fehlt in der Datenbank: sie ist älter als dieser Anker, "
                "oder er wurde gelöscht."
            )
        elif kept[number] != outside:
            faults.append(f"Anker {number} lautet in Datei und Datenbank verschieden.")
    return faults
