"""Finding the tags in a part of a template, and at which height each of them works.

Word cuts a text into runs wherever it likes, so a tag is looked for in a whole paragraph. A tag
begins and ends in one paragraph. `{% for %}` and `{% if %}` work at one of three heights: within a
line, on whole paragraphs, or on whole rows of a table.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Literal

from lxml import etree

from routekaart.domain.content.template_check import TemplateProblem
from routekaart.formats.word_template.words import CELL, PARAGRAPH, ROW, TEXT, W

Height = Literal["line", "p", "tr"]
Kind = Literal["value", "block", "comment"]

MOST_TAGS = 1_000
LONGEST_TAG = 200
_OPEN = re.compile(r"\{[{%#]")
_CLOSE = {"{{": "}}", "{%": "%}", "{#": "#}"}
_KINDS: Mapping[str, Kind] = {"{{": "value", "{%": "block", "{#": "comment"}
_STRAY = re.compile(r"[}%#]\}")
_PREFIX = re.compile(r"(p|tr)\s+")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " "})
# Whoever stands alone in a paragraph or row takes it away: not when there is more than text.
_MORE_THAN_TEXT = (
    *(f"{W}drawing", f"{W}pict", f"{W}sectPr", f"{W}br", f"{W}fldChar", f"{W}fldSimple"),
    *(f"{W}footnoteReference", f"{W}endnoteReference", f"{W}tbl"),
)
_AROUND = 30


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """One tag. `body` is what stands between the marks, tidied; `start` and `end` count in the
    text of `paragraph`. `node` is the text in which it begins."""

    kind: Kind
    body: str
    height: Height
    paragraph: "etree._Element"
    node: "etree._Element"
    start: int
    end: int
    place: str

    @property
    def word(self) -> str:
        """for, endfor, if … of a block."""
        return self.body.split(" ", 1)[0] if self.kind == "block" else ""

    @property
    def part(self) -> str:
        """The part in words: de tekst, de koptekst."""
        return self.place.partition(", ")[0]

    @property
    def shown(self) -> str:
        """The tag as people write it."""
        return f"{{{{ {self.body} }}}}" if self.kind == "value" else f"{{% {self.body} %}}"

    @property
    def container(self) -> "etree._Element | None":
        """What the end of this tag must lie in too."""
        if self.height == "line":
            run = self.node.getparent()
            return None if run is None else run.getparent()
        if self.height == "p":
            return self.paragraph.getparent()
        row = row_of(self.paragraph)
        return None if row is None else row.getparent()


class Found(list[Tag]):
    """The tags of a part in the order of the document, with what is wrong in `problems`."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[TemplateProblem] = []
        self._alone_in: dict[etree._Element, bool] = {}

    def height(self, paragraph: "etree._Element") -> Height:
        """At which height a tag works that is all the text of a paragraph."""
        if next(paragraph.iter(*_MORE_THAN_TEXT), None) is not None:
            return "line"
        row = row_of(paragraph)
        if row is None:
            return "p"
        # Once per row: a row may hold a thousand paragraphs.
        if row not in self._alone_in:
            filled = {
                next(node.iterancestors(PARAGRAPH))
                for node in row.iter(TEXT)
                if (node.text or "").strip()
            }
            has_more = next(row.iter(*_MORE_THAN_TEXT), None) is not None
            self._alone_in[row] = not has_more and len(filled) == 1
        return "tr" if self._alone_in[row] else "p"


def find_tags(tree: "etree._Element", part: str) -> Found:
    """All tags of a part. `part` names it in words: de tekst, de koptekst."""
    found = Found()
    order = {node: place for place, node in enumerate(tree.iter(TEXT))}
    for paragraph, nodes in texts_by_paragraph(tree).items():
        text = "".join(node.text or "" for node in nodes)
        if "{" in text or "}" in text:
            _find_in(paragraph, nodes, text, part, found)
        if len(found) + len(found.problems) > MOST_TAGS:
            found.problems.append(
                TemplateProblem(
                    "too_many_tags", f"Een sjabloon heeft hoogstens {MOST_TAGS} velden.", part
                )
            )
            return found
    found.sort(key=lambda tag: (order[tag.node], tag.start))
    return found


def texts_by_paragraph(
    tree: "etree._Element",
) -> Mapping["etree._Element", list["etree._Element"]]:
    """The pieces of text of each paragraph itself, without those of a text box that hangs on it."""
    found: dict[etree._Element, list[etree._Element]] = {}
    for node in tree.iter(TEXT):
        paragraph = next(node.iterancestors(PARAGRAPH), None)
        if paragraph is not None:
            found.setdefault(paragraph, []).append(node)
    return found


def row_of(paragraph: "etree._Element") -> "etree._Element | None":
    """The row of a table in which a paragraph lies; None outside tables."""
    cell = next(paragraph.iterancestors(CELL), None)
    return None if cell is None else next(cell.iterancestors(ROW), None)


def _find_in(
    paragraph: "etree._Element",
    nodes: Sequence["etree._Element"],
    text: str,
    part: str,
    found: Found,
) -> None:
    # One more than is allowed: where there are too many, the rest is not looked at.
    position, spans = 0, list(islice(_spans(text), MOST_TAGS + 1))
    ends = list(accumulate(len(node.text or "") for node in nodes))
    for start, end in spans:
        place = f"{part}, bij ‘{_around(text, start, end)}’"
        if _STRAY.search(text, position, start):
            found.problems.append(_problem("stray_end", place))
        position = end
        if end <= start:
            found.problems.append(_problem("unclosed", place))
            return
        if end - start > LONGEST_TAG:
            found.problems.append(_problem("too_long", place))
            continue
        body = " ".join(text[start + 2 : end - 2].translate(_QUOTES).split())
        kind = _KINDS[text[start : start + 2]]
        if kind != "comment" and _OPEN.search(body):
            found.problems.append(_problem("unclosed", place))
            continue
        prefix = _PREFIX.match(body) if kind == "block" else None
        node = nodes[bisect_right(ends, start)]
        height: Height = "line"
        if kind != "value":
            alone = len(spans) == 1 and not (text[:start] + text[end:]).strip()
            height = found.height(paragraph) if alone else "line"
            if prefix and (height == "line" or (prefix[1] == "tr" and height == "p")):
                found.problems.append(_problem(f"not_alone_{prefix[1]}", place))
            elif prefix:
                height = "p" if prefix[1] == "p" else "tr"
            body = body[prefix.end() :] if prefix else body
        if kind == "block":
            # Word likes a capital where a line begins.
            body = body[:1].lower() + body[1:]
        found.append(Tag(kind, body, height, paragraph, node, start, end, place))
    if _STRAY.search(text, position):
        found.problems.append(
            _problem("stray_end", f"{part}, bij ‘{_around(text, position, position)}’")
        )


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each tag begins and ends; one that does not end has its own beginning as end."""
    position = 0
    while opened := _OPEN.search(text, position):
        start = opened.start()
        end = text.find(_CLOSE[opened.group()], opened.end())
        if end < 0:
            yield start, start
            return
        position = end + 2
        yield start, position


def _around(text: str, start: int, end: int) -> str:
    first, last = max(0, start - _AROUND), min(len(text), max(end, start) + _AROUND)
    last = min(last, first + 4 * _AROUND)
    before, after = "…" if first else "", "…" if last < len(text) else ""
    return f"{before}{' '.join(text[first:last].split())}{after}"


_MESSAGES = {
    "unclosed": "Hier begint een veld dat niet wordt afgesloten. Zet de haakjes van begin en eind "
    "in dezelfde alinea: {{ naam }} of {% … %}.",
    "stray_end": "Hier eindigt een veld dat niet begint. Zet er {{ of {% voor.",
    "too_long": f"Dit veld is langer dan {LONGEST_TAG} tekens. Maak het korter.",
    "not_alone_p": "Een {%p … %} staat alleen in zijn alinea. Haal de rest van de alinea weg.",
    "not_alone_tr": "Een {%tr … %} staat alleen in zijn tabelrij. Geef het een eigen rij.",
}


def _problem(code: str, place: str) -> TemplateProblem:
    return TemplateProblem(code, _MESSAGES[code], place)
