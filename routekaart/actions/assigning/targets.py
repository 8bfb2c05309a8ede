"""Whom an action of assigning is for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from courses.audience import function_reach
from courses.entities import Catalogue
from courses.lookup import checked_slugs
from routekaart.domain.errors import BadInput
from routekaart.domain.people import NEWCOMER
from routekaart.models import Routekaart
from routekaart.models.assignment_batches import TargetKind
from routekaart.queries.assigning.needs import Colleague, colleagues_of

# Whoever joins later gets it too.
BY_RULE = (TargetKind.FUNCTION, TargetKind.TEAM)


@dataclass(frozen=True, slots=True)
class Target:
    """Who gets it. Of `persons`, `function` and `work_group` only the one of `kind` is used."""

    kind: TargetKind
    persons: tuple[UUID, ...] = ()
    function: str = ""
    work_group: UUID | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """Who it is, in rows and in words. `functions`: a target function with what it includes."""

    chosen: tuple[Colleague, ...]
    words: str
    function: str = ""
    functions: frozenset[str] | None = None


def aimed_at(routekaart: Routekaart, target: Target, catalogue: Catalogue) -> Aim:
    """The members of the team whom `target` names.

    Raises `BadInput` for who or what is not of this team, and `UnknownSlug` for a function.
    """
    group = target.work_group if target.kind is TargetKind.WORK_GROUP else None
    everyone = colleagues_of(routekaart, group)
    if target.kind is TargetKind.FUNCTION:
        return _function(target, everyone, catalogue)
    return _TARGETS[target.kind](target, everyone)


def _function(target: Target, everyone: Sequence[Colleague], catalogue: Catalogue) -> Aim:
    checked_slugs(catalogue, "functions", [target.function])
    functions = function_reach(catalogue)[target.function]
    chosen = tuple(
        colleague for colleague in everyone if functions.intersection(colleague.member.functions)
    )
    title = catalogue.function_by_slug[target.function].title
    return Aim(chosen, f"functie {title}", target.function, functions)


def _persons(target: Target, everyone: Sequence[Colleague]) -> Aim:
    wanted = {str(person) for person in target.persons}
    chosen = tuple(colleague for colleague in everyone if colleague.member.id in wanted)
    found = {colleague.member.id for colleague in chosen}
    for place, person in enumerate(target.persons):
        if str(person) not in found:
            raise BadInput(
                f"target.persons.{place}",
                "Deze collega zit niet in het team. Kies uit de leden van het team.",
                code="not_in_team",
            )
    if len(chosen) > 1:
        return Aim(chosen, f"{len(chosen)} collega's")
    # These words are stored.
    return Aim(chosen, NEWCOMER if chosen[0].is_new else chosen[0].name)


def _work_group(_target: Target, everyone: Sequence[Colleague]) -> Aim:
    chosen = tuple(colleague for colleague in everyone if colleague.group is not None)
    if not chosen:
        raise BadInput(
            "target.work_group",
            "Deze werkgroep heeft geen leden, of hoort niet bij deze routekaart. Kies een van de "
            "eigen werkgroepen.",
            code="unknown_work_group",
        )
    return Aim(chosen, f"werkgroep {chosen[0].group}")


def _team(_target: Target, everyone: Sequence[Colleague]) -> Aim:
    return Aim(tuple(everyone), "het team")


_TARGETS: Mapping[TargetKind, Callable[[Target, Sequence[Colleague]], Aim]] = {
    TargetKind.PERSON: _persons,
    TargetKind.WORK_GROUP: _work_group,
    TargetKind.TEAM: _team,
}
