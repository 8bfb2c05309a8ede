"""From days for goals to tasks for people: what each profile prepares, and between which weeks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from routekaart.domain.planner.agenda import Task, unplaced_minutes
from routekaart.domain.planner.conditions import Windows, mandatory_needs
from routekaart.domain.planner.demand import Need, Profile
from routekaart.domain.planner.question import Places
from routekaart.domain.planner.usable_days import UsableDay

Tasks = tuple[Task, ...]


def tasks_of(
    profile: Profile,
    waiting: frozenset[str],
    places: Places,
    order: Sequence[str],
    days: Sequence[UsableDay],
) -> Tasks:
    """The tasks of a profile when goals stand at these places; `order` are goals in their turn.

    What goals wait for fits as a whole. Then comes what fits of the mandatory courses of other
    goals, and then the voluntary ones, which are only taken whole.
    """
    filling = _Filling(profile, waiting, places, order, days)
    filling.take_waited_for()
    filling.take_rest(mandatory=True)
    filling.take_rest(mandatory=False)
    return filling.tasks


@dataclass(slots=True)
class _Filling:
    profile: Profile
    waiting: frozenset[str]
    places: Places
    order: Sequence[str]
    days: Sequence[UsableDay]
    tasks: Tasks = ()

    def take_waited_for(self) -> None:
        windows = Windows(self.profile.hours, self.days)
        needs = {
            goal: asked
            for goal, asked in mandatory_needs(self.profile).items()
            if goal in self.waiting
        }
        spans = {
            place: windows.of_courses(needs, place)
            for place in {self.places[goal] for goal in needs if goal in self.places}
        }
        found: dict[str, Task] = {}
        first: dict[str, int] = {}
        for rank, goal in enumerate(self.order):
            for need in needs.get(goal, ()) if goal in self.places else ():
                place = self.places[goal]
                day = self.days[place]
                if first.get(need.course, place + 1) <= place:
                    continue
                span = spans[place][need.course]
                # No weeks: then the course is prepared for an earlier day of another goal.
                if span is not None and day.deadline is not None:
                    first[need.course] = place
                    found[need.course] = _task(need, need.minutes, rank, day, day.deadline, span)
        self.tasks = tuple(found.values())

    def take_rest(self, *, mandatory: bool) -> None:
        for rank, goal in enumerate(self.order):
            if goal not in self.places or (mandatory and goal in self.waiting):
                continue
            for need in self.profile.needs_of(goal, mandatory=mandatory):
                after, short = self._with(need, rank, self.days[self.places[goal]])
                if mandatory or not short:
                    self.tasks = after

    def _with(self, need: Need, rank: int, day: UsableDay) -> tuple[Tasks, int]:
        """The tasks with this course for this day as far as it fits, and what is missing.

        A course is prepared once: what is done before this deadline counts, and what was meant
        for a later day moves forward when all of it fits.
        """
        deadline = day.deadline
        if deadline is None:
            return self.tasks, need.minutes
        own = [task for task in self.tasks if task.course == need.course]
        ready = [task for task in own if task.deadline <= deadline]
        wanted = need.minutes - sum(task.minutes for task in ready)
        span = self._span(need, day, deadline)
        if wanted <= 0 or span is None:
            return self.tasks, max(wanted, 0)
        task = _task(need, wanted, rank, day, deadline, span)
        later = [item for item in own if item not in ready]
        rest = tuple(item for item in self.tasks if item not in later)
        short = unplaced_minutes((*rest, task), self.profile.hours.minutes)
        if not short:
            return (*rest, task), 0
        if later or short >= wanted:
            return self.tasks, wanted
        return (*rest, replace(task, minutes=wanted - short)), short

    def _span(self, need: Need, day: UsableDay, deadline: date) -> tuple[int, int] | None:
        """The weeks of a course for this day, not before those of the same goal it comes after."""
        hours = self.profile.hours
        span = hours.span(day.first_monday, need.available_from or date.min, deadline)
        if span is None:
            return None
        same = [task for task in self.tasks if task.goal_id == need.goal_id]
        first = max([span[0], *(task.first for task in same if task.position < need.position)])
        after = min((task.first for task in same if task.position > need.position), default=first)
        return (first, span[1]) if first <= min(span[1], after) else None


def _task(
    need: Need, minutes: int, rank: int, day: UsableDay, deadline: date, span: tuple[int, int]
) -> Task:
    return Task(
        course=need.course,
        goal_id=need.goal_id,
        rank=rank,
        position=need.position,
        minutes=minutes,
        first=span[0],
        last=span[1],
        day_id=day.day.id,
        deadline=deadline,
        opens=day.first_monday,
    )
