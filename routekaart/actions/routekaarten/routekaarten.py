"""Starting a routekaart and filling it in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from courses.catalogue import current_catalogue
from courses.lookup import checked_slugs
from routekaart.access import Access, Permission
from routekaart.actions.audit import record
from routekaart.actions.changing import BEFORE_APPROVAL, DRAFT, changing
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import ChosenIntervention, FacilityLink, GoalIntervention, Routekaart, Team
from routekaart.queries.routekaarten.routekaarten import links_of_chosen

# What a team fills in itself. How it plans may change until approval.
PLANNING = frozenset(
    {
        "weekly_minutes",
        "window_weeks",
        "deadline_workdays",
        "goals_per_day",
        "most_candidate_days",
        "wait_for_all",
        "plg_rhythm_weeks",
        "plg_minutes",
        "plg_minimum_meetings",
        "follow_up_weeks",
        "evaluation_weeks",
        "lesson_visits",
        "meeting_weekday",
    }
)
_CHANGEABLE = PLANNING | {
    "reason",
    "looking_back",
    "funding",
    "platforms",
    "interventions",
    "facility_links",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """An intervention that the team chooses, with what it plans for it."""

    intervention: str
    programme: str = ""
    recognition: str = ""
    parameters: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """Which chosen intervention asks for an option of category F, and why."""

    facility: str
    intervention: str
    reason: str


def check_chosen(routekaart: Routekaart, field_name: str, slugs: Iterable[str]) -> None:
    """Raises `UnknownSlug` or `BadInput` for an intervention that the team has not chosen."""
    wanted = tuple(slugs)
    catalogue = current_catalogue()
    checked_slugs(catalogue, "interventions", wanted)
    chosen = set(routekaart.chosen.values_list("intervention_id", flat=True))
    for slug in wanted:
        if slug not in chosen:
            title = catalogue.intervention_by_slug[slug].title
            raise BadInput(
                field_name,
                f"‘{title}’ is nog niet gekozen in deze routekaart. "
                "Kies de interventie eerst, of haal haar hier weg.",
                code="intervention_not_chosen",
            )


def create_routekaart(
    *,
    by: Access,
    team_id: UUID,
    school_year: int,
    reason: str,
    planning: Mapping[str, Any] | None = None,
) -> Routekaart:
    """A new draft for a team and a school year (the calendar year in which it starts).

    `planning` holds what the team says now of how it plans; the rest is our assumption. Raises
    `Conflict` when the team has one for that year already.
    """
    unknown = set(planning or {}) - PLANNING
    if unknown:
        raise ValueError(f"not how a team plans: {', '.join(sorted(unknown))}")
    team = by.fetch(Team, team_id, Permission.EDIT_ROUTEKAART)
    with by.entered():
        try:
            with transaction.atomic():
                routekaart = Routekaart.objects.create(
                    team=team, school_year=school_year, reason=reason, **planning or {}
                )
                record(by=by, school=team.school_id, action="create", subject=routekaart)
        except IntegrityError:
            raise Conflict(
                f"Dit team heeft al een routekaart voor {school_year}-{school_year + 1}. "
                "Open die, of kies een ander schooljaar.",
                code="routekaart_exists",
            ) from None
    return routekaart


def change_routekaart(
    *, by: Access, routekaart_id: UUID, changes: Mapping[str, Any], revision: int | None = None
) -> Routekaart:
    """Changes plain fields, `interventions` (choices) and `facility_links` of a draft.

    `changes` holds only what changes: names of fields, already of the right type. Lists replace
    what stood there. How the team plans (hours, rhythm, weeks) may change until approval.

    An intervention that is no longer chosen goes from the goals too. What was written about it
    (answers, reasons of links) is kept out of sight, and is back when it is chosen again.
    """
    unknown = set(changes) - _CHANGEABLE
    if unknown:
        raise ValueError(f"not for a team to change: {', '.join(sorted(unknown))}")
    states = BEFORE_APPROVAL if set(changes) <= PLANNING else DRAFT
    with changing(
        by=by,
        routekaart_id=routekaart_id,
        permission=Permission.EDIT_ROUTEKAART,
        states=states,
        action="change",
        revision=revision,
    ) as routekaart:
        changes = dict(changes)
        choices: Sequence[Choice] | None = changes.pop("interventions", None)
        links: Sequence[Link] | None = changes.pop("facility_links", None)
        for name, value in changes.items():
            setattr(routekaart, name, value)
        if choices is not None:
            _replace_choices(routekaart, choices)
        if links is not None:
            _replace_links(routekaart, links)
    return routekaart


def _replace_choices(routekaart: Routekaart, choices: Sequence[Choice]) -> None:
    slugs = [choice.intervention for choice in choices]
    checked_slugs(current_catalogue(), "interventions", slugs)
    if len(set(slugs)) != len(slugs):
        raise BadInput("interventions", "Een interventie staat er dubbel in. Noem elke één keer.")
    store_choices(routekaart, choices)


def store_choices(routekaart: Routekaart, choices: Sequence[Choice]) -> None:
    """Stores the choices in this order, in place of what stood there; for a locked routekaart.

    What the catalogue has retired since it was chosen may stay.
    """
    slugs = [choice.intervention for choice in choices]
    ChosenIntervention.objects.filter(routekaart=routekaart).exclude(
        intervention__in=slugs
    ).delete()
    GoalIntervention.objects.filter(goal__routekaart=routekaart).exclude(
        intervention__in=slugs
    ).delete()
    ChosenIntervention.objects.bulk_create(
        [
            ChosenIntervention(
                routekaart=routekaart,
                intervention_id=choice.intervention,
                position=position,
                programme=choice.programme,
                recognition=choice.recognition,
                parameters=dict(choice.parameters),
            )
            for position, choice in enumerate(choices)
        ],
        update_conflicts=True,
        unique_fields=["routekaart", "intervention"],
        update_fields=["position", "programme", "recognition", "parameters"],
    )


def _replace_links(routekaart: Routekaart, links: Sequence[Link]) -> None:
    check_chosen(
        routekaart,
        "facility_links",
        [slug for link in links for slug in (link.facility, link.intervention)],
    )
    # What is out of sight stays: it is no part of the list that somebody saw and replaced.
    links_of_chosen().filter(routekaart=routekaart).delete()
    FacilityLink.objects.bulk_create(
        FacilityLink(
            routekaart=routekaart,
            facility_id=link.facility,
            intervention_id=link.intervention,
            reason=link.reason,
        )
        for link in {(link.facility, link.intervention): link for link in links}.values()
    )
