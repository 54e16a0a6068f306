"""Kits, rules and successors as stories need them, made by the real use cases."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.catalog.relations.declare_successor import SuccessorWanted, declare_successor
from app.catalog.relations.records import Kit, OptionRule, Successor
from app.catalog.relations.release_successor import release_successor
from app.catalog.relations.rules_options import OptionKind
from app.catalog.relations.save_kit import KitWanted, save_kit
from app.catalog.relations.save_option_rule import RuleWanted, save_option_rule
from tests.support.clock import NOON

LETTER: Final = b"%PDF-1.7\nDatenblatt\n%%EOF"


def kit(session: Session, pieces: Mapping[str, int], title: str = "Arbeitsplatz komplett") -> Kit:
    return save_kit(session, KitWanted(title, "", pieces), None, NOON)


def option_rule(
    session: Session, sku: str, kind: OptionKind, targets: tuple[str, ...], pieces: int = 1
) -> OptionRule:
    return save_option_rule(session, RuleWanted(sku, kind, "", targets, pieces), None, NOON)


def declared(
    session: Session, old: str, new: str, grounds: str = "", by: int | None = None
) -> Successor:
    wanted = SuccessorWanted(old, new, grounds, "Datenblatt.pdf", LETTER)
    return declare_successor(session, wanted, by, NOON)


def released(session: Session, old: str, new: str, by: int, *, now: datetime = NOON) -> Successor:
    """Declared by a program, released by this person."""
    return release_successor(session, declared(session, old, new).id, by, now)
