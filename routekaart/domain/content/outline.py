"""Look-ups that several chapters need: goals with their number, people, study days in order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from courses.dutch import listed
from courses.entities import CourseKind, Intervention
from routekaart.domain.content.inputs import PlanAssignment, PlanGoal, ScholingsplanInput
from routekaart.domain.hours import MemberHours
from routekaart.domain.people import Member
from routekaart.domain.planner.plan import (
    NotPlaced,
    PlannedDay,
    PreparationWeek,
    Subject,
)

LONGEST_HEADING = 160


@dataclass(frozen=True)
class Outline:
    """A scholingsplan's input with what follows from it; made once and read by every chapter."""

    given: ScholingsplanInput

    @cached_property
    def goal_numbers(self) -> Mapping[str, int]:
        return {goal.id: number for number, goal in enumerate(self.given.goals, start=1)}

    @cached_property
    def members(self) -> Mapping[str, Member]:
        return {member.id: member for member in self.given.members}

    @cached_property
    def days(self) -> tuple[PlannedDay, ...]:
        """The study days by date; their place in this row is their number."""
        plan = self.given.plan
        return () if plan is None else tuple(sorted(plan.study_days, key=_moment))

    @cached_property
    def day_labels(self) -> Mapping[str, str]:
        return {
            day.study_day_id: f"Studiedag {number}" for number, day in enumerate(self.days, start=1)
        }

    @cached_property
    def assignments_by_member(self) -> Mapping[str, tuple[PlanAssignment, ...]]:
        found: dict[str, list[PlanAssignment]] = {}
        for item in self.given.assignments:
            found.setdefault(item.member_id, []).append(item)
        return {member: tuple(items) for member, items in found.items()}

    @cached_property
    def hours(self) -> Mapping[str, MemberHours]:
        plan = self.given.plan
        return {item.member_id: item for item in plan.hours} if plan else {}

    @cached_property
    def preparation_weeks(self) -> Mapping[tuple[str, str], tuple[PreparationWeek, ...]]:
        """Per person and course, in the order of the plan."""
        found: dict[tuple[str, str], list[PreparationWeek]] = {}
        for week in self.given.plan.preparation_weeks if self.given.plan else ():
            found.setdefault((week.member_id, week.course), []).append(week)
        return {key: tuple(weeks) for key, weeks in found.items()}

    @cached_property
    def preparation_not_placed(self) -> Mapping[tuple[str, str], tuple[NotPlaced, ...]]:
        """Per person and course, what of its preparation found no place."""
        found: dict[tuple[str, str], list[NotPlaced]] = {}
        for item in self.given.plan.not_placed if self.given.plan else ():
            if item.subject is Subject.PREPARATION and item.member_id and item.course:
                found.setdefault((item.member_id, item.course), []).append(item)
        return {key: tuple(items) for key, items in found.items()}

    def goal_label(self, goal_id: str) -> str:
        """Doel 2; a goal that the routekaart no longer has says so."""
        number = self.goal_numbers.get(goal_id)
        return "Vervallen doel" if number is None else f"Doel {number}"

    def goal_labels(self, goal_ids: Iterable[str]) -> str:
        """Doel 1 en 3, in the order of the goals; nothing for no goals."""
        ids = set(goal_ids)
        numbers = sorted(self.goal_numbers[item] for item in ids if item in self.goal_numbers)
        parts = [f"Doel {listed([str(number) for number in numbers])}"] if numbers else []
        if len(numbers) < len(ids):
            parts.append("een vervallen doel" if parts else "Een vervallen doel")
        return listed(parts)

    def course_title(self, assignment: PlanAssignment) -> str:
        """The course as people know it: a notendop or podcast says that it is one."""
        course = self.given.catalogue.course_by_slug.get(assignment.course)
        title = assignment.course_title
        return title if course is None else with_kind(title, course.kind)

    def functions_of(self, member: Member) -> str:
        known = self.given.catalogue.function_by_slug
        titles = [known[slug].title if slug in known else slug for slug in member.functions]
        return listed(titles) or "geen functie ingevuld"

    def interventions(self, goal: PlanGoal) -> tuple[Intervention, ...]:
        """The chosen interventions that the catalogue has; the others are reported as missing."""
        known = self.given.catalogue.intervention_by_slug
        return tuple(known[item.slug] for item in goal.interventions if item.slug in known)


def with_kind(title: str, kind: CourseKind) -> str:
    """A title with its kind behind it, unless it is a plain course or says so already."""
    if kind is CourseKind.COURSE or kind.value in title.lower():
        return title
    return f"{title} ({kind.value})"


def heading_of(goal: PlanGoal) -> tuple[str, str]:
    """A goal as heading, and its whole text where the heading had to be cut."""
    text = " ".join(goal.learning.split())
    if not text:
        return "Nog niet geformuleerd", ""
    if len(text) <= LONGEST_HEADING:
        return text, ""
    return shortened(text, LONGEST_HEADING), goal.learning.strip()


def shortened(text: str, longest: int) -> str:
    """The text, cut at a space before `longest` characters with an ellipsis."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    head, space, _tail = cut.rpartition(" ")
    return f"{head if space and len(head) > longest // 2 else cut}…"


def in_sentences(text: str, longest: int) -> str:
    """As many whole sentences as `longest` characters have room for; of a longer one a part."""
    if len(text) <= longest:
        return text
    end = max(text.rfind(f"{mark} ", 0, longest) for mark in ".?!")
    return shortened(text, longest) if end < 0 else text[: end + 1]


def _moment(day: PlannedDay) -> tuple[object, ...]:
    return day.date, day.start, day.study_day_id
