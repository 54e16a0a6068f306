"""Figures of the start page: what is left of the budgets, and the last report in short."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from app.budgets.queries import BudgetsWanted, every_budget
from app.budgets.records import Budget
from app.database.tenant import Tenant
from app.members.asking import Asking
from app.members.rules import Scope
from app.savings.choose_report import choose_report
from app.savings.compile_report import compile_report
from app.savings.report_page import Tile, tiles

MOST_BUDGETS: Final = 4


@dataclass(frozen=True, slots=True)
class ReportInShort:
    """Last month's report: its headline and four figures."""

    month: str
    headline: str
    reliable: bool
    figures: tuple[Tile, ...]


def budgets_in_short(session: Session, tenant: Tenant, today: date) -> tuple[Budget, ...]:
    """Budgets of the year, the one that is used up furthest first."""
    found = every_budget(session, tenant, BudgetsWanted(year=today.year))
    return tuple(sorted(found, key=lambda one: -one.standing.used_percent)[:MOST_BUDGETS])


def report_in_short(session: Session, asking: Asking, now: datetime) -> ReportInShort | None:
    """For whoever comes for the report alone, as the council does; None for everybody else."""
    orders = asking.may(Scope.CALL_OFFS_READ) or not asking.may(Scope.REPORTS_READ)
    if asking.member is None or orders:
        return None
    chosen = choose_report(session, asking.tenant, "", "", now)
    report = compile_report(session, chosen.member, chosen.month, now)
    reliable = report.time.reliability == "reliable"
    return ReportInShort(report.month.german, report.headline, reliable, tiles(report))
