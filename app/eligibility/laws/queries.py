"""Named reads: the wording in force on a day, and everything that was proposed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.eligibility.judging.rule_sets import Activation, rule_set_on
from app.eligibility.laws.records import LawProposal, LawVerdict
from app.eligibility.rules import RuleSet


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal with what a second person said to it, None while it waits."""

    proposal: LawProposal
    verdict: LawVerdict | None
    proposed_by: str
    decided_by: str | None


def rule_set_in_force(session: Session, day: date) -> RuleSet:
    """The rules of `day`: the shipped wording, or the last one that two people put in force."""
    return rule_set_on(day, activations(session))


def activations(session: Session) -> tuple[Activation, ...]:
    """What was approved, by its first day."""
    rows = session.execute(
        select(LawProposal, LawVerdict.decided_by)
        .join(LawVerdict, LawVerdict.proposal_id == LawProposal.id)
        .where(LawVerdict.approved)
        .order_by(LawProposal.valid_from, LawProposal.id)
    )
    return tuple(
        Activation(
            found.law_id,
            found.sha256,
            found.valid_from,
            found.reference,
            (f"person:{found.proposed_by}", f"person:{decided_by}"),
        )
        for found, decided_by in rows
    )


def proposals(session: Session) -> tuple[Proposed, ...]:
    """All of them, the latest first, with the roles' labels instead of names."""
    rows = session.execute(
        select(LawProposal, LawVerdict)
        .outerjoin(LawVerdict, LawVerdict.proposal_id == LawProposal.id)
        .order_by(LawProposal.id.desc())
    )
    found: list[tuple[LawProposal, LawVerdict | None]] = [(row[0], row[1]) for row in rows]
    people = {one.proposed_by for one, _ in found}
    people |= {said.decided_by for _, said in found if said is not None}
    named = session.execute(select(Person.id, Person.label).where(Person.id.in_(people))).all()
    labels = {person_id: label for person_id, label in named}  # noqa: C416 - rows
    return tuple(
        Proposed(
            one, said, labels[one.proposed_by], None if said is None else labels[said.decided_by]
        )
        for one, said in found
    )
