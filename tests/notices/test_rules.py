"""When a mail may leave, when the daily one does, and what nobody can choose."""

from datetime import UTC, datetime

import pytest

from app.members.rules import Role
from app.notices.letter import digest_letter, letter
from app.notices.rules import (
    EVENTS,
    Choice,
    Event,
    MailWay,
    Times,
    effective,
    events_for,
    may_leave,
    next_digest,
)
from app.outbox.html_mail import as_html

OWN = "https://portal.example"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "times", "leaves"),
    [
        ("2026-11-21T11:00", Times(), "2026-11-21T11:00"),
        ("2026-11-21T19:00", Times(), "2026-11-22T05:00"),  # 20 o'clock in Germany
        ("2026-11-21T18:59", Times(), "2026-11-21T18:59"),
        ("2026-11-22T03:00", Times(), "2026-11-22T05:00"),
        ("2026-11-22T05:00", Times(), "2026-11-22T05:00"),
        ("2026-07-01T19:00", Times(), "2026-07-02T04:00"),  # summer time
        ("2026-10-24T21:00", Times(), "2026-10-25T05:00"),  # the clocks go back in that night
        ("2026-11-21T11:30", Times(12, 14), "2026-11-21T13:00"),
        ("2026-11-21T23:30", Times(22, 0), "2026-11-21T23:30"),
        ("2026-11-21T22:30", Times(22, 0), "2026-11-21T23:00"),
        ("2026-11-21T23:30", Times(8, 8), "2026-11-21T23:30"),
    ],
)
def test_a_mail_waits_for_the_end_of_the_quiet_hours(now: str, times: Times, leaves: str) -> None:
    assert may_leave(utc(now), times) == utc(leaves)


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        ("2026-11-21T05:59", "2026-11-21T06:00"),
        ("2026-11-21T06:00", "2026-11-22T06:00"),
        ("2026-11-21T23:30", "2026-11-22T06:00"),  # already the next day in Germany
    ],
)
def test_the_daily_mail_leaves_at_the_chosen_hour(now: str, leaves: str) -> None:
    assert next_digest(utc(now), Times(digest_at=7)) == utc(leaves)


def test_a_duty_is_told_at_once_whatever_was_chosen() -> None:
    off = Choice(in_portal=False, mail=MailWay.NEVER)

    duties = [event for event in Event if effective(event, off) != off]

    assert duties == [Event.EVIDENCE_EXPIRES]
    assert effective(Event.EVIDENCE_EXPIRES, off) == Choice(in_portal=True, mail=MailWay.AT_ONCE)


def test_everybody_is_offered_what_the_own_roles_concern() -> None:
    assert set(EVENTS) == set(Event)
    assert events_for(frozenset({Role.LEGAL})) == (
        Event.EVIDENCE_WAITS,
        Event.EVIDENCE_EXPIRES,
        Event.ERASURE,
    )
    assert events_for(frozenset({Role.AUDITOR})) == ()


def test_a_letter_names_its_links_and_hides_no_foreign_address() -> None:
    said = "Kaufen & <b>sparen</b>\nPortal öffnen: https://böse.example/x.\n- eins\n- zwei"
    text = letter(said, [("Abruf öffnen", "/abrufe/K-1")], f"{OWN}/")

    html = as_html("Abruf <K-1>", text, OWN)

    assert "Abruf öffnen: https://portal.example/abrufe/K-1\n" in text
    assert "<title>Abruf &lt;K-1&gt;</title>" in html
    assert '<html lang="de">' in html
    assert '<p><a href="https://portal.example/abrufe/K-1">Abruf öffnen</a></p>' in html
    assert "Kaufen &amp; &lt;b&gt;sparen&lt;/b&gt;<br>Portal öffnen: " in html
    assert '<a href="https://böse.example/x">https://böse.example/x</a>.' in html
    assert "<ul><li>eins</li><li>zwei</li></ul>" in html
    assert as_html("x", "Portal: https://portal.example.org/", OWN).count(">Portal</a>") == 0


def test_the_daily_letter_counts_and_links_each() -> None:
    one = digest_letter([("Lieferung", "Ein Paket.", "/abrufe/K-1")], OWN)
    two = digest_letter([("A", "a", "/a"), ("B", "b", "/b")], OWN)

    assert "eine Mitteilung liegt für Sie im Portal:" in one
    assert "Lieferung\nEin Paket.\nIm Portal öffnen: https://portal.example/abrufe/K-1" in one
    assert "2 Mitteilungen liegen für Sie im Portal:" in two
