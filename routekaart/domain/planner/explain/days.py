"""Day by day why a goal does not stand there: the condition that a place breaks."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from routekaart.domain.content.wording import weekday_date
from routekaart.domain.planner.changes import Words
from routekaart.domain.planner.deciding import reasons_of
from routekaart.domain.planner.explain.fit import Fit, Short
from routekaart.domain.planner.explain.kinds import DayReason, PlacedGoal, ShortPeople, Stop
from routekaart.domain.planner.explain.solving import Solved
from routekaart.domain.planner.explain.wording import day_text
from routekaart.domain.planner.question import Places


class Days:
    """The study days of a solved problem as reasons, each for any goal."""

    def __init__(self, solved: Solved, words: Words) -> None:
        self._solved = solved
        self._draft = solved.draft
        # For every reader: numbers of people, never names.
        self._words = replace(words, names=False)
        self._fit = Fit.of(solved.draft)
        self._titles = {goal.id: goal.title for goal in solved.draft.problem.goals}
        self._functions = {
            member.id: next(iter(member.functions), "") for member in solved.draft.problem.members
        }

    def of(self, goal: str) -> tuple[DayReason, ...]:
        """Why this goal, which has no day, stands on none of the days."""
        return tuple(self._reason(goal, place) for place in range(len(self._draft.days)))

    def placed(self) -> Iterator[PlacedGoal]:
        """The goals with a day in order of date: why there, and why not earlier."""
        reasons = reasons_of(self._draft, self._solved.places)
        for goal, place in sorted(self._solved.places.items(), key=lambda item: (item[1], item[0])):
            day = self._draft.days[place].day
            yield PlacedGoal(
                goal_id=goal,
                title=self._titles[goal],
                study_day_id=day.id,
                date=day.date,
                reason=reasons[goal],
                earlier=tuple(self._reason(goal, earlier) for earlier in range(place)),
            )

    def _reason(self, goal: str, place: int) -> DayReason:
        stop, goals, shorts = self._stop(goal, place)
        day = self._draft.days[place].day
        turn = {goal_id: number for number, goal_id in enumerate(self._draft.question.goals)}
        ordered = tuple(sorted(goals, key=lambda item: (turn.get(item, len(turn)), item)))
        people = self.people(shorts)
        titles = [self._titles[item] for item in ordered]
        teams = self._draft.blocked.get(day.id, ())
        text = day_text(stop, titles, people, self._words, teams)
        return DayReason(
            study_day_id=day.id,
            date=day.date,
            stop=stop,
            text=f"{weekday_date(day.date).capitalize()}: {text}.",
            goal_ids=ordered,
            people=people,
        )

    def _stop(self, goal: str, place: int) -> tuple[Stop, Iterable[str], list[Short]]:
        """The condition that is broken, the goals it is about, and who is short.

        What would still stop the goal if it were alone goes before what other goals take.
        """
        question = self._draft.question
        others = {key: at for key, at in self._solved.places.items() if key != goal}
        first = [earlier for later, earlier in question.after if later == goal]
        date = question.slots[place].date
        waits = [
            earlier
            for earlier in first
            if earlier not in others or question.slots[others[earlier]].date >= date
        ]
        if waits:
            return Stop.ORDER, waits, []
        alone = {earlier: others[earlier] for earlier in first}
        shorts = self._fit.shorts({**alone, goal: place})
        if shorts:
            return Stop.NO_TIME, [], shorts
        if self._draft.days[place].day.id in self._draft.blocked:
            return Stop.TAKEN, [], []
        here = [key for key, at in others.items() if at == place]
        if len(here) >= question.slots[place].room:
            return Stop.NO_ROOM, here, []
        if self._one_candidate_too_many({**others, goal: place}):
            return Stop.NO_CANDIDATE, [], []
        shorts = self._fit.shorts({**others, goal: place})
        if shorts:
            goals = frozenset(key for short in shorts for key in short.goals) - {goal}
            return Stop.TIME_TAKEN, goals, shorts
        return Stop.STAYS_PUT, [], []

    def _one_candidate_too_many(self, places: Places) -> bool:
        used = set(places.values())
        return any(
            len(choice.places & used) > choice.most for choice in self._draft.question.choices
        )

    def people(self, shorts: Iterable[Short]) -> tuple[ShortPeople, ...]:
        """Who is short, per function; most people first."""
        found: dict[str, list[tuple[str, Short]]] = {}
        for short in shorts:
            for member_id in short.profile.member_ids:
                found.setdefault(self._functions[member_id], []).append((member_id, short))
        grouped = [_people(function, rows) for function, rows in found.items()]
        return tuple(sorted(grouped, key=lambda item: (-item.people, item.function)))


def _people(function: str, rows: list[tuple[str, Short]]) -> ShortPeople:
    firsts = [short.first for _, short in rows if short.first is not None]
    lasts = [short.last for _, short in rows if short.last is not None]
    return ShortPeople(
        function=function,
        people=len(rows),
        minutes=max(short.minutes for _, short in rows),
        first_week=min(firsts, default=None),
        last_week=max(lasts, default=None),
        member_ids=tuple(sorted(member_id for member_id, _ in rows)),
    )
