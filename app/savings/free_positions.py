"""What was ordered outside the price lists, as a sentence of the report: never left unsaid."""

from collections.abc import Iterable

from app.documents.savings.savings_report import Named
from app.kernel.german import euro
from app.savings.rules import FREE_POSITIONS


def outside_the_lists(categories: Iterable[Named]) -> list[str]:
    """One sentence, or none where everything stood in a list."""
    return [
        f"Außerhalb der Preislisten, nach Angebot im offenen Sortiment: {euro(item.net)} netto in "
        f"{item.count} {'Abruf' if item.count == 1 else 'Abrufen'}."
        for item in categories
        if item.name == FREE_POSITIONS
    ]
