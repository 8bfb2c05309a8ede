"""One object of every kind of the learning cycle, for each place of the matrix."""

from datetime import date, time
from typing import Any

from django.utils import timezone

from routekaart.actions.catalogue.own_courses import add_own_course
from routekaart.models import (
    Agreement,
    Assignment,
    AssignmentRule,
    Completion,
    CourseOverride,
    GroupCompletion,
    GroupConfirmation,
    Indicator,
    LessonVisit,
    Mail,
    MailBatch,
    Measurement,
    MicroStep,
    Person,
    PlgCycle,
    PlgMeeting,
    PreparationNote,
    ProgrammeBlock,
    Scan,
    TeamMembership,
    Topic,
    WorkGroup,
    WorkGroupMember,
)
from routekaart.models.mail import MailKind
from tests.stages import Stage


def cycle_ids(stage: Stage, assignment: Assignment) -> dict[str, Any]:
    """The objects by path parameter. Call inside a scope that reaches the school."""
    return {
        **_assigning(stage, assignment),
        **_progress(stage, assignment),
        **_preparation(stage),
        **_plg(stage),
        **_evaluation(stage),
        **_mail(stage),
    }


def _assigning(stage: Stage, assignment: Assignment) -> dict[str, Any]:
    """A rule, a batch, a work group, and a course of the school's own."""
    group = WorkGroup.objects.create(routekaart=stage.routekaart, name="Kijkgroep")
    WorkGroupMember.objects.create(work_group=group, person=stage.member)
    own_course = add_own_course(
        by=stage.as_trainer, school_id=stage.school.pk, title="Eigen cursus", minutes=30
    )
    override, _ = CourseOverride.objects.get_or_create(
        school=stage.school,
        course_id=assignment.course_id,
        # No other length, so that the plan still holds.
        defaults={"url": "https://cursus.test/"},
    )
    return {
        "course_override_id": override.pk,
        "batch_id": assignment.batch_id,
        "rule_id": AssignmentRule.objects.filter(goal=stage.goal)[0].pk,
        "work_group_id": group.pk,
        "own_course_id": own_course.pk,
        "own_course_slug": own_course.course_id,
        "version": 1,
    }


def _progress(stage: Stage, assignment: Assignment) -> dict[str, Any]:
    """Something done alone, and something done together that all have yet to confirm."""
    completion = Completion.objects.create(
        school=stage.school,
        person=stage.member,
        course_id=assignment.course_id,
        done_on=date(2026, 9, 1),
        source="self",
        recorded_by=stage.member,
    )
    together = GroupCompletion.objects.create(
        routekaart=stage.routekaart,
        course_id=assignment.course_id,
        done_on=date(2026, 9, 2),
        made_by=stage.lead,
    )
    for member in TeamMembership.objects.filter(team=stage.team):
        GroupConfirmation.objects.create(group_completion=together, person_id=member.person_id)
    return {"completion_id": completion.pk, "group_completion_id": together.pk}


def _preparation(stage: Stage) -> dict[str, Any]:
    """Two topics, a block for them, and a note that is shared."""
    topic = Topic.objects.create(study_day=stage.study_day, title="Groep 1")
    second = Topic.objects.create(study_day=stage.study_day, title="Groep 2")
    note = PreparationNote.objects.create(
        study_day=stage.study_day,
        author=stage.member,
        kind="question",
        text="Hoe begin je?",
        shared_at=timezone.now(),
    )
    block = ProgrammeBlock.objects.create(
        study_day=stage.study_day,
        starts_at=time(8, 30),
        minutes=60,
        kind="practice",
        title="Samen oefenen",
    )
    return {
        "topic_id": topic.pk,
        "second_topic_id": second.pk,
        "block_id": block.pk,
        "note_id": note.pk,
    }


def _plg(stage: Stage) -> dict[str, Any]:
    """A PLG of the whole team that has begun, and a scan that is open."""
    day = date(2027, 6, 15)
    # What was held can be closed.
    held = date(2026, 8, 25)
    cycle = PlgCycle.objects.create(
        routekaart=stage.routekaart, name="Feedback", goal=stage.goal, state="running"
    )
    cycle.members.set(Person.objects.filter(memberships__team=stage.team))
    meeting = PlgMeeting.objects.create(cycle=cycle, date=held)
    step = MicroStep.objects.create(
        cycle=cycle, person=stage.member, text="Wachttijd geven.", try_by=day
    )
    visit = LessonVisit.objects.create(
        cycle=cycle,
        visitor=stage.member,
        host=stage.lead,
        focus="Wachttijd",
        date=held,
        starts_at=time(9),
    )
    scan = Scan.objects.create(team=stage.team, school_year=2026, opened_on=day)
    return {
        "plg_cycle_id": cycle.pk,
        "plg_meeting_id": meeting.pk,
        "micro_step_id": step.pk,
        "lesson_visit_id": visit.pk,
        "scan_id": scan.pk,
    }


def _evaluation(stage: Stage) -> dict[str, Any]:
    """An agreement, and an indicator with a measurement."""
    agreement = Agreement.objects.create(
        routekaart=stage.routekaart,
        study_day=stage.study_day,
        what="Elke les een exit-ticket.",
        owner=stage.member,
        due_on=date(2026, 11, 18),
        check_on=date(2026, 12, 2),
    )
    indicator = Indicator.objects.create(goal=stage.goal, name="Toets", target=75)
    measurement = Measurement.objects.create(
        indicator=indicator, measured_on=date(2026, 10, 1), value=60
    )
    return {
        "agreement_id": agreement.pk,
        "indicator_id": indicator.pk,
        "measurement_id": measurement.pk,
    }


def _mail(stage: Stage) -> dict[str, Any]:
    """A batch, and a message of it that could not be delivered."""
    batch = MailBatch.objects.create(
        school=stage.school,
        routekaart=stage.routekaart,
        kind=MailKind.PLAN_CHANGED,
        title="Plan versie 1",
    )
    mail = Mail.objects.create(
        school=stage.school,
        batch=batch,
        person=stage.member,
        kind=MailKind.PLAN_CHANGED,
        key="demo",
        subject="Het plan is veranderd",
        body="Hallo,",
        state="failed",
    )
    return {"mail_batch_id": batch.pk, "mail_id": mail.pk}
