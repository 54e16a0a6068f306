"""The parts of a report, each cut from the material of its twelve months."""

from collections.abc import Iterable
from dataclasses import replace

from app.documents.savings.savings_report import (
    CaseRow,
    ConsultationStep,
    LotRow,
    MoneyFigures,
    MonthRow,
    Named,
    PaperHead,
    Reliability,
    Share,
    TimeFigures,
)
from app.eligibility.rules import OUTCOME_WORDS, Outcome
from app.kernel.money import NOTHING, Money
from app.kernel.month import Month
from app.savings.figures.material import Material
from app.savings.figures.money_figures import (
    Fees,
    TimeBasis,
    money_figures,
    price_advantage,
    value_of_time,
)
from app.savings.figures.time_figures import Expectation, time_figures
from app.savings.rules import MINUTE, CaseStatus, saved

SINGLE = 1
COMMITTEES = (
    ConsultationStep("Zuständiger Ausschuss", is_public=True, day=None),
    ConsultationStep("Vertretung (Stadtrat, Gemeinderat, Kreistag)", is_public=True, day=None),
)


def time_of(
    material: Material, months: tuple[Month, ...], *, projected: bool = True
) -> TimeFigures:
    """The hours of these months."""
    basis = material.basis
    return time_figures(
        material.cases_of(months),
        sum(material.overhead.get(month, 0) for month in months) * MINUTE,
        Expectation(
            len(months),
            basis.procurements,
            basis.target_hours,
            sum(material.elsewhere.get(month, 0) for month in months),
        ),
        projected=projected,
    )


def year_of(material: Material) -> tuple[TimeFigures, bool]:
    """The hours of the twelve months, and whether one hidden month was left out of them.

    A single hidden month could be told from the sum of the year minus the eleven others.
    """
    months = material.window.months
    year = time_of(material, months)
    hidden = [month for month in months if _is_hidden(time_of(material, (month,), projected=False))]
    if len(hidden) != SINGLE:
        return year, False
    others = time_of(material, tuple(month for month in months if month not in hidden))
    return replace(
        others,
        orders=year.orders,
        portal_share=year.portal_share,
        elsewhere=year.elsewhere,
        target=year.target,
        target_reached=(
            None
            if others.net is None or year.target == 0
            else replace(year.coverage, part=others.net, whole=year.target)
        ),
    ), True


def _is_hidden(figures: TimeFigures) -> bool:
    return figures.reliability is Reliability.SUPPRESSED and figures.full > 0


def month_row(material: Material, month: Month) -> MonthRow:
    """One bar: only what the figures of that month may show."""
    figures = time_of(material, (month,), projected=False)
    value = None
    if figures.net is not None and material.rate is not None:
        value = value_of_time(figures.net, material.rate.amount)
    return MonthRow(
        month=month,
        orders=figures.orders,
        cases=figures.cases,
        full=figures.full,
        saved=figures.saved,
        time_value=value,
        price_advantage=price_advantage([line.priced for line in material.lines_of((month,))]),
        net_value=Money.total(each.net for each in material.invoices_of((month,))),
        reliability=figures.reliability,
    )


def money_of(material: Material, months: tuple[Month, ...], figures: TimeFigures) -> MoneyFigures:
    """The four numbers of these months. No cash discount is on record, so none is claimed."""
    paid = [material.fees[month] for month in months if month in material.fees]
    return money_figures(
        [line.priced for line in material.lines_of(months)],
        TimeBasis(figures.net, figures.median_saved),
        Fees(len(paid), Money.total(paid)),
        material.rate,
        NOTHING,
    )


def named(pairs: Iterable[tuple[str, int, Money]]) -> tuple[Named, ...]:
    """(name, call-off, net) added up by name, the largest first; counts call-offs, not lines."""
    sums: dict[str, Money] = {}
    call_offs: dict[str, set[int]] = {}
    for name, call_off_id, net in pairs:
        sums[name] = sums.get(name, NOTHING) + net
        call_offs.setdefault(name, set()).add(call_off_id)
    rows = (Named(name, len(call_offs[name]), net) for name, net in sums.items())
    return tuple(sorted(rows, key=lambda row: (-row.net.cents, row.name)))


def labelled(material: Material, month: Month) -> tuple[Share, tuple[Named, ...]]:
    """How much of what was delivered carried a valid label when ordered, and by label."""
    lines = material.lines_of((month,))
    with_label = Money.total(line.net for line in lines if line.labels)
    share = Share(with_label.cents, Money.total(line.net for line in lines).cents)
    return share, named(
        (label.german, line.call_off_id, line.net) for line in lines for label in line.labels
    )


def outcomes(material: Material, month: Month) -> tuple[Named, ...]:
    """How the in-house checks of the completed call-offs ended."""
    return named(
        (
            OUTCOME_WORDS[Outcome(order.outcome)],
            order.call_off_id,
            material.invoiced[order.call_off_id].net
            if order.call_off_id in material.invoiced
            else NOTHING,
        )
        for order in material.completed((month,))
    )


def annex(material: Material, month: Month, figures: TimeFigures) -> tuple[CaseRow, ...]:
    """The cases without names and numbers; nothing where the hours are hidden."""
    if figures.reliability is Reliability.SUPPRESSED:
        return ()
    done = [case for case in material.cases_of((month,)) if case.status is CaseStatus.COMPLETED]
    return tuple(
        CaseRow(
            position=position,
            completed_on=case.closed_on,
            orders=case.orders,
            baseline=case.baseline_seconds,
            portal=case.portal_seconds,
            outside=case.outside_seconds,
            status=case.measured.value,
            saved=saved(case),
        )
        for position, case in enumerate(done, start=1)
        if case.closed_on is not None
    )


def head(material: Material, month: Month) -> PaperHead:
    """Head of the paper; what nobody entered stays empty to be filled in."""
    return PaperHead(
        council_paper_number="",
        submitted_by="",
        responsible_unit="",
        title=f"Bericht zur Nutzung der Rahmenverträge – {month.german}",
        resolution=material.basis.council_paper_number,
        proposal=f"Der Bericht für {month.german} wird zur Kenntnis genommen.",
        consultation=COMMITTEES,
    )


def nearly_used_or_ending(
    lots: tuple[LotRow, ...], ends_by_month: Month, used_percent: int
) -> tuple[LotRow, ...]:
    """Lots that somebody should look at: mostly used, or ending by then."""
    return tuple(
        lot
        for lot in lots
        if (lot.valid_to is not None and lot.valid_to <= ends_by_month.last)
        or lot.remaining.cents * 100 <= lot.maximum.cents * (100 - used_percent)
    )
