"""Reading the official register of public bodies and choosing members from it: no database."""

import csv
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final

from app.kernel.german import fold
from app.members.rules import BodyKind

KINDS: Final = {
    "kreisfreie_stadt": BodyKind.KREISFREIE_STADT,
    "landkreis": BodyKind.LANDKREIS,
    "verbandsgemeinde": BodyKind.VERBANDSGEMEINDE,
    "einheitsgemeinde": BodyKind.EINHEITSGEMEINDE,
    "mitgliedsgemeinde_vbg": BodyKind.MITGLIEDSGEMEINDE,
}


@dataclass(frozen=True, slots=True)
class Body:
    """One row of the register with the words under which the body presents itself."""

    key: str
    ags: str | None
    ars: str
    kind: BodyKind
    name: str
    city: str
    postal_code: str
    population: int

    @property
    def slug(self) -> str:
        """For invented addresses: `Dessau-Roßlau` → `dessau-rosslau`."""
        return re.sub(r"[^a-z0-9]+", "-", fold(self.city)).strip("-")


def read_register(text: str) -> tuple[Body, ...]:
    """All rows; counties and Verbandsgemeinden get the postal code of their seat."""
    rows = list(csv.DictReader(StringIO(text)))
    codes = {_short(row["name"]): row["postal_code"] for row in rows if row["postal_code"]}
    inside: dict[str, str] = {}
    for row in rows:
        if row["postal_code"]:
            inside.setdefault(row["verband_ars"] or row["county_ags"], row["postal_code"])
    return tuple(_body(row, codes, inside) for row in rows)


def select(
    bodies: Sequence[Body], kinds: Collection[str], always: Collection[str], count: int
) -> tuple[Body, ...]:
    """Exactly `count`: the named ones, then by population, so that the choice never changes."""
    possible = [body for body in bodies if body.kind.value in kinds]
    possible.sort(key=lambda body: (body.key not in always, -body.population, body.ars))
    return tuple(sorted(possible[:count], key=lambda body: body.ars))


def _body(row: dict[str, str], codes: dict[str, str], inside: dict[str, str]) -> Body:
    kind = KINDS[row["kind"]]
    seat = row["seat"] or _short(row["name"])
    around = row["ars"] if kind is BodyKind.VERBANDSGEMEINDE else row["county_ags"]
    code = row["postal_code"] or codes.get(_short(seat)) or inside[around]
    return Body(
        key=row["ags"] or row["ars"],
        ags=row["ags"] or None,
        ars=row["ars"],
        kind=kind,
        name=_presented(row["name"], kind),
        city=_short(seat),
        postal_code=code,
        population=int(row["population"]),
    )


def _short(name: str) -> str:
    return name.partition(",")[0].strip()


def _presented(name: str, kind: BodyKind) -> str:
    """`Dessau-Roßlau, Stadt` → `Stadt Dessau-Roßlau`; counties and unions say what they are."""
    short, _, title = (part.strip() for part in name.partition(","))
    if kind is BodyKind.VERBANDSGEMEINDE:
        return f"Verbandsgemeinde {short}"
    if kind is BodyKind.LANDKREIS and "kreis" not in short.casefold():
        return f"Landkreis {short}"
    return f"{title} {short}" if title else short
