"""What a version of the plan is to each person: what changes, or the whole route."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from routekaart.domain.hours import Activity
from routekaart.domain.mail_texts import Text, changes_text, route_text
from routekaart.domain.planner.diff import (
    CourseChange,
    Moment,
    PlanDifference,
    WeekChanges,
    difference,
    sentences,
)
from routekaart.domain.planner.plan import Plan as DomainPlan
from routekaart.domain.planner.plan import Subject
from routekaart.models import Mail, Plan, Routekaart
from routekaart.models.mail import MailKind
from routekaart.queries.planning.problems import calendar_of, plan_from_json

_VERSION = "plan-version:"
_TAKES_PART: Mapping[Moment, Activity] = {
    Moment.PLG_MEETING: Activity.PLG,
    Moment.ACTIVITY: Activity.PLG,
    Moment.FOLLOW_UP: Activity.FOLLOW_UP,
    Moment.EVALUATION: Activity.EVALUATION,
}


def version_key(version: int) -> str:
    """What a message about a version of the plan is about."""
    return f"{_VERSION}{version}"


def plan_texts(routekaart: Routekaart, *, whole: bool) -> tuple[Plan | None, dict[UUID, Text]]:
    """The plan on which people count, and per person what to tell of it. Call inside its scope.

    Only those for whom something changes since what they were told last; `whole` is the route of
    everybody, which is also what a first version is.
    """
    approved = Plan.objects.filter(routekaart=routekaart, approved_at__isnull=False)
    row = approved.order_by("-version").first()
    if row is None:
        return None, {}
    plan = plan_from_json(row.content)
    earlier = _told_before(routekaart, row.version)
    if earlier is None and not _mails(routekaart).exists():
        # A team that never mailed about its plan told the one before another way.
        before = approved.filter(version__lt=row.version).order_by("-version")
        earlier = before.values_list("version", flat=True).first()
    if whole or earlier is None:
        return row, _routes(plan, row.version)
    old_row = Plan.objects.get(routekaart=routekaart, version=earlier)
    return row, _changes(plan_from_json(old_row.content), plan, routekaart, row.version)


def _told_before(routekaart: Routekaart, version: int) -> int | None:
    """The version that people were told of last."""
    rows = _mails(routekaart)
    told = {
        int(key.removeprefix(_VERSION))
        for about in rows.exclude(state="cancelled").values_list("about", flat=True)
        for key in about
        if key.startswith(_VERSION)
    }
    return max((each for each in told if each <= version), default=None)


def _mails(routekaart: Routekaart) -> QuerySet[Mail]:
    return Mail.objects.filter(kind=MailKind.PLAN_CHANGED, batch__routekaart=routekaart)


def is_overtaken(routekaart: Routekaart, about: Iterable[str]) -> bool:
    """Whether a newer plan was approved than the one spoken of. Call inside the scope."""
    versions = [int(key.removeprefix(_VERSION)) for key in about if key.startswith(_VERSION)]
    return (
        bool(versions)
        and Plan.objects.filter(
            routekaart=routekaart, approved_at__isnull=False, version__gt=max(versions)
        ).exists()
    )


# --- What changes --------------------------------------------------------------------------------
def _changes(
    old: DomainPlan, new: DomainPlan, routekaart: Routekaart, version: int
) -> dict[UUID, Text]:
    calendar = calendar_of(school=routekaart.team.school, year=routekaart.school_year)
    found = difference(old, new, calendar)
    titles = {
        week.course: week.course_title for plan in (old, new) for week in plan.preparation_weeks
    }
    parts = _parts(old), _parts(new)
    texts = {}
    for member in sorted(found.affected):
        takes_part = parts[0].get(member, frozenset()) | parts[1].get(member, frozenset())
        own = _own(found, member, takes_part)
        lines = sentences(own, {member: "jou"}, titles)
        texts[UUID(member)] = changes_text(lines, version=version, address=settings.PUBLIC_ADDRESS)
    return texts


def _parts(plan: DomainPlan) -> dict[str, frozenset[Activity]]:
    """Per member the kinds of meetings that the member takes part in."""
    return {row.member_id: frozenset(line.activity for line in row.lines) for row in plan.hours}


def _own(found: PlanDifference, member: str, takes_part: frozenset[Activity]) -> PlanDifference:
    """The part of a difference that is about one member, with nobody else in it."""
    on_days = Activity.STUDY_DAY in takes_part
    return replace(
        found,
        goals=found.goals if on_days else (),
        study_days=found.study_days if on_days else (),
        courses=tuple(
            _for_one(item, member) for item in found.courses if member in item.member_ids
        ),
        weeks=WeekChanges(),
        moments=tuple(item for item in found.moments if _TAKES_PART[item.moment] in takes_part),
        # The others are about the plan as a whole, and their words may hold names.
        shortages=tuple(
            item
            for item in found.shortages
            if item.subject is Subject.PREPARATION and item.member_id == member
        ),
    )


def _for_one(item: CourseChange, member: str) -> CourseChange:
    return replace(item, member_ids=(member,), people=1)


# --- The whole route -----------------------------------------------------------------------------
def _routes(plan: DomainPlan, version: int) -> dict[UUID, Text]:
    courses: defaultdict[str, set[tuple[date, str]]] = defaultdict(set)
    for week in plan.preparation_weeks:
        courses[week.member_id].add((week.deadline, week.course_title))
    parts = _parts(plan)
    return {
        UUID(member): route_text(
            [(title, day) for day, title in sorted(courses[member])],
            _moments(plan, parts.get(member, frozenset())),
            version=version,
            address=settings.PUBLIC_ADDRESS,
        )
        for member in sorted(parts.keys() | courses.keys())
    }


def _name(title: str) -> str:
    return f"Studiedag ‘{title}’" if title else "Studiedag"


def _moments(plan: DomainPlan, takes_part: frozenset[Activity]) -> list[tuple[str, date]]:
    groups = (
        (Activity.STUDY_DAY, [(_name(day.title), day.date) for day in plan.study_days]),
        (Activity.PLG, [("PLG-bijeenkomst", item.date) for item in plan.plg_meetings]),
        (Activity.FOLLOW_UP, [("Vervolgbijeenkomst", item.date) for item in plan.follow_ups]),
        (Activity.EVALUATION, [("Evaluatie", item.date) for item in plan.evaluations]),
    )
    found = [item for activity, items in groups if activity in takes_part for item in items]
    return sorted(found, key=lambda item: (item[1], item[0]))
