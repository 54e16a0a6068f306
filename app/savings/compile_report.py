"""Put one month's report together, with the twelve months that end with it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.documents.plain import plain
from app.documents.savings.savings_report import LotRow, Named, SavingsReport
from app.kernel.canonical import canonical_json, sha256_hex
from app.kernel.german import day
from app.kernel.money import Money
from app.kernel.month import Month
from app.members.records import Member
from app.savings import wording
from app.savings.figures import report_parts
from app.savings.figures.material import Material, read_material
from app.savings.figures.values import evidence_due, lots_used, refused_attempts
from app.savings.method import method
from app.savings.queries import Window, desk_seconds, has_demonstration, year_ending

ALL_MEMBERS: Final = "Alle Mitglieder"
EVIDENCE_AHEAD: Final = timedelta(days=90)
MONTHS_AHEAD: Final = 6
MOSTLY_USED: Final = 75  # percent of a lot
OUTSIDE_HASH: Final = {"as_of", "sha256"}


def compile_report(
    session: Session, member: Member | None, month: Month, now: datetime
) -> SavingsReport:
    """The report of `member` (None: of all members) for `month`, data as they stand at `now`."""
    material = read_material(session, member, year_ending(month))
    months = material.window.months
    time = report_parts.time_of(material, (month,))
    year, left_out = report_parts.year_of(material)
    money = report_parts.money_of(material, (month,), time)
    seen = _progress(session, material, month)
    accounts = _accounts(material, month)
    lots = _lots(session, material.tenant, month)
    report = SavingsReport(
        scope=member.name if member else ALL_MEMBERS,
        member_key=member.key if member else None,
        month=month,
        first_month=material.window.first,
        demonstration=has_demonstration(session, material.tenant, material.window),
        as_of=now,
        sha256="",
        headline=wording.headline(month, time),
        head=report_parts.head(material, month),
        sections=(
            wording.occasion(material.basis),
            wording.progress(time, seen),
            wording.time_section(time),
            wording.money_section(money, accounts, month.year),
            wording.outlook_section(year, _outlook(session, material.tenant, month, lots)),
        ),
        time=time,
        year=year,
        money=money,
        year_money=report_parts.money_of(material, months, year),
        months=tuple(report_parts.month_row(material, each) for each in months),
        cases=report_parts.annex(material, month, time),
        net_value=seen.net,
        gross_value=seen.gross,
        categories=seen.categories,
        labelled=seen.labelled,
        labels=seen.labels,
        outcomes=seen.outcomes,
        product_accounts=accounts,
        lots=lots,
        desk_seconds=(
            None if member else desk_seconds(session, material.tenant, Window(month, month))
        ),
        method=method(material.basis, left_out=left_out),
    )
    return replace(report, sha256=report_sha256(report))


def report_sha256(report: SavingsReport) -> str:
    """Hash over everything but the time of the data and the hash itself."""
    content = plain(report)
    if not isinstance(content, dict):
        raise TypeError("a report is an object")
    kept = {key: value for key, value in content.items() if key not in OUTSIDE_HASH}
    return sha256_hex(canonical_json(kept))


def _accounts(material: Material, month: Month) -> tuple[Named, ...]:
    """What each product account was charged with, net."""
    lines = material.lines_of((month,))
    return report_parts.named((line.product_account, line.call_off_id, line.net) for line in lines)


def _progress(session: Session, material: Material, month: Month) -> wording.Progress:
    invoices = material.invoices_of((month,))
    labelled, labels = report_parts.labelled(material, month)
    return wording.Progress(
        net=Money.total(each.net for each in invoices),
        gross=Money.total(each.gross for each in invoices),
        categories=report_parts.named(
            (line.category, line.call_off_id, line.net) for line in material.lines_of((month,))
        ),
        labelled=labelled,
        labels=labels,
        outcomes=report_parts.outcomes(material, month),
        refused=refused_attempts(session, material.tenant, month),
    )


def _lots(session: Session, tenant: Tenant, month: Month) -> tuple[LotRow, ...]:
    return tuple(
        LotRow(
            framework=f"{framework.number} {framework.title}",
            lot=f"Los {lot.number} {lot.title}",
            maximum=lot.maximum_value,
            called_off=lot.called_off_value,
            reserved=lot.reserved_value,
            remaining=lot.maximum_value - lot.called_off_value - lot.reserved_value,
            valid_to=framework.valid_to,
        )
        for framework, lot in lots_used(session, tenant, month.first)
    )


def _outlook(
    session: Session, tenant: Tenant, month: Month, lots: tuple[LotRow, ...]
) -> wording.Outlook:
    ahead = month
    for _ in range(MONTHS_AHEAD):
        ahead = ahead.next()
    due = evidence_due(session, tenant, month.last, month.last + EVIDENCE_AHEAD)
    return wording.Outlook(
        lots=report_parts.nearly_used_or_ending(lots, ahead, MOSTLY_USED),
        evidence=tuple(
            f"Nachweis „{document.title}“: Prüfung oder Ablauf am "
            f"{day(min(filter(None, (document.review_due, document.valid_to))))}."
            for document in due
        ),
    )
