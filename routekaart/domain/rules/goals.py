"""Rules about goals and what hangs on them (S16, S17, S19, S30)."""

from collections.abc import Iterable, Iterator
from datetime import date

from courses.advice import Availability, UnknownSlug
from courses.dutch import dutch_date
from courses.entities import Catalogue
from courses.findings import Finding, Severity
from courses.offers import course_availability
from courses.plg_activities import only_courses
from routekaart.domain.rules.view import GoalView, MandatoryCourse, RoutekaartView
from routekaart.domain.rules.wording import HINT, is_performance_only

MAX_GOALS = 3


def goal_findings(catalogue: Catalogue, view: RoutekaartView) -> Iterator[Finding]:
    """Everything about the goals, in no particular order."""
    if not view.goals:
        yield Finding(
            "no_goal",
            Severity.ERROR,
            "Er is nog geen ontwikkeldoel. Schrijf op wat jullie gaan leren: 'Wij leren …'.",
            field="goals",
        )
    if len(view.goals) > MAX_GOALS:
        yield Finding(
            "too_many_goals",
            Severity.WARNING,
            f"Jullie hebben {len(view.goals)} doelen. Met hoogstens {MAX_GOALS} per jaar houd je "
            "aandacht voor elk doel: kies wat nu voorgaat en waar jullie mee stoppen.",
            field="goals",
        )
    for goal in view.goals:
        yield from _of_goal(goal)
        courses = len(goal.courses) + len(goal.mandatory)
        balance = only_courses(courses, goal.forms, goal.key)
        if balance is not None:
            yield balance
        for mandatory in goal.mandatory:
            finding = mandatory_course_finding(
                catalogue,
                mandatory,
                platforms=view.platforms,
                packages=view.packages,
                today=view.today,
                goal=goal.key,
            )
            if finding is not None:
                yield finding


def _of_goal(goal: GoalView) -> Iterator[Finding]:
    if not goal.wording.strip():
        yield Finding(
            "no_goal",
            Severity.ERROR,
            "Dit doel heeft nog geen tekst. Schrijf op wat jullie gaan leren: 'Wij leren …'.",
            goal=goal.key,
            field="wording",
        )
    elif is_performance_only(goal.wording):
        yield Finding(
            "goal_is_performance_only", Severity.WARNING, HINT, goal=goal.key, field="wording"
        )
    if not (goal.interventions or goal.courses):
        yield Finding(
            "goal_without_content",
            Severity.WARNING,
            "Bij dit doel hoort nog niets. Kies een interventie of een cursus die erbij past.",
            goal=goal.key,
        )


def mandatory_course_finding(
    catalogue: Catalogue,
    mandatory: MandatoryCourse,
    *,
    platforms: Iterable[str],
    packages: Iterable[str],
    today: date,
    goal: str | None = None,
) -> Finding | None:
    """Why a course may not be made mandatory, or None when it may (S19, S20).

    A course that comes later may be mandatory from the day it is there; one that should be there
    but that nobody confirmed, or that is in no package of the school, may not.
    """
    known = catalogue.course_by_slug.get(mandatory.course)
    try:
        availability, available_from = course_availability(
            catalogue, mandatory.course, platforms=platforms, packages=packages, today=today
        )
    except UnknownSlug:
        problem = "staat niet meer in de catalogus. Kies een andere cursus"
    else:
        problem = _problem(availability, available_from, mandatory.deadline)
    if not problem:
        return None
    title = mandatory.course if known is None else known.title
    return Finding(
        "course_not_available",
        Severity.ERROR,
        f"'{title}' kan niet verplicht zijn: de cursus {problem}.",
        goal=goal,
        course=mandatory.course,
    )


def _problem(availability: Availability, available_from: date | None, deadline: date | None) -> str:
    since = "" if available_from is None else dutch_date(available_from)
    if availability is Availability.LOCKED:
        return "zit niet in jullie academie. Vraag een offerte aan of kies een andere cursus"
    if availability is Availability.UNCONFIRMED:
        return (
            f"zou er zijn vanaf {since}, maar niemand heeft dat bevestigd. Laat dat eerst doen, "
            "of plan de cursus zonder verplichting"
        )
    if availability is Availability.NOT_YET and available_from is not None:
        if deadline is None:
            return f"is er pas vanaf {since}. Geef een deadline daarna"
        if deadline < available_from:
            return f"is er pas vanaf {since}. Kies een deadline na die dag of een andere cursus"
    return ""
