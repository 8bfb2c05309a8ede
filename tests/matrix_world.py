"""The world in which every operation is asked as every role: four places with a whole routekaart.

own        the school and team of the callers
next_door  another team of that school
sibling    another school of the same board
stranger   a school of another board

Each place has one object of every kind; `Place.ids` names them as the OpenAPI file does. A new
kind of path parameter gets its object here.
"""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import (
    Agreement,
    Assignment,
    CalendarOverride,
    Document,
    Indicator,
    Job,
    Measurement,
    Assignment,
    CalendarOverride,
    Document,
    Job,
    LessonVisit,
    MicroStep,
    Person,
    PlgCycle,
    PlgMeeting,
    Scan,
    TeamMembership,
)
from routekaart.models.jobs import DocumentKind, JobKind, JobState
from routekaart.storage import Storage
from tests.makers import (
    ApiClient,
    client_for,
    employ,
    make_board,
    make_colleague,
    make_person,
    make_school,
)
from tests.stages import Stage

NOBODY = "nobody"
ROLES: tuple[Role, ...] = (
    Role.MEMBER,
    Role.TEAM_LEAD,
    Role.TRAINER,
    Role.DIRECTOR,
    Role.BOARD,
    Role.MR_READER,
    Role.SCHOOL_ADMIN,
    Role.CATALOGUE_MANAGER,
)


@dataclass(frozen=True)
class Place:
    """A team with everything around it. `ids`: path parameter → the object it stands for here."""

    stage: Stage
    ids: dict[str, str]
    # Somebody who works here and is in no team yet.
    newcomer: str


@dataclass
class World:
    """The four places, and a client per role at the own school."""

    storage: Storage
    places: dict[str, Place] = field(init=False)
    clients: dict[str, ApiClient] = field(init=False)

    def __post_init__(self) -> None:
        board = make_board()
        school = make_school(board, "De Wilg")
        own = Stage(school, "Onderbouw")
        # First the people: somebody who joins later makes the plan outdated.
        self.clients = {
            role.value: client_for(make_colleague(own.team, role, name=f"Roel {role.value}"))
            for role in ROLES
        }
        self.clients[NOBODY] = ApiClient()
        stages = {
            "own": own,
            "next_door": Stage(school, "Bovenbouw"),
            "sibling": Stage(make_school(board, "De Eik"), "Onderbouw"),
            "stranger": Stage(make_school(name="Elders"), "Onderbouw"),
        }
        # For all of them before the first plan: two teams share a calendar.
        overrides = {where: _override(stage) for where, stage in stages.items()}
        self.places = {
            where: _place(stage, overrides[where], self.storage) for where, stage in stages.items()
        }


def make_place(storage: Storage) -> Place:
    """One place on its own."""
    stage = Stage()
    return _place(stage, _override(stage), storage)


def _place(stage: Stage, override: CalendarOverride, storage: Storage) -> Place:
    stage.planned()
    newcomer = make_person("Nina Nieuw")
    employ(newcomer, stage.school)
    stored = storage.put(f"%PDF {stage.school.pk}".encode())
    with scopes_disabled():
        document = Document.objects.create(
            routekaart=stage.routekaart,
            plan=stage.plan,
            kind=DocumentKind.TEAM,
            input_hash="0" * 64,
            content_hash=stored.content_hash,
            size=stored.size,
            media_type="application/pdf",
            file_name="scholingsplan.pdf",
        )
        job = Job.objects.create(
            school=stage.school,
            kind=JobKind.TEAM_PLAN_PDF,
            state=JobState.FAILED,
            payload={"routekaart": str(stage.routekaart.pk), "plan": str(stage.plan.pk)},
            due_at=timezone.now(),
            failure_code="demo",
            failure_text="Er ging iets mis.",
            routekaart=stage.routekaart,
        )
        employment = stage.member.employments.get(school=stage.school)
        membership = TeamMembership.objects.get(person=stage.member, team=stage.team)
        assignment = Assignment.objects.filter(routekaart=stage.routekaart).first()
        assert assignment is not None
    ids: dict[str, Any] = {
        "slug": "feedback",
        "course": "complimenten-geven-en-corrigeren",
        "school_id": stage.school.pk,
        "team_id": stage.team.pk,
        "employment_id": employment.pk,
        "membership_id": membership.pk,
        "override_id": override.pk,
        "routekaart_id": stage.routekaart.pk,
        "goal_id": stage.goal.pk,
        "study_day_id": stage.study_day.pk,
        "assignment_id": assignment.pk,
        "plan_id": stage.plan.pk,
        **_plg(stage),
        "document_id": document.pk,
        "job_id": job.pk,
        **_evaluated(stage),
    }
    return Place(stage, {name: str(value) for name, value in ids.items()}, str(newcomer.pk))


def _evaluated(stage: Stage) -> dict[str, Any]:
    """An agreement, and an indicator with a measurement."""
    with scopes_disabled():
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
def _plg(stage: Stage) -> dict[str, Any]:
    """A PLG of the whole team that has begun, and a scan that is open."""
    day = date(2027, 6, 15)
    with scopes_disabled():
        cycle = PlgCycle.objects.create(
            routekaart=stage.routekaart, name="Feedback", goal=stage.goal, state="running"
        )
        cycle.members.set(Person.objects.filter(memberships__team=stage.team))
        meeting = PlgMeeting.objects.create(cycle=cycle, date=day)
        step = MicroStep.objects.create(
            cycle=cycle, person=stage.member, text="Wachttijd geven.", try_by=day
        )
        visit = LessonVisit.objects.create(
            cycle=cycle,
            visitor=stage.member,
            host=stage.lead,
            focus="Wachttijd",
            date=day,
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


def _override(stage: Stage) -> CalendarOverride:
    with scopes_disabled():
        return CalendarOverride.objects.create(
            school=stage.school,
            title="Brugdag",
            first_day=date(2027, 5, 7),
            last_day=date(2027, 5, 7),
        )
