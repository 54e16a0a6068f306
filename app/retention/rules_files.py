"""Whether something still keeps a stored file, in words of SQL. Pure text.

One wording serves the list of what is past its period and the guards of both databases, so that
the two cannot differ.
"""

from typing import Final, Literal

from app.retention.file_use import Begin, FileUse
from app.retention.rules import STANDARD, Kept, Start
from app.retention.rules_uses import every_column

Dialect = Literal["sqlite", "postgresql"]
AMOUNTS: Final = {rule.kind: rule for rule in STANDARD}
TODAY: Final[dict[Dialect, str]] = {
    "sqlite": "date('now')",
    # Never ahead of Germany's day.
    "postgresql": "CAST(now() AT TIME ZONE 'UTC' AS date)",
}
RELEASED: Final = (
    "EXISTS (SELECT 1 FROM erasure_item i "
    "JOIN erasure_release r ON r.proposal_id = i.proposal_id "
    "WHERE i.id = {item} AND i.sha256 = NEW.sha256 AND r.released)"
)
ERASED_REFUSAL: Final = "a file is erased after its period, released by two, and held by nobody"


def past(use: FileUse, column: str, dialect: Dialect, today: str) -> str:
    """Whether a row of this use keeps its file no longer; another use still may."""
    return f"u.{column} IS NOT NULL AND {use.rows} AND NOT ({_stay(use, column, dialect, today)})"


def kept(sha256: str, dialect: Dialect, today: str) -> str:
    """Whether any use keeps the file, as a condition of SQL."""
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM {use.source} WHERE u.{column} = {sha256} AND {use.rows} "  # noqa: S608 - ours
        f"AND ({_stay(use, column, dialect, today)}))"
        for use, column in every_column()
    )


def used(sha256: str) -> str:
    """Whether any row names the file, however old it is."""
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM {use.table} u WHERE u.{column} = {sha256})"  # noqa: S608 - ours
        for use, column in every_column()
    )


def held(sha256: str) -> str:
    """Whether a standing hold is over all, or over who uses it: member, its people, agreement."""
    members = " UNION ".join(
        f"SELECT {use.member} FROM {use.source} WHERE u.{column} = {sha256}"  # noqa: S608 - ours
        for use, column in every_column()
        if use.member != "NULL"
    )
    agreements = " UNION ".join(
        f"SELECT 'framework:' || f.number FROM {use.source} WHERE u.{column} = {sha256}"  # noqa: S608 - ours
        for use, column in every_column()
        if "framework f " in use.joined
    )
    return (
        "EXISTS (SELECT 1 FROM legal_hold h WHERE h.lifted_at IS NULL AND (h.subject = 'all' "  # noqa: S608 - ours
        f"OR h.subject IN ({agreements}) "
        f"OR EXISTS (SELECT 1 FROM member m WHERE m.id IN ({members}) "
        "AND (h.subject = 'member:' || m.key OR EXISTS (SELECT 1 FROM role_assignment a "
        "WHERE a.member_id = m.id AND h.subject = 'person:' || a.person_id)))))"
    )


def wrong_erasure(dialect: Dialect) -> str:
    """What makes an entry of the register of erased files wrong."""
    allowed = RELEASED.format(item="NEW.item")
    return f"NOT ({allowed}) OR ({_stands(dialect)})"


def wrong_content(dialect: Dialect) -> str:
    """What makes a change of a stored file wrong: it may be emptied, and filled again as it was."""
    registered = (
        "EXISTS (SELECT 1 FROM erased_file e WHERE e.sha256 = NEW.sha256 "  # noqa: S608 - ours
        f"AND {RELEASED.format(item='e.item')})"
    )
    emptied = f"length(NEW.content) = 0 AND {registered} AND NOT ({_stands(dialect)})"
    filled = "length(OLD.content) = 0 AND length(NEW.content) = NEW.size"
    return f"NOT (({emptied}) OR ({filled}))"


def _stands(dialect: Dialect) -> str:
    return f"{kept('NEW.sha256', dialect, TODAY[dialect])} OR {held('NEW.sha256')}"


def _stay(use: FileUse, column: str, dialect: Dialect, today: str) -> str:
    """Why a row still keeps its file; an end that nobody knows keeps it."""
    if use.kind is None:
        return "true"
    lines = [
        f"{begin.at} IS NULL OR {begin.at} >= {cut_off_sql(begin, dialect, today)}"
        for begin in use.begins
    ]
    named = {
        "sqlite": f"instr(d.snapshot, u.{column}) > 0",
        "postgresql": f"position(u.{column} in d.snapshot) > 0",
    }[dialect]
    decided = cut_off_sql(Begin(Kept.DECISIONS, "", is_instant=True), dialect, today)
    return " OR ".join([*lines, use.stays.format(today=today, decided=decided, named=named)])


def cut_off_sql(begin: Begin, dialect: Dialect, today: str) -> str:
    """The first day, or instant, that the line still keeps; as `rules.cut_off` in SQL."""
    rule = AMOUNTS[begin.kind]
    amount = (
        f"coalesce((SELECT p.amount FROM retention_rule p WHERE p.kind = '{rule.kind}' "  # noqa: S608 - ours
        f"AND p.valid_from <= {today} ORDER BY p.valid_from DESC, p.id DESC LIMIT 1), "
        f"{rule.amount})"
    )
    if begin.more_years:
        amount = f"({amount} + {begin.more_years})"
    whole = rule.start is Start.YEAR_END
    if dialect == "sqlite":
        of_year = ", 'start of year'" if whole else ""
        day = f"date({today}{of_year}, '-' || {amount} || ' years')"
        # UTC is an hour behind Germany when a year begins.
        return f"datetime({day}, '-1 hour')" if begin.is_instant else day
    start = (
        f"date_trunc('year', CAST({today} AS timestamp))"
        if whole
        else f"CAST({today} AS timestamp)"
    )
    moment = f"({start} - make_interval(years => {amount}))"
    if begin.is_instant:
        return f"({moment} AT TIME ZONE 'Europe/Berlin')"
    return f"CAST({moment} AS date)"
