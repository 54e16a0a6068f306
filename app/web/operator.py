"""Who runs this portal: what the legal pages must name."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path


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


class UnknownOperatorField(Exception):
    """The file names a field that no page shows."""


def read_operator(file: Path) -> Operator:
    """Read the operator's TOML file; unknown names are refused, so that no typing error is lost."""
    found = tomllib.loads(file.read_text(encoding="utf-8"))
    known = {field.name for field in fields(Operator)}
    if unknown := sorted(set(found) - known):
        raise UnknownOperatorField(f"{file.name}: {', '.join(unknown)}")
    return Operator(**{name: str(value) for name, value in found.items()})
