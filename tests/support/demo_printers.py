"""Devices that the demonstration's toner fits: real models, prices by a rule of thumb."""

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

OWN: Final = "curated (memory, unverified)"
XEROX: Final = "consumables_xerox.csv"
SERIES: Final = re.compile(
    r"(VersaLink|AltaLink|PrimeLink)\s+([BC]\d{4}\w*|[BC]\d{3})((?:/[BC]?\d{3,4}\w*)*)"
)
A3_FROM: Final = 7000  # four-digit series of this maker print A3


@dataclass(frozen=True, slots=True)
class Device:
    manufacturer: str
    model: str
    category: str
    colour: bool
    price: Decimal
    source: str


def _device(
    manufacturer: str, model: str, price: int, *, multi: bool, colour: bool = False
) -> Device:
    category = "mfp-a4" if multi else "drucker-a4"
    return Device(manufacturer, model, category, colour, Decimal(price), OWN)


FITTING_DEVICES: Final = (
    _device("HP", "LaserJet Pro M402dne", 219, multi=False),
    _device("HP", "LaserJet Pro M404dn", 249, multi=False),
    _device("HP", "LaserJet Pro MFP M426fdw", 329, multi=True),
    _device("HP", "LaserJet Pro MFP M428fdw", 369, multi=True),
    _device("HP", "Color LaserJet Pro M454dw", 389, multi=False, colour=True),
    _device("HP", "Color LaserJet Pro MFP M479fdw", 499, multi=True, colour=True),
    _device("HP", "LaserJet Enterprise M611dn", 699, multi=False),
    _device("HP", "LaserJet Enterprise M612dn", 879, multi=False),
    _device("HP", "LaserJet Enterprise MFP M635h", 1890, multi=True),
    _device("Brother", "HL-L2310D", 129, multi=False),
    _device("Brother", "HL-L2350DW", 149, multi=False),
    _device("Brother", "HL-L2370DN", 159, multi=False),
    _device("Brother", "HL-L5100DN", 219, multi=False),
    _device("Brother", "HL-L6300DW", 329, multi=False),
    _device("Brother", "HL-L3210CW", 229, multi=False, colour=True),
    _device("Brother", "MFC-L3770CDW", 429, multi=True, colour=True),
    _device("Kyocera", "ECOSYS M2040dn", 349, multi=True),
    _device("Kyocera", "ECOSYS M2540dn", 399, multi=True),
    _device("Kyocera", "ECOSYS M2640idw", 479, multi=True),
    _device("Kyocera", "ECOSYS P3045dn", 329, multi=False),
    _device("Kyocera", "ECOSYS P3050dn", 389, multi=False),
    _device("Kyocera", "ECOSYS P3055dn", 449, multi=False),
    _device("Kyocera", "ECOSYS P3060dn", 549, multi=False),
    _device("Kyocera", "ECOSYS M3655idn", 1190, multi=True),
    _device("Kyocera", "ECOSYS P5026cdw", 299, multi=False, colour=True),
    _device("Kyocera", "ECOSYS M5526cdw", 449, multi=True, colour=True),
    _device("Lexmark", "B2236dw", 149, multi=False),
    _device("Lexmark", "MB2236adw", 229, multi=True),
    _device("Lexmark", "MS321dn", 199, multi=False),
    _device("Lexmark", "MS421dn", 249, multi=False),
    _device("Lexmark", "MX421ade", 429, multi=True),
    _device("Canon", "i-SENSYS LBP223dw", 179, multi=False),
    _device("Canon", "i-SENSYS MF443dw", 279, multi=True),
)


def xerox_devices(consumables: Path) -> tuple[Device, ...]:
    """Every office model that a listed consumable fits, in the order of their names."""
    models: set[tuple[str, str]] = set()
    with consumables.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for series, first, others in SERIES.findall(row["printer_model"]):
                models.add((series, first))
                for other in filter(None, others.split("/")):
                    models.add((series, other if other[0].isalpha() else first[0] + other))
    return tuple(_xerox(*model) for model in sorted(models))


def _xerox(series: str, model: str) -> Device:
    digits = re.sub(r"\D", "", model)
    colour = model.startswith("C")
    large = int(digits) >= A3_FROM
    single = (
        digits.endswith("00") if len(digits) == len("400") else digits in {"7000", "8000", "9000"}
    )
    category = ("drucker-" if single else "mfp-") + ("a3" if large else "a4")
    price = 290 + int(digits[:2]) * 9 + 180 * colour + 900 * large + 250 * (not single)
    return Device("Xerox", f"{series} {model}", category, colour, Decimal(price), XEROX)
