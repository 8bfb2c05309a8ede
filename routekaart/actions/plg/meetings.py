"""Meetings of a PLG: their dates and agendas, and how each of them ends."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from courses.dutch import dutch_date
from routekaart.access import STEP_PERMISSIONS, Access, NotFound, Permission
from routekaart.actions.plg.changing import in_cycle, note
from routekaart.domain.calendar import SchoolCalendar, SchoolYear
from routekaart.domain.errors import BadInput, Conflict, RulesBroken
from routekaart.domain.held import check_held
from routekaart.domain.lifecycle import PLG_MEETING
from routekaart.domain.meeting_dates import preferred_weekdays
from routekaart.domain.plg_cycle.agenda import AgendaItem, Question, agenda_template
from routekaart.domain.plg_cycle.closing import GivenAnswer, answer_findings
from routekaart.domain.plg_cycle.dates import planned_dates, rhythm_dates, with_new_plan
from routekaart.domain.visit_times import ends_today
from routekaart.models import Plan, PlgAnswer, PlgCycle, PlgMeeting, Routekaart, StudyDay
from routekaart.queries.organisation.teams import employments_of, members_for_planning
from routekaart.queries.planning.current_plan import current_plan
from routekaart.queries.planning.problems import calendar_of, plan_from_json
from routekaart.queries.plg.cycles import last_answers, other_meeting_dates, the_four_questions

_STEPS = STEP_PERMISSIONS[PLG_MEETING.name]


def add_meeting(*, by: Access, cycle_id: UUID, values: Mapping[str, Any]) -> PlgMeeting:
    """A meeting on a date of its own. Without an agenda in `values` it gets the usual one.

    Raises `Conflict` (`meeting_exists`) when the PLG meets on that date already.
    """
    with in_cycle(by=by, cycle_id=cycle_id, permission=Permission.RUN_PLG) as cycle:
        meeting = PlgMeeting(
            cycle=cycle, minutes=cycle.routekaart.plg_minutes, agenda=_agenda_of_new(cycle)
        )
        _fill(meeting, values)
        note(by=by, cycle=cycle, action="add_plg_meeting", subject=meeting)
    return meeting


def change_meeting(*, by: Access, meeting_id: UUID, values: Mapping[str, Any]) -> PlgMeeting:
    """Changes date, time, minutes or agenda of a meeting that has yet to be held."""
    with _in_meeting(by, meeting_id, Permission.RUN_PLG) as meeting:
        if meeting.state != "planned":
            raise Conflict(
                "Deze bijeenkomst is al geweest of ging niet door. Heropen haar eerst.",
                code="wrong_state",
            )
        _fill(meeting, values)
        note(by=by, cycle=meeting.cycle, action="change_plg_meeting", subject=meeting)
    return meeting


def close_meeting(
    *,
    by: Access,
    meeting_id: UUID,
    answers: Mapping[str, GivenAnswer],
    decisions: str,
    today: date,
) -> PlgMeeting:
    """The meeting was held. `answers`: per question an answer, or why there is none.

    Raises `Conflict` (`day_not_held`) before its date, and `RulesBroken` with a finding per
    question without an answer. Once closed, the same answers change nothing and others are
    refused (`already_closed`): nobody's text gets lost.
    """
    questions = the_four_questions()
    unknown = sorted(set(answers) - {question.slug for question in questions})
    if unknown:
        raise BadInput(
            "answers", "Deze vraag bestaat niet. Kies uit de vier vragen.", code="unknown_question"
        )
    with _in_meeting(by, meeting_id, _STEPS["close"]) as meeting:
        if meeting.cycle.state != "running":
            raise Conflict("Deze PLG is nog niet begonnen. Start haar eerst.", code="wrong_state")
        before, meeting.state = meeting.state, PLG_MEETING.after(meeting.state, "close")
        if before != "held":
            check_held(
                meeting.date, today=today, what="Deze bijeenkomst", then="Sluit haar daarna af"
            )
        found = answer_findings(questions, answers)
        if found:
            raise RulesBroken(found)
        if before == "held":
            _check_the_same(meeting, answers, decisions)
            return meeting
        meeting.decisions = decisions
        meeting.reason = ""
        meeting.save(update_fields=["state", "decisions", "reason"])
        meeting.answers.all().delete()
        PlgAnswer.objects.bulk_create(
            PlgAnswer(meeting=meeting, question=question.slug, **asdict(_tidy(answers, question)))
            for question in questions
        )
        note(by=by, cycle=meeting.cycle, action="close_plg_meeting", subject=meeting)
    return meeting


def skip_meeting(*, by: Access, meeting_id: UUID, reason: str) -> PlgMeeting:
    """The meeting did not take place, and why."""
    with _in_meeting(by, meeting_id, _STEPS["skip"]) as meeting:
        meeting.state = PLG_MEETING.after(meeting.state, "skip")
        meeting.reason = reason
        meeting.save(update_fields=["state", "reason"])
        note(by=by, cycle=meeting.cycle, action="skip_plg_meeting", subject=meeting)
    return meeting


def reopen_meeting(*, by: Access, meeting_id: UUID) -> PlgMeeting:
    """Back to planned; what was answered stays until it is closed anew."""
    with _in_meeting(by, meeting_id, _STEPS["reopen"]) as meeting:
        meeting.state = PLG_MEETING.after(meeting.state, "reopen")
        meeting.save(update_fields=["state"])
        note(by=by, cycle=meeting.cycle, action="reopen_plg_meeting", subject=meeting)
    return meeting


def plan_meetings_of(cycle: PlgCycle, *, today: date) -> None:
    """Meetings for the rest of the year: those of the plan about its goal, else by its rhythm.

    Call for a locked PLG without meetings, inside the scope of its school.
    """
    routekaart = cycle.routekaart
    plan = current_plan(routekaart)
    goal = str(cycle.goal_id) if cycle.goal_id else None
    dates = planned_dates(plan.plg_meetings, goal, not_before=today) if plan else ()
    if not dates:
        school = routekaart.team.school
        members = set(cycle.member_rows.values_list("person_id", flat=True))
        employments = [
            each
            for each in employments_of(team_id=routekaart.team_id, schools=[school.pk])
            if each.person_id in members
        ]
        study_days = StudyDay.objects.filter(routekaart=routekaart).values_list("date", flat=True)
        dates = rhythm_dates(
            calendar=calendar_of(school=school, year=routekaart.school_year),
            weekdays=preferred_weekdays(
                members_for_planning(employments), routekaart.meeting_weekday
            ),
            weeks=cycle.rhythm_weeks,
            not_before=today,
            taken={*study_days, *other_meeting_dates(cycle)},
        )
    first, later = _agenda_of_new(cycle), _as_json(agenda_template(the_four_questions()))
    PlgMeeting.objects.bulk_create(
        PlgMeeting(
            cycle=cycle,
            date=day,
            minutes=routekaart.plg_minutes,
            agenda=later if number else first,
        )
        for number, day in enumerate(dates)
    )


def follow_plan(*, by: Access, routekaart: Routekaart, plan: Plan, today: date) -> None:
    """Moves the meetings that stood on a date of the plan before along with `plan`, and adds
    those that are new in it.

    Call for a locked routekaart, inside the scope of its school.
    """
    row = (
        Plan.objects.filter(routekaart=routekaart, version__lt=plan.version)
        .order_by(F("approved_at").desc(nulls_last=True), "-version")
        .first()
    )
    if row is None:
        return
    before = plan_from_json(row.content).plg_meetings
    now = plan_from_json(plan.content).plg_meetings
    cycles = PlgCycle.objects.filter(routekaart=routekaart, goal__isnull=False, state="running")
    for cycle in cycles.select_for_update(of=("self",), no_key=True).order_by("pk"):
        goal = str(cycle.goal_id)
        meetings = list(cycle.meetings.all())
        coming = {one.date: one for one in meetings if one.state == PLG_MEETING.start}
        moved, added = with_new_plan(
            coming,
            others=[one.date for one in meetings if one.date not in coming],
            before=planned_dates(before, goal, not_before=date.min),
            planned=planned_dates(now, goal, not_before=today),
            not_before=today,
        )
        cycle.routekaart = routekaart
        for old, new in moved.items():
            meeting = coming[old]
            meeting.date = new
            meeting.save(update_fields=["date"])
            note(by=by, cycle=cycle, action="change_plg_meeting", subject=meeting)
        for day in added:
            meeting = PlgMeeting.objects.create(
                cycle=cycle,
                date=day,
                minutes=routekaart.plg_minutes,
                agenda=_as_json(agenda_template(the_four_questions())),
            )
            note(by=by, cycle=cycle, action="add_plg_meeting", subject=meeting)


@contextmanager
def _in_meeting(by: Access, meeting_id: UUID, permission: Permission) -> Iterator[PlgMeeting]:
    seen = by.fetch(PlgMeeting, meeting_id, permission)
    with in_cycle(by=by, cycle_id=seen.cycle_id, permission=permission) as cycle:
        meeting = PlgMeeting.objects.filter(pk=meeting_id).first()
        if meeting is None:
            raise NotFound("PlgMeeting")
        meeting.cycle = cycle
        yield meeting


def _agenda_of_new(cycle: PlgCycle) -> list[dict[str, str]]:
    """The first agenda of a cycle that goes on starts from what was answered last."""
    earlier = None
    if cycle.previous is not None and not cycle.meetings.exists():
        earlier = last_answers(cycle.previous)
    return _as_json(agenda_template(the_four_questions(), earlier))


def _as_json(agenda: Sequence[AgendaItem]) -> list[dict[str, str]]:
    return [asdict(item) | {"kind": item.kind.value} for item in agenda]


def _fill(meeting: PlgMeeting, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(meeting, name, _as_json(value) if name == "agenda" else value)
    routekaart = meeting.cycle.routekaart
    calendar = calendar_of(school=routekaart.team.school, year=routekaart.school_year)
    check_open(calendar, meeting.date)
    if meeting.starts_at is not None and not ends_today(meeting.starts_at, meeting.minutes):
        raise BadInput(
            "minutes",
            "Deze bijeenkomst eindigt pas na middernacht. Begin eerder, of maak haar korter.",
            code="ends_after_midnight",
        )
    try:
        with transaction.atomic():
            meeting.save()
    except IntegrityError:
        raise Conflict(
            "Deze PLG heeft op deze datum al een bijeenkomst. Kies een andere datum.",
            code="meeting_exists",
        ) from None


def check_open(calendar: SchoolCalendar, day: date, field: str = "date") -> None:
    """Raises `BadInput` for a day outside the school year, or on which the school is closed."""
    year: SchoolYear = calendar.year
    if day not in year:
        raise BadInput(
            field,
            f"Deze dag valt buiten het schooljaar {year.label} ({dutch_date(year.first_day)} "
            f"tot en met {dutch_date(year.last_day)}). Kies een dag daarbinnen.",
            code="outside_school_year",
        )
    if not calendar.is_open(day):
        raise BadInput(
            field,
            f"Op {dutch_date(day)} is de school dicht ({calendar.why_closed(day)}). "
            "Kies een andere dag.",
            code="school_closed",
        )


def _tidy(answers: Mapping[str, GivenAnswer], question: Question) -> GivenAnswer:
    given = answers[question.slug]
    return GivenAnswer(given.text.strip(), given.not_answered_because.strip())


def _check_the_same(
    meeting: PlgMeeting, answers: Mapping[str, GivenAnswer], decisions: str
) -> None:
    stored = {
        row.question: GivenAnswer(row.text, row.not_answered_because)
        for row in meeting.answers.all()
    }
    now = {question.slug: _tidy(answers, question) for question in the_four_questions()}
    if stored != now or meeting.decisions != decisions:
        raise Conflict(
            "Deze bijeenkomst is al afgesloten met andere antwoorden. Lees die eerst; "
            "heropen de bijeenkomst om ze te wijzigen.",
            code="already_closed",
        )
