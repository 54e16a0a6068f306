"""Needs and answers of a round as tables for spreadsheets."""

from collections.abc import Iterable

from app.demand.queries import Ranked
from app.demand.round_queries import RoundSeen
from app.documents.delimited import csv_bytes

RANKED = (
    "Bedarf",
    "Warengruppe",
    "Meldungen",
    "davon offen",
    "Mitglieder",
    "Menge",
    "geschätzt netto EUR",
    "Minuten verloren",
    "frühestens gebraucht",
)
ANSWERS = ("Mitglied", "gemeldet", "Hinweis", "freigegeben", "Begründung", "abgerufen")


def ranked_csv(rows: Iterable[Ranked]) -> bytes:
    return csv_bytes(
        RANKED,
        [
            (
                row.what,
                row.category,
                row.needs,
                row.open_needs,
                row.members,
                row.quantity,
                row.estimated.text,
                row.minutes_lost,
                row.needed_by.isoformat(),
            )
            for row in rows
        ],
    )


def answers_csv(seen: RoundSeen) -> bytes:
    """One row per member that answered, and the sum."""
    rows: list[tuple[str | int, ...]] = [
        (
            one.member,
            one.answer.requested,
            one.answer.note,
            "" if one.answer.approved is None else one.answer.approved,
            one.answer.approval_reason,
            seen.use.of(one.answer.member_id) if seen.use.known else "",
        )
        for one in seen.answers
    ]
    ordered = seen.use.total if seen.use.known else ""
    return csv_bytes(ANSWERS, [*rows, ("Summe", seen.requested, "", seen.approved, "", ordered)])
