"""The kinds of self-scan of a team: what each asks, and in which words. One engine runs them all.

A scan asks how the team itself sees something at its school, never about single pupils. The
subjects come from the catalogue; the scale and its words are our own (aanname).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from courses.entities import Catalogue, Source


class ScanKind(StrEnum):
    PLG = "plg"
    WELLBEING = "wellbeing"


@dataclass(frozen=True, slots=True)
class ScanQuestion:
    """Something that gets a score. `activities`: where to begin when it scores lowest."""

    slug: str
    title: str
    activities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScanFrame:
    """What one kind of scan is.

    `item` and `items`: what its questions are called. `ask`: what the team is asked about each.
    `scale`: the words for 1, 2, …, empty where the number says enough. `next_steps`: what to do
    with the results as a whole. `intervention`: only for a team that chose this one; empty: for
    every team.
    """

    kind: ScanKind
    title: str
    item: str
    items: str
    about: str
    ask: str
    scale: tuple[str, str, str, str, str]
    questions: tuple[ScanQuestion, ...]
    source: Source | None
    next_steps: tuple[str, ...] = ()
    intervention: str = ""

    def is_for(self, chosen: Collection[str]) -> bool:
        """Whether a team that chose these interventions can open it."""
        return bool(self.questions) and (not self.intervention or self.intervention in chosen)

    def titles(self) -> dict[str, str]:
        """The questions by slug, in order."""
        return {question.slug: question.title for question in self.questions}


def scan_frame(catalogue: Catalogue, kind: str) -> ScanFrame:
    """What a kind of scan asks with this catalogue. Raises `ValueError` for an unknown kind."""
    return _FRAMES[ScanKind(kind)](catalogue)


def scan_frames(catalogue: Catalogue) -> tuple[ScanFrame, ...]:
    """All kinds, in the order in which pages show them."""
    return tuple(frame(catalogue) for frame in _FRAMES.values())


def _plg(catalogue: Catalogue) -> ScanFrame:
    return ScanFrame(
        kind=ScanKind.PLG,
        title="Scan PLG",
        item="kenmerk",
        items="kenmerken",
        about="Een korte scan over de kenmerken van een PLG.",
        ask="Geef elk kenmerk een cijfer: past het al bij jullie team?",
        scale=("nog niet", "", "", "", "helemaal"),
        questions=tuple(
            ScanQuestion(trait.slug, trait.title, trait.activities)
            for trait in catalogue.plg.traits
        ),
        source=catalogue.source_by_slug.get(catalogue.plg.source),
    )


def _wellbeing(catalogue: Catalogue) -> ScanFrame:
    """Without questions while the catalogue has no intervention with domains."""
    owner = next((one for one in catalogue.interventions if one.wellbeing is not None), None)
    frame = owner.wellbeing if owner is not None else None
    return ScanFrame(
        kind=ScanKind.WELLBEING,
        title="Scan welbevinden",
        item="domein",
        items="domeinen",
        about="Een korte scan over de domeinen van welbevinden: hoe ziet het team die op school?",
        ask="Hoe gaat het hiermee bij jullie op school? Denk aan alle leerlingen samen. "
        "Het gaat nooit over één leerling.",
        scale=("veel zorgen", "zorgen", "gaat wel", "goed", "heel goed"),
        questions=tuple(
            ScanQuestion(domain.slug, domain.title) for domain in (frame.domains if frame else ())
        ),
        source=catalogue.source_by_slug.get(owner.card_source) if owner else None,
        next_steps=frame.short_term if frame else (),
        intervention=owner.slug if owner else "",
    )


_FRAMES: dict[ScanKind, Callable[[Catalogue], ScanFrame]] = {
    ScanKind.PLG: _plg,
    ScanKind.WELLBEING: _wellbeing,
}
