"""Reads the forms and links of a page as a browser does, for what is asked of every page."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit


@dataclass
class ReadForm:
    """A form that is posted: its `texts` are the names of the fields that somebody types in."""

    action: str
    id: str = ""
    texts: list[str] = field(default_factory=list)
    button: tuple[str, str] | None = None
    _rest: dict[str, list[str]] = field(default_factory=dict)

    def add(self, tag: str, told: dict[str, str]) -> None:
        name, value = told["name"], told.get("value", "")
        match tag, told.get("type", "text" if tag == "input" else ""):
            case ("textarea", _) | ("input", "text"):
                if name not in self.texts:
                    self.texts.append(name)
            case ("button", _):
                self.button = self.button or (name, value)
            case ("input", "checkbox" | "radio") if "checked" not in told:
                pass
            case ("input", "file"):
                pass
            case _:
                self._rest.setdefault(name, []).append(value)

    def filled_in(self, typed: str) -> dict[str, Any]:
        """What is sent with `typed` in each text field and the first button; `{}` is the name."""
        sent: dict[str, Any] = dict(self._rest) | {one: typed.format(one) for one in self.texts}
        return sent | ({self.button[0]: self.button[1]} if self.button else {})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[ReadForm] = []
        self.targets: list[str] = []
        self._in: ReadForm | None = None
        # Fields that say by `form` where they belong.
        self._apart: list[tuple[str, dict[str, str]]] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in told:
            self.targets.append(told["href"])
        if tag == "form":
            self._in = ReadForm(told.get("action", ""), told.get("id", ""))
            if told.get("method", "").lower() == "post":
                self.forms.append(self._in)
        elif told.get("form") and told.get("name"):
            self._apart.append((tag, told))
        elif self._in is None:
            return
        elif tag == "select":
            self._select = told.get("name", "")
        elif tag == "option" and "selected" in told:
            self._in.add("select", {"name": self._select, "value": told.get("value", "")})
        elif tag in ("input", "textarea", "button") and told.get("name"):
            self._in.add(tag, told)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in = None

    def close(self) -> None:
        super().close()
        for tag, told in self._apart:
            for form in self.forms:
                if form.id == told["form"]:
                    form.add(tag, told)


def _read(response: Any) -> _Reader:
    reader = _Reader()
    if response["Content-Type"].startswith("text/html") and not response.streaming:
        reader.feed(response.content.decode())
        reader.close()
    return reader


def forms_in(response: Any) -> list[ReadForm]:
    """The forms that are posted of the page that a test client got."""
    return _read(response).forms


def links(response: Any) -> set[str]:
    """The addresses within this site that the page leads to."""
    found = (urlsplit(one) for one in _read(response).targets)
    here = response.wsgi_request.path
    return {
        urljoin(here, one.path) + (f"?{one.query}" if one.query else "")
        for one in found
        if not one.scheme and not one.netloc and (one.path or one.query)
    }
