"""Reads for the page of the chains: what was sealed, and who recomputed it when."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.audit.anchor import Anchor, read_anchor
from app.audit.note_access import ACCESS
from app.audit.records import AuditAnchor, AuditStream, AuditVerification
from app.kernel.errors import NotFound

LATEST: Final = 30
OTHERS: Final = {"command": "Kommandozeile", "demonstration": "Vorführung"}


@dataclass(frozen=True, slots=True)
class Run:
    """One verification; `who` is a function, never a name."""

    at: datetime
    who: str
    rows: int
    anchors: int
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainState:
    """The state; `overdue`: the daily sealing did not run, `reads`: evidence was read."""

    streams: int
    rows: int
    anchors: Sequence[AuditAnchor]
    sealed: int
    runs: tuple[Run, ...]
    overdue: bool
    reads: bool

    @property
    def last(self) -> Run | None:
        return self.runs[0] if self.runs else None


def chain_state(session: Session, today: date) -> ChainState:
    """Counts from the heads: nothing is recomputed for it."""
    streams, rows = session.execute(
        select(func.count(), func.coalesce(func.sum(AuditStream.length), 0)).select_from(
            AuditStream
        )
    ).one()
    anchors = session.scalars(
        select(AuditAnchor).order_by(AuditAnchor.number.desc()).limit(LATEST)
    ).all()
    return ChainState(
        streams=streams,
        rows=int(rows),
        anchors=anchors,
        sealed=anchors[0].number if anchors else 0,
        runs=_runs(session),
        overdue=not anchors or (today - anchors[0].day).days > 1,
        reads=session.get(AuditStream, ACCESS) is not None,
    )


def anchor_of(session: Session, number: int) -> Anchor:
    """NotFound for a number that was never sealed."""
    found = session.get(AuditAnchor, number)
    if found is None:
        raise NotFound("Diesen Tagesanker gibt es nicht.")
    return read_anchor(found.line)


def _runs(session: Session) -> tuple[Run, ...]:
    rows = session.scalars(
        select(AuditVerification).order_by(AuditVerification.id.desc()).limit(10)
    ).all()
    people = [_person_id(row.actor) for row in rows]
    found = session.execute(select(Person.id, Person.label).where(Person.id.in_(people)))
    labels = {row.id: row.label for row in found}
    return tuple(
        Run(
            row.at,
            labels.get(_person_id(row.actor)) or OTHERS.get(row.actor, row.actor),
            row.rows,
            row.anchors,
            tuple(json.loads(row.findings)),
        )
        for row in rows
    )


def _person_id(actor: str) -> int:
    kind, _, number = actor.partition(":")
    return int(number) if kind == "person" and number.isdigit() else 0
