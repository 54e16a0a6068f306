"""A case with its documents as an xdomea 3.1.0 message: `Abgabe.Abgabe.0401`.

xdomea is the standard of the IT-Planungsrat for handing records from one system to another
(decision 2017/39). 0401 is the whole export of a case; the elements stand in the schema's order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from lxml import etree

from app.documents.xml_writer import Builder, document

NAMESPACE: Final = "urn:xoev-de:xdomea:schema:3.1.0"
MESSAGE: Final = "Abgabe.Abgabe.0401"
MESSAGE_TYPE: Final = "0401"
# Codes of the list `dateiformat`, version 1.0; what has none is said in words.
FORMATS: Final = {
    "pdf": "018",
    "csv": "002",
    "xml": "030",
    "txt": "045",
    "png": "019",
    "jpg": "011",
}
ARCHIVAL_PDF: Final = "044"
OTHER_FORMAT: Final = "100"
ELECTRONIC: Final = "001"
UNKNOWN_VERSION: Final = "unbekannt"


@dataclass(frozen=True, slots=True)
class Primary:
    """One document of the case; `file_name` begins with its id, as the standard wants it."""

    id: UUID
    title: str
    kind: str
    dated: date
    original_name: str
    archival: bool = False

    @property
    def file_name(self) -> str:
        return f"{self.id}_{self.original_name}"


@dataclass(frozen=True, slots=True)
class HandedCase:
    """The case (Vorgang) of one order; `process_id` is the id of this handing over."""

    process_id: UUID
    case_id: UUID
    reference: str
    subject: str
    kind: str
    sender: str
    receiver: str
    made: datetime
    begins: date
    ends: date | None
    kept_years: int
    product: str
    documents: Sequence[Primary]

    @property
    def message_name(self) -> str:
        return f"{self.process_id}_{MESSAGE}.xml"


def xdomea_message(case: HandedCase) -> bytes:
    """The message as XML; the same case gives the same bytes."""
    build = Builder(NAMESPACE)
    root = etree.Element(f"{{{NAMESPACE}}}{MESSAGE}", nsmap={"xdomea": NAMESPACE})
    _head(build, build.under(root, "Kopf"), case)
    written = build.under(build.under(root, "Schriftgutobjekt"), "Vorgang")
    _identity(build, written, case.case_id, None)
    about = build.under(written, "AllgemeineMetadaten")
    build.text(about, "Betreff", case.subject)
    build.text(about, "Kennzeichen", case.reference)
    build.text(about, "Federfuehrung", case.sender)
    _code(build, about, "Medium", ELECTRONIC)
    kept = build.under(build.under(written, "ArchivspezifischeMetadaten"), "Aufbewahrungsdauer")
    build.text(kept, "AnzahlJahre", str(case.kept_years))
    build.text(written, "Typ", case.kind)
    runs = build.under(written, "Laufzeit")
    build.text(runs, "Beginn", case.begins.isoformat())
    if case.ends is not None:
        build.text(runs, "Ende", case.ends.isoformat())
    for place, one in enumerate(case.documents, 1):
        _document(build, build.under(written, "Dokument"), one, place)
    return document(root)


def _head(build: Builder, head: etree._Element, case: HandedCase) -> None:
    build.text(head, "ProzessID", str(case.process_id))
    _code(build, head, "Nachrichtentyp", MESSAGE_TYPE)
    build.text(head, "Erstellungszeitpunkt", case.made.isoformat(timespec="seconds"))
    for role, name in (("Absender", case.sender), ("Empfaenger", case.receiver)):
        body = build.under(build.under(head, role), "Institution")
        build.text(body, "Name", name)
    build.text(build.under(head, "SendendesSystem"), "Produktname", case.product)
    build.text(head, "Importbestaetigung", "1")
    build.text(head, "Empfangsbestaetigung", "1")


def _identity(build: Builder, parent: etree._Element, number: UUID, place: int | None) -> None:
    identity = build.under(parent, "Identifikation")
    build.text(identity, "ID", str(number))
    if place is not None:
        build.text(identity, "NummerImUebergeordnetenContainer", str(place))


def _document(build: Builder, written: etree._Element, one: Primary, place: int) -> None:
    _identity(build, written, one.id, place)
    about = build.under(written, "AllgemeineMetadaten")
    build.text(about, "Betreff", one.title)
    _code(build, about, "Medium", ELECTRONIC)
    build.text(written, "DatumDesSchreibens", one.dated.isoformat())
    build.text(written, "Typ", one.kind)
    version = build.under(written, "Version")
    build.text(version, "Nummer", "1")
    shape = build.under(version, "Format")
    ending = one.original_name.rpartition(".")[2].lower()
    known = ARCHIVAL_PDF if one.archival else FORMATS.get(ending, OTHER_FORMAT)
    _code(build, shape, "Name", known, listVersionID="1.0")
    if known == OTHER_FORMAT:
        build.text(shape, "SonstigerName", ending or "ohne Endung")
    build.text(shape, "Version", "3a" if one.archival else UNKNOWN_VERSION)
    primary = build.under(shape, "Primaerdokument")
    build.text(primary, "Dateiname", one.file_name)
    build.text(primary, "DateinameOriginal", one.original_name)


def _code(build: Builder, parent: etree._Element, name: str, code: str, **attributes: str) -> None:
    """A code of a list: its element belongs to no name space."""
    element = build.under(parent, name)
    for key, value in attributes.items():
        element.set(key, value)
    etree.SubElement(element, "code").text = code
