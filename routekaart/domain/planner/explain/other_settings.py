"""Another way to plan: one goal a day more, preparing from earlier on, one candidate date more."""

from dataclasses import replace

from routekaart.domain.planner.changes import ChangeSettings
from routekaart.domain.planner.explain.fit import Fit
from routekaart.domain.planner.explain.kinds import Help, HelpKind
from routekaart.domain.planner.explain.solving import smallest
from routekaart.domain.planner.explain.wanted import Wanted
from routekaart.domain.planner.problem import StudyDayKind
from routekaart.domain.planner.usable_days import usable_days
from routekaart.domain.study_day import MOST_GOALS

_MORE_WEEKS = 6
_MOST_WEEKS = 20


def goals_per_day(wanted: Wanted) -> Help | None:
    """One goal a day more."""
    more = wanted.draft.problem.settings.goals_per_day + 1
    if more > MOST_GOALS or all(d.day.kind is not StudyDayKind.DAY for d in wanted.draft.days):
        return None
    change = ChangeSettings.of(goals_per_day=more)
    return wanted.help(HelpKind.GOALS_PER_DAY, change) if wanted.is_helped(change) else None


def window(wanted: Wanted) -> Help | None:
    """Preparing from as few weeks earlier as possible."""
    now = wanted.draft.problem.settings.window_weeks
    steps = list(range(now + 1, min(_MOST_WEEKS, now + _MORE_WEEKS) + 1))
    if not steps or not wanted.short:
        return None

    def change(weeks: int) -> ChangeSettings:
        return ChangeSettings.of(window_weeks=weeks)

    fitting = (index for index, weeks in enumerate(steps) if _fits(wanted, weeks))
    found = smallest(steps, lambda weeks: wanted.is_helped(change(weeks)), next(fitting, None))
    return None if found is None else wanted.help(HelpKind.WINDOW, change(found))


def _fits(wanted: Wanted, weeks: int) -> bool:
    """Whether the goal then fits on some day while every other goal stays: a guess."""
    problem = wanted.draft.problem
    wider = replace(problem, settings=replace(problem.settings, window_weeks=weeks))
    fit = Fit.of(wanted.draft, usable_days(wider)[0])
    return any(
        fit.fits(places)
        for reason in wanted.reasons
        if reason.people and (places := wanted.with_goal_on(reason.study_day_id))
    )


def candidate(wanted: Wanted) -> Help | None:
    """One candidate date more."""
    most = wanted.draft.problem.settings.most_candidate_days
    if most is None or not wanted.draft.question.choices:
        return None
    change = ChangeSettings.of(most_candidate_days=most + 1)
    return wanted.help(HelpKind.CANDIDATE, change) if wanted.is_helped(change) else None
