"""Lifetimes, measurement of work, passwords and safe targets."""

from datetime import UTC, datetime, timedelta

import pytest

from app.accounts.rules import (
    LIFETIME,
    Times,
    alive,
    browser_words,
    due_to_write,
    looks_like_mail,
    normal_mail,
    password_faults,
    worked_seconds,
)

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "idle", "signed_out", "expected"),
    [
        (timedelta(hours=1), timedelta(minutes=29, seconds=59), False, True),
        (timedelta(hours=1), timedelta(minutes=30), False, False),
        (timedelta(hours=11, minutes=59), timedelta(0), False, True),
        (timedelta(hours=12), timedelta(0), False, False),
        (timedelta(hours=1), timedelta(0), True, False),
    ],
)
def test_a_session_ends_by_sign_out_idling_or_age(
    age: timedelta, idle: timedelta, signed_out: bool, expected: bool
) -> None:
    expires_at = NOON - age + LIFETIME
    times = Times(expires_at, NOON - idle, NOON if signed_out else None)

    assert alive(times, NOON) is expected


@pytest.mark.parametrize(("gap", "counted"), [(0, 0), (1, 1), (59, 59), (60, 60), (1700, 60)])
def test_a_long_pause_counts_as_sixty_seconds_of_work(gap: int, counted: int) -> None:
    assert worked_seconds(NOON, NOON + timedelta(seconds=gap)) == counted


def test_a_clock_that_runs_backwards_never_takes_work_away() -> None:
    assert worked_seconds(NOON, NOON - timedelta(seconds=5)) == 0


@pytest.mark.parametrize(
    ("gap", "measured", "due"),
    [(9, True, False), (10, True, True), (59, False, False), (60, False, True)],
)
def test_most_requests_write_nothing(gap: int, measured: bool, due: bool) -> None:
    assert due_to_write(NOON, NOON + timedelta(seconds=gap), measured=measured) is due


def test_passwords_need_length_and_no_own_address() -> None:
    assert password_faults("Abruf-2026!!", "it@stadt.example") == ()
    codes = [fault.code for fault in password_faults("IT@stadt.ex", "it@stadt.ex")]
    assert codes == ["password_too_short", "password_contains_mail"]
    assert [fault.code for fault in password_faults("x" * 201, "")] == ["password_too_long"]


def test_addresses_are_compared_without_case_and_space() -> None:
    assert normal_mail("  IT@Stadt.Example ") == "it@stadt.example"
    assert looks_like_mail("it@stadt.example")
    for wrong in ("it", "@stadt.example", "it@stadt", "a b@stadt.example", "a@b@c.example"):
        assert not looks_like_mail(wrong)


def test_people_recognise_their_browser() -> None:
    edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0"
    assert browser_words(edge) == "Edge unter Windows"
    assert browser_words("Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0") == "Firefox unter Linux"
    assert browser_words("curl/8") == "unbekannter Browser"
