"""What a PDF/A-3a and PDF/UA-1 file must have, as far as it can be read without a validator."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from lxml import etree
from pypdf import PdfReader
from pypdf.generic import ContentStream

SHOWS: Final = {b"Tj", b"TJ", b"'", b'"', b"f", b"F", b"f*", b"S", b"s", b"B", b"b", b"Do", b"sh"}
HEADINGS: Final = ("/H1", "/H2", "/H3")
UA: Final = "{http://www.aiim.org/pdfua/ns/id/}part"
PDFA: Final = "{http://www.aiim.org/pdfa/ns/id/}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"


def faults(pdf: bytes) -> list[str]:
    """Every rule of ours that the file breaks, in words; empty is good."""
    reader = PdfReader(BytesIO(pdf))
    catalog = _catalog(reader)
    found = [
        *_of_file(pdf, reader),
        *_of_catalog(catalog),
        *_of_attached(catalog, reader),
        *_of_metadata(catalog, reader),
        *(fault for page in reader.pages for fault in _of_fonts(page)),
    ]
    elements = list(_elements(catalog["/StructTreeRoot"]["/K"]))
    marks = [_marks(page, reader) for page in reader.pages]
    found += [fault for of_page in marks for fault in of_page[1]]
    found += _of_tree(catalog, reader, elements, [of_page[0] for of_page in marks])
    return [*found, *_of_elements(elements)]


def elements_of(pdf: bytes) -> list[tuple[str, str, str]]:
    """Kind, scope and alternate text of each element, in reading order."""
    tree = _catalog(PdfReader(BytesIO(pdf)))["/StructTreeRoot"]["/K"]
    return [
        (one["/S"], str(one.get("/A", {}).get("/Scope", "")), str(one.get("/Alt", "")))
        for one in _elements(tree)
    ]


def attached(pdf: bytes) -> dict[str, bytes]:
    return {name: files[0] for name, files in PdfReader(BytesIO(pdf)).attachments.items()}


def _catalog(reader: PdfReader) -> Any:
    return reader.trailer["/Root"]


def _of_file(pdf: bytes, reader: PdfReader) -> Iterator[str]:
    if not pdf.startswith(b"%PDF-1.7"):
        yield "is not PDF 1.7"
    if "/Encrypt" in reader.trailer:
        yield "is encrypted"
    if "/ID" not in reader.trailer:
        yield "has no id"
    if re.search(rb"[^\r\n]endstream", pdf):
        yield "a stream does not end with a line (6.1.7.1)"


def _of_catalog(catalog: Any) -> Iterator[str]:
    if catalog.get("/Lang") != "de-DE":
        yield "names no language"
    if not catalog.get("/MarkInfo", {}).get("/Marked"):
        yield "is not marked as tagged"
    if not catalog.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "does not show its title"
    intents = catalog.get("/OutputIntents", [])
    if [one.get_object()["/S"] for one in intents] != ["/GTS_PDFA1"]:
        yield "has no output intent"
    elif b"acsp" not in intents[0].get_object()["/DestOutputProfile"].get_data()[:40]:
        yield "has no colour profile"


def _of_attached(catalog: Any, reader: PdfReader) -> Iterator[str]:
    for one in catalog.get("/AF", []):
        file = one.get_object()
        if not {"/F", "/UF", "/Desc", "/AFRelationship", "/EF"} <= set(file):
            yield f"an attached file is incomplete: {sorted(file)}"
    if len(catalog.get("/AF", [])) != len(reader.attachments):
        yield "a file inside is not associated"


def _of_metadata(catalog: Any, reader: PdfReader) -> Iterator[str]:
    stream = catalog.get("/Metadata")
    if stream is None:
        yield "has no metadata"
        return
    if "/Filter" in stream:
        yield "hides its metadata by compression"
    tree = etree.fromstring(stream.get_data())
    said = {node.tag: " ".join("".join(map(str, node.itertext())).split()) for node in tree.iter()}
    info = reader.metadata
    assert info is not None
    expected = {
        f"{PDFA}part": "3",
        f"{PDFA}conformance": "A",
        UA: "1",
        f"{DC}title": info.title,
        f"{DC}creator": info.author,
        f"{DC}description": info.subject,
        "{http://ns.adobe.com/pdf/1.3/}Producer": info.producer,
        "{http://ns.adobe.com/xap/1.0/}CreatorTool": info.creator,
    }
    for tag, value in expected.items():
        if said.get(tag) != value:
            yield f"{tag} says {said.get(tag)!r}, the file {value!r}"


def _of_fonts(page: Any) -> Iterator[str]:
    for name, font in page["/Resources"]["/Font"].items():
        descriptor = font.get_object().get("/FontDescriptor", {})
        if "/FontFile2" not in descriptor or "/ToUnicode" not in font.get_object():
            yield f"font {name} {font.get_object().get('/BaseFont')} is not inside"


def _marks(page: Any, reader: PdfReader) -> tuple[list[int], list[str]]:
    """The numbers marked on the page, and what is drawn outside of all marks."""
    inside, numbers, wrong = 0, [], []
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator == b"BDC":
            numbers.append(int(operands[1]["/MCID"]))
        if operator in {b"BDC", b"BMC"}:
            if inside:
                wrong.append("a mark stands inside another one")
            inside += 1
        elif operator == b"EMC":
            inside -= 1
        elif operator in SHOWS and not inside:
            wrong.append(f"{operator!r} draws something untagged: {operands}")
    if page.get("/Tabs") != "/S":
        wrong.append("a page has no order of tabs")
    return numbers, wrong


def _elements(node: Any) -> Iterator[Any]:
    found = node.get_object()
    if isinstance(found, list):
        for kid in found:
            yield from _elements(kid)
    elif isinstance(found, dict) and "/S" in found:
        yield found
        yield from _elements(found["/K"])


def _of_tree(
    catalog: Any, reader: PdfReader, elements: list[Any], marks: list[list[int]]
) -> Iterator[str]:
    parents = catalog["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for at, page in enumerate(reader.pages):
        of_page = parents[parents.index(page["/StructParents"]) + 1]
        if marks[at] != list(range(len(of_page))):
            yield f"page {at + 1} numbers its marks {marks[at][:5]}..., the tree has {len(of_page)}"
    reached = sum(len([kid for kid in one["/K"] if _is_mark(kid)]) for one in elements)
    if reached != sum(len(of_page) for of_page in marks):
        yield f"{reached} marks are in the tree, {sum(map(len, marks))} on the pages"


def _of_elements(elements: list[Any]) -> Iterator[str]:
    level = 0
    for one in elements:
        if one["/S"] in HEADINGS:
            deeper = HEADINGS.index(one["/S"]) + 1
            if deeper > level + 1:
                yield f"a heading of level {deeper} follows one of level {level}"
            level = deeper
        if one["/S"] == "/Figure" and not one.get("/Alt"):
            yield "a figure has no words"
        if one["/S"] == "/TH" and "/Scope" not in one.get("/A", {}):
            yield "a head of a table has no scope"


def _is_mark(kid: Any) -> bool:
    found = kid.get_object()
    return isinstance(found, int) or found.get("/Type") == "/MCR"
