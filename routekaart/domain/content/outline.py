"""Look-ups that several chapters need: goals with their number, people, study days in order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from courses.dutch import listed
from courses.entities import Function, Intervention
from routekaart.domain.content.inputs import PlanAssignment, PlanGoal, ScholingsplanInput
from routekaart.domain.people import Member
from routekaart.domain.planner.plan import PlannedDay

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
    def functions(self) -> tuple[Function, ...]:
        """The functions present in the team, in the order of the catalogue."""
        present = {slug for member in self.given.members for slug in member.functions}
        return tuple(item for item in self.given.catalogue.functions if item.slug in present)

    def goal_label(self, goal_id: str) -> str:
        """Doel 2; a goal that the routekaart no longer has says so."""
        number = self.goal_numbers.get(goal_id)
        return "Vervallen doel" if number is None else f"Doel {number}"

    def goal_labels(self, goal_ids: Iterable[str]) -> str:
        """Doel 1 en Doel 3, in the order of the goals."""
        ordered = sorted(set(goal_ids), key=lambda item: (self.goal_numbers.get(item, 0), item))
        return listed([self.goal_label(item) for item in ordered])

    def member_name(self, member_id: str) -> str:
        member = self.members.get(member_id)
        return "Iemand die niet meer in het team zit" if member is None else member.name

    def functions_of(self, member: Member) -> str:
        known = self.given.catalogue.function_by_slug
        titles = [known[slug].title if slug in known else slug for slug in member.functions]
        return listed(titles) or "geen functie ingevuld"

    def interventions(self, goal: PlanGoal) -> tuple[Intervention, ...]:
        """The chosen interventions that the catalogue has; the others are reported as missing."""
        known = self.given.catalogue.intervention_by_slug
        return tuple(known[item.slug] for item in goal.interventions if item.slug in known)


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


def _moment(day: PlannedDay) -> tuple[object, ...]:
    return day.date, day.start, day.study_day_id
