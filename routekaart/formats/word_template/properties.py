"""The properties of a filled document: what it is and when its plan was made, and no clock."""

from lxml import etree

CORE_KIND = "application/vnd.openxmlformats-package.core-properties+xml"
_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_NAMES = {"cp": _CP, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
_LONGEST = 255
_NO_DAY = "1980-01-01"


def core_properties(*, title: str, made_on: str) -> "etree._Element":
    """The part of the core properties. `made_on` is an ISO date; without it a fixed one."""
    root = etree.Element(f"{{{_CP}}}coreProperties", nsmap=_NAMES)
    etree.SubElement(root, f"{{{_DC}}}title").text = title[:_LONGEST]
    etree.SubElement(root, f"{{{_DC}}}language").text = "nl-NL"
    for name in ("created", "modified"):
        moment = etree.SubElement(root, f"{{{_TERMS}}}{name}")
        moment.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
        moment.text = f"{made_on or _NO_DAY}T00:00:00Z"
    return root
