"""How long something usually takes, said honestly: pure."""

from collections.abc import Sequence
from datetime import timedelta
from statistics import median_low
from typing import Final

ENOUGH: Final = 5
"""Under so many past cases a median says nothing."""
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
HOURS_SHOWN: Final = timedelta(hours=36)


def usual_words(stays: Sequence[timedelta]) -> str:
    """`Üblich sind 2 Tage (Median aus 14 Fällen).`, or that there are too few to say."""
    if not stays:
        return "Eine übliche Dauer gibt es noch nicht: Es ist der erste Fall."
    if len(stays) < ENOUGH:
        return f"Eine übliche Dauer gibt es noch nicht: zu wenige Fälle ({len(stays)})."
    return f"Üblich sind {span_words(median_low(stays))} (Median aus {len(stays)} Fällen)."


def span_words(span: timedelta) -> str:
    """`weniger als eine Stunde`, `5 Stunden`, `3 Tage`; half days count up."""
    if span < HOUR:
        return "weniger als eine Stunde"
    if span < HOURS_SHOWN:
        hours = round(span / HOUR)
        return "eine Stunde" if hours == 1 else f"{hours} Stunden"
    days = int(span / DAY + 0.5)
    return f"{days} Tage"
