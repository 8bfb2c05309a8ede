"""A routekaart in the year itself, quickly: for what does not need the plan that led there."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.study_day.notes import add_note, share_note
from routekaart.models import (
    Person,
    PreparationNote,
    Routekaart,
    StudyDay,
    Topic,
    WorkGroup,
    WorkGroupMember,
)
from tests.makers import access_for, make_colleague
from tests.stages import Stage


def underway(stage: Stage | None = None) -> Stage:
    """One goal and one study day, without a plan, in the state that comes after approval."""
    stage = (stage or Stage()).filled()
    put_in_state(stage, "running")
    return stage


def put_in_state(stage: Stage, state: str) -> None:
    with scopes_disabled():
        Routekaart.objects.filter(pk=stage.routekaart.pk).update(state=state)


def put_day_in_state(day: StudyDay, state: str) -> None:
    with scopes_disabled():
        StudyDay.objects.filter(pk=day.pk).update(state=state)


def colleague(stage: Stage, name: str = "Cor Collega") -> Person:
    return make_colleague(stage.team, Role.MEMBER, name=name)


def noted(
    stage: Stage, text: str = "Hoe begin je?", *, shared: bool = True, **values: Any
) -> PreparationNote:
    """A note of `author` (the member), shared unless told otherwise."""
    by = access_for(values.pop("author", stage.member))
    values = {"kind": "question", "text": text} | values
    note = add_note(by=by, study_day_id=stage.study_day.pk, values=values)
    return share_note(by=by, note_id=note.pk, at=timezone.now()) if shared else note


def fresh_note(note: PreparationNote) -> PreparationNote:
    with scopes_disabled():
        return PreparationNote.objects.get(pk=note.pk)


def fresh_topic(topic: Topic) -> Topic:
    with scopes_disabled():
        return Topic.objects.get(pk=topic.pk)


def revision_of(stage: Stage) -> int:
    with scopes_disabled():
        return StudyDay.objects.get(pk=stage.study_day.pk).programme_revision


def grouped(stage: Stage, *people: Person, name: str = "Rekenen") -> UUID:
    """A work group of these people."""
    with scopes_disabled():
        group = WorkGroup.objects.create(routekaart=stage.routekaart, name=name)
        for person in people:
            WorkGroupMember.objects.create(work_group=group, person=person)
    return group.pk
