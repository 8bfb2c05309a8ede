"""Bodies and answers about dates: which are asked about, and what the adviser says of each."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from routekaart.api.routekaarten.goal_shapes import DayMinutes, Groups, StudyDayReply
from routekaart.api.shapes import ClockTime, Day, FindingReply, Id, OptionalText, Reply, Shape
from routekaart.domain.dates import DateAdvice, DateRule, OffDays, RuleSlug, WeekdayView

MOST_DATES = 60
MOST_SUGGESTIONS = 10


class CandidateDate(Shape):
    """A date that the team considers.

    Without `starts_at`, `minutes`, `room` or `trainer` those of the study day that it replaces
    count; where there is none, a day of 6 hours and an afternoon of 3 (an assumption).
    """

    date: Day
    kind: Literal["day", "afternoon"] = "day"
    free_groups: Groups = Field(default_factory=list)
    starts_at: ClockTime | None = None
    minutes: DayMinutes | None = None
    room: OptionalText = ""
    trainer: Id | None = None


class SuggestShape(Shape):
    """Ask for the best dates in a period, both days included. They are meant together."""

    first: Day = Field(alias="from")
    until: Day
    count: Annotated[int, Field(ge=1, le=MOST_SUGGESTIONS)] = 3
    kind: Literal["day", "afternoon"] = "day"
    free_groups: Groups = Field(default_factory=list)
    minutes: DayMinutes | None = None


Number = Annotated[int, Field(ge=1, le=60)]


class OwnNumbers(Shape):
    """Numbers that hold at this school instead of those of the rules."""

    four_day_weeks: Number | None = None
    four_day_spread: Number | None = None
    three_day_week: Number | None = None
    free_days: Number | None = None
    weekday_spread: Number | None = None
    off_day_spread: Number | None = None

    @classmethod
    def of(cls, stored: Mapping[str, int]) -> "OwnNumbers":
        return cls(**{slug.replace("-", "_"): number for slug, number in stored.items()})

    def by_slug(self) -> dict[RuleSlug, int]:
        """The numbers that are given, by the slug of their rule."""
        return {
            RuleSlug(name.replace("_", "-")): number
            for name, number in self.model_dump(exclude_none=True).items()
        }


class DateQuestion(Shape):
    """Which dates to look at. `instead_of`: the study day of this routekaart that would move.

    `own_numbers` are for this question only; without them those of the school hold.
    """

    dates: Annotated[list[CandidateDate], Field(max_length=MOST_DATES)] = Field(
        default_factory=list
    )
    suggest: SuggestShape | None = None
    instead_of: Id | None = None
    own_numbers: OwnNumbers = Field(default_factory=OwnNumbers)


class DateReasonReply(Reply):
    """One thing to know about a date; `rule` is the slug of the rule behind it."""

    code: str
    light: Literal["green", "amber", "red"]
    text: str
    source: str
    rule: str


class OffDaysReply(Reply):
    """What a date asks of someone with a weekday off; `year_…` counts it along with the rest."""

    person: UUID
    minutes: int
    year_minutes: int
    year_days: int


class DateReply(Reply):
    """The light is that of the heaviest reason. It advises: nothing is ever held back by it.

    `people_back` come back on a free day, for `minutes` each. `persons` are those whom you may
    see: all part-timers, or only yourself.
    """

    date: date
    kind: str
    free_groups: list[int]
    light: Literal["green", "amber", "red"]
    reasons: list[DateReasonReply]
    people_back: int
    minutes: int
    minutes_assumed: bool
    persons: list[OffDaysReply]


class DateWeekdayReply(Reply):
    """Monday is 1. `people_back`: how many would come back for a study day on that weekday."""

    weekday: int
    study_days: int
    people_back: int
    fairest: bool


class DateRuleReply(Reply):
    """A rule with its source. `unverified_since`: the day on which we last looked it up."""

    rule: str
    title: str
    source: str
    confidence: str
    valid_from: date
    valid_until: date | None
    unverified_since: date
    number: int | None
    note: str


class DateAdviceReply(Reply):
    """`persons_shown` is false when you may not see what a date asks of each person."""

    persons_shown: bool
    dates: list[DateReply]
    suggestions: list[DateReply]
    weekdays: list[DateWeekdayReply]
    rules: list[DateRuleReply]


class SavedStudyDay(StudyDayReply):
    """A study day as it stands now. It was stored whatever `findings` say."""

    findings: list[FindingReply]


def date_reply(advice: DateAdvice, shown: tuple[OffDays, ...]) -> DateReply:
    return DateReply(
        date=advice.day.date,
        kind=advice.day.kind.value,
        free_groups=list(advice.day.free_groups),
        light=advice.light.value,
        reasons=[
            DateReasonReply(
                code=item.code.value,
                light=item.light.value,
                text=item.text,
                source=item.source,
                rule=item.rule.slug.value,
            )
            for item in advice.reasons
        ],
        people_back=advice.people_back,
        minutes=advice.day.lasts,
        minutes_assumed=advice.day.minutes is None,
        persons=[
            OffDaysReply(
                person=UUID(item.member_id),
                minutes=item.minutes,
                year_minutes=item.year_minutes,
                year_days=item.year_days,
            )
            for item in shown
        ],
    )


def weekday_reply(view: WeekdayView) -> DateWeekdayReply:
    return DateWeekdayReply(
        weekday=view.weekday,
        study_days=view.study_days,
        people_back=view.people_back,
        fairest=view.fairest,
    )


def rule_reply(rule: DateRule) -> DateRuleReply:
    return DateRuleReply(
        rule=rule.slug.value,
        title=rule.title,
        source=rule.source,
        confidence=rule.confidence.value,
        valid_from=rule.valid_from,
        valid_until=rule.valid_until,
        unverified_since=rule.unverified_since,
        number=rule.number or None,
        note=rule.note,
    )
