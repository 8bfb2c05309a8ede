"""What a reader of a plan should know: what we assumed, and what deserves a look."""

from collections.abc import Iterator, Sequence

from courses.dutch import dutch_date
from courses.entities import DurationBasis
from routekaart.domain.content.wording import counted
from routekaart.domain.hours import CaoHours, Confidence, MemberHours
from routekaart.domain.planner.plan import Note, PlannedDay, PreparationWeek
from routekaart.domain.planner.problem import Problem
from routekaart.domain.school_holidays import NOT_PUBLISHED


def plan_notes(
    problem: Problem,
    days: Sequence[PlannedDay],
    weeks: Sequence[PreparationWeek],
    hours: Sequence[MemberHours],
    rule: CaoHours | None,
) -> Iterator[Note]:
    """Never with names: a note is for every reader."""
    yield from _about_the_year(problem, days)
    yield from _about_courses(problem, weeks)
    yield from _about_hours(problem, hours, rule)


def _about_the_year(problem: Problem, days: Sequence[PlannedDay]) -> Iterator[Note]:
    year = problem.calendar.year
    if not problem.calendar.holidays_published:
        yield Note(
            "holidays_not_published",
            f"De schoolvakanties van {year.label} zijn {NOT_PUBLISHED}: controleer de data "
            "zodra ze er zijn. Rond Kerst en in de zomer is er niets gepland (aanname).",
        )
    known = {goal.id for goal in problem.goals}
    if any(other not in known for goal in problem.goals for other in goal.after):
        yield Note(
            "order_refers_to_nothing",
            "De volgorde noemt een doel dat er niet meer is; die verwijzing telt niet mee.",
        )
    free = sum(not day.goal_ids for day in days)
    if free:
        yield Note(
            "day_without_goal",
            f"Op {counted(free, 'studiedag staat', 'studiedagen staat')} nog geen doel.",
        )


def _about_courses(problem: Problem, weeks: Sequence[PreparationWeek]) -> Iterator[Note]:
    assumed = {week.course for week in weeks if week.duration_basis is DurationBasis.ASSUMED}
    if assumed:
        subject = counted(len(assumed), "cursus", "cursussen")
        yield Note(
            "assumed_durations",
            f"De duur van {subject} is een aanname: aanbieders noemen geen tijd.",
        )
    settings = problem.settings
    if weeks:
        yield Note(
            "study_time",
            f"Gerekend is met {settings.team_weekly_minutes} minuten studietijd per week bij "
            "1 fte, of met wat iemand zelf heeft afgesproken. Een week met één werkdag telt als "
            "hele week (aanname).",
        )
    if days_assumed(problem):
        yield Note(
            "assumed_meetings",
            "De lengte van PLG-bijeenkomsten, vervolgbijeenkomsten en evaluaties is een aanname.",
        )


def days_assumed(problem: Problem) -> bool:
    """Whether the minutes of meetings are our assumption and there is anything to meet about."""
    return problem.settings.meetings_assumed and bool(problem.goals)


def _about_hours(
    problem: Problem, hours: Sequence[MemberHours], rule: CaoHours | None
) -> Iterator[Note]:
    if rule is None:
        yield Note(
            "no_cao_rule", "Voor deze sector kennen we geen cao-regel over eigen ontwikkeltijd."
        )
        return
    if problem.calendar.year.first_day > rule.valid_until:
        yield Note(
            "cao_expired",
            f"{rule.title} liep tot {dutch_date(rule.valid_until)}: controleer welke uren nu "
            "gelden.",
        )
    elif problem.calendar.year.last_day > rule.valid_until:
        yield Note(
            "cao_expired",
            f"{rule.title} loopt tot {dutch_date(rule.valid_until)}, in dit schooljaar: controleer "
            "welke uren daarna gelden.",
        )
    if rule.confidence is Confidence.C:
        yield Note("cao_unsure", f"{rule.title}: controleer de uren voordat je erop rekent.")
    over = sum(
        item.budget_minutes is not None and item.individual_minutes > item.budget_minutes
        for item in hours
    )
    if over:
        yield Note(
            "individual_hours_exceeded",
            f"Bij {counted(over, 'persoon', 'personen')} vraagt het plan meer eigen uren dan de "
            "cao geeft.",
        )
