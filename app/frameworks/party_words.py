"""Who may call off, in one German line."""

from app.frameworks.records import Framework, Lot, PartyRule
from app.kernel.german import day
from app.members.rules import BODY_KIND_LABELS, BodyKind


def class_words(framework: Framework) -> str:
    if framework.party_rule is PartyRule.ALL_MEMBERS:
        return "alle Mitglieder"
    words = _words(framework.party_kinds, framework.party_districts)
    if framework.party_members_by:
        words.append(f"Mitglied am {day(framework.party_members_by)}")
    return ", ".join(words) or "namentlich benannte Mitglieder"


def lot_words(lot: Lot) -> str:
    """Which members a lot is narrowed to; empty where it is open to all parties."""
    return ", ".join(_words(lot.only_kinds, lot.only_districts))


def _words(kinds: str, districts: str) -> list[str]:
    words = []
    if kinds:
        words.append("; ".join(BODY_KIND_LABELS[BodyKind(kind)] for kind in kinds.split()))
    if districts:
        words.append("Kreise " + ", ".join(districts.split()))
    return words
