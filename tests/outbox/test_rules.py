"""Pauses grow and end."""

from datetime import timedelta

import pytest

from app.outbox.rules import MOST_ATTEMPTS, is_last, pause_after


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 30), (2, 60), (3, 120), (8, 3840), (9, 7200), (90, 7200)]
)
def test_the_pause_doubles_up_to_two_hours(attempts: int, seconds: int) -> None:
    assert pause_after(attempts) == timedelta(seconds=seconds)


def test_the_eighth_attempt_is_the_last() -> None:
    assert not is_last(MOST_ATTEMPTS - 1)
    assert is_last(MOST_ATTEMPTS)
