"""A team with a full year, as input for documents: any size, and different with every `seed`.

Real catalogue, real advice, real plan; only the people and their words are made up.
"""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from functools import cache

from courses.advice import Advice, AdviceItem, AdviceRequest
from courses.entities import Catalogue, PointKind
from courses.files import read_catalogue
from courses.matching import match
from routekaart.domain.assigning import GoalChoice
from routekaart.domain.budget_rules import OwnNumbers
from routekaart.domain.calendar import Region, SchoolCalendar, SchoolYear
from routekaart.domain.content.inputs import (
    ChosenIntervention,
    Consent,
    PlanAssignment,
    PlanGoal,
    PointAnswer,
    ScholingsplanInput,
    Signer,
)
from routekaart.domain.people import Member
from routekaart.domain.planner.activities import activities_of
from routekaart.domain.planner.greedy import plan_greedily
from routekaart.domain.planner.plan import Plan
from routekaart.domain.planner.problem import (
    Goal,
    Preparation,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
)
from routekaart.domain.school_holidays import school_calendar

MADE_ON = date(2026, 6, 24)
SETTINGS = Settings(team_weekly_minutes=90)
_FIRST_NAMES = (
    *("Aysel", "Fenna", "Jorrit", "Mirthe", "Bilal", "Sanne", "Wout", "Noor"),
    *("Thijs", "Imane", "Lotte", "Daan", "Zoë", "Jelle", "Marit", "Sem"),
)
_LAST_NAMES = ("Demir", "Visser", "de Groot", "Kaya", "van Dam", "Özdemir", "Hoekstra")
_FUNCTIONS = (
    ("leerkracht",),
    ("leerkracht",),
    ("kleuterleerkracht",),
    ("onderwijsassistent",),
    ("leerkracht", "intern-begeleider"),
    ("leerkracht",),
    ("schoolleider",),
    ("leerkracht",),
)
_DAYS = ((1, 2, 3, 4, 5), (1, 2, 4), (2, 3, 4, 5), (1, 2, 3, 4, 5), (3, 4, 5))
_GOALS = (
    (
        "Wij leren feedback geven waarmee leerlingen zelf hun volgende stap zien",
        "Leerlingen kunnen vertellen waar ze aan werken en wat ze nu anders gaan doen.",
        ("feedback", "professionalisering"),
    ),
    (
        "Wij leren een nieuwe vaardigheid stap voor stap voordoen, en op tijd loslaten",
        "Leerlingen beginnen na de instructie zelf, en weten waar ze hulp vinden.",
        ("directe-instructie",),
    ),
    (
        "Wij leren lezers begeleiden, alleen en in kleine groepjes, met een vast plan",
        "",
        ("een-op-een-begeleiding", "onderwijsassistenten"),
    ),
)
_STUDY_DATES = (
    *(date(2026, 9, 23), date(2026, 11, 19), date(2027, 1, 26), date(2027, 4, 7)),
    *(date(2026, 10, 8), date(2026, 12, 1), date(2027, 2, 9), date(2027, 3, 17)),
    *(date(2027, 5, 20), date(2027, 6, 15), date(2026, 9, 3), date(2026, 12, 15)),
)
_PER_PERSON_AND_GOAL = 2


@cache
def catalogue() -> Catalogue:
    return read_catalogue()


@cache
def calendar() -> SchoolCalendar:
    return school_calendar(SchoolYear(2026), Region.MIDDEN)


def sample(
    *, people: int = 16, goals: int = 3, days: int = 4, seed: str = ""
) -> ScholingsplanInput:
    """A filled-in team; `seed` stands in its texts, so that no two seeds share a document."""
    if days > len(_STUDY_DATES):
        raise ValueError("There are no dates for so many study days.")
    members = tuple(_member(number, seed) for number in range(people))
    plan_goals = tuple(_goal(number, seed) for number in range(goals))
    advice = _advice(plan_goals, members)
    assignments = tuple(_assignments(members, plan_goals, advice))
    return ScholingsplanInput(
        catalogue=catalogue(),
        calendar=calendar(),
        team=f"Team middenbouw{seed}",
        school="Basisschool De Wilgenhof",
        board="Stichting Samen Onderweg",
        sector="po",
        made_on=MADE_ON,
        version=2,
        prepared_by=("Teamleider", "Trainer"),
        goals=plan_goals,
        members=members,
        assignments=assignments,
        advice=advice,
        settings=SETTINGS,
        plan=_plan(members, plan_goals, assignments, advice, days),
        consent=Consent(signers=(Signer("Directeur", f"Fenna Visser{seed}"), Signer("MR"))),
        findings=advice.findings,
        budget=OwnNumbers(),
    )


def empty() -> ScholingsplanInput:
    """A team that has nothing yet but a name."""
    return ScholingsplanInput(
        catalogue=catalogue(),
        calendar=calendar(),
        team="Team onderbouw",
        school="Basisschool De Wilgenhof",
        board="",
        sector="po",
        made_on=MADE_ON,
        version=1,
    )


def renamed(given: ScholingsplanInput, text: str) -> ScholingsplanInput:
    """The same team with `text` as every name and every answer that people type."""
    return replace(
        given,
        team=text,
        school=text,
        board=text,
        prepared_by=(text,),
        members=tuple(replace(member, name=text) for member in given.members),
        goals=tuple(
            replace(
                goal,
                learning=text,
                noticeable=text,
                answers=tuple(replace(answer, answer=text) for answer in goal.answers),
            )
            for goal in given.goals
        ),
        assignments=tuple(
            replace(item, course_title=text, reason=text) for item in given.assignments
        ),
    )


def _member(number: int, seed: str) -> Member:
    first = _FIRST_NAMES[number % len(_FIRST_NAMES)]
    last = _LAST_NAMES[number * 3 % len(_LAST_NAMES)]
    days = _DAYS[number % len(_DAYS)]
    extra = f" {number // len(_FIRST_NAMES) + 1}" if number >= len(_FIRST_NAMES) else ""
    return Member(
        id=str(number),
        name=f"{first} {last}{extra}{seed}",
        functions=_FUNCTIONS[number % len(_FUNCTIONS)],
        fte=Decimal(len(days)) / 5,
        working_days=days,
    )


def _goal(number: int, seed: str) -> PlanGoal:
    learning, noticeable, slugs = _GOALS[number % len(_GOALS)]
    chosen = tuple(
        ChosenIntervention(slug, serves=("feedback",), why="samen oefenen kost begeleide tijd")
        if slug == "professionalisering"
        else ChosenIntervention(slug)
        for slug in slugs
    )
    first = catalogue().intervention_by_slug[slugs[0]]
    questions = [item for item in first.attention_points if item.kind is PointKind.QUESTION]
    points = [item.slug for item in first.consider_first] + [item.slug for item in questions]
    answers = tuple(
        PointAnswer(
            slugs[0],
            point,
            "We beginnen in groep 5 en 6, en kijken na elke periode van zes weken in de les wat "
            f"leerlingen ermee doen{seed}. Wie dat wil, doet het eerst samen met een collega voor.",
        )
        for point in points[:2]
    )
    return PlanGoal(f"goal-{number}", f"{learning}{seed}", noticeable, chosen, answers)


def _advice(goals: tuple[PlanGoal, ...], members: tuple[Member, ...]) -> Advice:
    interventions = tuple(
        dict.fromkeys(
            item.slug
            for goal in goals
            for item in goal.interventions
            if catalogue().intervention_by_slug[item.slug].category != "F"
        )
    )
    functions = tuple(dict.fromkeys(slug for member in members for slug in member.functions))
    request = AdviceRequest(interventions, functions, MADE_ON, ("microsoft",), sector="po")
    return match(catalogue(), request)


def _assignments(
    members: tuple[Member, ...], goals: tuple[PlanGoal, ...], advice: Advice
) -> list[PlanAssignment]:
    found: list[PlanAssignment] = []
    for member in members:
        taken: dict[str, list[str]] = {}
        items: dict[str, AdviceItem] = {}
        for goal in goals[:6]:
            slugs = {item.slug for item in goal.interventions}
            fitting = [
                item
                for item in advice.items
                if slugs & set(item.interventions) and set(member.functions) & set(item.functions)
            ]
            for item in fitting[:_PER_PERSON_AND_GOAL]:
                taken.setdefault(item.course, []).append(goal.id)
                items[item.course] = item
        found.extend(_assignment(member, items[course], ids) for course, ids in taken.items())
    return found


def _assignment(member: Member, item: AdviceItem, goal_ids: list[str]) -> PlanAssignment:
    return PlanAssignment(
        member_id=member.id,
        goal_ids=tuple(goal_ids),
        course=item.course,
        course_title=item.title,
        minutes=item.duration_minutes,
        duration_basis=item.duration_basis,
        mandatory=item.may_be_mandatory,
        reason=item.because,
        availability=item.availability,
        availability_text=item.availability_text,
    )


def _plan(
    members: tuple[Member, ...],
    goals: tuple[PlanGoal, ...],
    assignments: tuple[PlanAssignment, ...],
    advice: Advice,
    days: int,
) -> Plan:
    return plan_greedily(
        Problem(
            calendar=calendar(),
            members=members,
            goals=tuple(
                Goal(id=goal.id, title=goal.learning, priority=place)
                for place, goal in enumerate(goals, start=1)
            ),
            preparations=tuple(
                Preparation(
                    goal_id=goal_id,
                    member_id=item.member_id,
                    course=item.course,
                    course_title=item.course_title,
                    minutes=item.minutes,
                    duration_basis=item.duration_basis,
                    mandatory=item.mandatory,
                )
                for item in assignments
                for goal_id in item.goal_ids
            ),
            study_days=tuple(
                StudyDay(
                    id=str(number),
                    date=day,
                    kind=StudyDayKind.AFTERNOON if number == 2 else StudyDayKind.DAY,
                    start=time(13, 0) if number == 2 else time(8, 30),
                    minutes=180 if number == 2 else 420,
                )
                for number, day in enumerate(_STUDY_DATES[:days])
            ),
            settings=SETTINGS,
            plg_questions=tuple(question.title for question in catalogue().plg.questions),
            activities=activities_of(
                advice,
                [
                    GoalChoice(goal.id, tuple(one.slug for one in goal.interventions))
                    for goal in goals
                ],
            ),
        )
    )
