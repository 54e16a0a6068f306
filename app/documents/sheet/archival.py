"""What makes a file PDF/A-3a and PDF/UA-1: its metadata, its colours, and files inside it.

ISO 19005-3 and ISO 14289-1. The content itself must be tagged (`tagging`) and carry its fonts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import md5
from typing import Any, Final
from xml.sax.saxutils import escape

from PIL import ImageCms
from reportlab.pdfbase import pdfdoc

PRODUCER: Final = "ReportLab"
NO_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC)  # documents whose bytes must not know a clock
CLOCK_OF_PROFILE: Final = slice(24, 36)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the PDF; `relation` is one of ISO 19005-3 (Data, Source ...)."""

    name: str
    content: bytes
    media_type: str
    description: str
    relation: str = "Data"


@dataclass(frozen=True, slots=True)
class About:
    """What the file says about itself, to people and to programs."""

    title: str
    author: str
    subject: str
    made: datetime | None = None


class LineBeforeEnd(pdfdoc.NoEncryption):  # type: ignore[misc] # ReportLab brings no types
    """ISO 19005-3, 6.1.7.1: a line ends before `endstream`, and does not count as content."""

    def encode(self, content: Any) -> Any:
        return _Ended(content.encode("latin-1") if isinstance(content, str) else content)


class _Ended(bytes, pdfdoc.PDFObject):  # type: ignore[misc] # ReportLab brings no types
    """Bytes that write a line end after themselves where they are a stream, and only there."""

    def format(self, _document: Any) -> bytes:
        return bytes(self) + b"\n"


def _srgb() -> bytes:
    """The colour profile, without the moment at which it was made."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[CLOCK_OF_PROFILE] = bytes((0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
    return bytes(profile)


SRGB: Final = _srgb()


def make_archival(document: Any, about: About, attachments: Sequence[Attachment] = ()) -> None:
    """Completes ReportLab's `document` before it is written; it says the same as `about`."""
    made = (about.made or NO_DAY).astimezone(UTC)
    document.encrypt = LineBeforeEnd()
    document.setProducer(PRODUCER)
    document.setDateFormatter(lambda *_parts: _pdf_date(made))
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents", "AF"]
    catalog.Metadata = _stream(_xmp(about, made).encode(), {"Type": "Metadata", "Subtype": "XML"})
    profile = _stream(SRGB, {}, compressed=True)
    profile.dictionary["N"] = 3
    catalog.OutputIntents = pdfdoc.PDFArray(
        [
            pdfdoc.PDFDictionary(
                {
                    "Type": pdfdoc.PDFName("OutputIntent"),
                    "S": pdfdoc.PDFName("GTS_PDFA1"),
                    "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
                    "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
                    "DestOutputProfile": document.Reference(profile),
                }
            )
        ]
    )
    if attachments:
        _attach(document, attachments, made)


def _attach(document: Any, attachments: Sequence[Attachment], made: datetime) -> None:
    names: list[Any] = []
    for one in sorted(attachments, key=lambda item: item.name):
        names += [pdfdoc.PDFString(one.name), document.Reference(_file(document, one, made))]
    files = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(names)})
    document.Catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": files})
    document.Catalog.AF = pdfdoc.PDFArray(names[1::2])


def _file(document: Any, one: Attachment, made: datetime) -> Any:
    stream = _stream(one.content, {"Type": "EmbeddedFile"}, compressed=True)
    stream.dictionary["Subtype"] = "/" + one.media_type.replace("/", "#2F")
    stream.dictionary["Params"] = pdfdoc.PDFDictionary(
        {
            "Size": len(one.content),
            "ModDate": pdfdoc.PDFString(_pdf_date(made)),
            "CheckSum": pdfdoc.PDFText(md5(one.content, usedforsecurity=False).digest(), enc="raw"),
        }
    )
    kept = document.Reference(stream)
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Filespec"),
            "F": pdfdoc.PDFString(one.name),
            "UF": pdfdoc.PDFString(one.name),
            "Desc": pdfdoc.PDFString(one.description),
            "AFRelationship": pdfdoc.PDFName(one.relation),
            "EF": pdfdoc.PDFDictionary({"F": kept, "UF": kept}),
        }
    )


def _stream(content: bytes, names: dict[str, str], *, compressed: bool = False) -> Any:
    stream = pdfdoc.PDFStream(
        pdfdoc.PDFDictionary({key: pdfdoc.PDFName(value) for key, value in names.items()}), content
    )
    stream.filters = [pdfdoc.PDFZCompress] if compressed else None  # not even an empty list
    return stream


def _pdf_date(at: datetime) -> str:
    return f"D:{at:%Y%m%d%H%M%S}+00'00'"


def _xmp(about: About, made: datetime) -> str:
    at = f"{made:%Y-%m-%dT%H:%M:%S}+00:00"
    return XMP.format(
        title=escape(about.title),
        author=escape(about.author),
        subject=escape(about.subject),
        producer=PRODUCER,
        made=at,
        begin="\ufeff",
    )


XMP: Final = """<?xpacket begin="{begin}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>de-DE</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{author}</xmp:CreatorTool>
<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
