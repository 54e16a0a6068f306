"""Proposing that files whose period is over are erased; another person has to release them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.retention.due_files import due_files
from app.retention.records import ErasureItem, ErasureProposal
from app.retention.tell_keepers import ask_second_person

NOTHING = "Bitte wählen Sie mindestens eine Datei, deren Frist vorbei ist und die niemand sperrt."


def propose_erasure(
    session: Session, chosen: Collection[str] | None, person_id: int, now: datetime
) -> ErasureProposal:
    """`chosen` are hashes, None means every file that is due; held ones are never proposed.

    Malformed (field `datei`) where one of the chosen is not due or is held, or nothing is left.
    """
    free = {one.sha256: one for one in due_files(session, legal_day(now)) if not one.held}
    wanted = dict.fromkeys(free if chosen is None else chosen)
    if not wanted or any(one not in free for one in wanted):
        raise Malformed(FieldError("datei", "not_due", NOTHING))
    proposal = ErasureProposal(proposed_by=person_id, proposed_at=now)
    session.add(proposal)
    session.flush()
    session.add_all(
        ErasureItem(
            proposal_id=proposal.id,
            sha256=found.sha256,
            kind=found.kind,
            line=found.line,
            what=found.what,
            since=found.since,
            kept_until=found.kept_until,
            member_id=found.member_id,
            size=found.size,
        )
        for found in (free[one] for one in wanted)
    )
    said: dict[str, object] = {"files": sorted(wanted)}
    happened = Happening(
        "erasure_proposed", f"erasure-list:{proposal.id}", f"person:{person_id}", said
    )
    append(session, COOPERATIVE, now, happened)
    ask_second_person(session, proposal, len(wanted), now)
    return proposal
