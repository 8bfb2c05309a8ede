"""Bodies and answers about routekaarten."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from routekaart.api.shapes import (
    Day,
    EachOnce,
    FilledText,
    FindingReply,
    GatheredText,
    LongText,
    OptionalText,
    Reply,
    Shape,
    Slug,
)
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.lifecycle import ROUTEKAART
from routekaart.domain.study_day import MOST_GOALS
from routekaart.models import Routekaart

Minutes = Annotated[int, Field(ge=0, le=2400)]
_MAY_BE_EMPTY = frozenset({"goals_per_day", "most_candidate_days", "meeting_weekday"})


class ChoiceShape(Shape):
    """A chosen intervention. `parameters` is what the team plans, such as sessions-per-week."""

    intervention: Slug
    programme: OptionalText = ""
    recognition: OptionalText = ""
    parameters: dict[Slug, Annotated[float, Field(ge=0, le=100_000)]] = Field(
        default_factory=dict, max_length=20
    )


class LinkShape(Shape):
    """Which chosen intervention asks for an option of category F, and why."""

    facility: Slug
    intervention: Slug
    reason: FilledText


class HowToPlan(Shape):
    """How the team plans; the figures that are left out are assumptions of ours.

    `window_weeks`: preparation starts at most so many weeks before a study day. `goals_per_day`:
    null is as few as let every goal find a place. `most_candidate_days`: of the study days that
    are not fixed at most so many are used; null is all. `wait_for_all`: a goal waits until
    everyone is ready. `plg_minimum_meetings`: after each study day.
    """

    weekly_minutes: Minutes | None = None
    window_weeks: Annotated[int, Field(ge=1, le=20)] | None = None
    deadline_workdays: Annotated[int, Field(ge=1, le=60)] | None = None
    goals_per_day: Annotated[int, Field(ge=1, le=MOST_GOALS)] | None = None
    most_candidate_days: Annotated[int, Field(ge=0, le=50)] | None = None
    wait_for_all: bool | None = None
    plg_rhythm_weeks: Annotated[int, Field(ge=1, le=26)] | None = None
    plg_minutes: Annotated[int, Field(ge=15, le=480)] | None = None
    plg_minimum_meetings: Annotated[int, Field(ge=0, le=10)] | None = None
    follow_up_weeks: Annotated[int, Field(ge=1, le=26)] | None = None
    evaluation_weeks: Annotated[int, Field(ge=1, le=40)] | None = None
    lesson_visits: bool | None = None
    meeting_weekday: Annotated[int, Field(ge=1, le=5)] | None = None

    def planning(self) -> dict[str, Any]:
        """What is named. Null leaves a figure as it is, save where null says something."""
        return {
            name: getattr(self, name)
            for name in HowToPlan.model_fields
            if name in self.model_fields_set
            and (getattr(self, name) is not None or name in _MAY_BE_EMPTY)
        }


def _is_a_year(value: str) -> str:
    try:
        SchoolYear.parse(value)
    except ValueError:
        raise PydanticCustomError(
            "school_year", "Schrijf een schooljaar als 2026-2027: twee jaren na elkaar."
        ) from None
    return value


SchoolYearLabel = Annotated[
    str,
    Field(pattern=r"^20[2-9]\d-20[2-9]\d$", examples=["2026-2027"]),
    AfterValidator(_is_a_year),
]


class NewRoutekaart(HowToPlan):
    school_year: SchoolYearLabel
    reason: LongText = ""


class RoutekaartChanges(HowToPlan):
    """What changes; a field that is left out or null stays as it is. Lists replace what stood
    there. Only `goals_per_day`, `most_candidate_days` and `meeting_weekday` can be emptied, with
    null.

    `revision`: the revision this change is based on; another one gives 409.
    """

    revision: Annotated[int, Field(ge=1)] | None = None
    reason: LongText | None = None
    looking_back: GatheredText | None = None
    funding: Literal["own", "npo", "other"] | None = None
    platforms: Annotated[list[Literal["google", "microsoft"]], EachOnce] | None = None
    interventions: Annotated[list[ChoiceShape], Field(max_length=50)] | None = None
    facility_links: Annotated[list[LinkShape], Field(max_length=100)] | None = None


class ReturnComment(Shape):
    comment: FilledText


class Approval(Shape):
    """`mr_date`: the day on which the MR agreed, if it did already.

    `plan_version`: the version that was read; when there is a newer one, the answer is 409.
    """

    mr_date: Day | None = None
    plan_version: Annotated[int, Field(ge=1)] | None = None


class Consent(Shape):
    """`mr_date`: the day on which the MR agreed, today at the latest."""

    mr_date: Day


class ChoiceReply(Reply):
    intervention: str
    programme: str
    recognition: str
    parameters: dict[str, float]


class LinkReply(Reply):
    facility: str
    intervention: str
    reason: str


class AnswerReply(Reply):
    intervention: str
    point: str
    text: str


class AnswersReply(Reply):
    answers: list[AnswerReply]


class RoutekaartReply(Reply):
    id: UUID
    team: UUID
    team_name: str
    school: UUID
    school_year: str
    state: str
    state_label: str
    reason: str
    looking_back: str
    funding: str
    platforms: list[str]
    weekly_minutes: int
    window_weeks: int
    deadline_workdays: int
    goals_per_day: int | None
    most_candidate_days: int | None
    wait_for_all: bool
    plg_rhythm_weeks: int
    plg_minutes: int
    plg_minimum_meetings: int
    follow_up_weeks: int
    evaluation_weeks: int
    lesson_visits: bool
    meeting_weekday: int | None
    interventions: list[ChoiceReply]
    facility_links: list[LinkReply]
    answers: list[AnswerReply]
    return_comment: str
    approved_on: date | None
    mr_date: date | None
    revision: int


class Findings(Reply):
    """What the rules say now; `blocks_submit` when something must be mended before submitting."""

    findings: list[FindingReply]
    blocks_submit: bool


def answer_replies(routekaart: Routekaart) -> list[AnswerReply]:
    """The answers that a routekaart of `routekaart_detail` brought along."""
    return [
        AnswerReply(intervention=row.intervention_id, point=row.point, text=row.text)
        for row in routekaart.answers.all()
    ]


def routekaart_reply(routekaart: Routekaart) -> RoutekaartReply:
    return RoutekaartReply(
        id=routekaart.pk,
        team=routekaart.team_id,
        team_name=routekaart.team.name,
        school=routekaart.team.school_id,
        school_year=SchoolYear(routekaart.school_year).label,
        state=routekaart.state,
        state_label=ROUTEKAART.words[routekaart.state],
        reason=routekaart.reason,
        looking_back=routekaart.looking_back,
        funding=routekaart.funding,
        platforms=routekaart.platforms,
        **{name: getattr(routekaart, name) for name in HowToPlan.model_fields},
        interventions=[
            ChoiceReply(
                intervention=row.intervention_id,
                programme=row.programme,
                recognition=row.recognition,
                parameters=row.parameters,
            )
            for row in routekaart.chosen.all()
        ],
        facility_links=[
            LinkReply(facility=row.facility_id, intervention=row.intervention_id, reason=row.reason)
            for row in routekaart.facility_links.all()
        ],
        answers=answer_replies(routekaart),
        return_comment=routekaart.return_comment,
        approved_on=routekaart.approved_on,
        mr_date=routekaart.mr_date,
        revision=routekaart.revision,
    )
