"""What happened, and who reads of it."""

import pytest

from routekaart.access import Access
from routekaart.models import AuditEntry, Person
from routekaart.queries.routekaarten.history import history_of
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def done(stage: Stage, person: Person, action: str) -> None:
    with stage.as_lead.entered():
        AuditEntry.objects.create(
            school=stage.school, routekaart=stage.routekaart, person=person, action=action
        )


def read(stage: Stage, by: Access) -> list[str]:
    found = history_of(by=by, routekaart_id=stage.routekaart.pk)
    with by.entered():
        return [entry.action for entry in found]


def test_what_was_agreed_with_somebody_is_for_who_guides_the_team() -> None:
    stage = Stage()
    done(stage, stage.lead, "agree_on_hours")
    assert read(stage, stage.as_trainer) == ["agree_on_hours"]
    assert read(stage, stage.as_director) == read(stage, stage.as_member) == []


def test_what_is_of_one_person_alone_is_for_that_person() -> None:
    stage = Stage()
    done(stage, stage.member, "complete_assignment")
    assert read(stage, stage.as_member) == ["complete_assignment"]
    assert read(stage, stage.as_lead) == read(stage, stage.as_trainer) == []
