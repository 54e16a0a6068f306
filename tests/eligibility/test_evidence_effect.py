"""What an entry changes is said before it counts; what an exception may not be is not one."""

from datetime import date, timedelta
from typing import Final

import pytest

from app.eligibility.evidence.evidence_effect import effects
from app.eligibility.judging.facts import Document, Evidence, Fact, FactBook
from app.eligibility.rules import Result
from app.eligibility.rules_override import Excuse, no_excuse_for

TODAY: Final = date(2026, 11, 21)
DAY: Final = timedelta(days=1)
KEY: Final = "accession_declaration"


def stated(
    number: int, begins: date, *, value: bool = True, ends: date | None = None
) -> tuple[Fact, Document]:
    paper = Document(number, KEY, "Erklärung", begins, "0" * 64, begins, ends)
    return Fact(number, "member:1", KEY, value, begins, document=number), paper


@pytest.mark.parametrize(
    ("entered", "sentence"),
    [
        (stated(2, date(2027, 1, 1)), "Zählt erst ab dem 01.01.2027"),
        (stated(2, date(2026, 9, 1), ends=date(2026, 10, 1)), "Ist seit dem 01.10.2026 abgelaufen"),
        (
            stated(2, date(2026, 6, 1)),
            (
                "Überschneidet sich mit Nachweis Nr. 1 („ja“ ab 01.01.2026): "
                "ab 01.06.2026 zählt dieser."
            ),
        ),
        (
            stated(2, date(2026, 6, 1), value=False),
            "Widerspricht Nachweis Nr. 1 („ja“ ab 01.01.2026): ab 01.06.2026 gilt „nein“.",
        ),
        (
            stated(2, date(2026, 1, 1), value=False),
            (
                "Widerspricht Nachweis Nr. 1 („ja“ ab 01.01.2026) am selben Tag: "
                "es gilt der spätere Eintrag, also „nein“."
            ),
        ),
        (
            stated(2, date(2026, 1, 1)),
            (
                "Beginnt am selben Tag wie Nachweis Nr. 1 („ja“ ab 01.01.2026); "
                "von beiden gilt der spätere Eintrag."
            ),
        ),
        (
            stated(2, date(2025, 1, 1)),
            "Zählt nur bis zum 31.12.2025; danach gilt Nachweis Nr. 1 („ja“ ab 01.01.2026).",
        ),
        (
            stated(2, date(2025, 1, 1), value=False),
            (
                "Widerspricht Nachweis Nr. 1 („ja“ ab 01.01.2026): der gilt weiter, "
                "dieser Eintrag nur für die Zeit davor."
            ),
        ),
    ],
    ids=[
        "future",
        "expired",
        "overlap",
        "contradiction",
        "contradiction of one day",
        "same day",
        "before",
        "contradiction before",
    ],
)
def test_an_entry_says_what_it_changes(entered: tuple[Fact, Document], sentence: str) -> None:
    said = effects(*entered, [stated(1, date(2026, 1, 1))], TODAY)

    assert any(one.startswith(sentence) for one in said), said


def test_an_entry_after_the_end_of_the_last_one_changes_nothing_else() -> None:
    before = stated(1, date(2024, 1, 1), ends=date(2025, 12, 31))

    assert effects(*stated(2, date(2026, 1, 1)), [before], TODAY) == ()


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ({}, Result.PASS),
        ({"first_day": TODAY - 29 * DAY, "last_day": TODAY}, Result.PASS),
        ({"first_day": TODAY - 30 * DAY, "last_day": TODAY}, Result.EXPIRED),
        ({"first_day": TODAY + DAY, "last_day": TODAY + 2 * DAY}, Result.EXPIRED),
        ({"last_day": TODAY - DAY}, Result.EXPIRED),
        ({"confirmed_by": "person:1"}, Result.EXPIRED),
        ({"fact": 99}, Result.EXPIRED),
    ],
    ids=["today", "last of 30 days", "31 days", "not begun", "over", "one person", "other fact"],
)
def test_the_engine_itself_refuses_an_exception_that_must_not_be(
    changes: dict[str, object], result: Result
) -> None:
    given: dict[str, object] = {
        "number": 3,
        "fact": 1,
        "first_day": TODAY,
        "last_day": TODAY + 5 * DAY,
        "reason": "Sitzung",
        "asked_by": "person:1",
        "confirmed_by": "person:2",
    }
    fact, paper = stated(1, date(2026, 1, 1), ends=date(2026, 10, 1))
    excuse = Excuse(**(given | changes))  # type: ignore[arg-type]

    found = FactBook(Evidence((fact,), (paper,), (excuse,)), TODAY).claim("member:1", KEY, "x")

    assert found.result is result


def test_an_exception_never_touches_a_fact_that_speaks_against() -> None:
    fact, paper = stated(1, date(2026, 1, 1), value=False, ends=date(2026, 10, 1))
    excuse = Excuse(3, 1, TODAY, TODAY, "Sitzung", "person:1", "person:2")

    found = FactBook(Evidence((fact,), (paper,), (excuse,)), TODAY).claim("member:1", KEY, "x")

    assert found.result is Result.FAIL
    assert no_excuse_for("active", True, TODAY - DAY, TODAY) is not None
    assert no_excuse_for("is_private", True, None, TODAY) is not None
    assert no_excuse_for("is_private", False, None, TODAY) is None
