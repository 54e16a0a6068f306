"""How long a step usually takes is said only where there are cases to tell from."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.ordering.queries import call_off
from app.ordering.signing.rules_usual import span_words, usual_words
from app.ordering.signing.who_has_it import who_has_it
from tests.support.clock import NOON
from tests.support.orders import A_WEEK_AGO, confirmed, placed, ready, submitted
from tests.support.world import MONITOR


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(minutes=59), "weniger als eine Stunde"),
        (timedelta(hours=1), "eine Stunde"),
        (timedelta(hours=35), "35 Stunden"),
        (timedelta(hours=36), "2 Tage"),
        (timedelta(days=9, hours=2), "9 Tage"),
    ],
    ids=str,
)
def test_a_span_is_said_in_words(span: timedelta, words: str) -> None:
    assert span_words(span) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], "Eine übliche Dauer gibt es noch nicht: Es ist der erste Fall."),
        ([1, 2], "Eine übliche Dauer gibt es noch nicht: zu wenige Fälle (2)."),
        ([9, 2, 3, 2, 40], "Üblich sind 3 Tage (Median aus 5 Fällen)."),
    ],
    ids=["none", "few", "enough"],
)
def test_few_cases_are_called_few(days: list[int], words: str) -> None:
    assert usual_words([timedelta(days=many) for many in days]) == words


def test_the_order_says_with_whom_it_lies_since_when_and_how_long_that_usually_takes(
    session: Session,
) -> None:
    world = ready(session)
    for _ in range(5):
        confirmed(session, world, {MONITOR: 1})
    last = call_off(session, placed(session, world, {MONITOR: 1}), EVERY_MEMBER)
    here = who_has_it(session, world.dessau, last, NOON)

    assert here is not None
    assert (here.who, here.since) == ("Abwicklung", A_WEEK_AGO)
    assert here.usual == "Üblich sind weniger als eine Stunde (Median aus 5 Fällen)."
    number = submitted(session, world, {MONITOR: 1}, of=world.magdeburg)
    waiting = call_off(session, number, EVERY_MEMBER)
    first = who_has_it(session, world.magdeburg, waiting, NOON)
    assert first is not None
    assert first.who == world.approver_magdeburg.label
    assert first.usual.endswith("Es ist der erste Fall.")
