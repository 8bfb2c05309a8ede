"""The package of somebody who missed a study day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.access import Access, Forbidden, NotFound
from routekaart.actions.advice.desk import decide_on_advice
from routekaart.actions.advice.rounds import accept_advice
from routekaart.actions.assigning.batches import AskedCourse, BatchRequest, assign_batch
from routekaart.actions.assigning.targets import Target
from routekaart.actions.catalogue.own_courses import add_own_course
from routekaart.domain.advice_desk import Decision
from routekaart.domain.calendar import SchoolYear
from routekaart.models import (
    AdviceVersion,
    Agreement,
    Assignment,
    CourseOverride,
    PreparationNote,
    StudyDay,
    TeamMembership,
    Topic,
)
from routekaart.models.assignment_batches import TargetKind
from routekaart.queries.study_day.latecomers import (
    LatecomerPackage,
    latecomer_package,
    latecomers_of,
    package_of,
)
from tests.makers import client_for, employ, join, make_person
from tests.stages import STUDY_DAY, Stage
from tests.stages import TODAY as STAGE_TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

HELD = date(2026, 11, 4)
TODAY = date(2026, 11, 16)
COMING = date(2027, 2, 3)


def held(stage: Stage) -> Stage:
    """A day that is behind, with what came of it, and notes that are nobody's business."""
    with scopes_disabled():
        StudyDay.objects.update(outcome="Drie werkvormen.", evaluation_on=TODAY)
        for state, title in (("answered", "Tijd"), ("parked", "Later")):
            Topic.objects.create(
                study_day=stage.study_day, title=title, state=state, answer="Klein beginnen."
            )
        for state, what in (("open", "Exit-ticket."), ("done", "Kaart."), ("dropped", "Niets.")):
            Agreement.objects.create(
                routekaart=stage.routekaart,
                study_day=stage.study_day,
                what=what,
                state=state,
                owner=stage.member,
                due_on=TODAY,
                check_on=TODAY,
            )
        PreparationNote.objects.create(
            study_day=stage.study_day, author=stage.member, kind="question", text="GEHEIM"
        )
        StudyDay.objects.create(
            routekaart=stage.routekaart, **STUDY_DAY | {"date": COMING, "title": "Vervolg"}
        )
    return stage


def newcomer(stage: Stage, joined_on: date = date(2026, 11, 10)) -> TeamMembership:
    person = make_person("Nina Nieuw")
    employ(person, stage.school)
    return join(person, stage.team, joined_on)


def packages(by: Access, stage: Stage, *, mine: bool = False) -> list[LatecomerPackage]:
    with by.entered():
        rows, year = latecomers_of(
            by=by, team_id=stage.team.pk, school_year=2026, mine=mine, today=TODAY
        )
        return [package_of(row, year) for row in rows if year is not None]


def test_one_day_for_who_was_ill() -> None:
    stage = held(Stage().planned())
    with scopes_disabled():
        assigned = set(Assignment.objects.values_list("course_id", flat=True))
        [first] = assigned
        stage.school.academy_url = "https://academie.test"
        stage.school.save()
        CourseOverride.objects.create(
            school=stage.school, course_id=first, url="https://cursus.test", duration_minutes=25
        )
    found = latecomer_package(by=stage.as_member, study_day_id=stage.study_day.pk, today=TODAY)
    follow_up = stage.plan.content["follow_ups"][0]["date"]
    package = found.package
    assert found.row.outcome == "Drie werkvormen."
    assert (package.behind, package.deadline, package.evaluation_on) == (True, None, TODAY)
    assert str(package.follow_up_on) == follow_up
    assert [(topic.title, topic.answer) for topic in found.topics] == [("Tijd", "Klein beginnen.")]
    assert sorted(one.what for one in found.agreements) == ["Exit-ticket.", "Kaart."]
    assert {one.slug for one in found.courses} == assigned
    known = {one.slug: one for one in found.courses}
    assert (known[first].minutes, known[first].address) == (25, "https://cursus.test")
    with scopes_disabled():
        CourseOverride.objects.update(url="")
    found = latecomer_package(by=stage.as_member, study_day_id=stage.study_day.pk, today=TODAY)
    assert [one.address for one in found.courses] == ["https://academie.test"]


def test_what_the_team_declined_is_not_asked_and_what_a_rule_gives_is() -> None:
    stage = Stage().advised()
    with scopes_disabled():
        advice = AdviceVersion.objects.get()
    smallest = [item for item in advice.content["items"] if item["in_smallest_set"]]
    decide_on_advice(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        version=1,
        decisions=[Decision(smallest[0]["course"], accepted=False, reason="Kennen we al.")],
    )
    accept_advice(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
    stage.assign()
    own = add_own_course(
        by=stage.as_trainer, school_id=stage.school.pk, title="Zelf bedacht", minutes=30
    )
    assign_batch(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        request=BatchRequest(
            courses=(AskedCourse(own.course_id, (stage.goal.pk,)),),
            target=Target(TargetKind.TEAM),
            mandatory=False,
            reason="omdat: samen",
        ),
        today=STAGE_TODAY,
    )
    stage.make_plan()
    found = latecomer_package(by=stage.as_member, study_day_id=stage.study_day.pk, today=TODAY)
    assert [one.title for one in found.courses if one.slug == own.course_id] == ["Zelf bedacht"]
    assert smallest[0]["course"] not in {one.slug for one in found.courses}


def test_before_the_day_the_deadline_counts() -> None:
    stage = Stage().planned()
    found = latecomer_package(
        by=stage.as_member, study_day_id=stage.study_day.pk, today=date(2026, 9, 1)
    )
    assert found.package.behind is False
    assert str(found.package.deadline) == stage.plan.content["placements"][0]["deadline"]


def test_who_joined_later_missed_what_was_before() -> None:
    stage = held(Stage().planned())
    late = newcomer(stage)
    newcomer(stage, HELD)
    [package] = packages(stage.as_lead, stage)
    assert package.membership == late
    assert [one.row.pk for one in package.missed] == [stage.study_day.pk]
    assert [one.row.date for one in package.coming] == [COMING]
    assert [one.courses for one in package.coming] == [()]
    assert package.missed[0].courses != ()
    assert packages(stage.as_member, stage, mine=True) == []


def test_nothing_without_a_day_behind_or_a_routekaart() -> None:
    stage = Stage().filled()
    newcomer(stage, date(2026, 11, 1))
    assert packages(stage.as_lead, stage) == []
    by = stage.as_lead
    rows, year = latecomers_of(
        by=by, team_id=stage.team.pk, school_year=2030, mine=False, today=TODAY
    )
    assert (list(rows), year) == ([], None)


def test_who_may() -> None:
    stage = Stage().filled()
    for by, refusal in ((stage.as_director, Forbidden), (Stage().as_lead, NotFound)):
        with pytest.raises(refusal):
            latecomer_package(by=by, study_day_id=stage.study_day.pk, today=TODAY)
        with pytest.raises(refusal):
            latecomers_of(by=by, team_id=stage.team.pk, school_year=2026, mine=False, today=TODAY)


def test_as_many_queries_for_three_as_for_one() -> None:
    stage = held(Stage().planned())
    by = stage.as_lead
    found = []
    for _ in range(3):
        newcomer(stage)
        with CaptureQueriesContext(connection) as captured:
            listed = len(packages(by, stage))
        found.append((listed, len(captured)))
    assert [listed for listed, _ in found] == [1, 2, 3]
    assert len({queries for _, queries in found}) == 1


def test_over_http() -> None:
    """With days around the day of the clock; notes and progress never come along."""
    stage = held(Stage().planned())
    today = timezone.localdate()
    behind, ahead = today - timedelta(days=9), today + timedelta(days=9)
    with scopes_disabled():
        StudyDay.objects.filter(pk=stage.study_day.pk).update(date=behind, follow_up_on=ahead)
        StudyDay.objects.exclude(pk=stage.study_day.pk).update(date=ahead)
    late = newcomer(stage, today - timedelta(days=2))
    client = client_for(stage.member)
    path = f"/teams/{stage.team.pk}/latecomer-packages?school_year=2026-2027"
    listed = client.call("get", path)
    [package] = listed.json()["items"]
    assert (package["person"], package["person_name"]) == (str(late.person_id), "Nina Nieuw")
    [missed], [coming] = package["missed"], package["coming"]
    expected: dict[str, Any] = {
        "study_day": str(stage.study_day.pk),
        "date": behind.isoformat(),
        "title": "Feedback",
        "behind": True,
        "deadline": None,
        "outcome": "Drie werkvormen.",
        "topics": [{"title": "Tijd", "answer": "Klein beginnen.", "goal": None}],
        "follow_up_on": ahead.isoformat(),
    }
    assert {name: missed[name] for name in expected} == expected
    assert [one["state_label"] for one in missed["agreements"]] != []
    assert (coming["title"], coming["behind"], coming["preparation"]) == ("Vervolg", False, [])
    day = client.call("get", f"/study-days/{stage.study_day.pk}/latecomer-package")
    # Both are teachers here, so it is the same package.
    assert day.json() == missed
    assert b"GEHEIM" not in listed.content + day.content
    assert client.call("get", path + "&mine=true").json() == {"items": [], "count": 0}
    empty = client.call("get", path.replace("2026-2027", "2031-2032")).json()
    assert empty == {"items": [], "count": 0}


def test_the_present_year_when_none_is_named() -> None:
    today = timezone.localdate()
    stage = Stage(year=SchoolYear.containing(today).start)
    with scopes_disabled():
        StudyDay.objects.create(
            routekaart=stage.routekaart, **STUDY_DAY | {"date": today - timedelta(days=1)}
        )
    late = newcomer(stage, today)
    found = client_for(stage.lead).call("get", f"/teams/{stage.team.pk}/latecomer-packages").json()
    assert [one["membership"] for one in found["items"]] == [str(late.pk)]
