"""What an entry changes among those that count: said before somebody approves it."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from app.eligibility.evidence.due import last_day
from app.eligibility.evidence.vocabulary import value_text
from app.eligibility.judging.facts import Document, Fact
from app.kernel import german

DAY: Final = timedelta(days=1)


def effects(
    entered: Fact, paper: Document, others: Iterable[tuple[Fact, Document]], today: date
) -> tuple[str, ...]:
    """Sentences about future, past, overlap and contradiction; none where nothing is to say.

    `others` are the facts of the same kind about the same body that count already.
    """
    known = [(fact, proof) for fact, proof in others if fact.number != entered.number]
    return (
        *_times(entered, paper, today),
        *(sentence for fact, proof in known for sentence in _against(entered, fact, proof)),
    )


def _times(entered: Fact, paper: Document, today: date) -> Iterator[str]:
    begins = max(entered.valid_from, paper.valid_from)
    if begins > today:
        yield f"Zählt erst ab dem {german.day(begins)}; bis dahin gilt, was schon hinterlegt ist."
    ends = last_day(entered, paper)
    if ends is not None and ends < today:
        yield f"Ist seit dem {german.day(ends)} abgelaufen und hebt keine Sperre auf."


def _against(entered: Fact, fact: Fact, proof: Document) -> Iterator[str]:
    name = (
        f"Nachweis Nr. {proof.number} („{value_text(fact.value)}“ ab {german.day(fact.valid_from)})"
    )
    same = fact.value == entered.value
    if fact.valid_from == entered.valid_from:
        yield (
            f"Beginnt am selben Tag wie {name}; von beiden gilt der spätere Eintrag."
            if same
            else f"Widerspricht {name} am selben Tag: es gilt der spätere Eintrag, "
            f"also „{value_text(entered.value)}“."
        )
    elif fact.valid_from > entered.valid_from:
        yield (
            f"Zählt nur bis zum {german.day(fact.valid_from - DAY)}; danach gilt {name}."
            if same
            else f"Widerspricht {name}: der gilt weiter, dieser Eintrag nur für die Zeit davor."
        )
    else:
        ends = last_day(fact, proof)
        if ends is not None and ends < entered.valid_from:
            return
        yield (
            f"Überschneidet sich mit {name}: ab {german.day(entered.valid_from)} zählt dieser."
            if same
            else f"Widerspricht {name}: ab {german.day(entered.valid_from)} gilt "
            f"„{value_text(entered.value)}“."
        )
