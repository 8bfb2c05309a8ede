"""How many goals a day, for a team that leaves that to us."""

from dataclasses import replace

from routekaart.domain.planner.problem import Problem, StudyDayKind, even_goals_per_day


def evened(problem: Problem) -> Problem:
    """The problem with as few goals a day as let every goal find a place.

    Counts as many candidates as may be used, whole days first: those hold most.
    """
    kinds = [day.kind for day in problem.study_days if day.fixed]
    candidates = [day.kind for day in problem.study_days if not day.fixed]
    candidates.sort(key=lambda kind: kind is not StudyDayKind.DAY)
    kinds += candidates[: problem.settings.most_candidate_days]
    whole = kinds.count(StudyDayKind.DAY)
    even = even_goals_per_day(len(problem.goals), whole, len(kinds) - whole)
    return replace(problem, settings=replace(problem.settings, goals_per_day=even))
