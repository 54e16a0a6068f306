"""A resolution paper for a council: the same blocks become a PDF and an editable DOCX."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.kernel.german import day, euro
from app.kernel.money import Money

EMPTY_BOX = "☐"
TICKED_BOX = "☒"
REASON_HEADINGS = (
    "a) Anlass und Zweck",
    "b) Sachstand",
    "c) Lösungsweg",
    "d) Finanzielle Folgen und geplante Durchführung",
    "e) Votum",
)


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; an empty one stays visible as room to write."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values; an empty value is a line to fill in by hand."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table under a head row; `shares` are the widths of the columns."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]


Block = Heading | Text | Facts | Grid


@dataclass(frozen=True, slots=True)
class Consultation:
    """A row of the Beratungsfolge; the cells of the vote stay empty."""

    body: str
    public: bool
    on: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """From which account how much comes."""

    account: str
    amount: Money
    investment_number: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A derived figure with its way: nobody has to believe a number."""

    label: str
    value: str
    derivation: str
    kind: str


@dataclass(frozen=True, slots=True)
class Budget:
    """Finanzbedarf of the paper."""

    year: int
    product_account: str
    budgeted: Money
    funds_available: bool
    financing: str
    once: Money
    monthly: Money
    need: Money
    coverage: tuple[Coverage, ...]

    @property
    def covered(self) -> Money:
        return Money.total(line.amount for line in self.coverage)


@dataclass(frozen=True, slots=True)
class CouncilPaper:
    """Everything the paper says; `reasons` are the five parts of the annex in their order."""

    body: str
    number: str
    submitted_by: str
    responsible: str
    title: str
    resolution: str
    consultation: tuple[Consultation, ...]
    fields: tuple[tuple[str, str], ...]
    guiding_fields: tuple[str, ...]
    tax_note: str
    budget: Budget
    organ: str
    reasons: tuple[tuple[str, ...], ...]
    figures: tuple[Figure, ...]
    attachments: tuple[str, ...]
    drawn_up_on: date
    demonstration: bool = False


def blocks(paper: CouncilPaper) -> Iterator[Block]:
    """The whole paper from top to bottom; headings and order are those of the council paper."""
    yield Facts(
        (
            ("Drucksachen-Nr.", paper.number),
            ("Einreicher", paper.submitted_by),
            ("Verantwortlich", paper.responsible),
        )
    )
    yield Heading("Beratungsfolge")
    yield _consultation(paper.consultation)
    yield Heading("Titel")
    yield Text(paper.title)
    yield Heading("Beschluss")
    yield Text(paper.resolution)
    for heading, text in paper.fields:
        yield Heading(heading)
        yield Text(text)
    yield Heading("Relevanz mit Leitbild")
    yield Facts(
        (
            *((f"{EMPTY_BOX} {field}", "Ziel-Nummer:") for field in paper.guiding_fields),
            (f"{TICKED_BOX} nicht leitbildrelevant", "–"),
        )
    )
    yield Heading("Steuerrelevanz")
    yield Text(paper.tax_note)
    yield from _money(paper.budget)
    yield Heading("Unterschriften")
    yield Facts(
        (
            ("Für die Verwaltung", ""),
            (f"Vorsitz {paper.organ}", ""),
            (f"Beschlossen im {paper.organ} am", ""),
        )
    )
    yield from _annex(paper)


def _consultation(steps: Sequence[Consultation]) -> Grid:
    return Grid(
        "Beratungsfolge",
        ("Gremium", "Status", "Termin", "Für", "Gegen", "Enthaltung", "Bestätigung"),
        tuple(
            (
                step.body,
                "öffentlich" if step.public else "nicht öffentlich",
                step.on,
                "",
                "",
                "",
                "",
            )
            for step in steps
        ),
        (29, 16, 13, 6, 8, 13, 15),
    )


def _money(budget: Budget) -> Iterator[Block]:
    yield Heading("Finanzbedarf und Finanzierung")
    tick = TICKED_BOX if budget.funds_available else EMPTY_BOX
    untick = EMPTY_BOX if budget.funds_available else TICKED_BOX
    yield Facts(
        (
            ("Haushaltsjahr", str(budget.year)),
            ("Produktkonto / Deckungskreis", budget.product_account),
            ("Haushaltsansatz", euro(budget.budgeted)),
            ("Haushaltsmittel verfügbar", f"{tick} Ja   {untick} Nein"),
            (
                "Gesamtbetrag",
                f"{euro(budget.once)} einmalig und {euro(budget.monthly)} monatlich",
            ),
            (f"Bedarf im Haushaltsjahr {budget.year}", euro(budget.need)),
            ("Art der Finanzierung", budget.financing),
        )
    )
    yield Heading("Deckung", 2)
    rows = tuple(
        (line.account, line.investment_number, euro(line.amount)) for line in budget.coverage
    )
    total = ("Summe der Deckung", "", euro(budget.covered))
    difference = ("Deckung abzüglich Bedarf", "", euro(budget.covered - budget.need))
    yield Grid(
        "Deckung",
        ("Produktkonto / Deckungskreis", "Investitionsnummer", "Betrag"),
        (*rows, total, difference),
        (45, 30, 25),
    )


def _annex(paper: CouncilPaper) -> Iterator[Block]:
    yield Heading("Anlage 1: Begründung")
    for heading, paragraphs in zip(REASON_HEADINGS, paper.reasons, strict=True):
        yield Heading(heading, 2)
        for paragraph in paragraphs:
            yield Text(paragraph)
    yield Heading("Zahlen und Rechenwege")
    yield Grid(
        "Zahlen und Rechenwege",
        ("Angabe", "Wert", "Rechenweg oder Quelle", "Art"),
        tuple((one.label, one.value, one.derivation, one.kind) for one in paper.figures),
        (27, 18, 38, 17),
    )
    yield Heading("Anlagen")
    for attachment in paper.attachments:
        yield Text(attachment)
    yield Text(
        f"Entwurf vom {day(paper.drawn_up_on)}, aus den Angaben des Portals erstellt. "
        "Er ersetzt keine rechtliche Prüfung."
    )
