"""Copies of a routekaart with all that hangs on it, each with texts of its own.

For measurements: many plans that differ, without walking the main job for each of them.
"""

import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model
from django_scopes import scopes_disabled

from routekaart.models import (
    AdviceVersion,
    Answer,
    Assignment,
    ChosenIntervention,
    Employment,
    FacilityLink,
    Goal,
    GoalCourse,
    GoalIntervention,
    GoalOrder,
    HoursAgreement,
    Plan,
    Routekaart,
    School,
    StudyDay,
    Team,
    TeamMembership,
)

# In an order in which every row finds what it points at.
_OF_ROUTEKAART: tuple[type[Model], ...] = (
    ChosenIntervention, FacilityLink, Answer, Goal, StudyDay, AdviceVersion, Plan, Assignment,
)  # fmt: skip
_OF_GOAL: tuple[type[Model], ...] = (GoalIntervention, GoalCourse, GoalOrder)


def copy_demo_plan(count: int, *, per_school: int = 0) -> list[Plan]:
    """`count` plans for as many new teams of the school of the only planned team.

    With `per_school`: so many teams in each of as many new schools of its board as that takes.
    """
    with scopes_disabled(), transaction.atomic():
        original = Plan.objects.select_related("routekaart__team").latest("made_at").routekaart
        school = original.team.school
        made = []
        for number in range(count):
            if per_school and number % per_school == 0:
                school = _sister(original, number // per_school)
            made.append(_copy(original, school, number))
        return made


def _sister(original: Routekaart, number: int) -> School:
    """A new school of the same board, where the people of the team work as well."""
    school = School.objects.get(pk=original.team.school_id)
    people = TeamMembership.objects.filter(team=original.team_id).values("person")
    employments = list(Employment.objects.filter(school=school, person__in=people))
    school.pk, school.name, school.brin = uuid.uuid4(), f"School {number}", f"{number:02d}ZZ00"
    school.save(force_insert=True)
    for row in employments:
        row.pk, row.school = uuid.uuid4(), school
    Employment.objects.bulk_create(employments)
    return school


def _copy(original: Routekaart, school: School, number: int) -> Plan:
    team = Team.objects.create(school=school, name=f"Team {number}")
    TeamMembership.objects.bulk_create(
        TeamMembership(team=team, person_id=row.person_id, joined_on=row.joined_on)
        for row in TeamMembership.objects.filter(team=original.team_id)
    )
    new = {str(original.pk): str(uuid.uuid4())}
    _again(Routekaart, {"pk": original.pk}, new, number, team_id=team.pk)
    routekaart = Routekaart.objects.get(team=team)
    for model in _OF_ROUTEKAART:
        _again(model, {"routekaart": original.pk}, new, number)
    for model in _OF_GOAL:
        _again(model, {"goal__routekaart": original.pk}, new, number)
    _again(HoursAgreement, {"assignment__routekaart": original.pk}, new, number)
    through = Assignment.goals.through
    assignments = zip(
        Assignment.objects.filter(routekaart=original).order_by("course_id", "person_id"),
        Assignment.objects.filter(routekaart=routekaart).order_by("course_id", "person_id"),
        strict=True,
    )
    through.objects.bulk_create(
        through(assignment_id=copied.pk, goal_id=uuid.UUID(new[str(goal.pk)]))
        for source, copied in assignments
        for goal in source.goals.all()
    )
    return Plan.objects.select_related("routekaart__team").get(routekaart=routekaart)


def _again(
    model: type[Model], where: Mapping[str, Any], new: dict[str, str], number: int, **values: Any
) -> None:
    """The rows of `model` once more, with new ids and with texts that name the copy."""
    copies = []
    for row in model._default_manager.filter(**where):
        if not isinstance(row.pk, int):
            new.setdefault(str(row.pk), str(uuid.uuid4()))
        fields: dict[str, Any] = {}
        for field in model._meta.concrete_fields:
            if field.primary_key and isinstance(row.pk, int):
                continue
            fields[field.attname] = _renewed(getattr(row, field.attname), field.name, new, number)
        copies.append(model(**fields | values))
    model._default_manager.bulk_create(copies)


def _renewed(value: Any, name: str, new: Mapping[str, str], number: int) -> Any:
    if isinstance(value, uuid.UUID):
        return uuid.UUID(new.get(str(value), str(value)))
    if isinstance(value, dict):
        text = json.dumps(value)
        for old, replacement in new.items():
            text = text.replace(old, replacement)
        return json.loads(text)
    if name in {"wording", "noticeable", "text", "reason", "title"} and value:
        return f"{value} (proef {number})"
    return value
