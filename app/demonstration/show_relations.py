"""Kits, option rules and successors of the demonstration, set as their editors would."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session

from app.catalog.relations.declare_successor import SuccessorWanted, declare_successor
from app.catalog.relations.release_successor import release_successor
from app.catalog.relations.rules_options import OptionKind
from app.catalog.relations.save_kit import KitWanted, save_kit
from app.catalog.relations.save_option_rule import RuleWanted, save_option_rule
from app.demonstration.cast import person_id

FILE: Final = "relations.toml"
LATER: Final = timedelta(hours=2)
# The smallest file that readers open: one empty page.
LETTER: Final = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def show_relations(session: Session, folder: Path, editor_id: int, now: datetime) -> None:
    """`editor_id` enters everything; the file names who releases, and which of it."""
    said: dict[str, Any] = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    second_id = person_id(session, said["second"])
    for kit in said["kits"]:
        wanted = KitWanted(kit["title"], kit["description"], kit["pieces"])
        save_kit(session, wanted, editor_id, now)
    for rule in said["options"]:
        options = RuleWanted(
            rule["sku"],
            OptionKind(rule["kind"]),
            rule["title"],
            tuple(rule["targets"]),
            rule["pieces"],
        )
        save_option_rule(session, options, editor_id, now)
    for one in said["successors"]:
        name = "Schreiben des Lieferanten (Demonstration).pdf"
        successor = SuccessorWanted(one["old"], one["new"], one["grounds"], name, LETTER)
        declared = declare_successor(session, successor, editor_id, now)
        if one["released"]:
            release_successor(session, declared.id, second_id, now + LATER)
