"""What happens in a PLG when two people do something at once, and what mail may ask about."""

from datetime import date, time, timedelta
from uuid import UUID

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Forbidden, NotFound, Role
from routekaart.actions.plg.cycles import (
    add_cycle,
    change_cycle,
    close_cycle,
    next_cycle,
    start_cycle,
)
from routekaart.actions.plg.lesson_visits import NewVisit, add_visits, change_visit, move_visit
from routekaart.actions.plg.meetings import add_meeting, change_meeting, close_meeting
from routekaart.actions.plg.micro_steps import add_micro_step, move_micro_step
from routekaart.actions.routekaarten.study_days import change_study_day
from routekaart.actions.transitions import approve, return_to_team
from routekaart.domain.errors import Conflict
from routekaart.domain.plg_cycle.closing import GivenAnswer
from routekaart.domain.reminders import Subject
from routekaart.models import (
    Employment,
    LessonVisit,
    Person,
    Plan,
    PlgCycle,
    PlgCycleMember,
    PlgMeeting,
    TeamMembership,
)
from routekaart.queries.mail.reminders import open_items
from routekaart.queries.plg.cycles import the_four_questions
from tests.makers import access_for, employ, grant, join, make_colleague
from tests.plg_stage import TODAY
from tests.stages import TODAY as BEGIN
from tests.stages import Interrupted, Stage
from tests.underway import put_in_state, underway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

DAY = date(2027, 1, 14)


def begun() -> tuple[Stage, PlgCycle]:
    """A PLG of lead and member in a routekaart that was accepted."""
    stage = Stage().accepted()
    cycle = add_cycle(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        values={"name": "Feedback", "members": [stage.lead.pk, stage.member.pk]},
    )
    add_meeting(by=stage.as_lead, cycle_id=cycle.pk, values={"date": DAY})
    start_cycle(by=stage.as_lead, cycle_id=cycle.pk, today=TODAY)
    return stage, cycle


def close(stage: Stage, meeting_id: UUID, text: str) -> None:
    close_meeting(
        by=stage.as_member,
        meeting_id=meeting_id,
        answers={question.slug: GivenAnswer(text) for question in the_four_questions()},
        decisions="",
        today=DAY,
    )


def only_meeting(stage: Stage) -> PlgMeeting:
    with stage.as_lead.entered():
        return PlgMeeting.objects.prefetch_related("answers").get()


def test_who_is_named_twice_is_in_it_once() -> None:
    stage = underway()
    lead, member = stage.lead.pk, stage.member.pk

    def members() -> list[UUID]:
        with stage.as_lead.entered():
            return list(PlgCycleMember.objects.values_list("person_id", flat=True))

    cycle = add_cycle(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        values={"name": "Feedback", "members": [lead, member, lead]},
    )
    assert members() == [lead, member]
    change_cycle(by=stage.as_lead, cycle_id=cycle.pk, values={"members": [member, member]})
    assert members() == [member]


def test_when_a_study_day_moves_the_meetings_of_the_plan_move_along() -> None:
    stage = Stage().running()
    cycle = add_cycle(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        values={
            "name": "Feedback",
            "goal": stage.goal.pk,
            "members": [stage.lead.pk, stage.member.pk],
        },
    )
    start_cycle(by=stage.as_lead, cycle_id=cycle.pk, today=BEGIN)

    def dates() -> list[str]:
        with stage.as_lead.entered():
            return [str(row.date) for row in PlgMeeting.objects.filter(cycle=cycle)]

    def planned(plan: Plan) -> list[str]:
        return [each["date"] for each in plan.content["plg_meetings"]]

    assert dates() == planned(stage.plan)
    with stage.as_lead.entered():
        last = PlgMeeting.objects.filter(cycle=cycle).latest("date")
    own = last.date + timedelta(days=1)
    change_meeting(by=stage.as_lead, meeting_id=last.pk, values={"date": own})
    here = stage.routekaart.pk
    return_to_team(by=stage.as_director, routekaart_id=here, comment="Kan het later?")
    moved = {"date": stage.study_day.date + timedelta(days=7)}
    change_study_day(by=stage.as_lead, study_day_id=stage.study_day.pk, values=moved)
    plan = stage.make_plan()
    approve(by=stage.as_director, routekaart_id=here, on=BEGIN, mr_date=None)
    assert planned(plan) != planned(stage.plan)
    left = str(last.date)
    assert dates() == sorted([*(day for day in planned(plan) if day != left), str(own)])


def test_who_closes_second_does_not_overwrite_the_first() -> None:
    stage, _ = begun()
    meeting = only_meeting(stage)
    by = Interrupted.by(stage.as_lead, lambda: close(stage, meeting.pk, "Eerst."))
    with pytest.raises(Conflict) as caught:
        close_meeting(
            by=by,
            meeting_id=meeting.pk,
            answers={question.slug: GivenAnswer("Later.") for question in the_four_questions()},
            decisions="",
            today=DAY,
        )
    assert caught.value.code == "already_closed"
    assert {answer.text for answer in only_meeting(stage).answers.all()} == {"Eerst."}
    by = Interrupted.by(stage.as_lead, lambda: None)
    with pytest.raises(Conflict) as caught:
        change_meeting(by=by, meeting_id=meeting.pk, values={"date": TODAY})
    assert caught.value.code == "wrong_state"


def test_two_who_go_on_at_once_get_one_cycle() -> None:
    stage, cycle = begun()
    close(stage, only_meeting(stage).pk, "Zo.")
    close_cycle(by=stage.as_lead, cycle_id=cycle.pk, outcome="Rust.", today=TODAY)
    by = Interrupted.by(stage.as_lead, lambda: next_cycle(by=stage.as_member, cycle_id=cycle.pk))
    made, new = next_cycle(by=by, cycle_id=cycle.pk)
    assert new is False
    with stage.as_lead.entered():
        assert list(PlgCycle.objects.exclude(pk=cycle.pk)) == [made]
        assert made.previous_id == cycle.pk


def test_a_visit_that_was_cancelled_meanwhile_is_not_moved() -> None:
    stage, cycle = begun()
    (visit,) = add_visits(
        by=stage.as_lead,
        cycle_id=cycle.pk,
        visits=[NewVisit(stage.lead.pk, stage.member.pk, "Beurten", DAY, time(9), 45)],
    )
    by = Interrupted.by(
        stage.as_lead,
        lambda: move_visit(by=stage.as_member, visit_id=visit.pk, step="cancel", today=DAY),
    )
    with pytest.raises(Conflict) as caught:
        change_visit(by=by, visit_id=visit.pk, values={"starts_at": time(11)})
    assert caught.value.code == "wrong_state"
    with stage.as_lead.entered():
        assert LessonVisit.objects.get().starts_at == time(9)


def test_what_mail_may_ask_about() -> None:
    stage, cycle = begun()
    keys = [
        add_micro_step(
            by=by, cycle_id=cycle.pk, text=text, today=TODAY, try_by=TODAY + timedelta(days=days)
        ).pk
        for by, text, days in (
            (stage.as_lead, "Vandaag.", 0),
            (stage.as_member, "Ook vandaag.", 0),
            (stage.as_member, "Morgen.", 1),
            (stage.as_member, "Al gedaan.", 0),
        )
    ]
    move_micro_step(by=stage.as_member, step_id=keys[3], step="try")

    def due(days: int = 0) -> list[str]:
        found = open_items(school=stage.school.pk, today=TODAY + timedelta(days=days))
        return sorted(
            item.title
            for items in found.values()
            for item in items
            if item.subject is Subject.MICRO_STEP
        )

    assert due(1) == ["Morgen.", "Ook vandaag.", "Vandaag."]
    # Who left the PLG is not asked any more.
    change_cycle(by=stage.as_lead, cycle_id=cycle.pk, values={"members": [stage.lead.pk]})
    assert due(1) == ["Vandaag."]
    close(stage, only_meeting(stage).pk, "Zo.")
    close_cycle(by=stage.as_lead, cycle_id=cycle.pk, outcome="Rust.", today=TODAY)
    assert due(1) == []


def test_of_another_team_there_is_nothing() -> None:
    _, cycle = begun()
    other = Stage(team_name="Elders")
    for attempt in (
        lambda: start_cycle(by=other.as_lead, cycle_id=cycle.pk, today=TODAY),
        lambda: next_cycle(by=other.as_lead, cycle_id=cycle.pk),
        lambda: add_meeting(by=other.as_lead, cycle_id=cycle.pk, values={"date": DAY}),
        lambda: add_visits(by=other.as_lead, cycle_id=cycle.pk, visits=[]),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_step_is_added_by_who_is_in_the_plg() -> None:
    stage, cycle = begun()
    colleague = make_colleague(stage.team, Role.MEMBER)
    with pytest.raises(Forbidden):
        add_micro_step(by=access_for(colleague), cycle_id=cycle.pk, text="Wacht.", today=TODAY)


def test_one_goes_on_with_who_is_still_in_the_team_and_in_no_other_team() -> None:
    stage, cycle = begun()
    # Sees every team of the school, and runs PLGs in one of them.
    grant(stage.lead, Role.DIRECTOR, school=stage.school)
    next_door = underway(Stage(stage.school, "Bovenbouw"))
    with scopes_disabled():
        PlgCycle.objects.filter(pk=cycle.pk).update(state="closed")
        TeamMembership.objects.filter(person=stage.member).delete()
    with pytest.raises(Forbidden):
        next_cycle(by=stage.as_lead, cycle_id=cycle.pk, routekaart_id=next_door.routekaart.pk)
    made, _ = next_cycle(by=stage.as_lead, cycle_id=cycle.pk)
    with scopes_disabled():
        assert [row.person for row in made.member_rows.all()] == [stage.lead]


def test_a_step_is_for_a_day_on_which_that_person_works_at_that_school() -> None:
    here, there = Stage(), Stage()
    member, lead = here.member, here.lead
    grant(member, Role.MEMBER, school=there.school)
    join(member, there.team)
    employ(member, there.school, working_days=[2])
    cycles = []
    with scopes_disabled():
        for stage, person, days in ((here, member, [4]), (here, lead, [1])):
            Employment.objects.filter(person=person, school=stage.school).update(working_days=days)
        for stage in (here, there):
            put_in_state(stage, "running")
            cycle = PlgCycle.objects.create(
                routekaart=stage.routekaart, name="Feedback", state="running"
            )
            for person in (member, lead):
                PlgCycleMember.objects.create(cycle=cycle, person=person)
            cycles.append(cycle.pk)

    def tried_by(person: Person, cycle_id: UUID) -> date:
        by = access_for(person)
        return add_micro_step(by=by, cycle_id=cycle_id, text="Wachten.", today=TODAY).try_by

    found = [tried_by(member, cycles[0]), tried_by(member, cycles[1]), tried_by(lead, cycles[0])]
    # A Thursday, a Tuesday and a Monday.
    assert found == [date(2026, 12, 3), date(2026, 12, 8), date(2026, 12, 7)]
