"""The declarations of those elements of the description standard that `index.xml` uses.

The medium has to hold a document type beside `index.xml`; this one allows nothing that the
published document type of 1 September 2004 does not allow.
"""

from typing import Final

TEXTS: Final = (
    *("Version", "Name", "Location", "Comment", "URL", "Description", "From", "To", "Format"),
    *("DecimalSymbol", "DigitGroupingSymbol", "ColumnDelimiter", "RecordDelimiter"),
    *("TextEncapsulator", "Accuracy", "References"),
)
GROUPS: Final = {
    "DataSet": "(Version, DataSupplier?, Media+)",
    "DataSupplier": "(Name, Location, Comment)",
    "Media": "(Name, Table*)",
    "Table": (
        "(URL, Name?, Description?, Validity?, UTF8?, (DecimalSymbol, DigitGroupingSymbol)?, "
        "Range?, VariableLength)"
    ),
    "Validity": "(Range, Format?)",
    "Range": "(From, To?)",
    "VariableLength": (
        "(ColumnDelimiter?, RecordDelimiter?, TextEncapsulator?, "
        "VariablePrimaryKey+, VariableColumn*, ForeignKey*)"
    ),
    "VariablePrimaryKey": "(Name, Description?, (Numeric | AlphaNumeric | Date))",
    "VariableColumn": "(Name, Description?, (Numeric | AlphaNumeric | Date))",
    "Numeric": "(Accuracy?)",
    "Date": "(Format?)",
    "ForeignKey": "(Name+, References)",
}


def document_type() -> bytes:
    """The text of the file that lies beside `index.xml`."""
    lines = [f"<!ELEMENT {name} (#PCDATA)>" for name in TEXTS]
    lines += [f"<!ELEMENT {name} {content}>" for name, content in GROUPS.items()]
    lines += [f"<!ELEMENT {name} EMPTY>" for name in ("AlphaNumeric", "UTF8")]
    return ("\n".join(lines) + "\n").encode()
