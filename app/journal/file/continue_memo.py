"""The Abrufvermerk brought up to date: what happened after placement, from the whole file."""

import json
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.archive.store import content
from app.documents.memo.facts import MemoApproval, MemoEvent, MemoFacts
from app.documents.restore import restored
from app.journal.file.queries import CallOffFile
from app.kernel.errors import NotFound
from app.kernel.legal_day import legal_day
from app.ordering.attaching.attach_papers import funds_papers
from app.ordering.memo.material import time_spent
from app.ordering.memo.write_memo import VERDICTS
from app.ordering.rules import STATE_WORDS


def kept_memo(session: Session, found: CallOffFile) -> MemoFacts:
    """The facts of placement as they were kept. NotFound before approval."""
    digest = found.call_off.memo_json_sha256
    if digest is None:
        raise NotFound("Den Abrufvermerk gibt es ab der Genehmigung.")
    return restored(MemoFacts, json.loads(content(session, digest).content))


def continued_memo(session: Session, found: CallOffFile) -> MemoFacts:
    """Points 16 to 19 and the proof of the funds as of the last thing that happened.

    The rest stands as at placement. The same state gives the same facts. NotFound before approval.
    """
    call_off, kept = found.call_off, kept_memo(session, found)
    return replace(
        kept,
        budget=replace(kept.budget, confirmed_with=funds_papers(session, call_off.id)),
        approvals=(*kept.approvals, *_approvals_of_changes(found)),
        deliveries=tuple(
            (sent.delivery.number, sent.delivery.delivered_on) for sent in found.deliveries
        ),
        accepted_on=None if call_off.received_at is None else legal_day(call_off.received_at),
        invoices=tuple(
            f"{one.number} (Storno)" if one.cancels_id else one.number for one in found.invoices
        ),
        changes=_changes(found),
        time=time_spent(session, call_off),
        continued_at=last_moment(found),
    )


def _approvals_of_changes(found: CallOffFile) -> tuple[MemoApproval, ...]:
    """Point 14 goes on where the order grew after placement."""
    return tuple(
        MemoApproval(
            role=f"Genehmigung der Änderung {verdict.subject.rpartition('/')[2]}",
            at=verdict.at,
            outcome=VERDICTS[verdict.verdict],
            note=verdict.reason,
            person=found.labels.get(verdict.decided_by, ""),
        )
        for verdict in found.verdicts
        if verdict.subject != found.call_off.number
    )


def last_moment(found: CallOffFile) -> datetime:
    """When anything happened to this order for the last time."""
    moments = [move.at for move in found.call_off.history]
    moments += [sent.delivery.at for sent in found.deliveries]
    moments += [one.issued_at for one in found.invoices]
    moments += [one.at for one in found.corrections]
    moments += [step.at for change in found.changes for step in change.steps]
    moments += [event.at for event in found.events]
    return max([found.call_off.submitted_at, *moments])


def _changes(found: CallOffFile) -> tuple[MemoEvent, ...]:
    """Every step with its reason, and corrected serial numbers, in the order of time."""
    steps = [
        MemoEvent(move.at, f"{STATE_WORDS[move.left]} → {STATE_WORDS[move.reached]}", move.reason)
        for move in found.call_off.history
    ]
    steps += [
        MemoEvent(one.at, f"Seriennummer berichtigt: {one.before} → {one.after}", one.reason)
        for one in found.corrections
    ]
    return tuple(sorted(steps, key=lambda event: event.at))
