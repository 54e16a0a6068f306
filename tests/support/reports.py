"""A month of the council report with all its figures, and a month that may say nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime

from app.documents.savings.savings_report import (
    CaseRow,
    ConsultationStep,
    LotRow,
    MoneyFigures,
    MonthRow,
    Named,
    PaperHead,
    Projection,
    Reliability,
    SavingsReport,
    Section,
    Share,
    Spread,
    TimeFigures,
)
from app.kernel.money import Money
from app.kernel.month import Month

HOUR = 3600
MINUTE = 60


def _time(months: int) -> TimeFigures:
    return TimeFigures(
        orders=16 * months,
        cases=15 * months,
        full=12 * months,
        portal_only=2 * months,
        unmeasured=1 * months,
        running=3,
        cancelled=1,
        rejected=0,
        coverage=Share(12 * months, 15 * months),
        portal_share=Share(16 * months * 12, 230 * months),
        elsewhere=2 * months,
        saved=23 * HOUR * months + 420,
        upper_bound=5 * HOUR * months,
        wasted=18 * MINUTE * months,
        overhead=2 * HOUR * months,
        net=21 * HOUR * months - 660,
        target=75000 * months,
        target_reached=Share(21 * HOUR - 660, 75000),
        spread=Spread(38 * MINUTE, 57 * MINUTE, 88 * MINUTE, 132 * MINUTE),
        median_saved=123 * MINUTE,
        negative=Share(1, 12),
        lead_days=9,
        projection=Projection(30 * HOUR, 26 * HOUR, 33 * HOUR, 2000, 1),
        reliability=Reliability.RELIABLE,
        reason="",
    )


def _money(months: int) -> MoneyFigures:
    cost, advantage = Money.euros(200 * months), Money.euros("-41.20") * months
    return MoneyFigures(
        time_value=Money.euros("1250.00") * months,
        price_advantage=advantage,
        evidence_coverage=Share(412_000, 3_180_000),
        membership_cost=cost,
        fee_months=months,
        cash_discount=Money(0),
        cash_result=advantage - cost,
        overall=Money.euros("1008.80") * months,
        hourly_rate=Money.euros("60.00"),
        hourly_rate_source="eigene Angabe 2026",
        break_even_hours="40,0",
        break_even_cases="19,5",
        break_even_sentence="Der Beitrag ist ab 3,4 Stunden im Monat gedeckt.",
        covered_by_time_alone=True,
    )


def _months() -> tuple[MonthRow, ...]:
    month, rows = Month(2025, 11), []
    for place, hours in enumerate((18, 21, None, 24, 17, -2, 22, 19, 25, 20, 16, 23)):
        rows.append(
            MonthRow(
                month=month,
                orders=16,
                cases=15,
                full=0 if hours is None else 12,
                saved=None if hours is None else hours * HOUR + place * 300,
                time_value=None,
                price_advantage=Money.euros("-41.20"),
                net_value=Money.euros("31800.00"),
                reliability=(
                    Reliability.SUPPRESSED
                    if hours is None
                    else Reliability.NOT_RELIABLE
                    if place == 4
                    else Reliability.RELIABLE
                ),
            )
        )
        month = month.next()
    return tuple(rows)


def _sections() -> tuple[Section, ...]:
    return (
        Section("a", "Anlass und Zweck", ("Dieser Bericht dient der Kenntnisnahme.",)),
        Section("b", "Sachstand", ("Abgeschlossen sind 16 Abrufe in 15 Vorgängen.",)),
        Section("c", "Zahlen und Zeit", ("Messabdeckung: 12 von 15 Vorgängen (80,0 %).",)),
        Section("d", "Finanzielle Auswirkungen", ("Der Preisnachteil beträgt 41,20 Euro.",)),
        Section("e", "Bewertung und Ausblick", ("Ein Rahmenvertrag endet in drei Monaten.",)),
    )


def savings_report() -> SavingsReport:
    return SavingsReport(
        scope="Stadt Dessau-Roßlau",
        member_key="15001000",
        month=Month(2026, 10),
        first_month=Month(2025, 11),
        demonstration=True,
        as_of=datetime(2026, 11, 21, 8, 46, tzinfo=UTC),
        sha256="3b" * 32,
        headline=(
            "Im Oktober 2026 haben 12 vollständig gemessene Vorgänge 23,1 Stunden Arbeitszeit "
            "gespart, netto 20,8 Stunden."
        ),
        head=PaperHead(
            council_paper_number="",
            submitted_by="Der Oberbürgermeister",
            responsible_unit="Referat IT",
            title="Bericht zur Nutzung der Rahmenverträge – Oktober 2026",
            resolution="BV/353/2023/II-11",
            proposal="Der Bericht für Oktober 2026 wird zur Kenntnis genommen.",
            consultation=(
                ConsultationStep("Ausschuss für Finanzen", is_public=True, day=None),
                ConsultationStep("Stadtrat", is_public=True, day=date(2026, 12, 9)),
            ),
        ),
        sections=_sections(),
        time=_time(1),
        year=_time(12),
        money=_money(1),
        year_money=_money(12),
        months=_months(),
        cases=tuple(
            CaseRow(
                position=position,
                completed_on=date(2026, 10, position),
                orders=1,
                baseline=180 * MINUTE,
                portal=11 * MINUTE + position,
                outside=None if position % 5 == 0 else 40 * MINUTE,
                status="portal_only" if position % 5 == 0 else "full",
                saved=None if position % 5 == 0 else 129 * MINUTE - position,
            )
            for position in range(1, 16)
        ),
        net_value=Money.euros("31800.00"),
        gross_value=Money.euros("37842.00"),
        categories=(Named("Notebooks", 9, Money.euros("24110.50")),),
        labelled=Share(1205525, 2411050),
        labels=(Named("TCO Certified", 5, Money.euros("12055.25")),),
        outcomes=(Named("zulässig", 16, Money.euros("31800.00")),),
        product_accounts=(Named("11160.1114070", 16, Money.euros("31800.00")),),
        lots=(
            LotRow(
                "RV-2025-07 Arbeitsplatztechnik",
                "Los 2 Notebooks",
                Money.euros("4500000.00"),
                Money.euros("1208274.00"),
                Money.euros("15400.00"),
                Money.euros("3276326.00"),
                date(2028, 6, 30),
            ),
        ),
        desk_seconds=None,
        method=("Ein Vorgang ist ein Bedarf.", "Ersparnis = Vergleichswert − Portal − außerhalb."),
    )


def silent_report() -> SavingsReport:
    """Too few cases: no hours anywhere, and the headline says so."""
    hidden = replace(
        _time(1),
        saved=None,
        upper_bound=None,
        wasted=None,
        net=None,
        target_reached=None,
        spread=None,
        median_saved=None,
        negative=None,
        lead_days=None,
        projection=None,
        reliability=Reliability.SUPPRESSED,
        reason="Weniger als fünf Vorgänge.",
    )
    return replace(
        savings_report(),
        headline="Oktober 2026: keine belastbare Aussage. Weniger als fünf Vorgänge.",
        time=hidden,
        months=tuple(
            replace(row, saved=None, reliability=Reliability.SUPPRESSED) for row in _months()
        ),
        cases=(),
        categories=(),
        labelled=Share(0, 0),
        labels=(),
        lots=(),
        product_accounts=(),
    )
