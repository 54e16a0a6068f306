"""Which stored files are past every period that keeps them, and what a hold keeps back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Date, Integer, String, bindparam, select, text
from sqlalchemy.orm import Session

from app.archive.records import ErasedFile
from app.database.types import UtcDateTime
from app.kernel.legal_day import legal_day, start_of_day
from app.kernel.month import months_after
from app.retention.evidence_uses import EVIDENCE_USES
from app.retention.file_use import FileUse
from app.retention.queries import schedule
from app.retention.records import ErasureItem, ErasureRelease
from app.retention.rules import KEPT_WORDS, Kept, Rule, cut_off, last_kept_day
from app.retention.rules_files import Dialect, held, kept, past, used
from app.retention.rules_uses import every_column

MOST: Final = 500  # files of one kind in a list; the next ones follow when these are gone
MOST_AT_ALL: Final = 10_000


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
    free = {key: value for key, value in _free(session, today).items() if key not in listed}
    found: dict[str, DueFile] = {}
    for use, column in every_column():
        if use.kind is None or not free:
            continue
        for row in _rows(session, use, column, today, free):
            if row.sha256 not in found:
                found[row.sha256] = _due(use, row, rules, free[row.sha256])
    for one in _unused(session, rules[Kept.UNUSED], today):
        if one.sha256 not in listed:
            found[one.sha256] = one
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


def due_evidence(session: Session, today: date) -> int:
    """How many papers of the register are past their period, those without a last day too.

    Counted as records: they stay when their file is gone.
    """
    dialect, day = _words(session)
    over = " OR ".join(
        f"({past(use, column, dialect, day)})"
        for use in EVIDENCE_USES
        for column in use.columns
        if use.kind is not None
    )
    question = text(f"SELECT count(*) FROM evidence_document u WHERE {over}")  # noqa: S608 - ours
    return session.scalar(question, {"today": today.isoformat()}) or 0


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


def _free(session: Session, today: date) -> dict[str, tuple[int, bool]]:
    """Files past a line that nothing else keeps, with their size and whether a hold does.

    What keeps a file is asked once for all of them: the question is long.
    """
    dialect, day = _words(session)
    over = " UNION ".join(
        f"SELECT u.{column} AS sha256 FROM {use.source} WHERE {past(use, column, dialect, day)}"  # noqa: S608 - ours
        for use, column in every_column()
        if use.kind is not None
    )
    question = text(
        f"SELECT g.sha256, x.size, CASE WHEN {held('g.sha256')} THEN 1 ELSE 0 END AS held "  # noqa: S608 - ours
        f"FROM ({over}) g JOIN stored_file x ON x.sha256 = g.sha256 "
        f"WHERE x.size > 0 AND length(x.content) > 0 AND NOT ({kept('g.sha256', dialect, day)}) "
        f"ORDER BY x.stored_at, g.sha256 LIMIT {MOST_AT_ALL}"
    )
    rows = session.execute(question, {"today": today.isoformat()})
    return {row.sha256: (row.size, bool(row.held)) for row in rows}


def _rows(
    session: Session, use: FileUse, column: str, today: date, free: Iterable[str]
) -> Iterator[Any]:
    dialect, day = _words(session)
    columns = ", ".join(f"{begin.at} AS since_{at}" for at, begin in enumerate(use.begins))
    question = (
        text(
            f"SELECT u.{column} AS sha256, {use.name} AS name, {use.member} AS member_id, "  # noqa: S608 - ours
            f"{columns} FROM {use.source} WHERE u.{column} IN :free "
            f"AND {past(use, column, dialect, day)} ORDER BY since_0, sha256 LIMIT {MOST}"
        )
        .bindparams(bindparam("free", expanding=True))
        .columns(
            sha256=String,
            name=String,
            member_id=Integer,
            **{
                f"since_{at}": UtcDateTime if begin.is_instant else Date
                for at, begin in enumerate(use.begins)
            },
        )
    )
    yield from session.execute(question, {"today": today.isoformat(), "free": list(free)})


def _unused(session: Session, rule: Rule, today: date) -> Iterator[DueFile]:
    """Files that were stored and that no row names: given up drafts, papers taken out again."""
    question = text(
        "SELECT s.sha256, s.size, s.stored_at, "  # noqa: S608 - ours
        f"CASE WHEN {held('s.sha256')} THEN 1 ELSE 0 END AS held FROM stored_file s "
        "WHERE s.size > 0 AND length(s.content) > 0 AND s.stored_at < :before "
        f"AND NOT ({used('s.sha256')}) ORDER BY s.stored_at, s.sha256 LIMIT {MOST}"
    )
    typed = question.bindparams(bindparam("before", type_=UtcDateTime)).columns(
        sha256=String, size=Integer, stored_at=UtcDateTime, held=Integer
    )
    for row in session.execute(typed, {"before": start_of_day(cut_off(rule, today))}):
        since = legal_day(row.stored_at)
        yield DueFile(
            sha256=row.sha256,
            kind=rule.kind,
            what="Datei ohne Verwendung",
            line=_line(rule),
            since=since,
            kept_until=last_kept_day(rule, since),
            member_id=None,
            size=row.size,
            held=bool(row.held),
        )


def _line(rule: Rule) -> str:
    return f"{KEPT_WORDS[rule.kind]}, {rule.period}, {rule.basis}"[:300]


def _words(session: Session) -> tuple[Dialect, str]:
    if session.get_bind().dialect.name == "sqlite":
        return "sqlite", ":today"
    return "postgresql", "CAST(:today AS date)"


def _due(use: FileUse, row: Any, rules: dict[Kept, Rule], known: tuple[int, bool]) -> DueFile:
    begun = [_day(getattr(row, f"since_{at}")) for at in range(len(use.begins))]
    ends = [
        last_kept_day(rules[begin.kind], months_after(since, 12 * begin.more_years))
        for begin, since in zip(use.begins, begun, strict=True)
    ]
    rule = rules[use.begins[0].kind]
    size, is_held = known
    return DueFile(
        sha256=row.sha256,
        kind=rule.kind,
        what=f"{use.word} {row.name}".strip()[:300],
        line=_line(rule),
        since=begun[0],
        kept_until=max(ends),
        member_id=row.member_id,
        size=size,
        held=is_held,
    )


def _day(value: date | datetime) -> date:
    return legal_day(value) if isinstance(value, datetime) else value
