"""The verdict of the official validator: schema, EN 16931, XRechnung, scenario, severities."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from lxml import etree

from app.documents.invoice.cii_invoice import RAM
from app.documents.invoice.einvoice import XRECHNUNG
from app.documents.invoice.ubl_invoice import CBC
from app.invoicing import rule_files
from app.members.body_keys import valid_leitweg_id

SVRL: Final = "{http://purl.oclc.org/dsdl/svrl}"
RULE_IN_TEXT: Final = re.compile(r"\[([^]]+)\]")
LEITWEG_LIKE: Final = re.compile(r"\d[0-9A-Za-z-]*-\d{2}")
EXTENSION: Final = f"{XRECHNUNG}#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0"
VEHICLES: Final = f"{XRECHNUNG}#compliant#urn:xeinkauf.de:kosit:xrechnung:cvd_0.9"
SCENARIOS: Final = frozenset({XRECHNUNG, EXTENSION, VEHICLES})


class Severity(StrEnum):
    FATAL = "fatal"
    WARNING = "warning"
    INFO = "info"


class Syntax(StrEnum):
    UBL = "ubl"
    CII = "cii"


ROOTS: Final = MappingProxyType(
    {"Invoice": Syntax.UBL, "CreditNote": Syntax.UBL, "CrossIndustryInvoice": Syntax.CII}
)
NAMES_OF_SEVERITY: Final = MappingProxyType(
    {
        "fatal": Severity.FATAL,
        "error": Severity.FATAL,
        "warning": Severity.WARNING,
        "information": Severity.INFO,
        "info": Severity.INFO,
    }
)

# KoSIT's scenario file changes severities of the CEN rules (published configuration).
_EXTENDED: Final = dict.fromkeys(
    ("BR-CL-10", "BR-CL-11", "BR-CL-21", "BR-CL-24", "BR-CL-25", "BR-CL-26"), Severity.INFO
)
_CODES: Final = {"BR-CL-23": Severity.WARNING, "BR-CL-21": Severity.WARNING}
_CII: Final = dict.fromkeys(("CII-SR-452", "CII-SR-453", "CII-SR-454"), Severity.FATAL)
_UBL: Final = {"UBL-CR-646": Severity.FATAL}
_SECTOR: Final = {"BR-CL-13": Severity.INFO}
OVERRIDES: Final[Mapping[tuple[Syntax, str], Mapping[str, Severity]]] = MappingProxyType(
    {
        (Syntax.UBL, XRECHNUNG): {**_CODES, **_UBL},
        (Syntax.CII, XRECHNUNG): {**_CODES, **_CII},
        (Syntax.UBL, VEHICLES): {**_CODES, **_UBL, **_SECTOR},
        (Syntax.CII, VEHICLES): {**_CODES, **_CII, **_SECTOR},
        (Syntax.UBL, EXTENSION): {
            **_EXTENDED,
            "BR-CL-23": Severity.WARNING,
            "BR-CO-16": Severity.INFO,
            "UBL-CR-470": Severity.INFO,
            "UBL-CR-646": Severity.INFO,
        },
        (Syntax.CII, EXTENSION): {**_EXTENDED, **_CII, "BR-CL-23": Severity.WARNING},
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    layer: str
    rule: str
    severity: Severity
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say about one document; valid means without fatal findings."""

    syntax: Syntax | None
    specification: str
    layers: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def valid(self) -> bool:
        return not self.rules(Severity.FATAL)

    def rules(self, severity: Severity) -> frozenset[str]:
        return frozenset(found.rule for found in self.findings if found.severity is severity)


def judge(content: bytes) -> Verdict:
    """All layers over one XML document; entities and the network stay off while parsing."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as broken:
        return _refused("xml", "XML", str(broken))
    if b"<!DOCTYPE" in content:
        return _refused("xml", "DOCTYPE", "Eine E-Rechnung enthält keine DOCTYPE-Angabe.")
    name = etree.QName(root).localname
    syntax = ROOTS.get(name)
    if syntax is None:
        return _refused("xml", "ROOT", f"Das Wurzelelement {name} ist keine Rechnung.")
    specification = _specification(root, syntax)
    layers = ["xsd", f"cen-{syntax}"]
    if "xrechnung" in specification:
        layers += [f"xrechnung-{syntax}", "scenario", "leitweg"]
    findings = [found for layer in layers for found in _layer(layer, root, syntax, specification)]
    return Verdict(syntax, specification, tuple(layers), tuple(findings))


def _layer(
    layer: str, root: etree._Element, syntax: Syntax, specification: str
) -> Iterator[Finding]:
    if layer == "xsd":
        yield from _schema(root)
    elif layer == "scenario":
        yield from _scenario(specification)
    elif layer == "leitweg":
        yield from _leitweg(root, syntax)
    else:
        yield from _schematron(layer, root, OVERRIDES.get((syntax, specification), {}))


def _schema(root: etree._Element) -> Iterator[Finding]:
    schema = rule_files.schema(etree.QName(root).localname)
    if not schema.validate(root):
        errors: Any = schema.error_log  # the stubs do not know that it can be walked through
        for error in errors:
            yield Finding("xsd", "XSD", Severity.FATAL, error.message, f"Zeile {error.line}")


def _schematron(
    layer: str, root: etree._Element, overrides: Mapping[str, Severity]
) -> Iterator[Finding]:
    try:
        report = rule_files.report(layer, etree.tostring(root, encoding="unicode"))
    except rule_files.RuleFailure as broken:
        # a value that the rules cannot even read, such as an indicator "no"
        yield Finding(layer, "RUNTIME", Severity.FATAL, str(broken))
        return
    for element in etree.fromstring(report):
        if element.tag not in (f"{SVRL}failed-assert", f"{SVRL}successful-report"):
            continue
        text = " ".join("".join(map(str, element.itertext())).split())
        in_text = RULE_IN_TEXT.match(text)
        rule = element.get("id") or (in_text[1] if in_text else "?")
        flag = (element.get("flag") or element.get("role") or "fatal").lower()
        severity = overrides.get(rule, NAMES_OF_SEVERITY.get(flag, Severity.FATAL))
        yield Finding(layer, rule, severity, text, element.get("location") or "")


def _scenario(specification: str) -> Iterator[Finding]:
    """BR-DE-21 only warns, but the official validator finds no scenario and rejects."""
    if specification not in SCENARIOS:
        text = f"Unbekannte Spezifikation „{specification}“."
        yield Finding("scenario", "SCENARIO", Severity.FATAL, text)


def _leitweg(root: etree._Element, syntax: Syntax) -> Iterator[Finding]:
    """Wrong check digits pass officially, and the well-known dummy has them: a warning only."""
    reference = _text(root, f"{{{CBC if syntax is Syntax.UBL else RAM}}}BuyerReference")
    if LEITWEG_LIKE.fullmatch(reference) and not valid_leitweg_id(reference):
        text = f"Die Leitweg-ID „{reference}“ ist nicht gültig."
        yield Finding("leitweg", "LEITWEG", Severity.WARNING, text)


def _specification(root: etree._Element, syntax: Syntax) -> str:
    if syntax is Syntax.UBL:
        return _text(root, f"{{{CBC}}}CustomizationID")
    return _text(root, f"{{{RAM}}}GuidelineSpecifiedDocumentContextParameter/{{{RAM}}}ID")


def _text(root: etree._Element, path: str) -> str:
    return (root.findtext(f".//{path}") or "").strip()


def _refused(layer: str, rule: str, text: str) -> Verdict:
    return Verdict(None, "", (layer,), (Finding(layer, rule, Severity.FATAL, text),))
