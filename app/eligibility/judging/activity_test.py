"""Rule K-06: strictly more than 80 % of three years' turnover comes from members."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from app.eligibility.judging.case import COOPERATIVE, OPERATING_COMPANY, TurnoverYear
from app.eligibility.judging.facts import Finding
from app.eligibility.judging.inquiry import LEGAL_ROLE, Inquiry, judged, words_of
from app.eligibility.rules import Result, RuleResult, worst_result
from app.kernel import german
from app.kernel.money import NOTHING, Money

YEARS: Final = 3
TOLERANCE: Final = Money(1)
WARNING_PERCENT: Final = 85
BODIES: Final = {
    COOPERATIVE: "die Genossenschaft",
    OPERATING_COMPANY: "die Betriebsgesellschaft",
}


@dataclass(frozen=True, slots=True)
class ActivityShare:
    """The sums of the years that count; amounts without grants, `grants` apart."""

    years: tuple[TurnoverYear, ...]
    members: Money
    total: Money
    grants: Money

    @property
    def passes(self) -> bool:
        """Strictly more than 80 %, in whole cents: 80 % exactly is not enough."""
        return 5 * self.members.cents > 4 * self.total.cents

    @property
    def warns(self) -> bool:
        """Below 85 % the board has to know."""
        return 100 * self.members.cents < WARNING_PERCENT * self.total.cents

    @property
    def ratio(self) -> str:
        """The share without grants on either side, cut after two decimals, never rounded up."""
        return _percent(self.members, self.total)

    @property
    def ratio_with_grants(self) -> str:
        """The cautious view: grants without consideration in the denominator."""
        return _percent(self.members, self.total + self.grants)

    @property
    def room(self) -> Money:
        """The largest further turnover with non-members that still passes; negative if failed."""
        return Money((5 * self.members.cents - 4 * self.total.cents - 1) // 4)

    @property
    def span(self) -> str:
        return f"{self.years[0].year}–{self.years[-1].year}" if self.years else "–"


@dataclass(frozen=True, slots=True)
class ActivityFinding:
    """What is known about one body: the share, or why there is none."""

    body: str
    result: Result
    share: ActivityShare | None
    text: str
    projection: Finding | None = None


def activity_test(inquiry: Inquiry) -> RuleResult:
    """K-06 for the cooperative and the operating company; the worse of the two decides."""
    findings = [activity_of(inquiry, body) for body in BODIES]
    result = worst_result(finding.result for finding in findings)
    documents = {
        year.document
        for finding in findings
        for year in (finding.share.years if finding.share is not None else ())
        if year.document is not None
    }
    projections = [item.projection for item in findings if item.projection is not None]
    documents |= {item.document.number for item in projections if item.document is not None}
    text = " ".join(finding.text for finding in findings)
    advice = (
        ""
        if result is Result.PASS
        else "Das betrifft alle Mitglieder. Festgestellte Jahresabschlüsse müssen hinterlegt "
        f"werden; es hilft {LEGAL_ROLE}."
    )
    return replace(
        judged("K-06", result, text, advice),
        facts=tuple(sorted(item.fact.number for item in projections if item.fact is not None)),
        documents=tuple(sorted(documents)),
        conditional=bool(projections),
    )


def activity_of(inquiry: Inquiry, body: str) -> ActivityFinding:
    """The test for one body (RULEBOOK 2.5.1)."""
    proved = _proved_years(inquiry, body)
    counted = _years_that_count(proved, inquiry.day.year)
    if len(counted) == YEARS:
        return _judge_share(inquiry, body, counted)
    if len(proved) < YEARS:
        return _judge_projection(inquiry, body)
    return ActivityFinding(
        body,
        Result.EXPIRED,
        None,
        f"Für {BODIES[body]} fehlen die Abschlüsse der letzten beiden Jahre.",
    )


def _proved_years(inquiry: Inquiry, body: str) -> dict[int, TurnoverYear]:
    known = inquiry.facts.documents
    return {
        year.year: year
        for year in inquiry.case.turnover
        if year.body == body and year.document in known
    }


def _years_that_count(proved: dict[int, TurnoverYear], award_year: int) -> tuple[TurnoverYear, ...]:
    """y-3 to y-1, or y-4 to y-2 as long as y-1 is not closed yet."""
    for last in (award_year - 1, award_year - 2):
        wanted = range(last - YEARS + 1, last + 1)
        if all(year in proved for year in wanted):
            return tuple(proved[year] for year in wanted)
    return ()


def _judge_share(inquiry: Inquiry, body: str, years: tuple[TurnoverYear, ...]) -> ActivityFinding:
    share = share_of(years)
    name = BODIES[body]
    wrong = _reason_not_to_count(years)
    if wrong is not None:
        return ActivityFinding(body, Result.UNKNOWN, share, f"Für {name} {wrong}.")
    what = "der Kosten" if years[0].basis else "der Umsätze"
    said = f"{name[0].upper()}{name[1:]}: {share.ratio} {what} {share.span} mit Mitgliedern"
    if share.grants:
        said += f" ({share.ratio_with_grants}, wenn Zuschüsse mitzählen)"
    if not share.passes:
        return ActivityFinding(body, Result.FAIL, share, f"{said}; verlangt sind mehr als 80 %.")
    if years[-1].year < inquiry.day.year - 1:
        said += "; das Vorjahr ist noch nicht festgestellt"
    if share.warns:
        said += f"; Vorwarnung: noch {german.euro(share.room)} bis zur Grenze"
    return ActivityFinding(body, Result.PASS, share, f"{said}.")


def _reason_not_to_count(years: tuple[TurnoverYear, ...]) -> str | None:
    for year in years:
        parts = year.members + year.nonmembers_public + year.private
        if abs(parts.cents - year.total.cents) > TOLERANCE.cents:
            return f"ergeben die Teilbeträge {year.year} nicht den Gesamtumsatz"
        if year.group_parent and not year.consolidated:
            return f"fehlt der Konzernabschluss {year.year} (EuGH C-692/23)"
    if len({year.basis for year in years}) > 1:
        return "sind Jahre nach Umsatz und nach Kosten gemischt (§ 108 Abs. 7 GWB)"
    return None if share_of(years).total.cents > 0 else "ist kein Umsatz ausgewiesen"


def share_of(years: tuple[TurnoverYear, ...]) -> ActivityShare:
    """The sums; the ratio of three-year means is the ratio of the sums."""
    return ActivityShare(
        years,
        members=Money.total(year.members for year in years),
        total=Money.total(year.total for year in years),
        grants=Money.total(year.grants for year in years),
    )


def _judge_projection(inquiry: Inquiry, body: str) -> ActivityFinding:
    """Fewer than three closed years: only a documented projection helps, with a condition.

    `projection_share` is the projected share in whole hundredths of a percent, 8450 = 84.5 %.
    """
    name = BODIES[body]
    finding = inquiry.facts.find(
        body,
        "projection_share",
        f"Prognose für {name}",
        lambda value: isinstance(value, int) and value > 8000,  # noqa: PLR2004 - 80 % in hundredths of a percent
    )
    if finding.result is Result.PASS:
        text = (
            f"Für {name} liegen noch keine drei Abschlüsse vor; "
            "Prognose nach § 108 Abs. 7 Satz 3 GWB über 80 %."
        )
        text = " ".join(filter(None, (text, words_of(finding))))
        return ActivityFinding(body, Result.PASS, None, text, finding)
    if finding.result is Result.UNKNOWN:
        text = f"Für {name} liegen weder drei Jahresabschlüsse noch eine Prognose vor."
        return ActivityFinding(body, Result.UNKNOWN, None, text)
    text = f"Die Prognose für {name} ist abgelaufen oder liegt nicht über 80 %."
    return ActivityFinding(body, finding.result, None, text, finding)


def _percent(part: Money, whole: Money) -> str:
    if whole == NOTHING:
        return "–"
    hundredths = part.cents * 10_000 // whole.cents
    return f"{german.number(Decimal(hundredths) / 100, 2)}{german.SPACE}%"
