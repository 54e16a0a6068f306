"""The sentences of the resolution paper: what joining means, and what it does not."""

from dataclasses import dataclass
from datetime import date

from app.kernel.german import day, euro, number
from app.kernel.money import Money
from app.members.rules_lifecycle import Terms


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that the figures and sentences are derived from."""

    body: str
    organ: str
    cooperative: str
    begins: date
    counted_on: date
    members: int
    share: Money
    share_source: str
    monthly: Money
    fee_source: str
    months: int
    need: Money
    terms: Terms
    minutes: int
    minutes_source: str
    procurements: int | None
    target_hours: int | None
    hourly_rate: Money | None
    hourly_rate_source: str


def resolution_text(known: Known) -> str:
    """What is voted on."""
    return (
        f"1. {known.body} tritt der Genossenschaft {known.cooperative} mit Wirkung zum "
        f"{day(known.begins)} bei.\n"
        f"2. Der Geschäftsanteil von {euro(known.share)} und der monatliche Mitgliedsbeitrag von "
        f"{euro(known.monthly)} werden bereitgestellt."
    )


def reasons(known: Known) -> tuple[tuple[str, ...], ...]:
    """The five parts of the reasons in their order."""
    return _occasion(known), _present(known), _way(known), _money(known), _vote(known)


def _occasion(known: Known) -> tuple[str, ...]:
    return (
        (
            f"{known.body} beschafft Arbeitsplatz- und Drucktechnik bisher in eigenen Verfahren. "
            f"Die Genossenschaft {known.cooperative} erfasst und bündelt den Bedarf ihrer "
            "Mitglieder und hält Rahmenverträge vor, aus denen Mitglieder einzeln abrufen."
        ),
        (
            "Eine Pflicht zum Bezug besteht nicht. Ist der Marktpreis niedriger, kann das Mitglied "
            "anderswo beschaffen."
        ),
    )


def _present(known: Known) -> tuple[str, ...]:
    paragraphs = [
        (
            f"Die Genossenschaft hat mit diesem Beitritt {number(known.members)} Mitglieder "
            f"(Stand {day(known.counted_on)}). Jedes Mitglied hat eine Stimme."
        ),
    ]
    if known.procurements is not None:
        expected = (
            ""
            if known.target_hours is None
            else f" Die Verwaltung erwartet eine Ersparnis von {number(known.target_hours)} "
            "Stunden im Jahr; das ist eine Erwartung und keine Messung."
        )
        paragraphs.append(
            f"Heute fallen rund {number(known.procurements)} Beschaffungen im Jahr mit je etwa "
            f"{number(known.minutes)} Minuten an ({known.minutes_source}).{expected}"
        )
    return tuple(paragraphs)


def _way(known: Known) -> tuple[str, ...]:
    return (
        (
            "Aufträge eines Mitglieds an die Genossenschaft sind nach den vorliegenden "
            "Stellungnahmen Inhouse-Geschäfte (§ 108 Abs. 4 GWB); ausgeschrieben wird auf der "
            "Ebene der Rahmenverträge. Die Nachweise sind als Anlagen genannt."
        ),
        (
            "Eigenbetriebe können über die Mitgliedschaft abrufen. Eigengesellschaften sind eigene "
            "juristische Personen und brauchen eine eigene Mitgliedschaft."
        ),
        (
            f"Der Anteil eines Mitglieds beträgt 1 von {number(known.members)} und liegt damit "
            f"{'unter' if known.members > 20 else 'nicht unter'} einem Zwanzigstel "  # noqa: PLR2004 - the wording
            "(§ 135 Abs. 2 Satz 3 KVG LSA, Vorlage bei der Kommunalaufsicht)."
        ),
    )


def _money(known: Known) -> tuple[str, ...]:
    return (
        (
            f"Der Geschäftsanteil von {euro(known.share)} ist eine Einlage: er wird nach dem "
            "Ausscheiden zurückgezahlt. Der Mitgliedsbeitrag beträgt "
            f"{euro(known.monthly)} im Monat und {euro(known.monthly * 12)} im vollen Jahr."
        ),
        (
            f"Im Jahr {known.begins.year} fallen {known.months} angefangene Monate an; der Bedarf "
            f"beträgt {euro(known.need)}."
        ),
        f"Kündigung: {known.terms.notice_months} Monate zum Ende des Geschäftsjahres.",
    )


def _vote(known: Known) -> tuple[str, ...]:
    return (f"Die Verwaltung empfiehlt dem {known.organ}, den Beitritt zu beschließen.",)
