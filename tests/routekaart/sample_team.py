"""A team with a full year, as input for documents: any size, and different with every `seed`.

Real catalogue, real advice; the plan is laid out by hand so that documents are tested on their own.
"""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cache

from courses.advice import Advice, AdviceItem, AdviceRequest
from courses.entities import Catalogue, DurationBasis, PointKind
from courses.files import read_catalogue
from courses.matching import match
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
from routekaart.domain.hours import Activity, HourLine, HoursKind, MemberHours
from routekaart.domain.people import Member
from routekaart.domain.planner.plan import (
    Code,
    Evaluation,
    FollowUp,
    Note,
    NotPlaced,
    Placement,
    Plan,
    PlannedDay,
    PreparationWeek,
    Subject,
)
from routekaart.domain.planner.problem import StudyDayKind
from routekaart.domain.plg import PlgMeeting
from routekaart.domain.school_holidays import school_calendar
from routekaart.domain.study_day import Block, BlockKind

MADE_ON = date(2026, 6, 24)
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
_STUDY_DATES = (date(2026, 9, 23), date(2026, 11, 19), date(2027, 1, 26), date(2027, 4, 7))
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
        plan=_plan(members, plan_goals, assignments, days),
        consent=Consent(signers=(Signer("Directeur", f"Fenna Visser{seed}"), Signer("MR"))),
        findings=advice.findings,
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
    days: int,
) -> Plan:
    dates = _STUDY_DATES[:days]
    placements = tuple(
        Placement(
            goal_id=goal.id,
            goal_title=goal.learning,
            study_day_id=str(number % len(dates)),
            study_day_date=dates[number % len(dates)],
            deadline=dates[number % len(dates)] - timedelta(days=7),
            reason="eerst aan de beurt",
        )
        for number, goal in enumerate(goals)
        if dates
    )
    by_goal = {placement.goal_id: placement for placement in placements}
    day_goals = {
        str(day): tuple(item.goal_id for item in placements if item.study_day_id == str(day))
        for day in range(len(dates))
    }
    return Plan(
        year=SchoolYear(2026),
        method="greedy",
        optimal=False,
        placements=placements,
        preparation_weeks=tuple(
            week for item in assignments for week in _weeks(item, by_goal) if item.mandatory
        ),
        study_days=tuple(
            PlannedDay(
                study_day_id=str(number),
                title="",
                date=day,
                kind=StudyDayKind.AFTERNOON if number == 2 else StudyDayKind.DAY,
                start=time(13, 0) if number == 2 else time(8, 30),
                minutes=180 if number == 2 else 420,
                goal_ids=day_goals[str(number)],
                blocks=_blocks(day_goals[str(number)], half=number == 2),
            )
            for number, day in enumerate(dates)
        ),
        plg_meetings=tuple(
            PlgMeeting(
                day + timedelta(weeks=weeks),
                90,
                day_goals[str(number)],
                ("Wat probeerden we uit?", "Wat zien we bij leerlingen?"),
            )
            for number, day in enumerate(dates)
            for weeks in (2, 5)
        ),
        follow_ups=tuple(
            FollowUp(str(number), day_goals[str(number)], day + timedelta(weeks=4), 60)
            for number, day in enumerate(dates)
        ),
        evaluations=tuple(
            Evaluation(str(number), day_goals[str(number)], day + timedelta(weeks=10), 60)
            for number, day in enumerate(dates)
        ),
        hours=tuple(_hours(member, number, len(dates)) for number, member in enumerate(members)),
        completed=(),
        not_placed=tuple(
            NotPlaced(
                Subject.PREPARATION,
                Code.NOT_ENOUGH_MINUTES,
                f"{member.name} heeft voor de eerste studiedag 45 minuten te weinig tijd.",
                goal_id=goals[0].id,
                member_id=member.id,
                missing_minutes=45,
            )
            for member in members[3:4]
            if goals
        ),
        assumptions=(
            Note("weekly", "Per week is 60 minuten studietijd aangenomen bij een volle baan."),
            Note("duration", "De duur van cursussen is aangenomen: de bronnen noemen geen duur."),
        ),
    )


def _weeks(item: PlanAssignment, by_goal: dict[str, Placement]) -> list[PreparationWeek]:
    placement = by_goal.get(item.goal_ids[0])
    if placement is None or placement.deadline is None:
        return []
    monday = placement.deadline - timedelta(days=placement.deadline.weekday())
    return [
        PreparationWeek(
            member_id=item.member_id,
            goal_ids=item.goal_ids,
            study_day_id=placement.study_day_id,
            course=item.course,
            course_title=item.course_title,
            week=monday - timedelta(weeks=weeks),
            minutes=item.minutes // 4,
            deadline=placement.deadline,
            mandatory=item.mandatory,
            duration_basis=DurationBasis.ASSUMED,
        )
        for weeks in range(4, 0, -1)
    ]


def _blocks(goal_ids: tuple[str, ...], *, half: bool) -> tuple[Block, ...]:
    """A day from 8.30 or an afternoon from 13.00, closed on time."""
    shape = (
        (30, BlockKind.OPENING, "Opening", "Wat kwam er uit de voorbereiding?"),
        (60, BlockKind.DEEPENING, "Verdieping", "Een voorbeeld uit elkaars groep bespreken."),
        (15, BlockKind.BREAK, "Pauze", ""),
        (45, BlockKind.PRACTICE, "Oefening", "In tweetallen een les voorbereiden en uitproberen."),
        (30, BlockKind.AGREEMENTS, "Afspraken", "Wie doet wat, en wanneer kijken we terug?"),
    )
    stretched = {BlockKind.DEEPENING: 120, BlockKind.PRACTICE: 150, BlockKind.BREAK: 60}
    blocks: list[Block] = []
    at = 13 * 60 if half else 8 * 60 + 30
    for minutes, kind, title, text in shape:
        lasts = minutes if half else stretched.get(kind, 45)
        items = (
            ("Bevinding: leerlingen vragen nu vaker om hulp", "Vraag: hoe begin je bij kleuters?")
            if kind is BlockKind.OPENING
            else ()
        )
        goal = goal_ids[0] if kind is BlockKind.DEEPENING and goal_ids else None
        blocks.append(Block(time(at // 60, at % 60), lasts, kind, title, text, goal, items))
        at += lasts
    return tuple(blocks)


def _hours(member: Member, number: int, days: int) -> MemberHours:
    preparation = 240 + 30 * (number % 5)
    return MemberHours(
        member_id=member.id,
        lines=(
            HourLine(Activity.PREPARATION, HoursKind.INDIVIDUAL, preparation, preparation),
            HourLine(Activity.STUDY_DAY, HoursKind.ASSIGNED, 360 * days),
            HourLine(Activity.PLG, HoursKind.ASSIGNED, 90 * 2 * days, 90 * 2 * days),
        ),
        budget_minutes=int(member.fte * 83 * 60),
        off_day_minutes=420 if number % 5 == 4 else 0,
    )
