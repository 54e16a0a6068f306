"""Reading the forms of a wish and of the desk's answer: syntax only, every fault at its field."""

from collections.abc import Mapping, Sequence
from typing import Final

from app.frameworks.amending.forms import Sheet
from app.kernel.errors import FieldError
from app.kernel.german import clean, whole_number
from app.ordering.changing.enter_change import ChangeWish
from app.ordering.changing.records import CallOffChangeItem
from app.ordering.changing.rules import Answer, Said
from app.ordering.records import CallOffLine
from app.ordering.shares.rules_shares import MOST_SHARES
from app.ordering.wanted import LARGEST_QUANTITY

LONGEST_REASON: Final = 1000


def read_wish(sent: Mapping[str, str], lines: Sequence[CallOffLine]) -> ChangeWish:
    """An empty quantity leaves the line as it is. Raises Malformed with every wrong field."""
    sheet = Sheet(sent)
    pieces, parts = {}, {}
    successors = frozenset(line.sku for line in lines if sent.get(f"nachfolger-{line.position}"))
    for line in lines:
        many = sheet.whole(f"menge-{line.position}", LARGEST_QUANTITY)
        if many is not None:
            pieces[line.sku] = many
        part = sheet.whole(f"teil-{line.position}", MOST_SHARES)
        if part:
            parts[line.sku] = part
    wanted_day = sheet.possible_day("termin")
    reason = clean(sent.get("grund", ""))
    seen = whole_number(sent.get("version", ""))
    sheet.done()
    return ChangeWish(pieces, reason, wanted_day, seen, parts, successors)


def read_answers(sent: Mapping[str, str], items: Sequence[CallOffChangeItem]) -> dict[str, Said]:
    """By article number, "" for the day. Raises Malformed with every wrong field."""
    sheet = Sheet(sent)
    said = {}
    for at, item in enumerate(items, 1):
        answer = sheet.one_of(f"antwort-{at}", Answer)
        other = answer is Answer.OTHERWISE
        said[item.sku] = Said(
            answer,
            sheet.whole(f"menge-{at}", LARGEST_QUANTITY) if other and item.sku else None,
            sheet.possible_day(f"termin-{at}") if other and not item.sku else None,
            sheet.text(f"grund-{at}", LONGEST_REASON),
        )
    sheet.done()
    return said


def wish_errors(errors: Sequence[FieldError], lines: Sequence[CallOffLine]) -> dict[str, str]:
    """Sentence per field of the page."""
    fields = {f"lines.{line.sku}.quantity": f"menge-{line.position}" for line in lines}
    fields |= {f"lines.{line.sku}.by_successor": f"nachfolger-{line.position}" for line in lines}
    fields |= {f"lines.{line.sku}.part": f"teil-{line.position}" for line in lines}
    fields |= {"reason": "grund", "requested_date": "termin", "lines": _first(lines)}
    return {fields.get(error.field, error.field): error.text for error in errors}


def answer_errors(
    errors: Sequence[FieldError], items: Sequence[CallOffChangeItem]
) -> dict[str, str]:
    """The same for the desk's answer."""
    fields = {f"answers.{item.sku}": f"antwort-{at}" for at, item in enumerate(items, 1)}
    return {fields.get(error.field, error.field): error.text for error in errors}


def _first(lines: Sequence[CallOffLine]) -> str:
    return f"menge-{lines[0].position}" if lines else "grund"
