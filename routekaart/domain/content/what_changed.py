"""The chapter of a document that tells what differs from an earlier version of its plan."""

from dataclasses import dataclass
from datetime import date

from courses.dutch import dutch_date
from routekaart.domain.content.blocks import Block, Bullets, Chapter, Paragraph

UNCHANGED = "Er is niets veranderd in de dagen, de doelen en de voorbereiding."
OTHER_CATALOGUE = "De catalogus met cursussen en interventies is intussen bijgewerkt."


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """A version of a plan that another one is laid beside. `adopted_on`: None while a proposal."""

    version: int
    made_on: date
    adopted_on: date | None = None


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """What a version holds otherwise than an earlier one, in finished sentences.

    The sentences are those of `planner.diff`: with names, or with counts of people.
    `other_catalogue`: the two were made with different versions of the catalogue.
    """

    since: EarlierVersion
    sentences: tuple[str, ...]
    other_catalogue: bool = False


def what_changed_chapter(given: WhatChanged, number: str = "") -> tuple[Block, ...]:
    """The chapter, in reading order. It says so when nothing changed."""
    since = given.since
    intro = f"Versie {since.version} is gemaakt op {dutch_date(since.made_on)}"
    if since.adopted_on is None:
        intro += " en was een voorstel."
    else:
        intro += f" en vastgesteld op {dutch_date(since.adopted_on)}."
    blocks: list[Block] = [
        Chapter(number, f"Wat er veranderde sinds versie {since.version}", intro),
        Bullets(given.sentences) if given.sentences else Paragraph(UNCHANGED, "soft"),
    ]
    if given.other_catalogue:
        blocks.append(Paragraph(OTHER_CATALOGUE, "note"))
    return tuple(blocks)
