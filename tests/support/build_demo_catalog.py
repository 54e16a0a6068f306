"""Write the demonstration articles `catalog/articles/*.xml` from the real product lists.

The lists lie beside the checkout and are not part of the product; the written files are. The same
lists give the same bytes. Usage: python -m tests.support.build_demo_catalog PRODUCTS_FOLDER
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from tests.support.demo_printers import FITTING_DEVICES, xerox_devices

TARGET: Final = Path(__file__).parents[2] / "catalog" / "articles"
CENT: Final = Decimal("0.01")

BASES: Final = {
    "es_retail_incl_vat/1.21": "Händlerpreis Spanien 2023, ohne 21 % Umsatzsteuer",
    "us_retail*0.92": "US-Handelspreis Juli 2025, mal 0,92",
    "formula": "Faustformel, kein Quellpreis vorhanden",
}
SOURCES: Final = {
    "boavizta_2023_us.csv": "Boavizta environmental-footprint-data (ODbL 1.0)",
    "curated (memory, unverified)": "eigene Angaben, ungeprüft",
    "printers_ppd.csv": "OpenPrinting foomatic-db (Fakten)",
    "consumables_xerox.csv": "HF-Xerox-Library (MIT)",
    "laptops_pccomponentes_2023.csv": "öffentliche Notebookliste 2023 (Fakten)",
}
PCPP: Final = "pc-part-dataset (MIT)"


@dataclass(frozen=True, slots=True)
class Kind:
    """A category: German name, prefix of the article numbers, how many, words for the search."""

    name: str
    prefix: str
    cpv: str
    quota: int
    keywords: tuple[str, ...] = ()


KINDS: Final = {
    "notebook": Kind("Notebooks", "NB", "30213100", 480, ("Laptop",)),
    "desktop": Kind("Desktop-PC", "PC", "30213300", 176, ("Rechner",)),
    "thin-client": Kind("Thin Clients", "TC", "30213300", 16, ("Terminal",)),
    "monitor": Kind("Monitore", "MO", "30231310", 320, ("Bildschirm", "Display")),
    "docking": Kind("Dockingstationen", "DK", "30237200", 20, ("Portreplikator",)),
    "tastatur": Kind("Tastaturen", "TA", "30237460", 70, ("Keyboard",)),
    "maus": Kind("Mäuse", "MA", "30237410", 70, ("Mouse",)),
    "tastatur-maus-set": Kind("Tastatur-Maus-Sets", "TM", "30237460", 10),
    "headset": Kind("Headsets", "HS", "32342100", 75, ("Kopfhörer",)),
    "webcam": Kind("Webcams", "WC", "30237240", 53, ("Kamera", "Videokonferenz")),
    "netzteil": Kind("Netzteile", "NT", "30237280", 10, ("Ladegerät",)),
    "tasche": Kind("Taschen", "TS", "30237270", 10, ("Notebooktasche",)),
    "sicherung": Kind("Diebstahlsicherung", "SI", "30237200", 10, ("Kabelschloss",)),
    "kartenleser": Kind("Kartenleser", "KL", "30233300", 10, ("Chipkarte", "eID")),
    "drucker-a4": Kind("Drucker A4", "DR", "30232110", 170, ("Laserdrucker",)),
    "drucker-a3": Kind("Drucker A3", "D3", "30232110", 60),
    "mfp-a4": Kind(
        "Multifunktionsgeräte A4", "MF", "30232110", 120, ("MFP", "Scanner", "Kopierer")
    ),
    "mfp-a3": Kind(
        "Multifunktionsgeräte A3", "M3", "30232110", 120, ("MFP", "Scanner", "Kopierer")
    ),
    "toner": Kind("Toner", "TO", "30125110", 330, ("Kartusche", "Verbrauchsmaterial")),
    "trommel": Kind("Trommeln", "TR", "30125100", 60, ("Verbrauchsmaterial",)),
    "usv": Kind("USV-Anlagen", "US", "31682530", 50, ("Notstrom",)),
    "externer-speicher": Kind("Externe Speicher", "SP", "30233132", 40, ("Festplatte", "SSD")),
}


@dataclass(frozen=True, slots=True)
class Catalog:
    """One file: the framework's number, its catalog, and category → lot."""

    framework: str
    catalog_id: str
    name: str
    supplier: str
    lots: dict[str, int]


CATALOGS: Final = (
    Catalog(
        "RV-APT-01",
        "APT",
        "Arbeitsplatztechnik",
        "Elbtec Systemhaus GmbH (Demonstration)",
        {"notebook": 1, "desktop": 2, "thin-client": 2, "monitor": 3, "docking": 4, "tastatur": 4}
        | {"maus": 4, "tastatur-maus-set": 4, "netzteil": 4, "tasche": 4, "sicherung": 4}
        | {"kartenleser": 4},
    ),
    Catalog(
        "RV-DRUCK-01",
        "DRUCK",
        "Drucktechnik und Verbrauchsmaterial",
        "Nordwerk Drucksysteme GmbH (Demonstration)",
        {"drucker-a4": 1, "mfp-a4": 1, "drucker-a3": 2, "mfp-a3": 2, "toner": 3, "trommel": 3},
    ),
    Catalog(
        "RV-STROM-01",
        "STROM",
        "USV-Anlagen und externe Speicher",
        "Saalestrom Technik GmbH (Demonstration)",
        {"usv": 1, "externer-speicher": 1},
    ),
    Catalog(
        "RV-ALT-01",
        "ALT",
        "Notebooks (Altvertrag)",
        "Harzland IT GmbH (Demonstration)",
        {"notebook": 1},
    ),
    Catalog(
        "PV-KONF-01",
        "KONF",
        "Konferenztechnik",
        "Verbundpartner Konferenztechnik GmbH (Demonstration)",
        {"headset": 1, "webcam": 1},
    ),
)
LARGEST_FAMILY: Final = 12  # a name that more articles share says too little
OLD_CONTRACT: Final = 24  # notebooks of an older generation
OLD_GENERATION: Final = re.compile(r"i[357]-(8|10|11)\d{2,3}|\bM1\b|Ryzen \d 5\d{3}")


@dataclass(slots=True)
class Item:
    category: str
    sku: str
    name: str
    manufacturer: str
    mpn: str
    price: Decimal
    basis: str
    source: str
    features: list[tuple[str, str, str]] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    fits: str = ""


LABELS: Final[dict[str, tuple[str, str]]] = {
    "cpu": ("Prozessor", ""),
    "ram_gb": ("Arbeitsspeicher", "GB"),
    "ssd_gb": ("SSD-Speicher", "GB"),
    "display_zoll": ("Bildschirmdiagonale", "Zoll"),
    "zoll": ("Bildschirmdiagonale", "Zoll"),
    "aufloesung": ("Auflösung", "Pixel"),
    "hz": ("Bildwiederholrate", "Hz"),
    "panel": ("Paneltyp", ""),
    "ppm": ("Druckgeschwindigkeit", "Seiten/min"),
    "farbe": ("Farbe", ""),
    "duplex": ("Automatischer Duplexdruck", ""),
    "a3": ("Papierformat A3", ""),
    "reichweite_seiten": ("Reichweite", "Seiten"),
    "spec": ("Ausstattung", ""),
    "gewicht_kg": ("Gewicht", "kg"),
    "speicher": ("Arbeitsspeicher", ""),
    "laufwerk": ("Laufwerk", ""),
    "co2_kg_gesamt": ("CO₂-Fußabdruck laut Hersteller", "kg CO₂e"),
    "co2_herstellung_anteil": ("davon Herstellung (Anteil)", ""),
    "style": ("Bauform", ""),
    "connection_type": ("Anschluss", ""),
    "connection": ("Anschluss", ""),
    "color": ("Gehäusefarbe", ""),
    "tracking_method": ("Abtastung", ""),
    "type": ("Bauart", ""),
    "wireless": ("Kabellos", ""),
    "resolutions": ("Auflösungen", ""),
    "capacity_w": ("Leistung", "W"),
    "capacity_va": ("Scheinleistung", "VA"),
    "interface": ("Schnittstelle", ""),
    "capacity": ("Kapazität", "GB"),
}
WORDS: Final = {
    "Wired": "Kabel",
    "Wireless": "Funk",
    "Bluetooth Wireless": "Bluetooth",
    "Black": "schwarz",
    "White": "weiß",
    "Silver": "silber",
    "Gray": "grau",
    "Blue": "blau",
    "Red": "rot",
    "Pink": "rosa",
    "Green": "grün",
    "Optical": "optisch",
    "Laser": "Laser",
    "true": "ja",
    "false": "nein",
    "C": "cyan",
    "M": "magenta",
    "Y": "gelb",
    "Circumaural": "ohrumschließend",
    "Supra-aural": "ohraufliegend",
    "Earbud": "Ohrhörer",
    "In Ear": "In-Ear",
    "Portable": "tragbar",
    "Desktop": "stationär",
    "Standard": "Standard",
    "Slim": "flach",
    "Ergonomic": "ergonomisch",
    "Mini": "kompakt",
    "Cyan": "cyan",
    "Yellow": "gelb",
    "Magenta": "magenta",
    "MONO": "schwarz",
    "K": "schwarz",
}
SPANISH: Final = {
    "Negro": "schwarz",
    "Plata": "silber",
    "Gris": "grau",
    "Blanco": "weiß",
    "Azul": "blau",
    "Rojo": "rot",
    "Verde": "grün",
    "Oro": "gold",
    "Dorado": "gold",
    "Táctil": "Touch",
}
DEAREST: Final = {
    "headset": 400,
    "webcam": 500,
    "maus": 200,
    "tastatur": 250,
    "monitor": 2500,
    "notebook": 3500,
}
MULTIFUNCTION: Final = re.compile(
    r"MFP|MFC|DCP|\bMF\d|\bMX[-\d]|\bXM\d|\bCX\d|\bXC\d|\bMP |\bIM |\bSP C?\d+S|TASKalfa|\bM\d{4}|"
    r"WF-C?\d{4}D|e-STUDIO|bizhub|\d{3,4}ci\b|imageRUNNER|Aficio|Multi"
)
PROCESSOR: Final = re.compile(r"\s(?:Intel|AMD|Apple M\d|Evo|Qualcomm)\b")


def main(folder: Path, target: Path = TARGET) -> None:
    """Write all files and say what is in them."""
    items = _with_families(_with_references(_items(folder)))
    target.mkdir(parents=True, exist_ok=True)
    for catalog in CATALOGS:
        chosen = _chosen(items, catalog)
        path = target / f"{catalog.framework}.xml"
        path.write_text("".join(_document(catalog, chosen)), encoding="utf-8", newline="\n")
        kinds = Counter(item.category for item in chosen)
        sys.stderr.write(f"{path.name}: {len(chosen)} {dict(kinds)} {path.stat().st_size}\n")


def _items(folder: Path) -> list[Item]:
    with (folder / "catalogue_seed.csv").open(encoding="utf-8", newline="") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: _rank(row["source"], row["name"]))
    taken: Counter[str] = Counter()
    items = list(_device_items(folder))
    for row in rows:
        item = _item(row)
        if item.price > DEAREST.get(item.category, item.price):
            continue
        if taken[item.category] < KINDS[item.category].quota:
            taken[item.category] += 1
            items.append(item)
    return sorted(items, key=lambda item: item.sku)


def _with_families(items: list[Item]) -> list[Item]:
    """Computers that differ only in their equipment: the model's name without its last code."""
    families: dict[str, list[Item]] = {}
    for item in items:
        if item.category in {"notebook", "desktop"}:
            families.setdefault(_family(item.name).casefold(), []).append(item)
    for members in families.values():
        if 1 < len(members) <= LARGEST_FAMILY:
            name = _family(members[0].name)
            for item in members:
                item.features.append(("Artikelfamilie", name, ""))
    return items


def _family(name: str) -> str:
    """`ASUS ExpertBook B1 B1502CBA-EJ0424X, 15,6 Zoll, …` → `ASUS ExpertBook B1 B1502CBA`."""
    model, *equipment = name.split(", ")
    head, _, code = model.rpartition(" ")
    size = next((part for part in equipment if part.endswith("Zoll")), "")
    base = f"{head} {code.partition('-')[0]}".strip()
    return f"{base} {size}".strip()[:80]


def _rank(source: str, name: str) -> tuple[bool, str]:
    """Own entries first, the rest by a stable hash: no cherry-picking."""
    return not source.startswith("curated"), sha256(name.encode()).hexdigest()


def _item(row: dict[str, str]) -> Item:
    specs = dict(part.split("=", 1) for part in row["specs"].split("; ") if "=" in part)
    category = _category(row["category"], row["name"])
    item = Item(
        category=category,
        sku=f"{KINDS[category].prefix}-{row['sku'].rpartition('-')[2]}",
        name=_name(row, specs),
        manufacturer=row["manufacturer"].removesuffix(" Toshiba"),
        mpn="" if category in {"desktop", "thin-client"} else row["mpn"][:50],
        price=Decimal(row["demo_price_net_eur"]),
        basis=row["price_basis"],
        source=row["source"],
        fits=specs.pop("passend", ""),
    )
    item.features += [_feature(key, value) for key, value in specs.items() if key in LABELS]
    if item.fits:
        item.features.append(("Passend für", item.fits, ""))
    return item


def _category(category: str, name: str) -> str:
    if category.startswith("drucker-") and MULTIFUNCTION.search(name):
        return category.replace("drucker", "mfp")
    return category


def _name(row: dict[str, str], specs: dict[str, str]) -> str:
    name = row["name"]
    if row["category"] == "notebook":
        model = PROCESSOR.split(name, maxsplit=1)[0]
        size = specs.get("display_zoll", "").replace(".", ",")
        parts = (model, f"{size} Zoll" if size else "", f"{specs.get('ram_gb', '')} GB RAM")
        storage = specs.get("ssd_gb", "")
        name = ", ".join(
            (*filter(None, parts), f"{storage} GB SSD" if storage != "0" else "ohne SSD")
        )
        name = name.replace(" Apple M", " M").removesuffix(",")
    elif row["category"] == "monitor":
        name = f"{name}, {specs.get('zoll', '')} Zoll".replace(".", ",", 1)
    elif row["category"] in {"toner", "trommel"}:
        head, _, colour = name.rpartition(" ")
        words = [WORDS.get(part, part) for part in colour.split("/")]
        name = f"{head} {'/'.join(words)}"
    for spanish, german in SPANISH.items():
        name = re.sub(rf"\b{spanish}\b", german, name)
    return name[:150]


def _feature(key: str, value: str) -> tuple[str, str, str]:
    label, unit = LABELS[key]
    parts = [WORDS.get(part.strip(), part.strip()) for part in value.split("/")]
    german = "/".join(parts)
    if re.fullmatch(r"\d+\.\d+", german):
        german = german.rstrip("0").rstrip(".").replace(".", ",")
    return label, german[:200], unit


def _device_items(folder: Path) -> Iterator[Item]:
    """Devices that the consumables fit; the printer lists do not have them."""
    numbers: Counter[str] = Counter()
    for device in (*FITTING_DEVICES, *xerox_devices(folder / "consumables_xerox.csv")):
        numbers[device.category] += 1
        number = 90_000 + numbers[device.category]
        yes = {True: "ja", False: "nein"}
        yield Item(
            category=device.category,
            sku=f"{KINDS[device.category].prefix}-{number}",
            name=f"{device.manufacturer} {device.model}",
            manufacturer=device.manufacturer,
            mpn="",
            price=device.price,
            basis="formula",
            source=device.source,
            features=[
                ("Farbe", yes[device.colour], ""),
                ("Papierformat A3", yes[device.category.endswith("a3")], ""),
            ],
        )


def _with_references(items: list[Item]) -> list[Item]:
    """Consumables to the devices that they fit, docks and power supplies to notebooks."""
    consumables = [item for item in items if item.category in {"toner", "trommel"}]
    extras: dict[str, list[str]] = {}
    for item in items:
        if item.category in {"docking", "netzteil", "tasche", "sicherung"}:
            for_all = item.fits.startswith("herstellerneutral") or not item.fits
            extras.setdefault("" if for_all else item.manufacturer, []).append(item.sku)
    for item in items:
        if item.category.startswith(("drucker", "mfp")):
            names = _models(item.name)
            fitting = [one.sku for one in consumables if names & _fitting_models(one)]
            item.references += fitting[:40]
        elif item.category == "notebook":
            item.references += extras.get(item.manufacturer, [])[:4] + extras.get("", [])[:4]
    return items


def _models(name: str) -> set[str]:
    """The parts of a device name that tell it from others: `M404dn` → {M404DN, M404}."""
    tokens = {token.upper() for token in re.findall(r"[\w-]*\d[\w-]*", name)}
    return tokens | {re.sub(r"(?<=\d)[A-Z]+$", "", token) for token in tokens}


def _fitting_models(item: Item) -> set[str]:
    """Models in `Passend für`; `C400/405` means C400 and C405."""
    found: set[str] = set()
    letter = ""
    for token in re.findall(r"[\w-]*\d[\w-]*", item.fits):
        letter = token[0] if token[0].isalpha() else letter
        found |= _models(token) if token[0].isalpha() else _models(letter + token)
    return found


def _chosen(items: list[Item], catalog: Catalog) -> list[Item]:
    fitting = [item for item in items if item.category in catalog.lots]
    old = [item for item in items if item.category == "notebook" and _is_old(item)][:OLD_CONTRACT]
    if catalog.framework == "RV-ALT-01":
        chosen = old
    else:
        outside = {item.sku for item in old}
        chosen = [item for item in fitting if item.sku not in outside]
    known = {item.sku for item in chosen}
    for item in chosen:
        item.references = [sku for sku in item.references if sku in known]
    return chosen


def _is_old(item: Item) -> bool:
    return any(OLD_GENERATION.search(value) for _, value, _ in item.features)


def _document(catalog: Catalog, items: list[Item]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield "<!-- Demonstrationsdaten, keine Angebotspreise. Herkunft, Lizenzen: ../README.md -->\n"
    yield '<BMECAT version="2005" xmlns="http://www.bmecat.org/bmecat/2005">\n<HEADER><CATALOG>'
    yield _tags(
        LANGUAGE="deu",
        CATALOG_ID=catalog.catalog_id,
        CATALOG_VERSION="001.000",
        CATALOG_NAME=f"{catalog.name} (Demonstrationsdaten)",
        TERRITORY="DE",
        CURRENCY="EUR",
    )
    yield "</CATALOG><AGREEMENT>"
    # A demonstration runs at any time: the term stands in the framework's file, relative to it.
    yield _tags(AGREEMENT_ID=catalog.framework, AGREEMENT_END_DATE="2099-12-31")
    yield f"</AGREEMENT><SUPPLIER>{_tags(SUPPLIER_NAME=catalog.supplier)}</SUPPLIER></HEADER>\n"
    yield "<T_NEW_CATALOG>\n<CATALOG_GROUP_SYSTEM>\n"
    yield _group("root", "1", catalog.name, "0")
    for category in catalog.lots:
        yield _group("leaf", KINDS[category].prefix, KINDS[category].name, "1")
    yield "</CATALOG_GROUP_SYSTEM>\n"
    for item in items:
        yield f"{_product(catalog, item)}\n"
    for item in items:
        mapped = _tags(PROD_ID=item.sku, CATALOG_GROUP_ID=KINDS[item.category].prefix)
        yield f"<PRODUCT_TO_CATALOGGROUP_MAP>{mapped}</PRODUCT_TO_CATALOGGROUP_MAP>\n"
    yield "</T_NEW_CATALOG>\n</BMECAT>\n"


def _group(kind: str, number: str, name: str, parent: str) -> str:
    tags = _tags(GROUP_ID=number, GROUP_NAME=name, PARENT_ID=parent)
    return f'<CATALOG_STRUCTURE type="{kind}">{tags}</CATALOG_STRUCTURE>\n'


def _product(catalog: Catalog, item: Item) -> str:
    kind = KINDS[item.category]
    pick = int(sha256(item.sku.encode()).hexdigest()[:6], 16)
    keywords = "".join(_tags(KEYWORD=word) for word in kind.keywords)
    lot = _tags(
        AGREEMENT_IDREF=catalog.framework, AGREEMENT_LINE_IDREF=str(catalog.lots[item.category])
    )
    details = (
        _tags(DESCRIPTION_SHORT=item.name, DESCRIPTION_LONG=_description(item, kind))
        + (_tags(MANUFACTURER_PID=item.mpn) if item.mpn else "")
        + _tags(MANUFACTURER_NAME=item.manufacturer, DELIVERY_TIME=str(3 + pick % 13))
        + keywords
        + _tags(REMARKS="Demonstrationsdaten, kein Angebotspreis.")
        + f"<AGREEMENT_REF>{lot}</AGREEMENT_REF>"
    )
    basis = f"Demonstrationspreis: {BASES[item.basis]}"
    facts = [*item.features, ("Preisgrundlage", basis, ""), ("Datenquelle", _source(item), "")]
    features = "".join(_feature_tag(*fact) for fact in facts)
    classified = _tags(
        REFERENCE_FEATURE_SYSTEM_NAME="CPV-2008", REFERENCE_FEATURE_GROUP_ID=kind.cpv
    )
    return (
        f'<PRODUCT mode="new">{_tags(SUPPLIER_PID=item.sku)}'
        f"<PRODUCT_DETAILS>{details}</PRODUCT_DETAILS>"
        f"<PRODUCT_FEATURES>{classified}{features}</PRODUCT_FEATURES>"
        f"<PRODUCT_ORDER_DETAILS>{_tags(ORDER_UNIT='C62')}</PRODUCT_ORDER_DETAILS>"
        f"<PRODUCT_PRICE_DETAILS>{_prices(item.price, pick)}</PRODUCT_PRICE_DETAILS>"
        f"{''.join(map(_reference, item.references))}</PRODUCT>"
    )


def _description(item: Item, kind: Kind) -> str:
    facts = "; ".join(f"{name}: {value} {unit}".strip() for name, value, unit in item.features)
    return f"{item.name} ({kind.name}). {facts}." if facts else f"{item.name} ({kind.name})."


def _source(item: Item) -> str:
    return SOURCES.get(item.source, PCPP)


def _prices(price: Decimal, pick: int) -> str:
    """No days: the importer takes them from the framework, which runs from the first start."""
    bounds = [(1, price)]
    if pick % 3 == 0:
        bounds.append((10, (price * Decimal("0.98")).quantize(CENT, ROUND_HALF_UP)))
        bounds.append((50, (price * Decimal("0.95")).quantize(CENT, ROUND_HALF_UP)))
    return "".join(
        '<PRODUCT_PRICE price_type="net_customer">'
        + _tags(PRICE_AMOUNT=str(amount), PRICE_CURRENCY="EUR", TAX="0.19", LOWER_BOUND=str(bound))
        + "</PRODUCT_PRICE>"
        for bound, amount in bounds
    )


def _feature_tag(name: str, value: str, unit: str) -> str:
    measure = _tags(FUNIT=unit) if unit else ""
    return f"<FEATURE>{_tags(FNAME=name, FVALUE=value)}{measure}</FEATURE>"


def _reference(sku: str) -> str:
    return f'<PRODUCT_REFERENCE type="accessories">{_tags(PROD_ID_TO=sku)}</PRODUCT_REFERENCE>'


def _tags(**texts: str) -> str:
    return "".join(f"<{name}>{escape(text)}</{name}>" for name, text in texts.items())


def _only(values: Iterable[str]) -> str:
    (value,) = values
    return value


if __name__ == "__main__":
    main(Path(_only(sys.argv[1:])))
