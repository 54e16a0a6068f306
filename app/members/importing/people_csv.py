"""Reading a table of people as spreadsheets write it: pure text work."""

import csv
from dataclasses import dataclass
from io import StringIO
from typing import Final

from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean
from app.members.rules import ROLE_LABELS, Role

LARGEST: Final = 500_000
MOST_ROWS: Final = 500
MAIL, LABEL, ROLES, UNIT, LIMIT = "E-Mail-Adresse", "Funktion", "Rollen", "Einheit", "Wertgrenze"
MEMBER: Final = "Mitglied"
NEEDED: Final = (MAIL, LABEL, ROLES)
COLUMNS: Final = (*NEEDED, UNIT, LIMIT, MEMBER)
FIELD: Final = "datei"
EXAMPLE: Final = (
    COLUMNS[:5],
    ("it@stadt.example", "IT-Dienste", "Bestellung, Genehmigung", "", ""),
)

_ROLES: Final = {role.value: role for role in Role} | {
    label.partition(" (")[0].casefold(): role for role, label in ROLE_LABELS.items()
}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One row; line 1 holds the names of the columns."""

    line: int
    mail: str
    label: str
    roles: str
    unit: str
    limit: str
    member: str


def decoded(content: bytes) -> str:
    """UTF-8 or what German Excel writes. Malformed for what is no text or too large."""
    if len(content) > LARGEST:
        raise _refused("too_large", "Die Datei ist größer als 500 kB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise _refused("no_text", "Das ist keine CSV-Datei.")
    return text


def people_lines(text: str) -> tuple[PersonLine, ...]:
    """Semicolons, commas or tabs; Malformed where the columns do not fit or no row follows."""
    first = text.lstrip("\ufeff").partition("\n")[0]
    separator = max(";\t,", key=first.count)
    try:
        table = list(csv.reader(StringIO(text.lstrip("\ufeff")), delimiter=separator, strict=True))
    except csv.Error:
        raise _refused("no_csv", "Die Datei ist keine lesbare CSV-Datei.") from None
    heads = [clean(head) for head in table[0]] if table else []
    missing = [name for name in NEEDED if name not in heads]
    unknown = [name for name in heads if name and name not in COLUMNS]
    if missing or unknown or len(set(heads)) != len(heads):
        raise _refused("columns", _about_columns(missing, unknown))
    rows = [(at, row) for at, row in enumerate(table[1:], start=2) if any(map(str.strip, row))]
    if not 0 < len(rows) <= MOST_ROWS:
        text = f"Bitte geben Sie unter den Spaltennamen 1 bis {MOST_ROWS} Zeilen an."
        raise _refused("rows", text)
    return tuple(_line(at, dict(zip(heads, row, strict=False))) for at, row in rows)


def roles_named(text: str) -> tuple[frozenset[Role], tuple[str, ...]]:
    """By German word or by code, parted by comma or slash; and what is no role."""
    words = [word.strip() for word in text.replace("/", ",").split(",") if word.strip()]
    found = {word: _ROLES.get(word.partition(" (")[0].casefold()) for word in words}
    known = frozenset(role for role in found.values() if role is not None)
    return known, tuple(word for word, role in found.items() if role is None)


def _line(at: int, row: dict[str, str]) -> PersonLine:
    cells = [clean(row.get(name, "")) for name in COLUMNS]
    return PersonLine(at, *cells)


def _about_columns(missing: list[str], unknown: list[str]) -> str:
    words = [f"Es fehlt die Spalte {name}." for name in missing]
    words += [f"Die Spalte „{name[:40]}“ ist unbekannt." for name in unknown[:5]]
    return " ".join(words) or "Eine Spalte kommt mehrfach vor."


def _refused(code: str, text: str) -> Malformed:
    return Malformed(FieldError(FIELD, code, text))
