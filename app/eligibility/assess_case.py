"""Taking the facts of one question from the database and judging them; stores nothing."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from app.database.marks import Kept
from app.eligibility.case_queries import framework_facts, member_facts, register_on, unit_facts
from app.eligibility.evidence.counting import evidence_on, turnover_before
from app.eligibility.judging.assess import Standing, assess, chain_of, standing_rules
from app.eligibility.judging.case import Case, FrameworkFacts, LotOutlook, MemberFacts, Order
from app.eligibility.judging.forecast_rule import LASTS
from app.eligibility.judging.order_rules import NO_COMPARISON, NO_REVERSE_CHARGE
from app.eligibility.judging.snapshot import NOTHING_WRITTEN, Written, written
from app.eligibility.laws.queries import rule_set_in_force
from app.eligibility.rules import AFTERWARDS, Assessment, Phase
from app.frameworks.outlook.forecast_lots import forecast_lots
from app.frameworks.procedures import land_thresholds
from app.frameworks.thresholds import eu_threshold
from app.kernel.legal_day import legal_day
from app.members.rules import BodyKind


@dataclass(frozen=True, slots=True)
class Question:
    """May this member call off, from this agreement, these lines, at this instant?

    With `known` only what was on record at that earlier instant answers.
    """

    member_id: int
    at: datetime
    phase: Phase
    framework_id: int | None = None
    order: Order | None = None
    known: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """What the register says about a member and an agreement on a day.

    With the results that no order changes, and both as they stand in every snapshot.
    """

    case: Case
    standing: Standing
    written: Written


@dataclass(frozen=True, slots=True)
class Assessed:
    """The judgement and everything that it rests on."""

    case: Case
    assessment: Assessment
    written: Written = NOTHING_WRITTEN

    @property
    def chain(self) -> tuple[str, ...]:
        return chain_of(self.case)


# Results that most orders share, so that their plain form is made once per ground.
ALWAYS_THE_SAME: Final = (LASTS, NO_COMPARISON, NO_REVERSE_CHARGE)

_GROUNDS: Final[Kept[Ground]] = Kept(most=500)
# Told from the days before, so that one answer serves all members for the whole day.
_OUTLOOKS: Final[Kept[tuple[LotOutlook, ...]]] = Kept(most=100)


def assess_case(session: Session, question: Question) -> Assessed:
    """The preview; NotFound where member, agreement or ordering unit do not exist."""
    order = question.order
    unit_id = None if order is None else order.unit_id
    day = legal_day(question.at)
    afterwards = question.phase in AFTERWARDS
    asked = (question.member_id, question.framework_id, unit_id, day, afterwards, question.known)
    ground = _GROUNDS.get(session, asked, lambda: _ground(session, question, unit_id))
    case = replace(ground.case, reference=question.at, phase=question.phase, order=order)
    return Assessed(case, assess(case, ground.standing), ground.written)


def forget() -> None:
    """Nothing of what was kept; whoever measures asks anew."""
    _GROUNDS.forget()
    _OUTLOOKS.forget()


def _ground(session: Session, question: Question, unit_id: int | None) -> Ground:
    day = legal_day(question.at)
    known = question.known
    member = member_facts(session, question.member_id, day, known)
    register = register_on(session, day, known)
    framework = _agreement(session, question.framework_id, member, day)
    concerned = {member.key, *(entry.key for entry in register.doubtful)}
    evidence = evidence_on(session, day, concerned, framework, known)
    turnover, statements = turnover_before(session, day.year, known)
    documents = {document.number: document for document in (*evidence.documents, *statements)}
    threshold, table = eu_threshold(day, utility=member.kind == BodyKind.SEKTORENAUFTRAGGEBER)
    case = Case(
        reference=question.at,
        phase=question.phase,
        rule_set=rule_set_in_force(session, day),
        member=member,
        unit=None if unit_id is None else unit_facts(session, unit_id),
        register=register,
        evidence=replace(evidence, documents=tuple(documents.values())),
        turnover=turnover,
        framework=framework,
        eu_threshold=threshold,
        thresholds_version=table,
        land_thresholds=land_thresholds(day),
    )
    standing = standing_rules(case)
    return Ground(case, standing, written(case, (*standing.rules, *ALWAYS_THE_SAME)))


def _agreement(
    session: Session, framework_id: int | None, member: MemberFacts, day: date
) -> FrameworkFacts | None:
    if framework_id is None:
        return None
    found = framework_facts(session, framework_id, member, day)
    outlooks = _OUTLOOKS.get(
        session,
        (framework_id, day),
        lambda: tuple(
            LotOutlook(lot, told.state.value, told.exhausted_on)
            for lot, told in forecast_lots(session, framework_id, day).items()
        ),
    )
    return replace(found, outlooks=outlooks)
