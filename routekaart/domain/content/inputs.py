"""What a query hands over to have a scholingsplan written.

All values are plain: no tables, no clock. Slugs are those of the catalogue; ids are the same as in
the plan, so that its placements, hours and reports find their goal and their person.
"""

from dataclasses import dataclass, field
from datetime import date

from courses.advice import Advice, Availability
from courses.entities import Catalogue, DurationBasis
from courses.findings import Finding
from routekaart.domain.budget_rules import OwnNumbers
from routekaart.domain.calendar import SchoolCalendar
from routekaart.domain.content.what_changed import WhatChanged
from routekaart.domain.dates.legal import DayCheck
from routekaart.domain.people import Member
from routekaart.domain.planner.plan import Plan
from routekaart.domain.planner.problem import Settings


@dataclass(frozen=True, slots=True)
class ChosenIntervention:
    """An intervention under a goal. An option of F names the interventions it `serves`, and why."""

    slug: str
    serves: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class PointAnswer:
    """The team's answer to an attention point or a "overweeg eerst". Blank counts as no answer.

    `point` is the slug of the AttentionPoint or ConsiderFirst of that intervention. `question` is
    the text as it stood when it was answered; it is printed where the catalogue has dropped it.
    """

    intervention: str
    point: str
    answer: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class PlanGoal:
    """A goal of the routekaart. `id` is the id of the goal in the plan; the order is the given one.

    `learning` is "Wij leren …", `noticeable` what pupils will notice; both as the team wrote them.
    """

    id: str
    learning: str
    noticeable: str = ""
    interventions: tuple[ChosenIntervention, ...] = ()
    answers: tuple[PointAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanAssignment:
    """A course for a person, planned or not. One row per course and person, with all its goals.

    `reason` is the reason of the advice ("omdat: …") or what the team wrote. `availability` and its
    text come from the advice (AdviceItem.availability, .availability_text); a hand-picked course
    that the advice does not know keeps None.
    """

    member_id: str
    goal_ids: tuple[str, ...]
    course: str
    course_title: str
    minutes: int
    duration_basis: DurationBasis
    mandatory: bool
    reason: str = ""
    availability: Availability | None = None
    availability_text: str = ""
    completed: bool = False


@dataclass(frozen=True, slots=True)
class Signer:
    """Someone who signs: a role on screen, and a name where the school wants it printed."""

    role: str
    name: str = ""
    signed_on: date | None = None


DEFAULT_SIGNERS = (Signer("Directeur"), Signer("Voorzitter van de MR"))


@dataclass(frozen=True, slots=True)
class Consent:
    """What is known of consent and approval. None: not yet; the document says so."""

    mr_consent_on: date | None = None
    approved_on: date | None = None
    signers: tuple[Signer, ...] = DEFAULT_SIGNERS


@dataclass(frozen=True, slots=True)
class ScholingsplanInput:
    """Everything a scholingsplan is made from.

    `made_on` is the day the *version* was made and not the day of printing: with it, the same
    version is the same document tomorrow. `adopted` is True once the director approved.
    `plan` None: nothing is planned yet; the document says so and keeps its chapters.
    `advice` None: no advice yet. `findings`: the warnings that stand at this moment.
    `prepared_by`: roles on screen ("Teamleider"), or names where the school wants them.
    `with_persons` False leaves out who does what and the hours of each, for the board and the MR.
    `changed_by_name` and `changed_in_numbers`: what is new since the version approved before, told
    with names and without; None for a first version.
    `budget`: what the school agreed on about budgets; None for what was frozen before they were
    there, and then nothing is said of them.
    `reason`: why the team wants this, as it wrote it. `checks`: its study days against the rules,
    for the MR; read for who asks for them. None for what was frozen before these were kept.
    `sector` is po, sbo, so or vo. `members` are all members of the team, in the order to print.
    """

    catalogue: Catalogue
    calendar: SchoolCalendar
    team: str
    school: str
    board: str
    sector: str
    made_on: date
    version: int
    adopted: bool = False
    prepared_by: tuple[str, ...] = ()
    goals: tuple[PlanGoal, ...] = ()
    members: tuple[Member, ...] = ()
    assignments: tuple[PlanAssignment, ...] = ()
    advice: Advice | None = None
    plan: Plan | None = None
    settings: Settings = field(default_factory=Settings)
    consent: Consent = field(default_factory=Consent)
    findings: tuple[Finding, ...] = ()
    with_persons: bool = True
    changed_by_name: WhatChanged | None = None
    changed_in_numbers: WhatChanged | None = None
    budget: OwnNumbers | None = None
    reason: str | None = None
    checks: tuple[DayCheck, ...] | None = None
