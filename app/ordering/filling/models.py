"""What `/api/v1/quick-orders` and `/api/v1/templates` take and give."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.kernel.money import Money
from app.ordering.filling.judge_rows import Judged, JudgedRow, Verdict
from app.ordering.filling.rules_rows import LONGEST_NUMBER, MOST_ROWS, Row, rows_of_text
from app.ordering.filling.rules_templates import MOST_WORKPLACES, Sharing
from app.ordering.filling.template_queries import TemplateSeen
from app.ordering.price_lines import PricedLine
from app.ordering.wanted import LARGEST_QUANTITY
from app.web.sent_body import SentBody

LONGEST_TEXT = 10_000
TEXT = "Zeilen wie aus einer Tabelle kopiert: Nummer, Tabulator, Menge; auch `5 x NB-14`"


class RowWanted(SentBody):
    number: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NUMBER),
        Field(description="Artikelnummer, EAN oder Nummer des Herstellers"),
    ]
    quantity: Annotated[int, Field(strict=True, ge=1, le=LARGEST_QUANTITY)] = 1


class QuickOrderWanted(SentBody):
    """Rows, or the text that people would paste; the rows come first."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"rows": [{"number": "4012345678901", "quantity": 3}]}]}
    )

    rows: Annotated[list[RowWanted], Field(max_length=MOST_ROWS)] = Field(default_factory=list)
    text: Annotated[str, StringConstraints(max_length=LONGEST_TEXT), Field(description=TEXT)] = ""

    def understood(self) -> tuple[Row, ...]:
        """Numbered through, as the answer names them."""
        rows = [Row(0, one.number, one.quantity) for one in self.rows]
        pasted = rows_of_text(self.text)
        return tuple(
            Row(line, one.number, one.quantity, one.fault, one.typed_quantity)
            for line, one in enumerate((*rows, *pasted), 1)
        )


class QuickOrderTaken(QuickOrderWanted):
    good_only: Annotated[
        bool, Field(strict=True, description="auch dann, wenn andere Zeilen nicht passen")
    ] = False


class OrderLine(BaseModel):
    """So, wie `POST /call-offs` sie nimmt."""

    sku: str
    quantity: int
    term: int | None


class OrderPart(BaseModel):
    """Was zu einem Rahmenvertrag gehört: ein Abruf."""

    framework: str
    lines: list[OrderLine]
    net: str
    currency: str = "EUR"


class RowGiven(BaseModel):
    """`text` sagt, was nicht passt; `choices` nennt Artikelnummern, wo mehrere passen."""

    line: int
    number: str
    quantity: int
    verdict: Verdict
    text: str
    sku: str | None
    name: str | None
    framework: str | None
    unit_price_net: str | None
    choices: list[str]
    successor: Annotated[str | None, Field(description="freigegebener Nachfolger des Artikels")]


class QuickOrderGiven(BaseModel):
    """`call_offs`: die guten Zeilen, je Rahmenvertrag zusammengefasst."""

    rows: list[RowGiven]
    good: int
    bad: int
    call_offs: list[OrderPart]


class BasketTaken(BaseModel):
    """`left` blieb draußen; was im Warenkorb liegt, bestellen Sie im Portal."""

    taken: list[OrderLine]
    left: list[RowGiven]
    links: dict[str, str]


class TemplateLineGiven(BaseModel):
    sku: str
    name: str
    quantity: int
    term: int | None
    unit_price_net: str | None
    orderable: bool
    text: str


class TemplateGiven(BaseModel):
    """Preise und Mengen für die verlangte Zahl von Arbeitsplätzen."""

    id: int
    name: str
    description: str
    sharing: Sharing
    own: Annotated[bool, Field(description="von Ihrer Organisation")]
    changed_at: datetime
    workplaces: int
    lines: list[TemplateLineGiven]
    hidden: Annotated[int, Field(description="Artikel, die Ihr Mitglied nicht abrufen kann")]
    net: str
    currency: str = "EUR"
    call_offs: list[OrderPart]
    links: dict[str, str]


class TemplateList(BaseModel):
    items: list[TemplateGiven]
    total: int
    next: str | None


class TemplateUse(SentBody):
    workplaces: Annotated[int, Field(strict=True, ge=1, le=MOST_WORKPLACES, examples=[5])] = 1


class TemplateUsed(BaseModel):
    """`lacking`: was heute nicht bestellbar ist und draußen blieb."""

    lacking: list[str]
    hidden: int
    links: dict[str, str]


def judged_given(judged: Judged) -> QuickOrderGiven:
    lines = {one.line.article.sku: one.line for one in judged.rows if one.good and one.line}
    return QuickOrderGiven(
        rows=[row_given(one) for one in judged.rows],
        good=len(judged.rows) - len(judged.bad),
        bad=len(judged.bad),
        call_offs=parts_given(lines.values()),
    )


def row_given(one: JudgedRow) -> RowGiven:
    article = None if one.line is None else one.line.article
    price = None if article is None else article.unit_price
    return RowGiven(
        line=one.row.line,
        number=one.row.number,
        quantity=one.row.quantity,
        verdict=one.verdict,
        text=one.text,
        sku=None if article is None else article.sku,
        name=None if article is None else article.name,
        framework=None if article is None else article.framework_number,
        unit_price_net=None if price is None else price.text,
        choices=list(one.choices),
        successor=None if one.offer is None else one.offer.row.sku,
    )


def parts_given(lines: Iterable[PricedLine]) -> list[OrderPart]:
    """One call-off belongs to one framework."""
    by_framework: dict[str, list[PricedLine]] = {}
    for line in lines:
        by_framework.setdefault(line.article.framework_number, []).append(line)
    return [
        OrderPart(
            framework=number,
            lines=[line_given(line) for line in some],
            net=Money.total(line.net for line in some).text,
        )
        for number, some in sorted(by_framework.items())
    ]


def line_given(line: PricedLine) -> OrderLine:
    return OrderLine(sku=line.article.sku, quantity=line.quantity, term=line.article.term)


def template_given(seen: TemplateSeen, workplaces: int) -> TemplateGiven:
    orderable = [line for line in seen.lines.values() if line.obstacle is None]
    return TemplateGiven(
        id=seen.template.id,
        name=seen.template.name,
        description=seen.template.description,
        sharing=seen.template.sharing,
        own=seen.own_member,
        changed_at=seen.template.changed_at,
        workplaces=workplaces,
        lines=[_template_line(line) for line in seen.lines.values()],
        hidden=seen.hidden,
        net=seen.net.text,
        call_offs=parts_given(orderable),
        links={"page": f"/vorlagen/{seen.template.id}"},
    )


def _template_line(line: PricedLine) -> TemplateLineGiven:
    return TemplateLineGiven(
        sku=line.article.sku,
        name=line.article.name,
        quantity=line.quantity,
        term=line.article.term,
        unit_price_net=line.unit_price.text if line.unit_price else None,
        orderable=line.obstacle is None,
        text=line.obstacle or "",
    )
