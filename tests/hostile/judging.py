"""Whether hostile text stayed text in what was made of it."""

import io
import json
import zipfile
from email import message_from_bytes, policy
from html.parser import HTMLParser
from urllib.parse import urlsplit

import openpyxl
from docx import Document
from icalendar import Calendar
from lxml import etree
from pypdf import PdfReader

from tests.hostile.strings import SIGN

_ADDRESSES = {"href", "src", "action", "formaction"}
_SCHEMES = {"", "http", "https", "mailto", "tel", "webcal"}


def wrong_in_page(html: str) -> list[str]:
    """Elements, attributes and addresses that come from a text; a script in the page itself."""
    found = _Page()
    found.feed(html)
    found.close()
    if "\0" in html:
        found.wrong.append("NUL")
    return found.wrong


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if SIGN in tag or (tag == "script" and not values.get("src") and "type" not in values):
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            scheme = ""
            if name in _ADDRESSES and value:
                try:
                    scheme = urlsplit(value).scheme
                except ValueError:
                    scheme = "unreadable"
            if name.startswith("on") or SIGN in name or scheme not in _SCHEMES:
                self.wrong.append(f"<{tag} {name}={(value or '')[:60]!r}>")


def wrong_in_file(kind: str, data: bytes) -> list[str]:
    """By its media type: what opens it, and what in it is more than text."""
    if kind == "application/pdf":
        reader = PdfReader(io.BytesIO(data))
        links = [
            str(note.get_object().get("/A", {}).get("/URI", ""))
            for page in reader.pages
            for note in page.get("/Annots", [])
        ]
        return [f"link {link}" for link in links if urlsplit(link).scheme not in _SCHEMES]
    if kind.endswith("wordprocessingml.document"):
        assert Document(io.BytesIO(data)).element is not None
        return _wrong_in_xml(data)
    if kind.endswith("spreadsheetml.sheet"):
        book = openpyxl.load_workbook(io.BytesIO(data))
        cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
        return [f"formula {cell.value!r:.60}" for cell in cells if cell.data_type == "f"]
    if kind.startswith("text/calendar"):
        calendar = Calendar.from_ical(data)
        return [
            f"property {name}"
            for part in calendar.walk()
            for name in part
            if SIGN.upper() in str(name).upper()
        ] + [f"part {part.name}" for part in calendar.walk() if part.name == "VALARM"]
    if kind == "application/json":
        json.loads(data)
    return []


def wrong_in_mail(data: bytes) -> list[str]:
    """Headers that come from a text."""
    read = message_from_bytes(data, policy=policy.default)
    return [f"header {name}" for name in read.keys() if SIGN in name.lower() or name == "Bcc"]  # noqa: SIM118 - a message is no mapping


def _wrong_in_xml(data: bytes) -> list[str]:
    wrong = []
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                tree = etree.fromstring(parts.read(name))
                tags = {str(etree.QName(one).localname) for one in tree.iter(etree.Element)}
                wrong += [f"{name}: <{tag}>" for tag in tags if SIGN in tag or tag == "altChunk"]
    return wrong
