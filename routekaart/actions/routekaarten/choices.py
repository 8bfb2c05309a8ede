"""Choosing one intervention at a time, so that two people who choose at once both get theirs."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from courses.catalogue import current_catalogue
from courses.lookup import checked_slugs
from routekaart.access import Access, Permission
from routekaart.actions.changing import DRAFT, changing
from routekaart.actions.routekaarten.routekaarten import Choice, check_chosen, store_choices
from routekaart.models import Routekaart

_Choices = list[Choice]


def choose_intervention(*, by: Access, routekaart_id: UUID, intervention: str) -> Routekaart:
    """Adds an intervention at the end of what a draft has. Safe to repeat."""
    checked_slugs(current_catalogue(), "interventions", (intervention,))

    def with_it(choices: _Choices) -> _Choices:
        chosen = any(choice.intervention == intervention for choice in choices)
        return choices if chosen else [*choices, Choice(intervention)]

    return _change(by, routekaart_id, with_it)


def drop_intervention(*, by: Access, routekaart_id: UUID, intervention: str) -> Routekaart:
    """Takes an intervention away, from the goals too. Safe to repeat.

    What was written about it is kept out of sight, and is back when it is chosen again.
    """
    return _change(
        by,
        routekaart_id,
        lambda choices: [choice for choice in choices if choice.intervention != intervention],
    )


def swap_intervention(
    *, by: Access, routekaart_id: UUID, intervention: str, instead: str
) -> Routekaart:
    """Puts `instead` in the place of an intervention. Safe to repeat."""
    checked_slugs(current_catalogue(), "interventions", (instead,))

    def swapped(choices: _Choices) -> _Choices:
        known = any(choice.intervention == instead for choice in choices)
        found: _Choices = []
        for choice in choices:
            if choice.intervention != intervention:
                found.append(choice)
            elif not known:
                found.append(Choice(instead))
        return found

    return _change(by, routekaart_id, swapped)


def change_choice(
    *, by: Access, routekaart_id: UUID, intervention: str, values: Mapping[str, Any]
) -> Routekaart:
    """Changes `programme`, `recognition` or single `parameters` of a chosen intervention.

    A parameter that is None is taken back; parameters that are not named stay as they are.
    """

    def changed(choices: _Choices) -> _Choices:
        return [
            _with(choice, values) if choice.intervention == intervention else choice
            for choice in choices
        ]

    return _change(by, routekaart_id, changed, chosen=intervention)


def _with(choice: Choice, values: Mapping[str, Any]) -> Choice:
    parameters = {**choice.parameters, **values.get("parameters", {})}
    return replace(
        choice,
        programme=values.get("programme", choice.programme),
        recognition=values.get("recognition", choice.recognition),
        parameters={slug: value for slug, value in parameters.items() if value is not None},
    )


def _change(
    by: Access,
    routekaart_id: UUID,
    change: Callable[[_Choices], _Choices],
    *,
    chosen: str = "",
) -> Routekaart:
    """`chosen`: raises `BadInput` when the team has not chosen this."""
    with changing(
        by=by,
        routekaart_id=routekaart_id,
        permission=Permission.EDIT_ROUTEKAART,
        states=DRAFT,
        action="change",
    ) as routekaart:
        if chosen:
            check_chosen(routekaart, "interventions", (chosen,))
        store_choices(
            routekaart,
            change(
                [
                    Choice(row.intervention_id, row.programme, row.recognition, row.parameters)
                    for row in routekaart.chosen.all()
                ]
            ),
        )
    return routekaart
