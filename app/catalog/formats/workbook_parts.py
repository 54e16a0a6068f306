"""What a workbook's rows refer to: its first sheet, the shared texts, which styles are days."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from lxml import etree
from lxml.etree import _Element as Element

from app.catalog.formats.archive import DAMAGES, open_member
from app.catalog.formats.findings import FileRefused
from app.catalog.formats.xml_names import forget

MOST_TEXTS: Final = 2_000_000
MOST_SIGNS: Final = 64_000_000
LONGEST_PIECE: Final = 4 * 1024**2  # bytes between two elements that are looked at
LONGEST_TEXT: Final = 32_767  # of a cell, as Excel has it
DAYS: Final = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
NO_SIGN_OF_A_DAY: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
SIGN_OF_A_DAY: Final = re.compile(r"[dmyhs]", re.IGNORECASE)
ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
WORKBOOK: Final = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Parts:
    """`days`: of which styles the numbers are days; `since_1904`: from which day they count."""

    sheet: str
    texts: list[str]
    days: frozenset[int]
    since_1904: bool


def too_large() -> FileRefused:
    return FileRefused(
        "Die Excel-Datei wird beim Entpacken zu groß. Bitte als CSV oder BMEcat liefern.",
        "archive_too_large",
    )


def unreadable() -> FileRefused:
    return FileRefused(
        "Die Excel-Datei ist nicht lesbar. Bitte als .xlsx oder CSV speichern.", "not_a_table"
    )


def parts_of(archive: zipfile.ZipFile) -> Parts:
    """FileRefused where it is no workbook of Excel (.xlsx)."""
    sheets, since_1904 = [], False
    for one in elements(archive, WORKBOOK, "sheet", "workbookPr"):
        if local(one) == "sheet":
            ids = (value for name, value in one.attrib.items() if str(name).endswith("}id"))
            sheets.append(str(next(ids, "")))
        elif one.get("date1904") in {"1", "true"}:
            since_1904 = True
    targets = _targets(archive)
    sheet = targets.get(sheets[0]) if sheets else None
    if sheet is None:
        raise unreadable()
    names = frozenset(archive.namelist())
    texts = next((path for path in targets.values() if path.endswith("sharedStrings.xml")), "")
    styles = next((path for path in targets.values() if path.endswith("styles.xml")), "")
    return Parts(
        sheet,
        _texts(archive, texts) if texts in names else [],
        _days(archive, styles) if styles in names else frozenset(),
        since_1904,
    )


def elements(archive: zipfile.ZipFile, path: str, *wanted: str) -> Iterator[Element]:
    """Every wanted element when it is complete, freed afterwards; no entities, no network."""
    try:
        with open_member(archive, archive.getinfo(path)) as stream:
            source = _Bounded(stream)
            events = etree.iterparse(
                source,
                events=("end",),
                tag=[f"{{*}}{name}" for name in wanted],
                load_dtd=False,
                no_network=True,
                resolve_entities=False,
                remove_comments=True,
                remove_pis=True,
                huge_tree=False,
            )
            first = True
            for _, element in events:
                if first and element.getroottree().docinfo.internalDTD is not None:
                    raise unreadable()
                first = False
                yield element
                source.unread = 0
                forget(element)
    except (KeyError, etree.XMLSyntaxError, *DAMAGES) as error:
        raise unreadable() from error


class _Bounded:
    """What is read into the tree before it is freed again never grows beyond LONGEST_PIECE."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.unread = 0

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(size)
        self.unread += len(piece)
        if self.unread > LONGEST_PIECE:
            raise too_large()
        return piece


def local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def said_in(element: Element) -> str:
    """The text of a shared or inline text: its runs, without the reading aids of Asian texts."""
    if len(element) == 1 and local(element[0]) == "t":
        return unescaped(element[0].text or "")[:LONGEST_TEXT]
    found = []
    for one in element.iter("{*}t"):
        above: Any = one.getparent()
        if local(above) != "rPh":
            found.append(unescaped(one.text or ""))
    return "".join(found)[:LONGEST_TEXT]


def unescaped(text: str) -> str:
    """`_x000D_` is how Excel writes a sign that XML has no place for, `_x005F_` what looks so."""
    return ESCAPED.sub(_sign, text) if "_x" in text else text


def _sign(found: re.Match[str]) -> str:
    sign = chr(int(found[1], 16))
    return sign if sign in "\t\n\r" or sign.isprintable() else ""


def _targets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Paths inside the archive by id; what leads outside is no member and never found."""
    found = {}
    for one in elements(archive, "xl/_rels/workbook.xml.rels", "Relationship"):
        target = str(one.get("Target", ""))
        path = target[1:] if target.startswith("/") else posixpath.join("xl", target)
        found[str(one.get("Id", ""))] = posixpath.normpath(path)
    return found


def _texts(archive: zipfile.ZipFile, path: str) -> list[str]:
    texts: list[str] = []
    signs = 0
    for one in elements(archive, path, "si"):
        texts.append(text := said_in(one))
        signs += len(text)
        if len(texts) > MOST_TEXTS or signs > MOST_SIGNS:
            raise too_large()
    return texts


def _days(archive: zipfile.ZipFile, path: str) -> frozenset[int]:
    """The numbers of the cell styles that show a number as a day."""
    own: dict[str, bool] = {}
    found: set[int] = set()
    at = 0
    for one in elements(archive, path, "numFmt", "xf", "cellStyle", "dxf"):
        if local(one) == "numFmt":
            plain = NO_SIGN_OF_A_DAY.sub("", str(one.get("formatCode", "")))
            own[str(one.get("numFmtId"))] = SIGN_OF_A_DAY.search(plain) is not None
            continue
        above: Any = one.getparent()
        if local(above) != "cellXfs":
            continue
        number = str(one.get("numFmtId", "0"))
        if own.get(number, number.isdecimal() and int(number[:9]) in DAYS):
            found.add(at)
        at += 1
    return frozenset(found)
