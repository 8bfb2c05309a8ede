"""Filling in a routekaart and moving it from state to state.

Every change goes through `changing`, which checks the right, locks the row, checks the state,
raises the revision and writes the log: one place for what every change needs.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from courses.catalogue import current_catalogue
from courses.findings import Finding
from courses.lookup import checked_slugs
from routekaart.access import Access, Permission
from routekaart.actions.audit import record
from routekaart.domain.errors import BadInput, Conflict, RulesBroken
from routekaart.domain.rules import Transition, blocking
from routekaart.models import ChosenIntervention, FacilityLink, Routekaart, Team
from routekaart.models.routekaarten import State
from routekaart.queries.rules import findings_of

DRAFT = (State.DRAFT,)
# Days and hours may still move while the plan is not approved.
BEFORE_APPROVAL = (
    State.DRAFT,
    State.SUBMITTED,
    State.ADVISED,
    State.ACCEPTED,
    State.PLANNED,
)
STATE_WORDS: Mapping[str, str] = dict(State.choices)


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


@contextmanager
def changing(
    *,
    by: Access,
    routekaart_id: UUID,
    permission: Permission,
    states: Sequence[str],
    action: str,
    revision: int | None = None,
) -> Iterator[Routekaart]:
    """The routekaart, locked inside a transaction, when `by` may change it in its present state.

    Raises `NotFound`, `Forbidden`, or `Conflict` when the state is not one of `states` or when
    `revision` is not the present one. Saves nothing but the raised revision and a log row: the
    body saves its own changes on the row it gets.
    """
    by.fetch(Routekaart, routekaart_id, permission)
    with transaction.atomic(), by.entered():
        routekaart = (
            Routekaart.objects.select_for_update(of=("self",))
            .select_related("team")
            .get(pk=routekaart_id)
        )
        if routekaart.state not in states:
            raise Conflict(
                f"Dit kan niet: de routekaart heeft de status ‘{STATE_WORDS[routekaart.state]}’. "
                f"Het kan wel bij: {', '.join(STATE_WORDS[state] for state in states)}.",
                code="wrong_state",
            )
        if revision is not None and revision != routekaart.revision:
            raise Conflict(
                "Iemand anders heeft deze routekaart intussen gewijzigd. "
                "Haal de routekaart opnieuw op en probeer het dan nog eens.",
                code="stale_revision",
            )
        routekaart.revision += 1
        yield routekaart
        routekaart.save()
        record(by=by, school=routekaart.team.school_id, action=action, subject=routekaart)


def create_routekaart(*, by: Access, team_id: UUID, school_year: int, reason: str) -> Routekaart:
    """A new draft for a team and a school year (the calendar year in which it starts).

    Raises `Conflict` when the team has one for that year already.
    """
    team = by.fetch(Team, team_id, Permission.EDIT_ROUTEKAART)
    with by.entered():
        try:
            with transaction.atomic():
                routekaart = Routekaart.objects.create(
                    team=team, school_year=school_year, reason=reason
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
    what stood there. Hours and the rhythm of meetings may change until approval.
    """
    hours = {"weekly_minutes", "deadline_workdays", "plg_rhythm_weeks", "plg_minutes"}
    states = BEFORE_APPROVAL if set(changes) <= hours else DRAFT
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
    ChosenIntervention.objects.filter(routekaart=routekaart).exclude(
        intervention__in=slugs
    ).delete()
    FacilityLink.objects.filter(routekaart=routekaart).exclude(
        facility__in=slugs, intervention__in=slugs
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
    catalogue = current_catalogue()
    checked_slugs(catalogue, "interventions", [link.facility for link in links])
    checked_slugs(catalogue, "interventions", [link.intervention for link in links])
    FacilityLink.objects.filter(routekaart=routekaart).delete()
    FacilityLink.objects.bulk_create(
        FacilityLink(
            routekaart=routekaart,
            facility_id=link.facility,
            intervention_id=link.intervention,
            reason=link.reason,
        )
        for link in {(link.facility, link.intervention): link for link in links}.values()
    )


def submit(*, by: Access, routekaart_id: UUID) -> Routekaart:
    """Hands the routekaart to the trainer. Raises `RulesBroken` with everything that blocks it."""
    with changing(
        by=by,
        routekaart_id=routekaart_id,
        permission=Permission.SUBMIT_ROUTEKAART,
        states=DRAFT,
        action="submit",
    ) as routekaart:
        _check(routekaart, Transition.SUBMIT)
        routekaart.state = State.SUBMITTED
    return routekaart


def withdraw(*, by: Access, routekaart_id: UUID) -> Routekaart:
    """Takes a submitted routekaart back to draft, until the trainer has advised."""
    with changing(
        by=by,
        routekaart_id=routekaart_id,
        permission=Permission.SUBMIT_ROUTEKAART,
        states=(State.SUBMITTED,),
        action="withdraw",
    ) as routekaart:
        routekaart.state = State.DRAFT
    return routekaart


def return_to_team(*, by: Access, routekaart_id: UUID, comment: str) -> Routekaart:
    """The director gives a planned routekaart back, saying why."""
    with changing(
        by=by,
        routekaart_id=routekaart_id,
        permission=Permission.APPROVE,
        states=(State.PLANNED,),
        action="return",
    ) as routekaart:
        routekaart.state = State.ACCEPTED
        routekaart.return_comment = comment
    return routekaart


def approve(*, by: Access, routekaart_id: UUID, on: date, mr_date: date | None) -> Routekaart:
    """The director adopts the plan. `mr_date` is the day on which the MR agreed, if known."""
    with changing(
        by=by,
        routekaart_id=routekaart_id,
        permission=Permission.APPROVE,
        states=(State.PLANNED,),
        action="approve",
    ) as routekaart:
        _check(routekaart, Transition.APPROVE)
        routekaart.state = State.APPROVED
        routekaart.approved_on = on
        routekaart.mr_date = mr_date
        routekaart.return_comment = ""
    return routekaart


def blocks_submitting(findings: Sequence[Finding]) -> bool:
    """Whether any of `findings` must be mended before the routekaart can be submitted."""
    return bool(blocking(findings, Transition.SUBMIT))


def _check(routekaart: Routekaart, transition: Transition) -> None:
    blocked = blocking(findings_of(routekaart), transition)
    if blocked:
        raise RulesBroken(tuple(blocked))
