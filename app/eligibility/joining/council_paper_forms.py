"""What the browser sends for a resolution paper: syntax only, one line of text per row."""

from datetime import date
from typing import Final, Self

from pydantic import BaseModel, Field

from app.documents.council.council_paper import Consultation, Coverage
from app.eligibility.joining.draft_council_paper import PaperWish
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean
from app.kernel.money import NOTHING
from app.members.forms import day, money

FINANCING: Final = ("planmäßig", "überplanmäßig", "außerplanmäßig")
MOST_ROWS: Final = 12
STEPS: Final = (
    "Dienstberatung der Verwaltungsleitung; nicht öffentlich\n"
    "Ausschuss für Finanzen; öffentlich\nHauptausschuss; öffentlich\nStadtrat; öffentlich"
)
GUIDING: Final = "\n".join(f"Handlungsfeld {at}" for at in range(1, 7))


class PaperForm(BaseModel):
    number: str = Field(default="", max_length=40)
    submitted_by: str = Field(default="", max_length=120)
    responsible: str = Field(default="", max_length=120)
    organ: str = Field(default="", max_length=60)
    effective_from: str = Field(default="", max_length=20)
    consultation: str = Field(default="", max_length=2000)
    guiding_fields: str = Field(default="", max_length=2000)
    tax_office: str = Field(default="", max_length=60)
    product_account: str = Field(default="", max_length=60)
    budgeted: str = Field(default="", max_length=20)
    funds_available: str = Field(default="", max_length=10)
    financing: str = Field(default="", max_length=20)
    coverage: str = Field(default="", max_length=2000)

    def suggested(self, begins: date, number: str) -> Self:
        """The form as it is first shown."""
        return self.model_copy(
            update={
                "number": number,
                "effective_from": begins.isoformat(),
                "organ": "Stadtrat",
                "consultation": STEPS,
                "guiding_fields": GUIDING,
                "tax_office": "Amt 20",
                "budgeted": "0,00",
                "financing": FINANCING[2],
                "funds_available": "1",
            }
        )

    def wish(self) -> PaperWish:
        """Malformed names the first field that cannot be read."""
        begins = day("effective_from", self.effective_from)
        if begins is None:
            text = "Bitte geben Sie an, ab wann die Mitgliedschaft wirksam sein soll."
            raise Malformed(FieldError("effective_from", "missing", text))
        return PaperWish(
            number=clean(self.number),
            submitted_by=clean(self.submitted_by),
            responsible=clean(self.responsible),
            organ=clean(self.organ) or "Stadtrat",
            effective_from=begins,
            consultation=tuple(_step(cells) for cells in _rows("consultation", self.consultation)),
            guiding_fields=tuple(
                cells[0] for cells in _rows("guiding_fields", self.guiding_fields)
            ),
            tax_office=clean(self.tax_office) or "Amt 20",
            product_account=clean(self.product_account),
            budgeted=money("budgeted", self.budgeted) or NOTHING,
            funds_available=bool(self.funds_available),
            financing=self.financing if self.financing in FINANCING else FINANCING[2],
            coverage=tuple(_covered(cells) for cells in _rows("coverage", self.coverage)),
        )


def _rows(field: str, text: str) -> list[list[str]]:
    rows = [[clean(cell) for cell in line.split(";")] for line in text.splitlines() if clean(line)]
    if len(rows) > MOST_ROWS:
        raise Malformed(FieldError(field, "too_many", f"Bitte höchstens {MOST_ROWS} Zeilen."))
    return rows


def _step(cells: list[str]) -> Consultation:
    """`Gremium; öffentlich; 27.02.2024`; without a status it is public."""
    body, status, on = (*cells, "", "")[:3]
    return Consultation(body, status.casefold() not in {"nicht öffentlich", "nö", "n.ö."}, on)


def _covered(cells: list[str]) -> Coverage:
    """`Produktkonto; Betrag; Investitionsnummer`."""
    account, amount, investment = (*cells, "", "")[:3]
    found = money("coverage", amount)
    if found is None:
        text = "Bitte schreiben Sie je Zeile: Produktkonto; Betrag; Investitionsnummer."
        raise Malformed(FieldError("coverage", "malformed", text))
    return Coverage(account, found, investment)
