"""What differs from an earlier version of a plan, for documents without room for all of it."""

from itertools import accumulate
from typing import Final

from routekaart.domain.content.blocks import Block, Heading, Paragraph
from routekaart.domain.content.what_changed import OTHER_CATALOGUE, UNCHANGED, WhatChanged
from routekaart.domain.content.wording import counted

# So many letters take three lines.
SOME_LINES: Final = 260
_REST = "Alles staat in het uitgebreide plan."


def changed_in_short(given: WhatChanged | None, *, letters: int) -> tuple[Block, ...]:
    """A short heading with the first sentences, as many as fit in so many letters; whole ones only.

    Where the first is too long already, it names the version and how many changes there are.
    Nothing for a first version.
    """
    if given is None:
        return ()
    version = given.since.version
    if not given.sentences:
        told = f"Sinds versie {version}: {UNCHANGED[:1].lower()}{UNCHANGED[1:]}"
        return (Paragraph(told, "soft"),)
    sentences = [*given.sentences, *([OTHER_CATALOGUE] if given.other_catalogue else [])]
    lengths = accumulate(len(sentence) + 1 for sentence in sentences)
    fitting = sum(1 for length in lengths if length <= letters)
    if not fitting:
        told = f"Sinds versie {version} {_number(len(given.sentences))} {_REST}"
        return (Paragraph(told, "soft"),)
    shown = [*sentences[:fitting], *([_REST] if fitting < len(sentences) else [])]
    title = f"Wat er veranderde sinds versie {version}"
    return Heading(2, title, quiet=True), Paragraph(" ".join(shown))


def _number(count: int) -> str:
    verb = "is" if count == 1 else "zijn"
    return f"{verb} er {counted(count, 'verandering', 'veranderingen')}."
