"""An advice as a team reads it: per goal its courses, each once, and what is done together."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from courses.advice import Advice, AdviceItem, Availability, PlgActivity
from courses.dutch import listed
from courses.entities import DurationBasis
from routekaart.domain.advice_desk import without
from routekaart.domain.assigning import GoalChoice
from routekaart.domain.content.outline import with_kind
from routekaart.domain.content.wording import duration, marked_duration

_EVERYONE = "iedereen"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the team says of a course; `accepted` None: nothing, so it is taken."""

    accepted: bool | None = None
    reason: str = ""

    @property
    def declined(self) -> bool:
        return self.accepted is False


@dataclass(frozen=True, slots=True)
class ReadCourse:
    """A course with its words. `also_for`: the other goals that it serves."""

    item: AdviceItem
    audience: str
    time: str
    also_for: tuple[str, ...]
    answer: Answer

    @property
    def title(self) -> str:
        """With its kind behind it, where that is not a plain course."""
        return with_kind(self.item.title, self.item.kind)

    @property
    def locked(self) -> bool:
        return self.item.availability is Availability.LOCKED


@dataclass(frozen=True, slots=True)
class GoalAdvice:
    """What the advice holds for a goal. `counted_before`: courses that stand with a goal above.

    No `title`: what belongs to no goal.
    """

    title: str
    interventions: tuple[str, ...]
    courses: tuple[ReadCourse, ...]
    locked: tuple[ReadCourse, ...]
    counted_before: tuple[str, ...]
    picked: tuple[str, ...]
    activities: tuple[PlgActivity, ...]

    @property
    def without_course(self) -> bool:
        return not (self.courses or self.locked or self.counted_before or self.picked)


@dataclass(frozen=True, slots=True)
class PersonTime:
    """What the smallest set asks of somebody in one function, beside all of the advice."""

    function: str
    needed: str
    all: str


@dataclass(frozen=True, slots=True)
class ReadAdvice:
    """`together`: activities of the team as a whole. `taken` and `declined` count courses that
    can be followed; `needed` those that cover everything."""

    goals: tuple[GoalAdvice, ...]
    together: tuple[PlgActivity, ...]
    taken: int
    declined: int
    needed: int
    times: tuple[PersonTime, ...]


def read_advice(
    *,
    advice: Advice,
    goals: Sequence[tuple[str, GoalChoice]],
    answers: Mapping[str, Answer],
    functions: Mapping[str, str],
    titles: Mapping[str, str],
) -> ReadAdvice:
    """The advice per goal, in the order of the goals; what serves none comes last.

    `goals` come with their wording, `functions` are the plurals by slug, `titles` those of courses
    that the team picked itself. What the team declined is left out of what is needed.
    """
    declined = frozenset(slug for slug, answer in answers.items() if answer.declined)
    taken = without(advice, declined) if declined else advice
    marked = {item.course: item for item in taken.items}
    reader = _Reader(advice, goals, answers, functions)
    sections = [
        reader.section(wording, choice, marked, titles) for wording, choice in goals
    ] + reader.rest(marked)
    offered = [item for item in advice.items if item.availability is not Availability.LOCKED]
    gone = sum(item.course in declined for item in offered)
    return ReadAdvice(
        goals=tuple(sections),
        together=tuple(one for one in advice.plg_activities if one.intervention is None),
        taken=len(offered) - gone,
        declined=gone,
        needed=len(taken.smallest_set),
        times=tuple(
            PersonTime(
                functions.get(one.function, one.function),
                duration(one.set_minutes),
                duration(one.all_minutes),
            )
            for one in taken.saving.per_function
        ),
    )


def goals_served(item: AdviceItem, goals: Iterable[GoalChoice]) -> tuple[str, ...]:
    """The goals for which a course is advised to anyone."""
    named = {reason.goal for reason in item.goal_reasons}
    serving = set(item.interventions)
    return tuple(
        goal.id for goal in goals if goal.id in named or serving.intersection(goal.interventions)
    )


class _Reader:
    """Gives every course and every activity once, with the first goal that it serves."""

    def __init__(
        self,
        advice: Advice,
        goals: Sequence[tuple[str, GoalChoice]],
        answers: Mapping[str, Answer],
        functions: Mapping[str, str],
    ) -> None:
        choices = [choice for _, choice in goals]
        self._items = advice.items
        self._wordings = {choice.id: wording for wording, choice in goals}
        self._serves = {item.course: goals_served(item, choices) for item in advice.items}
        self._answers = answers
        self._functions = functions
        self._interventions = {one.slug: one.title for one in advice.interventions}
        self._activities = [one for one in advice.plg_activities if one.intervention is not None]

    def section(
        self,
        wording: str,
        goal: GoalChoice,
        marked: Mapping[str, AdviceItem],
        titles: Mapping[str, str],
    ) -> GoalAdvice:
        mine = [item for item in self._items if goal.id in self._serves[item.course]]
        first = [item for item in mine if self._serves[item.course][0] == goal.id]
        advised = {item.course for item in mine}
        return self._goal(
            wording,
            goal.interventions,
            [self._course(item, goal.id, marked) for item in first],
            tuple(with_kind(item.title, item.kind) for item in mine if item not in first),
            tuple(titles.get(slug, slug) for slug in goal.courses if slug not in advised),
        )

    def rest(self, marked: Mapping[str, AdviceItem]) -> list[GoalAdvice]:
        """What serves no goal, as a section without a title; none when there is nothing."""
        courses = [
            self._course(item, "", marked) for item in self._items if not self._serves[item.course]
        ]
        left = tuple(dict.fromkeys(one.intervention or "" for one in self._activities))
        if not courses and not left:
            return []
        return [self._goal("", left, courses, (), ())]

    def _goal(
        self,
        title: str,
        interventions: Collection[str],
        courses: Sequence[ReadCourse],
        before: tuple[str, ...],
        picked: tuple[str, ...],
    ) -> GoalAdvice:
        activities = [one for one in self._activities if one.intervention in interventions]
        self._activities = [one for one in self._activities if one not in activities]
        return GoalAdvice(
            title=title,
            interventions=tuple(
                self._interventions[slug] for slug in interventions if slug in self._interventions
            ),
            courses=tuple(one for one in courses if not one.locked),
            locked=tuple(one for one in courses if one.locked),
            counted_before=before,
            picked=picked,
            activities=tuple(activities),
        )

    def _course(self, item: AdviceItem, goal: str, marked: Mapping[str, AdviceItem]) -> ReadCourse:
        everyone = any(reason.everyone for reason in item.reasons) or any(
            reason.everyone for reason in item.goal_reasons
        )
        names = [self._functions.get(slug, slug).lower() for slug in item.functions]
        return ReadCourse(
            item=marked.get(item.course, item),
            audience=_EVERYONE if everyone or not names else listed(names),
            time=marked_duration(
                item.duration_minutes, assumed=item.duration_basis is DurationBasis.ASSUMED
            ),
            also_for=tuple(self._wordings[one] for one in self._serves[item.course] if one != goal),
            answer=self._answers.get(item.course, Answer()),
        )
