"""The world that every page is looked at in: one school with teams at every point of the year.

It is Monday 5 October 2026, nine o'clock. `World.people` has one person per role, who belongs to
every team where the role is bound to teams. A subject that needs more adds it here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from courses.catalogue import current_catalogue, forget_catalogue
from routekaart.access import Role
from routekaart.clock import end_of
from routekaart.domain.scan_kinds import scan_frame
from routekaart.models import (
    Assignment,
    CalendarOverride,
    Departure,
    Document,
    Employment,
    Goal,
    Invitation,
    Job,
    MicroStep,
    Person,
    PlgCycle,
    PreparationNote,
    Routekaart,
    Scan,
    ScanAnswer,
    School,
    WordTemplate,
)
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength, JobKind, JobState
from routekaart.queries.documents.offered import Wanted
from routekaart.queries.organisation.invitations import key_of
from routekaart.storage import Storage
from tests.makers import join, make_board, make_colleague, make_link, make_person, make_school
from tests.matrix_cycle import cycle_ids
from tests.stages import Stage
from tests.word_files import word_file

MOMENT = datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
_TEAM_BOUND = (Role.MEMBER, Role.TEAM_LEAD)


@dataclass
class World:
    """Five teams of De Wilg. `ids`: objects of the running routekaart by what they are."""

    school: School = field(init=False)
    people: dict[Role, Person] = field(init=False)
    draft: Stage = field(init=False)
    submitted: Stage = field(init=False)
    advised: Stage = field(init=False)
    planned: Stage = field(init=False)
    running: Stage = field(init=False)
    ids: dict[str, object] = field(init=False)

    def __post_init__(self) -> None:
        self.school = make_school(make_board(), "De Wilg")
        self.draft = Stage(self.school, "Kleuters")
        self.submitted = Stage(self.school, "Middenbouw")
        self.advised = Stage(self.school, "Zorgteam")
        self.planned = Stage(self.school, "Bovenbouw")
        self.running = Stage(self.school, "Onderbouw")
        # People first: somebody who joins later makes a plan outdated.
        self.people = {
            role: make_colleague(self.running.team, role, name=f"Robin {role.label.capitalize()}")
            for role in Role
        }
        for stage in (self.draft, self.submitted, self.advised, self.planned):
            for role in _TEAM_BOUND:
                join(self.people[role], stage.team)
        self.draft.filled()
        self.submitted.submitted()
        self.advised.advised()
        self.planned.planned()
        self.running.running()
        with self.running.as_lead.entered():
            assignment = Assignment.objects.filter(routekaart=self.running.routekaart)[0]
            self.ids = cycle_ids(self.running, assignment) | {"assignment_id": assignment.pk}
            member = self.people[Role.MEMBER]
            own = Assignment.objects.filter(routekaart=self.running.routekaart, person=member)
            self.ids["own_assignment"] = own[0].pk
            self.ids |= _of_member(self.running, member)
            self.ids["override_id"] = CalendarOverride.objects.create(
                school=self.school,
                title="Carnaval",
                first_day=date(2027, 2, 8),
                last_day=date(2027, 2, 9),
            ).pk
            self.ids |= _wellbeing(self.running)
            self.ids["invitation_key"] = _invited(member)
            self._last_year()
        left = make_person("Wim de Wit")
        with self.running.as_lead.entered():
            Departure.objects.create(person=left, school=self.school, left_at=MOMENT)
        self.ids["left_id"] = left.pk
        self.ids |= _documents(self.running, self.people) | _word_template(self.running)
        # The course that was added is read now, and not while a page is counted.
        forget_catalogue()
        current_catalogue()

    def _last_year(self) -> None:
        """A goal that the team of the draft did not finish the year before."""
        before = Routekaart.objects.create(team=self.draft.team, school_year=2025, state="closed")
        Goal.objects.create(routekaart=before, wording="Wij leren modelen.", priority=1)


def _of_member(stage: Stage, member: Person) -> dict[str, object]:
    """What a member alone may open: a note and a step of the own."""
    note = PreparationNote.objects.create(
        study_day=stage.study_day, author=member, kind="wish", text="Samen oefenen."
    )
    step = MicroStep.objects.create(
        cycle=PlgCycle.objects.get(routekaart=stage.routekaart),
        person=member,
        text="Langer wachten.",
        try_by=date(2026, 10, 20),
    )
    return {"own_note_id": note.pk, "own_step_id": step.pk}


def _invited(member: Person) -> str:
    """The key of an invitation that holds: nobody here chose a password yet."""
    invitation = Invitation.objects.create(
        employment=Employment.objects.get(person=member),
        sent_at=MOMENT,
        expires_at=end_of(MOMENT.date() + timedelta(days=14)),
    )
    return key_of(invitation)


def _wellbeing(stage: Stage) -> dict[str, object]:
    """Scans of wellbeing: of two years that are closed, and one that is open."""
    domains = [one.slug for one in scan_frame(current_catalogue(), "wellbeing").questions]
    for year, score in ((2024, 2), (2025, 4)):
        closed = Scan.objects.create(
            team=stage.team,
            kind="wellbeing",
            school_year=year,
            opened_on=date(year, 9, 1),
            closed_on=date(year, 10, 1),
        )
        for _ in range(5):
            ScanAnswer.objects.create(scan=closed, scores=dict.fromkeys(domains, score))
    opened = Scan.objects.create(
        team=stage.team, kind="wellbeing", school_year=2026, opened_on=date(2026, 9, 1)
    )
    return {"closed_scan_id": closed.pk, "open_scan_id": opened.pk}


def _word_template(stage: Stage) -> dict[str, object]:
    """A template that is in use, and does not hold all that a plan needs."""
    stored = Storage(Path(settings.STORAGE_DIR)).put(word_file("{{ team }}, {{ school }}"))
    with stage.as_lead.entered():
        made = WordTemplate.objects.create(
            school=stage.school,
            name="Huisstijl De Wilg",
            version=1,
            content_hash=stored.content_hash,
            size=stored.size,
            active=True,
            uploaded_by=stage.lead,
        )
    return {"word_template_id": made.pk}


def _documents(stage: Stage, people: Mapping[Role, Person]) -> dict[str, object]:
    """A finished document that was sent, and jobs: one that waits and one that failed."""
    with stage.as_lead.entered():
        document = Document.objects.create(
            routekaart=stage.routekaart,
            plan=stage.plan,
            school=stage.school,
            kind=DocumentKind.TEAM,
            format=DocumentFormat.PDF,
            length=DocumentLength.FULL,
            input_hash="1" * 64,
            content_hash="4f2a91c0" * 8,
            size=48_213,
            media_type="application/pdf",
            file_name="scholingsplan.pdf",
        )
    link = make_link(document, recipient=people[Role.DIRECTOR], made_by=stage.lead)
    fields: dict[str, Any] = {
        "school": stage.school,
        "routekaart": stage.routekaart,
        "kind": JobKind.DOCUMENT,
        "payload": Wanted(DocumentKind.TEAM).payload | {"plan": str(stage.plan.pk)},
        "requested_by": stage.lead,
    }
    failed = Job.objects.create(
        state=JobState.FAILED,
        attempts=5,
        failure_code="took_too_long",
        failure_text="Het maken duurde te lang. Probeer het later opnieuw.",
        **fields,
    )
    waiting = Job.objects.create(**fields)
    return {
        "document_id": document.pk,
        "document_link_id": link.pk,
        "failed_job_id": failed.pk,
        "job_id": waiting.pk,
        "bundle_id": _bundle(stage, fields, document).pk,
    }


def _bundle(stage: Stage, fields: dict[str, Any], document: Document) -> Job:
    """A bundle with a document that is done, one that failed and one that waits."""
    bundle = Job.objects.create(
        school=stage.school,
        kind=JobKind.BUNDLE,
        requested_by=stage.director,
        payload={
            "asked": {"kind": "team", "formats": ["pdf"], "length": "full", "year": 2026},
            "schools": [str(stage.school.pk)],
            "skipped": [{"team": str(stage.team.pk), "reason": "no_plan"}],
        },
    )
    of_bundle = fields | {"parent": bundle}
    Job.objects.create(state=JobState.DONE, document=document, progress=100, **of_bundle)
    Job.objects.create(
        state=JobState.FAILED, failure_code="x", failure_text="Het plan is weg.", **of_bundle
    )
    Job.objects.create(**of_bundle)
    return bundle
