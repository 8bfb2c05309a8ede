"""One deadline for a course that is needed for two days, wherever people read it."""

from datetime import date

import pytest
from django_scopes import scopes_disabled

from routekaart.domain.reminders import Subject
from routekaart.models import Assignment, Plan
from routekaart.queries.mail.content import assigned_messages
from routekaart.queries.mail.reminders import open_items
from routekaart.queries.progress.own_assignments import own_assignments
from routekaart.queries.progress.progress import progress_of
from tests.stages import STUDY_DAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

FIRST: date = STUDY_DAY["date"]
ANOTHER = "0b6f3c58-5e0d-4f0e-9d55-6c3f0f2b7a11"
SECOND, ITS_DEADLINE = date(2027, 2, 3), date(2027, 1, 27)


def needed_twice() -> tuple[Stage, date]:
    """A year that runs, with the same course for two days, and the first deadline."""
    stage = Stage().running()
    content = stage.plan.content
    content["study_days"].append(
        content["study_days"][0] | {"study_day_id": ANOTHER, "date": SECOND.isoformat()}
    )
    later = {"study_day_id": ANOTHER, "deadline": ITS_DEADLINE.isoformat()}
    content["preparation_weeks"] += [week | later for week in content["preparation_weeks"]]
    with scopes_disabled():
        Plan._base_manager.filter(pk=stage.plan.pk).update(content=content)
    return stage, date.fromisoformat(content["preparation_weeks"][0]["deadline"])


def told(stage: Stage, today: date) -> set[date | None]:
    """Every deadline that the member reads on a day."""
    own = own_assignments(by=stage.as_member, today=today, only_open=True)
    progress = progress_of(by=stage.as_member, routekaart_id=stage.routekaart.pk, today=today)
    items = open_items(school=stage.school.pk, today=today, person=stage.member.pk)
    return {
        *(one.deadline for one in own),
        *(row.deadline for row in progress.own),
        *(item.due for item in items[stage.member.pk] if item.subject is Subject.COURSE),
    }


def test_that_of_the_first_day_it_is_still_needed_for() -> None:
    stage, deadline = needed_twice()
    assert told(stage, deadline) == {deadline}
    assert told(stage, FIRST) == {deadline}
    assert told(stage, date(2026, 11, 5)) == {ITS_DEADLINE}


def test_mail_about_new_courses_says_the_same() -> None:
    stage, _ = needed_twice()
    with stage.as_lead.entered():
        rows = Assignment.objects.filter(person=stage.member).select_related("course", "routekaart")
        (composed,) = assigned_messages(rows, today=date(2026, 11, 5)).values()
    assert "27 januari 2027" in composed.text.body


def test_preparation_for_a_day_that_was_taken_away_counts_to_its_own_end() -> None:
    stage, deadline = needed_twice()
    content = stage.plan.content
    content["study_days"] = [day for day in content["study_days"] if day["study_day_id"] == ANOTHER]
    with scopes_disabled():
        Plan._base_manager.filter(pk=stage.plan.pk).update(content=content)
    assert told(stage, deadline) == {deadline}
    assert told(stage, FIRST) == {ITS_DEADLINE}
