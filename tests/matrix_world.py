"""The world in which every operation is asked as every role: four places with a whole routekaart.

own        the school and team of the callers
next_door  another team of that school
sibling    another school of the same board
stranger   a school of another board

Each place has one object of every kind; `Place.ids` names them as the OpenAPI file does. A new
kind of path parameter gets its object here, or in `matrix_cycle.py`.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.access import TEAM_BOUND, Role
from routekaart.actions.calendar_feed.addresses import make_address
from routekaart.formats.word_template.example import example_template
from routekaart.models import (
    Assignment,
    BudgetLine,
    CalendarOverride,
    Departure,
    Document,
    Job,
    Person,
    RoleGrant,
    TeamMembership,
    WordTemplate,
)
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength, JobKind, JobState
from routekaart.queries.documents.offered import Wanted
from routekaart.storage import Storage
from tests.makers import (
    ApiClient,
    client_for,
    employ,
    grant,
    join,
    make_board,
    make_colleague,
    make_link,
    make_person,
    make_school,
)
from tests.matrix_cycle import cycle_ids
from tests.stages import Stage

NOBODY = "nobody"
PLACES = ("own", "next_door", "sibling", "stranger")
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
    """The four places, and a client per role at the own school. `later`: those yet to be added."""

    storage: Storage
    later: tuple[str, ...] = ()
    places: dict[str, Place] = field(init=False)
    people: dict[str, Person] = field(init=False)
    clients: dict[str, ApiClient] = field(init=False)

    def __post_init__(self) -> None:
        self._board = make_board()
        self._school = make_school(self._board, "De Wilg")
        own = Stage(self._school, "Onderbouw")
        # First the people: somebody who joins later makes the plan outdated.
        self.people = {
            role.value: make_colleague(own.team, role, name=f"Roel {role.value}") for role in ROLES
        }
        self.clients = {role: client_for(person) for role, person in self.people.items()}
        self.clients[NOBODY] = ApiClient()
        stages = {where: own if where == "own" else self._stage(where) for where in self._now()}
        # For all of them before the first plan: two teams share a calendar.
        overrides = {where: _override(stage) for where, stage in stages.items()}
        self.places = {
            where: _place(stage, overrides[where], self.storage) for where, stage in stages.items()
        }

    def add(self) -> None:
        """Those that come later. Who left the own school works there."""
        for where in self.later:
            stage = self._stage(where)
            self.places[where] = _place(stage, _override(stage), self.storage)
            employ(self.leaver, stage.school)
            grant(self.leaver, Role.MEMBER, school=stage.school)
            join(self.leaver, stage.team)

    def leave_elsewhere(self) -> None:
        """Who left the own school left one of another board too."""
        with scopes_disabled():
            Departure.objects.create(
                person=self.leaver, school=make_school(name="Vroeger"), left_at=timezone.now()
            )

    @property
    def leaver(self) -> Person:
        """Who left the own school."""
        return Person.objects.get(pk=self.places["own"].ids["left_id"])

    def reach_further(self) -> None:
        """From now on everybody has the same role at all places, in a team where it is bound."""
        for role in set(ROLES) - {Role.BOARD}:
            person = self.people[role.value]
            for where in ("next_door", "sibling", "stranger"):
                stage = self.places[where].stage
                if role in TEAM_BOUND:
                    join(person, stage.team)
                if where != "next_door":
                    employ(person, stage.school)
                    grant(person, role, school=stage.school)

    def _now(self) -> list[str]:
        return [where for where in PLACES if where not in self.later]

    def _stage(self, where: str) -> Stage:
        if where == "next_door":
            return Stage(self._school, "Bovenbouw")
        if where == "sibling":
            return Stage(make_school(self._board, "De Eik"), "Onderbouw")
        return Stage(make_school(name="Elders"), "Onderbouw")


def make_place(storage: Storage) -> Place:
    """One place on its own."""
    stage = Stage()
    return _place(stage, _override(stage), storage)


def _place(stage: Stage, override: CalendarOverride, storage: Storage) -> Place:
    # Five teachers: of fewer there is no plan of a group without persons.
    for number in range(3):
        make_colleague(stage.team, name=f"Collega {number}")
    stage.planned()
    newcomer = make_person("Nina Nieuw")
    employ(newcomer, stage.school)
    leaver = make_person("Wim Weg")
    stored = storage.put(f"%PDF {stage.school.pk}".encode())
    with scopes_disabled():
        document = Document.objects.create(
            routekaart=stage.routekaart,
            plan=stage.plan,
            school=stage.school,
            kind=DocumentKind.TEAM,
            format=DocumentFormat.PDF,
            length=DocumentLength.FULL,
            input_hash=stage.routekaart.pk.hex,
            content_hash=stored.content_hash,
            size=stored.size,
            media_type="application/pdf",
            file_name="scholingsplan.pdf",
        )
        job = Job.objects.create(
            school=stage.school,
            kind=JobKind.DOCUMENT,
            state=JobState.FAILED,
            payload=Wanted(DocumentKind.TEAM).payload | {"plan": str(stage.plan.pk)},
            due_at=timezone.now(),
            failure_code="demo",
            failure_text="Er ging iets mis.",
            routekaart=stage.routekaart,
        )
        bundle = Job.objects.create(
            school=stage.school,
            kind=JobKind.BUNDLE,
            payload={
                "asked": {"kind": "team", "formats": ["pdf"], "length": "full", "year": 2026},
                "schools": [str(stage.school.pk)],
                "skipped": [],
            },
        )
        Job.objects.filter(pk=job.pk).update(parent=bundle)
        template = storage.put(example_template())
        word_template = WordTemplate.objects.create(
            school=stage.school,
            name="Huisstijl",
            # Two of the places are at one school.
            version=WordTemplate.objects.filter(school=stage.school).count() + 1,
            content_hash=template.content_hash,
            size=template.size,
        )
        link = make_link(document, recipient=stage.director, made_by=stage.lead)
        Departure.objects.create(person=leaver, school=stage.school, left_at=timezone.now())
        employment = stage.member.employments.get(school=stage.school)
        membership = TeamMembership.objects.get(person=stage.member, team=stage.team)
        budget_line = BudgetLine.objects.create(
            school=stage.school,
            person=stage.member,
            school_year=2025,
            kind="spent",
            what="Boek",
            spent_on=date(2025, 10, 1),
            cents=5_000,
        )
        assignment = Assignment.objects.filter(routekaart=stage.routekaart).first()
        assert assignment is not None
        of_the_cycle = cycle_ids(stage, assignment)
    ids: dict[str, Any] = {
        "slug": "feedback",
        "course": "complimenten-geven-en-corrigeren",
        "board_id": stage.school.board_id,
        "school_id": stage.school.pk,
        "team_id": stage.team.pk,
        "employment_id": employment.pk,
        "left_id": leaver.pk,
        "membership_id": membership.pk,
        "budget_line_id": budget_line.pk,
        "override_id": override.pk,
        "role_grant_id": RoleGrant.objects.get(person=stage.trainer).pk,
        "routekaart_id": stage.routekaart.pk,
        "goal_id": stage.goal.pk,
        "study_day_id": stage.study_day.pk,
        "assignment_id": assignment.pk,
        "plan_id": stage.plan.pk,
        "document_id": document.pk,
        "document_link_id": link.pk,
        "job_id": job.pk,
        "bundle_id": bundle.pk,
        "word_template_id": word_template.pk,
        "feed_id": make_address(by=stage.as_member).feed.pk,
        **of_the_cycle,
    }
    return Place(stage, {name: str(value) for name, value in ids.items()}, str(newcomer.pk))


def _override(stage: Stage) -> CalendarOverride:
    with scopes_disabled():
        return CalendarOverride.objects.create(
            school=stage.school,
            title="Brugdag",
            first_day=date(2027, 5, 7),
            last_day=date(2027, 5, 7),
        )
