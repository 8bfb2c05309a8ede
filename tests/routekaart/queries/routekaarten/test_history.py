"""What happened, and who reads of it."""

import pytest

from routekaart.access import Access
from routekaart.models import AuditEntry
from routekaart.queries.routekaarten.history import history_of
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_what_was_agreed_with_somebody_is_for_who_guides_the_team() -> None:
    stage = Stage()
    with stage.as_lead.entered():
        AuditEntry.objects.create(
            school=stage.school,
            routekaart=stage.routekaart,
            person=stage.lead,
            action="agree_on_hours",
        )

    def read(by: Access) -> list[str]:
        found = history_of(by=by, routekaart_id=stage.routekaart.pk)
        with by.entered():
            return [entry.action for entry in found]

    assert read(stage.as_trainer) == ["agree_on_hours"]
    assert read(stage.as_director) == read(stage.as_member) == []


def test_what_is_of_one_person_alone_is_for_that_person() -> None:
    stage = Stage()
    with stage.as_lead.entered():
        AuditEntry.objects.create(
            school=stage.school,
            routekaart=stage.routekaart,
            person=stage.member,
            action="complete_assignment",
        )
    for by, read in ((stage.as_member, 1), (stage.as_lead, 0), (stage.as_trainer, 0)):
        with by.entered():
            assert history_of(by=by, routekaart_id=stage.routekaart.pk).count() == read
