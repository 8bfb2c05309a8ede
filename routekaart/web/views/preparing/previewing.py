"""How a preview of assigning is shown: per person, with words for what happens."""

from dataclasses import dataclass

from routekaart.actions.assigning.batches import Preview
from routekaart.domain.assigning.batch import Outcome, Totals, Verdict, totals

_WORDS = {
    Outcome.NEW: ("krijgt", "todo"),
    Outcome.PRESENT: ("heeft al", "done"),
    Outcome.ELSEWHERE: ("doet al voor een ander team", "done"),
    Outcome.REFUSED: ("krijgt niet", "care"),
}


@dataclass(frozen=True, slots=True)
class ShownCourse:
    """A course of a person: `words` say what happens."""

    title: str
    words: str
    tag: str
    mandatory: bool
    minutes: int


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """`why`: what holds courses back, each reason once."""

    name: str
    minutes: int
    courses: tuple[ShownCourse, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownPreview:
    people: tuple[ShownPerson, ...]
    totals: Totals


def shown(preview: Preview) -> ShownPreview:
    """The preview person by person, in their order."""
    by_person: dict[str, list[Verdict]] = {}
    for verdict in preview.verdicts:
        by_person.setdefault(verdict.person, []).append(verdict)
    return ShownPreview(
        people=tuple(
            ShownPerson(
                name=preview.names[person],
                minutes=sum(verdict.minutes for verdict in verdicts),
                courses=tuple(_course(verdict, preview) for verdict in verdicts),
                why=tuple(dict.fromkeys(one.detail for one in verdicts if one.detail)),
            )
            for person, verdicts in by_person.items()
        ),
        totals=totals(preview.verdicts),
    )


def _course(verdict: Verdict, preview: Preview) -> ShownCourse:
    words, tag = _WORDS[verdict.outcome]
    return ShownCourse(
        title=preview.titles[verdict.course],
        words=words,
        tag=tag,
        mandatory=verdict.mandatory,
        minutes=verdict.minutes,
    )
