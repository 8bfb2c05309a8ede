"""What may be changed in a preview of a plan: one shape per kind of change."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from routekaart.actions.planning.previews import WantedGoal
from routekaart.api.organisation.people import Fte, Functions, StudyMinutes, WorkingDays
from routekaart.api.routekaarten.goal_shapes import DayMinutes, Priority
from routekaart.api.routekaarten.routekaart_shapes import HowToPlan
from routekaart.api.shapes import (
    ClockTime,
    Day,
    EachOnce,
    FilledText,
    Id,
    OptionalText,
    Shape,
    ShortText,
    Slug,
)
from routekaart.domain.people import Member
from routekaart.domain.planner.changes import (
    AddMember,
    AddStudyDay,
    Change,
    ChangeSettings,
    CloseDays,
    CompleteCourse,
    CourseVoluntary,
    GoalPriority,
    MemberLeave,
    MoreWeeklyMinutes,
    MoveStudyDay,
    RemoveGoal,
    RemoveMember,
    RemoveStudyDay,
    WithdrawPreparation,
)
from routekaart.domain.planner.problem import StudyDayKind

# What a routekaart calls otherwise than the planner.
_SETTINGS = {
    "weekly_minutes": "team_weekly_minutes",
    "deadline_workdays": "deadline_working_days",
}


class AddStudyDayShape(Shape):
    """An extra study day; not `fixed`: a candidate date, which the planner may use or leave."""

    kind: Literal["add_study_day"]
    date: Day
    day_kind: Literal["day", "afternoon"] = "day"
    starts_at: ClockTime
    minutes: DayMinutes
    fixed: bool = True
    title: OptionalText = ""

    def change(self, _index: int) -> Change:
        return AddStudyDay(
            date=self.date,
            kind=StudyDayKind(self.day_kind),
            start=self.starts_at,
            minutes=self.minutes,
            fixed=self.fixed,
            title=self.title,
        )


class MoveStudyDayShape(Shape):
    kind: Literal["move_study_day"]
    study_day: Id
    date: Day

    def change(self, _index: int) -> Change:
        return MoveStudyDay(str(self.study_day), self.date)


class RemoveStudyDayShape(Shape):
    kind: Literal["remove_study_day"]
    study_day: Id

    def change(self, _index: int) -> Change:
        return RemoveStudyDay(str(self.study_day))


class CloseDaysShape(Shape):
    """The school is closed on these days, both included."""

    kind: Literal["close_days"]
    first_day: Day
    last_day: Day
    title: ShortText

    def change(self, _index: int) -> Change:
        return CloseDays(self.first_day, self.last_day, self.title)


class MoreWeeklyMinutesShape(Shape):
    """So many minutes a week more for one `member`, for all with a `function`, or for everyone."""

    kind: Literal["more_weekly_minutes"]
    minutes: Annotated[int, Field(ge=1, le=2400)]
    member: Id | None = None
    function: Slug | None = None

    def change(self, _index: int) -> Change:
        return MoreWeeklyMinutes(self.minutes, _text(self.member), self.function)


class AddMemberShape(Shape):
    """Somebody joins; `same_as`: with the courses of this member."""

    kind: Literal["add_member"]
    name: ShortText = "een nieuwe collega"
    functions: Functions = Field(default_factory=list)
    fte: Fte = 1.0
    working_days: WorkingDays = Field(default=[1, 2, 3, 4, 5])
    weekly_study_minutes: StudyMinutes | None = None
    same_as: Id | None = None

    def change(self, index: int) -> Change:
        member = Member(
            id=f"new-member-{index}",
            name=self.name,
            functions=tuple(self.functions),
            fte=Decimal(str(self.fte)),
            working_days=tuple(sorted(self.working_days)),
            own_weekly_minutes=self.weekly_study_minutes,
        )
        return AddMember(member, same_as=_text(self.same_as))


class RemoveMemberShape(Shape):
    kind: Literal["remove_member"]
    member: Id

    def change(self, _index: int) -> Change:
        return RemoveMember(str(self.member))


class MemberLeaveShape(Shape):
    """A member is away on these days, both included."""

    kind: Literal["member_leave"]
    member: Id
    first_day: Day
    last_day: Day

    def change(self, _index: int) -> Change:
        return MemberLeave(str(self.member), self.first_day, self.last_day)


class CourseVoluntaryShape(Shape):
    """A course is no longer mandatory: for a `member`, for all with a `function`, or everyone."""

    kind: Literal["course_voluntary"]
    course: Slug
    member: Id | None = None
    function: Slug | None = None

    def change(self, _index: int) -> Change:
        return CourseVoluntary(self.course, _text(self.member), self.function)


class WithdrawPreparationShape(Shape):
    """A course need not be prepared: by one `member` or everyone, for one `goal` or all."""

    kind: Literal["withdraw_preparation"]
    course: Slug
    member: Id | None = None
    goal: Id | None = None

    def change(self, _index: int) -> Change:
        return WithdrawPreparation(self.course, _text(self.member), _text(self.goal))


class CompleteCourseShape(Shape):
    kind: Literal["complete_course"]
    member: Id
    course: Slug

    def change(self, _index: int) -> Change:
        return CompleteCourse(str(self.member), self.course)


class GoalPriorityShape(Shape):
    kind: Literal["goal_priority"]
    goal: Id
    priority: Priority

    def change(self, _index: int) -> Change:
        return GoalPriority(str(self.goal), self.priority)


class AddGoalShape(Shape):
    """An extra goal; its `courses` are mandatory for everyone in the team, in this order."""

    kind: Literal["add_goal"]
    wording: FilledText
    priority: Priority
    after: Annotated[list[Id], Field(max_length=30), EachOnce] = Field(default_factory=list)
    courses: Annotated[list[Slug], Field(max_length=10), EachOnce] = Field(default_factory=list)

    def change(self, _index: int) -> WantedGoal:
        return WantedGoal(
            self.wording, self.priority, tuple(map(str, self.after)), tuple(self.courses)
        )


class RemoveGoalShape(Shape):
    kind: Literal["remove_goal"]
    goal: Id

    def change(self, _index: int) -> Change:
        return RemoveGoal(str(self.goal))


class ChangeSettingsShape(HowToPlan):
    """Another way to plan; what is left out stays as it is."""

    kind: Literal["change_settings"]

    def change(self, _index: int) -> Change:
        return ChangeSettings.of(
            **{_SETTINGS.get(name, name): value for name, value in self.planning().items()}
        )


AnyChange = Annotated[
    AddStudyDayShape
    | MoveStudyDayShape
    | RemoveStudyDayShape
    | CloseDaysShape
    | MoreWeeklyMinutesShape
    | AddMemberShape
    | RemoveMemberShape
    | MemberLeaveShape
    | CourseVoluntaryShape
    | WithdrawPreparationShape
    | CompleteCourseShape
    | GoalPriorityShape
    | AddGoalShape
    | RemoveGoalShape
    | ChangeSettingsShape,
    Field(discriminator="kind"),
]


def _text(value: object | None) -> str | None:
    return None if value is None else str(value)
