"""The forms of a page as a browser without JavaScript would send them."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client

Attributes = dict[str, str | None]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self.buttons: list[set[str]] = []
        self._text: tuple[str, list[str]] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self.forms.append({})
            self.buttons.append(set())
        elif not self.forms or ("name" not in found and tag != "option"):
            return
        elif tag == "input":
            self._input(found)
        elif tag == "button":
            self.buttons[-1].add(f"{found['name']}={found.get('value')}")
        elif tag == "textarea":
            self._text = (found["name"] or "", [])
        elif tag == "select":
            self._select = found["name"] or ""
        elif tag == "option" and "selected" in found:
            self._put(self._select, found.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self._text:
            self._text[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text:
            name, parts = self._text
            # A browser leaves out the first line break.
            self._put(name, "".join(parts).removeprefix("\n"))
            self._text = None

    def _input(self, found: Attributes) -> None:
        if found.get("type") in {"checkbox", "radio"} and "checked" not in found:
            return
        self._put(found["name"] or "", found.get("value") or "")

    def _put(self, name: str, value: str) -> None:
        self.forms[-1].setdefault(name, []).append(value)


def form_with(html: str, field: str) -> dict[str, list[str]]:
    """What the first form that has `field` (or a button of that name) would send as it stands."""
    reader = _Reader()
    reader.feed(html)
    for fields, buttons in zip(reader.forms, reader.buttons, strict=True):
        if field in fields or any(button.startswith(f"{field}=") for button in buttons):
            return {name: list(values) for name, values in fields.items()}
    raise AssertionError(f"no form with {field}")


def buttons_on(html: str) -> set[str]:
    """Every button that has a name: name=value."""
    reader = _Reader()
    reader.feed(html)
    return set().union(*reader.buttons)


def page(client: Client, address: str, status: int = 200, **options: Any) -> str:
    """The page at an address."""
    response = client.get(address, **options)
    assert response.status_code == status, response.status_code
    return response.content.decode()


def sent(client: Client, address: str, changes: dict[str, Any], **options: Any) -> Any:
    """What comes back when the form on a page is sent with these changes."""
    name = next(iter(changes))
    fields = form_with(page(client, address), name)
    return client.post(address, fields | changes, **options)
