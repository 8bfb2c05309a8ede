"""Answers that explain a plan, and changes as a preview takes them."""

from datetime import date

from routekaart.actions.planning.repairs import SETTING_FIELDS
from routekaart.api.planning.change_shapes import (
    AddStudyDayShape,
    AnyChange,
    ChangeSettingsShape,
    CourseVoluntaryShape,
    MoreWeeklyMinutesShape,
)
from routekaart.api.shapes import Reply
from routekaart.domain.planner.changes import (
    AddStudyDay,
    Change,
    ChangeSettings,
    CourseVoluntary,
    MoreWeeklyMinutes,
)
from routekaart.domain.planner.explain import (
    DayReason,
    GoalMove,
    Help,
    PlacedGoal,
    PostponedGoal,
    ShortPeople,
    ShortPerson,
)


class ShortPeopleReply(Reply):
    """People with one function who are short of study time; no function: those without one.

    `minutes`: of who is short most, between two Mondays whose weeks both count. No weeks: there
    is no week at all to study in.
    """

    function: str | None
    people: int
    minutes: int
    first_week: date | None
    last_week: date | None


class DayReasonReply(Reply):
    """Why a goal does not stand on a study day. `goals`: those that take its place or its time.

    `stop`: order (another goal comes first), no_time (also without other goals), no_room, taken
    (another team has the room or trainer), no_candidate (enough candidate dates are used),
    time_taken (by other goals), stays_put (it would change more, or put another goal later).
    """

    study_day: str
    date: date
    stop: str
    text: str
    goals: list[str]
    people: list[ShortPeopleReply]


class GoalMoveReply(Reply):
    """A goal that would stand on another day; null is no study day."""

    goal: str
    title: str
    old_date: date | None
    new_date: date | None


class HelpReply(Reply):
    """A change that helps: it was planned again, and with less of the same it does not help.

    `changes` can be sent to the preview of a plan as they are; they are left out where they would
    tell you about somebody else. `not_before` and `before`: the period in which a study day helps.
    """

    kind: str
    text: str
    effect: str
    changes: list[AnyChange]
    moves: list[GoalMoveReply]
    not_before: date | None
    before: date | None


class PostponedGoalReply(Reply):
    """A goal without a study day. Not `complete`: not every change was tried."""

    goal: str
    title: str
    code: str
    text: str
    days: list[DayReasonReply]
    helps: list[HelpReply]
    complete: bool


class PlacedGoalReply(Reply):
    """A goal on its study day: why there, and why not on the days before it."""

    goal: str
    title: str
    study_day: str
    date: date
    reason: str
    earlier_days: list[DayReasonReply]


class ShortPersonReply(Reply):
    """Somebody who cannot prepare all that is mandatory for a goal.

    `missing_minutes`: those of a course for several goals stand with the first of their days.
    """

    person: str
    goal: str
    courses: list[str]
    missing_minutes: int
    text: str
    helps: list[HelpReply]
    complete: bool


def change_shape(change: Change) -> AnyChange:
    """A change of an explanation as the body of a preview has it, with only what it says."""
    if isinstance(change, AddStudyDay):
        return AddStudyDayShape(
            kind="add_study_day",
            date=change.date,
            day_kind=change.kind.value,
            starts_at=change.start,
            minutes=change.minutes,
        )
    if isinstance(change, ChangeSettings):
        return ChangeSettingsShape.model_validate(
            {"kind": "change_settings"}
            | {SETTING_FIELDS.get(name, name): value for name, value in change.values}
        )
    if isinstance(change, MoreWeeklyMinutes):
        return MoreWeeklyMinutesShape.model_validate(
            {"kind": "more_weekly_minutes", "minutes": change.minutes} | _whom(change)
        )
    if isinstance(change, CourseVoluntary):
        return CourseVoluntaryShape.model_validate(
            {"kind": "course_voluntary", "course": change.course} | _whom(change)
        )
    raise TypeError(f"no explanation proposes {type(change).__name__}")


def _whom(change: MoreWeeklyMinutes | CourseVoluntary) -> dict[str, str]:
    named = {"member": change.member, "function": change.function}
    return {name: value for name, value in named.items() if value is not None}


def help_reply(item: Help) -> HelpReply:
    return HelpReply(
        kind=item.kind.value,
        text=item.text,
        effect=" ".join(item.effect),
        changes=[change_shape(change) for change in item.changes],
        moves=[_move(move) for move in item.moves],
        not_before=item.not_before,
        before=item.before,
    )


def postponed_reply(item: PostponedGoal) -> PostponedGoalReply:
    return PostponedGoalReply(
        goal=item.goal_id,
        title=item.title,
        code=item.code.value,
        text=item.text,
        days=[_day(day) for day in item.days],
        helps=[help_reply(one) for one in item.helps],
        complete=item.complete,
    )


def placed_reply(item: PlacedGoal) -> PlacedGoalReply:
    return PlacedGoalReply(
        goal=item.goal_id,
        title=item.title,
        study_day=item.study_day_id,
        date=item.date,
        reason=item.reason,
        earlier_days=[_day(day) for day in item.earlier],
    )


def person_reply(item: ShortPerson) -> ShortPersonReply:
    return ShortPersonReply(
        person=item.member_id,
        goal=item.goal_id,
        courses=list(item.courses),
        missing_minutes=item.missing_minutes,
        text=item.text,
        helps=[help_reply(one) for one in item.helps],
        complete=item.complete,
    )


def _move(move: GoalMove) -> GoalMoveReply:
    return GoalMoveReply(goal=move.goal_id, title=move.title, old_date=move.old, new_date=move.new)


def _day(reason: DayReason) -> DayReasonReply:
    return DayReasonReply(
        study_day=reason.study_day_id,
        date=reason.date,
        stop=reason.stop.value,
        text=reason.text,
        goals=list(reason.goal_ids),
        people=[_people(item) for item in reason.people],
    )


def _people(item: ShortPeople) -> ShortPeopleReply:
    return ShortPeopleReply(
        function=item.function or None,
        people=item.people,
        minutes=item.minutes,
        first_week=item.first_week,
        last_week=item.last_week,
    )
