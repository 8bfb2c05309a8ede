"""The goals in the summary of a team for the MR: why, with what, and what sources say of that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from courses.dutch import listed
from courses.entities import Intervention
from routekaart.domain.content.blocks import Block, Facts, Paragraph, TableBlock
from routekaart.domain.content.claims import NO_FORECAST, narrowness, short_value, source_line
from routekaart.domain.content.inputs import PlanGoal
from routekaart.domain.content.outline import Outline, heading_of, shortened
from routekaart.domain.content.parts import Column, Fact, Table
from routekaart.domain.content.wording import counted

_GOALS = (
    Column("Wat het team wil leren", 8, lead=True),
    Column("Waarmee", 5),
    Column("Wat bronnen daarvan zeggen", 8),
)
_SHOWN: Final = {"effect": "effect", "evidence": "bewijs"}
_LONGEST_NAMED = 45
_MOST_NAMED = 3
_NOT_FILLED = "Niet ingevuld."
NOT_KEPT = "Niet bewaard toen dit plan werd vastgesteld."
# Of a form or a group of pupils sources tell something else at times; two pages have no room.
_MORE_IN_PLAN = "Alle cijfers, ook over kosten, staan met hun kanttekening in het scholingsplan."


@dataclass(frozen=True, slots=True)
class Size:
    """Of how many letters the texts are at most, and from how many interventions sources speak."""

    reason: int
    goal: int
    noticed: int
    sources: int
    dense: bool


USUAL: Final = Size(reason=280, goal=90, noticed=120, sources=3, dense=False)
BRIEF: Final = Size(reason=150, goal=70, noticed=70, sources=2, dense=True)


def learning(outline: Outline, reason: str | None, most: int, size: Size) -> Iterator[Block]:
    """Why and what: the first goals in a table, the others by name or counted."""
    # What a team wrote may be long; the routekaart has it whole.
    why = shortened(reason.strip(), size.reason) or _NOT_FILLED if reason is not None else NOT_KEPT
    goals = outline.given.goals
    yield Facts((Fact("Aanleiding", why),))
    if goals:
        yield Paragraph(f"{NO_FORECAST} {_MORE_IN_PLAN}", "soft")
    rows = tuple(_goal_row(outline, goal, size) for goal in goals[:most])
    yield TableBlock(
        Table(_GOALS, rows, "Dit team heeft nog geen doelen gekozen."),
        alt="Per doel wat leerlingen merken, de interventies, en wat bronnen daarvan zeggen.",
        dense=size.dense,
    )
    yield from _other_goals(goals[most:])


def _other_goals(goals: Sequence[PlanGoal]) -> Iterator[Block]:
    """Some by name, the others counted: the plan has all of them."""
    if not goals:
        return
    named = [f"‘{shortened(heading_of(goal)[0], _LONGEST_NAMED)}’" for goal in goals[:_MOST_NAMED]]
    if len(goals) > _MOST_NAMED:
        named.append(f"nog {len(goals) - _MOST_NAMED}")
    number = counted(len(goals), "doel", "doelen")
    yield Paragraph(f"En {number} meer: {listed(named)}. Zie het scholingsplan.", "soft")


def _goal_row(outline: Outline, goal: PlanGoal, size: Size) -> tuple[str, ...]:
    heading, _whole = heading_of(goal)
    interventions = outline.interventions(goal)
    noticeable = shortened(" ".join(goal.noticeable.split()), size.noticed)
    told = [line for one in interventions for line in _sources_say(outline, one)]
    if len(told) > size.sources:
        told[size.sources :] = ["Over de andere interventies: zie het scholingsplan."]
    noticed = f"Leerlingen merken: {noticeable or 'nog niet ingevuld.'}"
    return (
        f"{outline.goal_label(goal.id)}. {shortened(heading, size.goal)}\n{noticed}",
        listed([one.title for one in interventions]) or "Nog zonder interventie.",
        "\n".join(told) or "Geen bron geeft hier een cijfer.",
    )


def _sources_say(outline: Outline, intervention: Intervention) -> Iterator[str]:
    """The averages of effect and evidence, of every source that has one."""
    catalogue = outline.given.catalogue
    said: dict[str, list[str]] = {}
    for name, word in _SHOWN.items():
        for claim in intervention.claims:
            if claim.parameter == name and not narrowness(claim):
                value = short_value(claim, catalogue.parameter_by_slug[name].unit)
                told = f"{word} {value[:1].lower()}{value[1:]}"
                said.setdefault(claim.source, []).append(told)
    if said:
        parts = (
            f"{', '.join(told)} ({source_line(catalogue.source_by_slug[source])})"
            for source, told in said.items()
        )
        yield f"{intervention.title}: {'; '.join(parts)}."
