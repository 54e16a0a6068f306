"""Building XML in schema order: an element without content is never written."""

from lxml import etree

from app.kernel.german import clean


class Builder:
    """Adds elements of one name space below a parent; texts lose the signs that XML forbids."""

    def __init__(self, namespace: str) -> None:
        self.namespace = namespace

    def under(self, parent: etree._Element, name: str) -> etree._Element:
        return etree.SubElement(parent, f"{{{self.namespace}}}{name}")

    def text(
        self, parent: etree._Element, name: str, value: str, **attributes: str
    ) -> etree._Element | None:
        written = clean(value)
        if not written:
            return None
        element = self.under(parent, name)
        element.text = written
        for key, setting in attributes.items():
            element.set(key, setting)
        return element


def document(root: etree._Element) -> bytes:
    """UTF-8 with declaration and indents; the same tree gives the same bytes."""
    etree.indent(root, space="  ")
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"
