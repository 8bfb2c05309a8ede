"""The trainer's advice and the team's answer."""

from datetime import date

import pytest
from django.utils import timezone

from courses import models as catalogue_tables
from courses.advice import AdviceRequest, Availability
from courses.catalogue import current_catalogue, forget_catalogue
from courses.matching import match
from routekaart.actions.advice.rounds import accept_advice
from routekaart.models import AdviceVersion, CourseOverride, Routekaart, School
from routekaart.queries.advice.proposing import advice_for
from routekaart.queries.advice.stored import advice_from_json
from tests.makers import employ, join, make_person
from tests.stages import INTERVENTION, TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_the_advice_is_that_of_the_mapping_for_this_team() -> None:
    stage = Stage().submitted()
    version = stage.advise()
    assert advice_from_json(version.content) == match(
        current_catalogue(),
        AdviceRequest(
            interventions=(INTERVENTION,),
            functions=("leerkracht",),
            today=TODAY,
            platforms=(),
            packages=("academie", "leerblokken"),
            sector="po",
        ),
    )
    assert (version.version, version.note) == (1, "Begin klein.")
    assert (version.made_by, version.catalogue_version) == (
        stage.trainer,
        current_catalogue().version,
    )
    assert stage.fresh().state == "advised"


def test_an_advice_can_be_given_again_and_never_changes() -> None:
    stage = Stage().advised()
    with stage.as_lead.entered():
        School.objects.update(packages=[])
    second = stage.advise()
    with stage.as_lead.entered():
        versions = list(AdviceVersion.objects.order_by("version"))
    assert [version.version for version in versions] == [1, 2]
    assert versions[1] == second
    before, after = (advice_from_json(version.content) for version in versions)
    assert (before.smallest_set != (), after.smallest_set) == (True, ())
    assert {item.availability for item in after.items if item.course in before.smallest_set} == {
        Availability.LOCKED
    }


def test_the_school_knows_better_what_a_course_takes() -> None:
    stage = Stage().submitted()
    before = advice_for(by=stage.as_trainer, routekaart=stage.fresh(), today=TODAY)
    course = before.items[0].course
    with stage.as_lead.entered():
        CourseOverride.objects.create(school=stage.school, course_id=course, duration_minutes=7)
    after = advice_for(by=stage.as_trainer, routekaart=stage.fresh(), today=TODAY)
    assert after.items[0].course == course
    assert (after.items[0].duration_minutes, after.items[0].duration_basis) == (7, "stated")


def test_functions_are_those_at_the_teams_own_school() -> None:
    stage = Stage().submitted()
    elsewhere = Stage()
    person = make_person()
    employ(person, stage.school, ("onderwijsassistent",))
    employ(person, elsewhere.school, ("schoolleider",))
    join(person, stage.team)
    advice = advice_for(by=stage.as_trainer, routekaart=stage.fresh(), today=TODAY)
    assert {row.function for row in advice.saving.per_function} == {
        "leerkracht",
        "onderwijsassistent",
    }


def test_what_the_catalogue_retired_is_left_out() -> None:
    stage = Stage()
    stage.choose(INTERVENTION, "directe-instructie")
    person = make_person()
    employ(person, stage.school, ("uitgestorven-functie",))
    join(person, stage.team)
    with stage.as_lead.entered():
        School.objects.update(packages=["academie", "vervallen-pakket"])
    catalogue_tables.Intervention.objects.filter(pk="directe-instructie").update(
        retired_at=timezone.now()
    )
    catalogue_tables.CatalogueState.objects.all().update(stamp=person.pk)
    forget_catalogue()
    advice = advice_for(
        by=stage.as_trainer,
        routekaart=fetched(stage),
        today=date(2026, 9, 1),
    )
    assert [one.slug for one in advice.interventions] == [INTERVENTION]
    assert [row.function for row in advice.saving.per_function] == ["leerkracht"]
    assert {item.package for item in advice.items if item.availability == "offered"} == {"academie"}


def fetched(stage: Stage) -> Routekaart:
    with stage.as_lead.entered():
        return Routekaart.objects.get(pk=stage.routekaart.pk)


def test_an_empty_team_gets_an_advice_too() -> None:
    stage = Stage().submitted()
    with stage.as_lead.entered():
        stage.team.memberships.all().delete()
    assert advice_for(by=stage.as_trainer, routekaart=stage.fresh(), today=TODAY).items != ()


def test_accepting() -> None:
    stage = Stage().advised()
    accept_advice(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
    assert stage.fresh().state == "accepted"
