"""Who runs this portal: what the legal pages must name."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from app.kernel.errors import DomainError


@dataclass(frozen=True)
class Operator:
    """Texts of the operator; an empty one is shown as still to be filled in."""

    name: str = ""
    street: str = ""
    city: str = ""
    represented_by: str = ""
    register: str = ""
    vat_id: str = ""
    mail: str = ""
    phone: str = ""
    help_hours: str = ""
    data_protection: str = ""
    feedback_mail: str = ""
    enforcement: str = ""
    statement_date: str = ""


class OperatorUnreadable(DomainError):
    """The start must stop: the legal pages would say something wrong, or nothing."""

    code = "operator_unreadable"


def read_operator(file: Path) -> Operator:
    """Read the operator's TOML file; unknown names are refused, so that no typing error is lost."""
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        text = f"KITU_OPERATOR: {file.name} ist keine lesbare TOML-Datei ({wrong})."
        raise OperatorUnreadable(text) from wrong
    known = {field.name for field in fields(Operator)}
    if unknown := sorted(set(found) - known):
        text = f"KITU_OPERATOR: {file.name} nennt, was keine Seite zeigt: {', '.join(unknown)}."
        raise OperatorUnreadable(text)
    return Operator(**{name: str(value) for name, value in found.items()})
