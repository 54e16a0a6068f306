"""Which stored files are past every period that keeps them, and what a hold keeps back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Date, Integer, String, select, text
from sqlalchemy.orm import Session

from app.archive.records import ErasedFile
from app.database.types import UtcDateTime
from app.kernel.legal_day import legal_day
from app.kernel.month import months_after
from app.retention.queries import schedule
from app.retention.records import ErasureItem, ErasureRelease
from app.retention.rules import KEPT_WORDS, Kept, Rule, last_kept_day
from app.retention.rules_files import Dialect, held, kept, past
from app.retention.rules_uses import FileUse, every_column

MOST: Final = 500  # files of one kind in a list; the next ones follow when these are gone


@dataclass(frozen=True, slots=True)
class DueFile:
    """A file that nothing keeps any more; `held` says that a hold does."""

    sha256: str
    kind: Kept
    what: str
    line: str
    since: date
    kept_until: date
    member_id: int | None
    size: int
    held: bool


def due_files(session: Session, today: date) -> tuple[DueFile, ...]:
    """The longest over first; those on a list that waits or was released are left out."""
    rules = {rule.kind: rule for rule in schedule(session, today)}
    listed = on_a_list(session)
    found: dict[str, DueFile] = {}
    for use, column in every_column():
        if use.kind is None:
            continue
        for row in _rows(session, use, column, today):
            if row.sha256 not in listed and row.sha256 not in found:
                found[row.sha256] = _due(use, use.kind, row, rules)
    return tuple(sorted(found.values(), key=lambda one: (one.kept_until, one.what, one.sha256)))


def still_due(session: Session, hashes: Sequence[str], today: date) -> dict[str, bool]:
    """Of these files the ones that nothing keeps any more, and whether a hold does."""
    dialect, day = _words(session)
    question = text(
        "SELECT s.sha256, "  # noqa: S608 - ours
        f"CASE WHEN {held('s.sha256')} THEN 1 ELSE 0 END AS held "
        "FROM stored_file s WHERE s.sha256 = :sha256 AND s.size > 0 AND length(s.content) > 0 "
        f"AND NOT ({kept('s.sha256', dialect, day)})"
    )
    found: dict[str, bool] = {}
    for one in hashes:
        given = {"sha256": one, "today": today.isoformat()}
        row = session.execute(question, given).one_or_none()
        if row is not None:
            found[one] = bool(row.held)
    return found


def on_a_list(session: Session) -> set[str]:
    """Files of lists that nobody decided about yet, and released ones that still have content."""
    wanted = (
        select(ErasureItem.sha256)
        .outerjoin(ErasureRelease, ErasureRelease.proposal_id == ErasureItem.proposal_id)
        .outerjoin(ErasedFile, ErasedFile.item == ErasureItem.id)
        .where(
            ErasedFile.id.is_(None),
            ErasureRelease.proposal_id.is_(None) | ErasureRelease.released,
        )
    )
    return set(session.scalars(wanted))


def _rows(session: Session, use: FileUse, column: str, today: date) -> Iterator[Any]:
    dialect, day = _words(session)
    columns = ", ".join(f"{begin.at} AS since_{at}" for at, begin in enumerate(use.begins))
    question = text(
        "SELECT g.*, x.size, "  # noqa: S608 - ours
        f"CASE WHEN {held('g.sha256')} THEN 1 ELSE 0 END AS held FROM ("
        f"SELECT u.{column} AS sha256, {use.name} AS name, {use.member} AS member_id, {columns} "
        f"FROM {use.source} WHERE {past(use, column, dialect, day)}) g "
        "JOIN stored_file x ON x.sha256 = g.sha256 "
        f"WHERE x.size > 0 AND length(x.content) > 0 AND NOT ({kept('g.sha256', dialect, day)}) "
        f"ORDER BY g.since_0, g.sha256 LIMIT {MOST}"
    ).columns(
        sha256=String,
        name=String,
        member_id=Integer,
        size=Integer,
        held=Integer,
        **{
            f"since_{at}": UtcDateTime if begin.is_instant else Date
            for at, begin in enumerate(use.begins)
        },
    )
    yield from session.execute(question, {"today": today.isoformat()})


def _words(session: Session) -> tuple[Dialect, str]:
    if session.get_bind().dialect.name == "sqlite":
        return "sqlite", ":today"
    return "postgresql", "CAST(:today AS date)"


def _due(use: FileUse, kind: Kept, row: Any, rules: dict[Kept, Rule]) -> DueFile:
    begun = [_day(getattr(row, f"since_{at}")) for at in range(len(use.begins))]
    ends = [
        last_kept_day(rules[begin.kind], months_after(since, 12 * begin.more_years))
        for begin, since in zip(use.begins, begun, strict=True)
    ]
    rule = rules[kind]
    return DueFile(
        sha256=row.sha256,
        kind=kind,
        what=f"{use.word} {row.name}".strip()[:300],
        line=f"{KEPT_WORDS[kind]}, {rule.period}, {rule.basis}"[:300],
        since=begun[0],
        kept_until=max(ends),
        member_id=row.member_id,
        size=row.size,
        held=bool(row.held),
    )


def _day(value: date | datetime) -> date:
    return legal_day(value) if isinstance(value, datetime) else value
