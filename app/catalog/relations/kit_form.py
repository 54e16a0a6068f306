"""What the editor of a kit typed, as typed, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.catalog.relations.records import Kit
from app.catalog.relations.save_kit import MOST_PARTS, KitWanted
from app.kernel.errors import FieldError
from app.kernel.german import clean, whole_number

BLANK_ROWS = 4
LONGEST_NUMBER = 64


@dataclass(slots=True)
class KitForm:
    """Rows of (article number, quantity as typed); `errors` by field, with the row's place."""

    title: str = ""
    description: str = ""
    rows: list[tuple[str, str]] = field(default_factory=list)
    number: str | None = None
    version: int | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def shown_rows(self) -> list[tuple[str, str]]:
        """With blank ones below, as long as there is room."""
        blank = min(BLANK_ROWS, MOST_PARTS - len(self.rows))
        return [*self.rows, *[("", "")] * max(0, blank)]

    def wanted(self) -> KitWanted:
        pieces = {sku: int(many) for sku, many in self.rows} if not self.errors else {}
        return KitWanted(self.title, self.description, pieces, self.number, self.version)

    def say(self, errors: Sequence[FieldError]) -> None:
        self.errors |= {error.field: error.text for error in errors}


def form_of(kit: Kit) -> KitForm:
    rows = [(component.sku, str(component.quantity)) for component in kit.components]
    return KitForm(kit.title, kit.description, rows, kit.number, kit.version)


def read_kit(sent: Mapping[str, str], number: str | None = None) -> KitForm:
    """Blank rows drop out; a wrong quantity or a number typed twice is said at its row."""
    version = sent.get("version", "")
    form = KitForm(
        title=clean(sent.get("title", "")),
        description=clean(sent.get("description", "")),
        number=number,
        version=whole_number(version),
    )
    typed = [
        (clean(sent.get(f"sku-{at}", ""))[:LONGEST_NUMBER], clean(sent.get(f"quantity-{at}", "")))
        for at in range(1, MOST_PARTS + 1)
    ]
    form.rows = [(sku, many or "1") for sku, many in typed if sku]
    seen: set[str] = set()
    for at, (sku, many) in enumerate(form.rows, 1):
        if sku in seen:
            form.errors[f"sku-{at}"] = f"{sku} steht schon weiter oben."
        if not (many.isascii() and many.isdecimal() and len(many) <= len("100000")):
            form.errors[f"quantity-{at}"] = "Bitte geben Sie die Menge als ganze Zahl an."
        seen.add(sku)
    return form
