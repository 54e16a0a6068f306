"""The exceptions from expired evidence that an order rests on, as its memo prints them."""

from sqlalchemy.orm import Session

from app.eligibility.deciding.record_decision import Recorded
from app.eligibility.judging.excused import ExcusedRule, excuses_used
from app.eligibility.queries import stored_decision
from app.eligibility.records import EligibilityDecision
from app.kernel.german import day
from app.ordering.queries import labels


def override_words(session: Session, recorded: Recorded) -> tuple[str, ...]:
    """One sentence each: the rule, until when, why, and the two people who answer for it."""
    if not recorded.assessment.condition_rules:
        return ()  # an exception always is a condition, and the snapshot need not be read
    stored = stored_decision(session.get_one(EligibilityDecision, recorded.id))
    used = excuses_used(stored.case, stored.assessment)
    people = labels(session, {_number(by) for one in used for by in _by(one)})
    return tuple(
        f"Ausnahme Nr. {one.excuse.number} zu Regel {one.rule_id} ({one.title}): der abgelaufene "
        f"Nachweis zählt vom {day(one.excuse.first_day)} bis {day(one.excuse.last_day)}. "
        f"Beantragt: {people[_number(one.excuse.asked_by)]}; "
        f"bestätigt: {people[_number(one.excuse.confirmed_by)]}. Grund: {one.excuse.reason}"
        for one in used
    )


def _by(one: ExcusedRule) -> tuple[str, str]:
    return one.excuse.asked_by, one.excuse.confirmed_by


def _number(person: str) -> int:
    return int(person.removeprefix("person:"))
