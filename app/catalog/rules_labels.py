"""Sustainability labels: which there are, what a catalog says about them, when they count."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from app.kernel.german import fold

LONGEST_GRADE: Final = 40
LONGEST_URL: Final = 300
NEXT_DAY: Final = timedelta(days=1)


class Label(StrEnum):
    """The labels that tenders for information technology ask for."""

    BLUE_ANGEL = "blauer-engel"
    EU_ECOLABEL = "eu-ecolabel"
    TCO_CERTIFIED = "tco-certified"
    EPEAT = "epeat"
    ENERGY_STAR = "energy-star"

    @property
    def german(self) -> str:
        return ABOUT[self].name

    @property
    def issuer(self) -> str:
        return ABOUT[self].issuer

    @property
    def website(self) -> str:
        return ABOUT[self].website


@dataclass(frozen=True, slots=True)
class About:
    """Name, issuer and register of a label, and the folded words that name it in catalogs."""

    name: str
    issuer: str
    website: str
    words: tuple[str, ...]


ABOUT: Final = {
    Label.BLUE_ANGEL: About(
        "Blauer Engel",
        "Umweltbundesamt, RAL gGmbH",
        "https://www.blauer-engel.de",
        ("blauer engel", "blue angel", "ral-uz", "de-uz"),
    ),
    Label.EU_ECOLABEL: About(
        "EU Ecolabel",
        "Europäische Kommission",
        "https://eu-ecolabel.de",
        ("eu ecolabel", "eu-ecolabel", "eu-umweltzeichen", "euroblume"),
    ),
    Label.TCO_CERTIFIED: About(
        "TCO Certified",
        "TCO Development",
        "https://tcocertified.com/product-finder",
        ("tco certified", "tco-certified", "tco zertifi", "tco"),
    ),
    Label.EPEAT: About("EPEAT", "Global Electronics Council", "https://epeat.net", ("epeat",)),
    Label.ENERGY_STAR: About(
        "Energy Star",
        "US Environmental Protection Agency",
        "https://www.energystar.gov/productfinder",
        ("energy star", "energy-star", "energystar"),
    ),
}
LISTS: Final = frozenset(
    {
        "umweltzeichen",
        "umweltsiegel",
        "guetezeichen",
        "siegel",
        "label",
        "labels",
        "zertifikate",
        "zertifizierung",
        "zertifizierungen",
        "nachhaltigkeitssiegel",
    }
)
YES: Final = frozenset({"ja", "yes", "true", "1", "x", "vorhanden"})
NO: Final = frozenset(
    {"nein", "no", "false", "0", "-", "–", "ohne", "keine", "nicht vorhanden", ""}
)
UNTIL: Final = re.compile(r"gueltig bis|ablauf|valid until")
SINCE: Final = re.compile(r"gueltig (ab|seit)|valid from")
PROOF: Final = re.compile(r"nachweis|url|link|registereintrag")
GERMAN_DAY: Final = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")


class Standing(StrEnum):
    """How a label stands on a day."""

    VALID = "valid"
    FUTURE = "future"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a catalog says about one label; both days are inclusive, None is not stated."""

    label: Label
    grade: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    proof_url: str = ""
    claimed: bool = False

    @property
    def valid_to(self) -> date | None:
        """The first day no longer valid; none follows 31.12.9999, which stands for no end."""
        last = self.valid_until
        return last + NEXT_DAY if last and last < date.max else None


def standing(valid_from: date, valid_to: date | None, on: date, *, withdrawn: bool) -> Standing:
    """Half-open: `valid_to` is the first day without the label."""
    if withdrawn:
        return Standing.WITHDRAWN
    if on < valid_from:
        return Standing.FUTURE
    return Standing.VALID if valid_to is None or on < valid_to else Standing.EXPIRED


def claims_in(features: Iterable[Sequence[str]]) -> tuple[Claim, ...]:
    """All labels that the features (name, value, unit) claim, in the order of `Label`."""
    found: dict[Label, Claim] = {}
    for name, value, *_ in features:
        for label in _named_by(name):
            found[label] = _told(found.get(label, Claim(label)), fold(name), value)
        if _lists_labels(name):
            for part in re.split(r"[,;|/]", value):
                for label in _named_by(part):
                    before = found.get(label, Claim(label))
                    found[label] = replace(before, claimed=True, grade=_grade(label, part))
    return tuple(found[label] for label in Label if label in found and found[label].claimed)


def _told(claim: Claim, name: str, value: str) -> Claim:
    if UNTIL.search(name):
        return replace(claim, valid_until=day_in(value))
    if SINCE.search(name):
        return replace(claim, valid_from=day_in(value))
    if PROOF.search(name):
        return replace(claim, proof_url=web_address(value))
    said = fold(value).strip()
    if said in NO:
        return claim
    grade = "" if said in YES else value.strip()[:LONGEST_GRADE]
    return replace(claim, claimed=True, grade=grade)


@lru_cache(maxsize=4096)
def _named_by(text: str) -> tuple[Label, ...]:
    folded = fold(text)
    return tuple(
        label
        for label, about in ABOUT.items()
        if any(re.search(rf"(?<!\w){re.escape(word)}", folded) for word in about.words)
    )


@lru_cache(maxsize=4096)
def _lists_labels(name: str) -> bool:
    return fold(name).strip() in LISTS


def _grade(label: Label, part: str) -> str:
    """What stands beside the label's name: `EPEAT Gold` → `Gold`."""
    words = "|".join(re.escape(word) for word in ABOUT[label].words)
    rest = re.sub(words, " ", part, flags=re.IGNORECASE)
    return " ".join(rest.split())[:LONGEST_GRADE]


def day_in(text: str) -> date | None:
    """`2027-06-30` or `30.06.2027`; None where it is no day."""
    german = GERMAN_DAY.fullmatch(text.strip())
    try:
        if german:
            day, month, year = (int(part) for part in german.groups())
            return date(year, month, day)
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def web_address(text: str) -> str:
    """The address if it is one that a link may carry, else nothing."""
    address = text.strip()
    plain = all(sign.isprintable() and not sign.isspace() for sign in address)
    return (
        address if address.startswith("https://") and plain and len(address) <= LONGEST_URL else ""
    )
