"""What the report says when the figures are bad, and what a spreadsheet may not be told."""

from dataclasses import replace

from app.documents.savings.savings_report import Reliability, Share
from app.kernel.money import Money
from app.savings.files.report_csv import report_csv
from app.savings.report_page import chart, money_lines, tiles, time_lines
from app.savings.wording import Outlook, headline, outlook_section, time_section
from tests.support.reports import savings_report


def test_more_hours_than_before_is_said_in_the_headline() -> None:
    report = savings_report()
    worse = replace(report.time, saved=-7200, net=-9000, reliability=Reliability.RELIABLE)

    assert "2,0 Stunden mehr Arbeitszeit gekostet" in headline(report.month, worse)
    assert tiles(replace(report, time=worse))[0].value == "−2,0 h"
    assert tiles(replace(report, time=worse))[0].kind == "bad"


def test_a_dearer_framework_is_shown_in_the_same_place() -> None:
    report = savings_report()
    money = replace(report.money, price_advantage=Money.euros("-120.00"))

    tile = tiles(replace(report, money=money))[1]

    assert (tile.value, tile.label) == ("120,00\N{NO-BREAK SPACE}€", "über Marktpreis eingekauft")
    assert next(line for line in money_lines(money) if line.name == "2 Preisvorteil").value == (
        "−120,00\N{NO-BREAK SPACE}€"
    )


def test_an_extrapolated_figure_always_carries_its_word() -> None:
    report = savings_report()

    named = [line.name for line in time_lines(report.time) if "bis" in line.value]

    assert all(name.startswith("Hochrechnung") for name in named)


def test_nothing_claims_that_the_portal_has_judged_the_law() -> None:
    report = savings_report()
    texts = " ".join(sentence for section in report.sections for sentence in section.sentences)

    assert "vergaberechtlich geprüft" not in texts.lower()


def test_a_month_without_a_statement_has_no_bar_and_no_figure_on_its_tile() -> None:
    report = savings_report()
    thin = replace(report.time, reliability=Reliability.NOT_RELIABLE, reason="Zu wenige.")
    row = replace(report.months[-1], reliability=Reliability.NOT_RELIABLE)
    shown = replace(report, time=thin, months=(*report.months[:-1], row))

    assert tiles(shown)[0].value == "–"
    assert chart(shown).bars[-1].reliable is False
    assert "keine belastbare Aussage" in headline(report.month, thin)
    assert any("keine belastbare" in sentence for sentence in time_section(thin).sentences)
    outlook = outlook_section(thin, Outlook((), ()))
    assert "reicht für eine Bewertung nicht aus" in outlook.sentences[0]


def test_a_name_that_looks_like_a_formula_stays_text_in_the_table() -> None:
    report = replace(
        savings_report(),
        scope="=HYPERLINK(1)",
        money=replace(
            savings_report().money,
            hourly_rate_source="@SUM(A1)",
            price_advantage=Money.euros("-5.00"),
        ),
    )

    table = report_csv(report).decode("utf-8-sig")

    assert ";'=HYPERLINK(1);" in table
    assert ";'@SUM(A1);" in table
    assert ";-5.00;EUR" in table


def test_shares_round_half_away_from_zero_and_know_when_there_is_nothing() -> None:
    assert Share(1, 3).percent == "33.3"
    assert Share(-1, 8).german == "−12,5\N{NO-BREAK SPACE}%"
    assert Share(1, 16).percent == "6.3"
    assert (Share(0, 0).percent, Share(0, 0).german) == ("", "–")
