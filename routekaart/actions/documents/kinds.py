"""Requesting the plan of a group, the plan of a person, and the booklet of a study day."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction

from routekaart.access import Access, Forbidden, NotFound, Permission
from routekaart.actions.documents.documents import plan_to_print
from routekaart.actions.documents.jobs import request_once
from routekaart.models import Job, Routekaart, StudyDay, TeamMembership
from routekaart.models.jobs import DocumentFormat, DocumentKind
from routekaart.queries.documents.group_plan import check_functions
from routekaart.queries.documents.offered import Wanted, check_offered
from routekaart.queries.documents.person_plan import routekaart_for_person


def request_group_plan(
    *,
    by: Access,
    routekaart_id: UUID,
    functions: Collection[str],
    plan_id: UUID | None = None,
    persons: bool | None = None,
    document_format: DocumentFormat = DocumentFormat.PDF,
) -> Job:
    """A job that makes the plan of a group: who in the team has one of these functions.

    `plan_id` and `persons` as in `request_team_plan`. Raises `Forbidden`, `Conflict` (`no_plan`)
    and `BadInput` as that does, and `BadInput` for functions that nobody has in that plan
    (`no_functions`, `function_not_in_team`) and without persons for a group of which it would tell
    what a few people do (`group_too_small`).
    """
    wanted = Wanted(DocumentKind.GROUP, document_format)
    check_offered(wanted)
    routekaart = by.fetch(Routekaart, routekaart_id, Permission.MAKE_DOCUMENT, along=("team",))
    with_persons = _with_persons(by, routekaart, persons)
    with transaction.atomic(), by.entered():
        plan = plan_to_print(routekaart, plan_id)
        chosen = check_functions(plan_id=plan.pk, functions=functions, with_persons=with_persons)
        return request_once(
            by=by,
            wanted=wanted,
            school=routekaart.team.school_id,
            routekaart=routekaart,
            ids={"plan": str(plan.pk), "functions": list(chosen)},
            holds_persons=with_persons,
        )


def request_person_plan(
    *,
    by: Access,
    routekaart_id: UUID,
    person_id: UUID | None = None,
    document_format: DocumentFormat = DocumentFormat.PDF,
) -> Job:
    """A job that makes the plan of somebody in the team of this routekaart; None means oneself.

    One's own holds all teams of the school and is for nobody else. That of somebody else raises
    `Forbidden` without the right to see what is assigned to others, and `NotFound` for who is not
    in the team.
    """
    wanted = Wanted(DocumentKind.PERSON, document_format)
    check_offered(wanted)
    person = person_id or by.person.pk
    routekaart = routekaart_for_person(by=by, routekaart_id=routekaart_id, person_id=person)
    own = person == by.person.pk
    with transaction.atomic(), by.entered():
        if not TeamMembership.objects.filter(team=routekaart.team_id, person=person).exists():
            raise NotFound("Person")
        return request_once(
            by=by,
            wanted=wanted,
            school=routekaart.team.school_id,
            routekaart=routekaart,
            ids={"routekaart": str(routekaart.pk), "person": str(person)},
            # One's own is hidden by being private: who asks for it may see no other persons.
            holds_persons=not own,
            private=own,
        )


def request_booklet(
    *,
    by: Access,
    study_day_id: UUID,
    persons: bool | None = None,
    document_format: DocumentFormat = DocumentFormat.PDF,
) -> Job:
    """A job that makes the booklet of a study day.

    `persons`: with names and what the team brought up; None means as far as the requester may see
    those. Raises `Forbidden` for persons out of sight.
    """
    wanted = Wanted(DocumentKind.STUDY_DAY, document_format)
    check_offered(wanted)
    day = by.fetch(StudyDay, study_day_id, Permission.MAKE_DOCUMENT, along=("routekaart__team",))
    with_persons = _with_persons(by, day, persons)
    with transaction.atomic(), by.entered():
        return request_once(
            by=by,
            wanted=wanted,
            school=day.routekaart.team.school_id,
            routekaart=day.routekaart,
            ids={"study_day": str(day.pk)},
            holds_persons=with_persons,
        )


def _with_persons(by: Access, fetched: Any, persons: bool | None) -> bool:
    """Whether persons are in it: as asked, or as far as `by` may see them."""
    allowed = by.allows(
        Permission.VIEW_ALL_ASSIGNMENTS, school=fetched.access_school, team=fetched.access_team
    )
    if persons and not allowed:
        raise Forbidden(Permission.VIEW_ALL_ASSIGNMENTS)
    return allowed if persons is None else persons
