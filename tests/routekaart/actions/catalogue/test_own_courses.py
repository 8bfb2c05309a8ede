"""Courses that a school adds itself."""

import pytest
from django.db import transaction
from django_scopes import scopes_disabled

from courses.advice import UnknownSlug
from courses.catalogue import current_catalogue, public_catalogue
from courses.load import load_catalogue
from courses.models import Course
from routekaart.access import Forbidden, NotFound
from routekaart.actions.catalogue.own_courses import (
    add_own_course,
    change_own_course,
    change_texts_of_own_courses,
)
from routekaart.actions.routekaarten.goals import PickedCourse
from routekaart.models import AuditEntry, SchoolCourse
from routekaart.queries.catalogue.own_courses import own_courses_of
from routekaart.queries.catalogue.school_catalogue import courses_with_retired, school_catalogue
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def add(stage: Stage, title: str = "Onze Cursus!") -> SchoolCourse:
    return add_own_course(
        by=stage.as_trainer,
        school_id=stage.school.pk,
        title=title,
        minutes=45,
        provider="De buren",
        url="https://buren.test/cursus",
        note="Vraag het Ans.",
    )


def test_it_is_in_the_catalogue_of_its_own_school_only() -> None:
    stage, other = Stage(), Stage()
    slug = add(stage).course_id
    assert slug.startswith("eigen-onze-cursus-")
    course = school_catalogue(school=stage.school.pk).course_by_slug[slug]
    assert (course.title, course.duration_minutes, course.duration_basis) == (
        "Onze Cursus!",
        45,
        "stated",
    )
    assert slug not in school_catalogue(school=other.school.pk).course_by_slug
    assert slug not in public_catalogue().course_by_slug
    # Also where both schools have one.
    theirs = add(other).course_id
    assert theirs not in school_catalogue(school=stage.school.pk).course_by_slug
    assert slug not in school_catalogue(school=other.school.pk).course_by_slug


def test_another_school_cannot_pick_it_nor_hear_of_it() -> None:
    stage, other = Stage(), Stage()
    slug = add(stage).course_id
    goal = stage.add_goal(interventions=[], courses=[PickedCourse(slug)])
    with stage.as_lead.entered():
        assert [row.course_id for row in goal.goal_courses.all()] == [slug]
    with pytest.raises(UnknownSlug) as caught:
        other.add_goal(interventions=[], courses=[PickedCourse(slug[:-1])])
    assert slug not in str(caught.value)


def test_loading_the_catalogue_leaves_it_alone() -> None:
    stage = Stage()
    slug = add(stage).course_id
    before = Course.objects.values().get(pk=slug)
    load_catalogue()
    assert Course.objects.values().get(pk=slug) == before
    assert slug in current_catalogue().course_by_slug


def test_two_of_one_title_are_two_courses() -> None:
    stage = Stage()
    assert add(stage).course_id != add(stage).course_id


@pytest.mark.parametrize("title", ["日本", "!!!", "a_b -- c_", "x" * 200])
def test_any_title_gives_a_usable_slug(title: str) -> None:
    slug = add(Stage(), title).course_id
    assert len(slug) <= 120
    assert all(part.isalnum() and part.isascii() for part in slug.split("-"))


def test_it_is_changed_and_put_out_of_use() -> None:
    stage = Stage()
    own = add(stage)
    change_own_course(
        by=stage.as_trainer, own_course_id=own.pk, values={"title": "Anders", "url": ""}
    )
    catalogue = school_catalogue(school=stage.school.pk)
    course = catalogue.course_by_slug[own.course_id]
    assert (course.title, course.duration_minutes) == ("Anders", 45)
    change_own_course(by=stage.as_trainer, own_course_id=own.pk, values={"in_use": False})
    catalogue = school_catalogue(school=stage.school.pk)
    assert own.course_id not in catalogue.course_by_slug
    # Who has it keeps it.
    kept = courses_with_retired(catalogue, [own.course_id])
    assert kept[own.course_id].title == "Anders"
    change_own_course(by=stage.as_trainer, own_course_id=own.pk, values={"in_use": True})
    assert own.course_id in school_catalogue(school=stage.school.pk).course_by_slug
    with stage.as_lead.entered():
        actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["add_own_course", *["change_own_course"] * 3]


def test_who_may() -> None:
    stage, other = Stage(), Stage()
    own = add(stage)
    for by, error in ((stage.as_lead, Forbidden), (other.as_trainer, NotFound)):
        with pytest.raises(error):
            add_own_course(by=by, school_id=stage.school.pk, title="x", minutes=1)
        with pytest.raises(error):
            change_own_course(by=by, own_course_id=own.pk, values={"title": "x"})
    with stage.as_lead.entered():
        [seen] = own_courses_of(by=stage.as_lead, school_id=stage.school.pk)
    assert (seen.provider, seen.course.title) == ("De buren", "Onze Cursus!")
    with pytest.raises(NotFound):
        own_courses_of(by=other.as_lead, school_id=stage.school.pk)


def test_texts_change_only_at_the_schools_that_are_named() -> None:
    here, there = Stage(), Stage()
    slugs = [add(one).course_id for one in (here, there)]
    with scopes_disabled(), transaction.atomic():
        change_texts_of_own_courses(
            schools=[here.school.pk], change=lambda text: text.replace("Ans", "de collega")
        )
    assert [Course.objects.get(pk=slug).note for slug in slugs] == [
        "Vraag het de collega.",
        "Vraag het Ans.",
    ]
