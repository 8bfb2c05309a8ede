"""Asking for the plan of a group, the plan of a person and the booklet of a study day over HTTP."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status
from pydantic import Field

from routekaart.actions.documents.kinds import (
    request_booklet,
    request_group_plan,
    request_person_plan,
)
from routekaart.api.auth import access
from routekaart.api.documents.shapes import FormatName, JobReply, accepted
from routekaart.api.shapes import EachOnce, Id, Shape, Slug, problems
from routekaart.models.jobs import DocumentFormat
from routekaart.queries.documents.jobs import job_for

router = Router(tags=["Documenten"])
_FORMAT = "Als welk soort bestand; niet elk document is er in elke vorm."
_PERSONS = "Met namen van personen. Laat je dit weg, dan komen die erin als je ze mag zien."


class GroupPlanRequest(Shape):
    """Which group. Without a plan it is made of the latest."""

    functions: Annotated[list[Slug], Field(min_length=1, max_length=20), EachOnce] = Field(
        description="Functies (slugs) in dit team: wie er één van heeft, hoort bij de groep.",
    )
    plan: Id | None = None
    persons: bool | None = Field(None, description=_PERSONS)
    format: FormatName = Field("pdf", description=_FORMAT)


class PersonPlanRequest(Shape):
    """Of whom. One's own holds all teams of the school, and is for nobody else."""

    person: Id | None = Field(None, description="Laat je dit weg, dan is het je eigen plan.")
    format: FormatName = Field("pdf", description=_FORMAT)


class BookletRequest(Shape):
    """With names, notes, topics and agreements, or without."""

    persons: bool | None = Field(None, description=_PERSONS)
    format: FormatName = Field("pdf", description=_FORMAT)


@router.post(
    "/routekaarten/{routekaart_id}/group-plans",
    response={202: JobReply, **problems(403, 404, 409)},
    operation_id="request_group_plan",
    summary="Het scholingsplan van een groep aanvragen",
    description="Een groep is wie in het team een van de gekozen functies heeft.",
)
def ask_group_plan(
    request: HttpRequest, response: HttpResponse, routekaart_id: Id, wanted: GroupPlanRequest
) -> Status[JobReply]:
    job = request_group_plan(
        by=access(request),
        routekaart_id=routekaart_id,
        functions=wanted.functions,
        plan_id=wanted.plan,
        persons=wanted.persons,
        document_format=DocumentFormat(wanted.format),
    )
    return accepted(request, response, job_for(by=access(request), job_id=job.pk))


@router.post(
    "/routekaarten/{routekaart_id}/person-plans",
    response={202: JobReply, **problems(403, 404)},
    operation_id="request_person_plan",
    summary="Het persoonlijke scholingsplan aanvragen",
    description=(
        "Je eigen plan, of dat van iemand in een team waarvan je mag zien wie wat doet. Hoe ver "
        "een ander is, staat er alleen in als de PMR daarmee instemt."
    ),
)
def ask_person_plan(
    request: HttpRequest, response: HttpResponse, routekaart_id: Id, wanted: PersonPlanRequest
) -> Status[JobReply]:
    job = request_person_plan(
        by=access(request),
        routekaart_id=routekaart_id,
        person_id=wanted.person,
        document_format=DocumentFormat(wanted.format),
    )
    return accepted(request, response, job_for(by=access(request), job_id=job.pk))


@router.post(
    "/study-days/{study_day_id}/booklets",
    response={202: JobReply, **problems(403, 404)},
    operation_id="request_booklet",
    summary="Het boekje van een studiedag aanvragen",
    description="Programma, vragen, kaarten om uit te knippen en lijsten om op te schrijven.",
)
def ask_booklet(
    request: HttpRequest, response: HttpResponse, study_day_id: Id, wanted: BookletRequest
) -> Status[JobReply]:
    job = request_booklet(
        by=access(request),
        study_day_id=study_day_id,
        persons=wanted.persons,
        document_format=DocumentFormat(wanted.format),
    )
    return accepted(request, response, job_for(by=access(request), job_id=job.pk))
