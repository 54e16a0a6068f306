"""What the editor of an option rule typed, and what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from app.catalog.relations.rules_options import OptionKind
from app.catalog.relations.save_option_rule import RuleWanted
from app.kernel.german import clean

LONGEST: Final = 64
_LINES: Final = re.compile(r"[\n,;]+")


@dataclass(slots=True)
class OptionForm:
    """As typed; `targets` holds one article number per line."""

    sku: str = ""
    kind: str = OptionKind.ONE_OF.value
    title: str = ""
    targets: str = ""
    pieces: str = "1"
    errors: dict[str, str] = field(default_factory=dict)

    def wanted(self) -> RuleWanted | None:
        """None where something cannot be understood; `errors` say what."""
        kinds = {kind.value for kind in OptionKind}
        if self.kind not in kinds:
            self.errors["kind"] = "Bitte wählen Sie, was gelten soll."
        if not (self.pieces.isascii() and self.pieces.isdecimal() and len(self.pieces) <= LONGEST):
            self.errors["pieces"] = "Bitte geben Sie eine ganze Zahl an."
        if self.errors:
            return None
        typed = (clean(line)[:LONGEST] for line in _LINES.split(self.targets))
        targets = tuple(dict.fromkeys(sku for sku in typed if sku))
        kind = OptionKind(self.kind)
        return RuleWanted(self.sku, kind, self.title, targets, int(self.pieces))


def read_option(sent: Mapping[str, str]) -> OptionForm:
    return OptionForm(
        sku=clean(sent.get("sku", ""))[:LONGEST],
        kind=sent.get("kind", ""),
        title=clean(sent.get("title", "")),
        targets=clean(sent.get("targets", "")),
        pieces=clean(sent.get("pieces", "")) or "1",
    )
