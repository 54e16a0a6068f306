"""Parsing XML of strangers as a stream: bounded memory, no entities, never the network."""

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree
from lxml.etree import _Element as Element

from app.catalog.formats.findings import FileRefused
from app.catalog.formats.source import Source
from app.catalog.formats.xml_names import forget

OFFERED: Final = "windows-1252"
KINDS: Final = etree.ErrorTypes
ALONE: Final = (
    "Ein „&“ oder „<“ steht allein im Text. Es muss als &amp; oder &lt; geschrieben sein: Bitte "
    "berichtigen oder erneut exportieren."
)
TRUNCATED: Final = (
    "Die Datei ist kein vollständiges XML. Vermutlich wurde die Übertragung abgebrochen: Bitte "
    "erneut exportieren."
)
MALFORMED: Final = {
    KINDS.ERR_NAME_REQUIRED: ALONE,
    KINDS.ERR_ENTITYREF_SEMICOL_MISSING: ALONE,
    KINDS.ERR_RESERVED_XML_NAME: (
        "Vor „<?xml …“ steht schon etwas, und sei es eine Leerzeile. Bitte löschen Sie es."
    ),
    KINDS.ERR_DOCUMENT_END: (
        "Nach dem Ende des Katalogs steht noch etwas. Bitte löschen Sie es oder exportieren Sie "
        "erneut."
    ),
    KINDS.ERR_TAG_NAME_MISMATCH: (
        "Ein Element ist anders geschlossen, als es beginnt. Bitte erneut exportieren."
    ),
    KINDS.ERR_INVALID_CHAR: (
        "Im Text steht ein Zeichen, das XML nicht erlaubt, meist ein Steuerzeichen. Bitte "
        "berichtigen oder erneut exportieren."
    ),
}
"""By what libxml2 says was wrong; whatever else it says is most often half a file."""


def elements(source: Source, wanted: tuple[str, ...], encoding: str | None) -> Iterator[Element]:
    """Every wanted element when it is complete; it is freed when the next one is asked for.

    `encoding` overrules the one that the file declares. FileRefused at any point.
    """
    for element in _events(source, "end", wanted, encoding):
        yield element
        source.unread = 0
        forget(element)


def beginnings(source: Source, wanted: tuple[str, ...], encoding: str | None) -> Iterator[Element]:
    """The same when an element begins: its name and attributes are known, none is freed."""
    return _events(source, "start", wanted, encoding)


def _events(
    source: Source, event: str, wanted: tuple[str, ...], encoding: str | None
) -> Iterator[Element]:
    events = etree.iterparse(
        source,
        events=(event,),
        tag=wanted,
        encoding=encoding or source.encoding,
        load_dtd=False,
        no_network=True,
        resolve_entities=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        for _, element in events:
            yield element
    except etree.XMLSyntaxError as error:
        raise _refusal(error, encoding) from error
    except LookupError as error:
        raise _unknown_encoding() from error


def refuse_entities(root: Element, source: Source) -> None:
    """A second look, by the parser itself, at what the beginning of the file declared."""
    declared: Any = root.getroottree().docinfo.internalDTD
    entities = declared.entities() if declared is not None else ()
    if any(entity.name not in source.parameters for entity in entities):
        raise FileRefused(
            "Die Datei vereinbart XML-Entitäten. Das ist nicht erlaubt.", "entity_declared"
        )


def _refusal(error: etree.XMLSyntaxError, encoding: str | None) -> FileRefused:
    line, column = error.position
    reason = str(error).lower()
    kind = getattr(error, "code", None)
    if "unsupported encoding" in reason or "unknown encoding" in reason:
        return _unknown_encoding()
    if "utf-8" in reason or "encoding" in reason or "invalid bytes" in reason:
        return FileRefused(
            "Die Zeichen passen nicht zum angegebenen Zeichensatz. Vermutlich ist die Datei in "
            "Windows-1252 gespeichert: Bitte als UTF-8 speichern oder den Zeichensatz berichtigen.",
            "wrong_encoding",
            line,
            column,
            offer=OFFERED if encoding is None else "",
        )
    if "entit" in reason and kind not in MALFORMED:
        return FileRefused(
            "Die Datei verwendet nicht erlaubte XML-Entitäten.", "entity_declared", line, column
        )
    return FileRefused(MALFORMED.get(kind, TRUNCATED), "not_well_formed", line, column)


def _unknown_encoding() -> FileRefused:
    return FileRefused(
        "Der angegebene Zeichensatz ist unbekannt. Bitte speichern Sie die Datei als UTF-8.",
        "wrong_encoding",
        offer=OFFERED,
    )
