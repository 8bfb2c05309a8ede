"""What a page about agreements offers, and what of another routekaart is not there."""

from datetime import timedelta

import pytest

from routekaart.access import Access
from routekaart.models import StudyDay
from routekaart.queries.quality.agreements import AgreementFilter
from routekaart.queries.quality.agreements_page import agreement_owners, team_agreements
from tests.makers import access_for
from tests.stages import STUDY_DAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_who_only_reads_agreements_is_offered_no_change() -> None:
    stage = Stage()

    def offered(by: Access) -> tuple[bool, bool]:
        found = team_agreements(by=by, routekaart_id=stage.routekaart.pk, only=AgreementFilter())
        return found.edits, found.evaluates

    assert {
        person.name: offered(access_for(person))
        for person in (stage.member, stage.trainer, stage.director)
    } == {"Mo Lid": (True, True), "Tess Trainer": (True, False), "Dirk Directeur": (False, False)}


def test_a_study_day_of_another_routekaart_is_not_there() -> None:
    stage = Stage()
    next_door = Stage(stage.school, "Bovenbouw")
    with stage.as_lead.entered():
        own = StudyDay.objects.create(routekaart=stage.routekaart, **STUDY_DAY)
        later = STUDY_DAY | {"date": STUDY_DAY["date"] + timedelta(days=7)}
        theirs = StudyDay.objects.create(routekaart=next_door.routekaart, **later)
    found = [
        agreement_owners(
            by=stage.as_lead, routekaart_id=stage.routekaart.pk, study_day_id=day.pk
        ).study_day
        for day in (own, theirs)
    ]
    assert found == [own, None]
