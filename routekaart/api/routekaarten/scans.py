"""Scans of a team over HTTP."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import Field

from courses.catalogue import current_catalogue
from routekaart import clock
from routekaart.access import Access
from routekaart.actions.routekaarten import scans as actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.shapes import Id, Reply, Shape, Slug, problems
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.content.claims import source_line
from routekaart.domain.errors import BadInput
from routekaart.domain.scan_kinds import ScanFrame, scan_frame
from routekaart.domain.scan_results import HIGHEST_SCORE, LOWEST_SCORE
from routekaart.queries.routekaarten.scans import ScanResults, scan_detail, scan_results, scans_of

router = Router(tags=["Scans"])


class NewScan(Shape):
    """`wellbeing` is for a team that chose the intervention on wellbeing."""

    kind: Literal["plg", "wellbeing"] = "plg"


class QuestionToScore(Reply):
    question: str
    title: str


class ScoreInWords(Reply):
    """`words` may be empty: then the number says enough."""

    score: int
    words: str


class ScanReply(Reply):
    """`answers`: how many there are; `answered`: whether you are among them. `questions`: what an
    answer gives a score to, as `source` names it; `scale`: what a score means, in our own words."""

    id: UUID
    team: UUID
    kind: str
    title: str
    ask: str
    school_year: str
    opened_on: date
    closed_on: date | None
    answers: int
    answered: bool
    questions: list[QuestionToScore]
    scale: list[ScoreInWords]
    source: str


class QuestionScore(Shape):
    question: Slug
    score: Annotated[int, Field(ge=LOWEST_SCORE, le=HIGHEST_SCORE)]


class ScanAnswers(Shape):
    """A score for each question of the scan."""

    scores: Annotated[list[QuestionScore], Field(max_length=20)]


class QuestionAverage(Reply):
    question: str
    title: str
    average: float


class QuestionToStartWith(Reply):
    question: str
    title: str
    activities: list[str]


class TrendAverage(Reply):
    question: str
    average: float


class TrendYear(Reply):
    school_year: str
    closed_on: date
    answers: int
    averages: list[TrendAverage]


class ScanResultsReply(Reply):
    """`averages` is null while the scan is open, and while fewer than five people answered.

    `next_steps`: what the source advises where the results stand out.
    """

    scan: UUID
    answers: int
    averages: list[QuestionAverage] | None
    start_with: list[QuestionToStartWith]
    next_steps: list[str]
    trend: list[TrendYear]


def _reply(scan: Any, frame: ScanFrame) -> ScanReply:
    return ScanReply(
        id=scan.pk,
        team=scan.team_id,
        kind=frame.kind,
        title=frame.title,
        ask=frame.ask,
        school_year=SchoolYear(scan.school_year).label,
        opened_on=scan.opened_on,
        closed_on=scan.closed_on,
        answers=scan.answer_count,
        answered=scan.answered,
        questions=[
            QuestionToScore(question=slug, title=title) for slug, title in frame.titles().items()
        ],
        scale=[
            ScoreInWords(score=score, words=words)
            for score, words in enumerate(frame.scale, start=LOWEST_SCORE)
        ],
        source=source_line(frame.source) if frame.source else "",
    )


def _detail(by: Access, scan_id: UUID) -> ScanReply:
    scan = scan_detail(by=by, scan_id=scan_id)
    return _reply(scan, scan_frame(current_catalogue(), scan.kind))


def _results_reply(found: ScanResults) -> ScanResultsReply:
    return ScanResultsReply(
        scan=found.scan.pk,
        answers=found.answers,
        averages=None
        if found.averages is None
        else [
            QuestionAverage(
                question=one.slug, title=one.title, average=float(found.averages[one.slug])
            )
            for one in found.frame.questions
            if one.slug in found.averages
        ],
        start_with=[
            QuestionToStartWith(question=one.slug, title=one.title, activities=list(one.activities))
            for one in found.lowest
        ],
        next_steps=list(found.frame.next_steps) if found.averages else [],
        trend=[
            TrendYear(
                school_year=SchoolYear(year.school_year).label,
                closed_on=year.closed_on,
                answers=year.answers,
                averages=[
                    TrendAverage(question=slug, average=float(average))
                    for slug, average in year.averages.items()
                ],
            )
            for year in found.trend
        ],
    )


@router.get(
    "/teams/{team_id}/scans",
    response={200: Listed[ScanReply], **problems(403, 404)},
    operation_id="list_scans",
    summary="De scans van een team",
)
def list_scans(request: SignedInRequest, team_id: Id, page: Query[Page]) -> Any:
    by, catalogue = request.auth, current_catalogue()
    with by.entered():
        return paged(
            scans_of(by=by, team_id=team_id),
            page,
            lambda row: _reply(row, scan_frame(catalogue, row.kind)),
        )


@router.post(
    "/teams/{team_id}/scans",
    response={201: ScanReply, **problems(403, 404, 409)},
    operation_id="create_scan",
    summary="Een scan openzetten",
    description="Over de kenmerken van een PLG, of over de domeinen van welbevinden als het team "
    "die interventie koos. Hoe het team het zelf ziet; nooit over één leerling.",
)
def create_scan(request: SignedInRequest, team_id: Id, body: NewScan) -> Any:
    by = request.auth
    made = actions.open_scan(by=by, team_id=team_id, kind=body.kind, today=clock.today())
    return Status(201, _detail(by, made.pk))


@router.post(
    "/scans/{scan_id}/answers",
    response={204: None, **problems(403, 404, 409)},
    operation_id="answer_scan",
    summary="Een scan invullen",
    description="Anoniem, en één keer per persoon.",
)
def answer_scan(request: SignedInRequest, scan_id: Id, body: ScanAnswers) -> Any:
    scores = {each.question: each.score for each in body.scores}
    if len(scores) < len(body.scores):
        raise BadInput("scores", "Geef elke vraag maar één score.", code="listed_twice")
    actions.answer_scan(by=request.auth, scan_id=scan_id, scores=scores)
    return Status(204, None)


@router.post(
    "/scans/{scan_id}/close",
    response={200: ScanReply, **problems(403, 404)},
    operation_id="close_scan",
    summary="Een scan sluiten",
    description="Daarna zijn de uitkomsten te zien, als minstens vijf mensen hem invulden.",
)
def close_scan(request: SignedInRequest, scan_id: Id) -> Any:
    by = request.auth
    actions.close_scan(by=by, scan_id=scan_id, today=clock.today())
    return _detail(by, scan_id)


@router.get(
    "/scans/{scan_id}/results",
    response={200: ScanResultsReply, **problems(404)},
    operation_id="get_scan_results",
    summary="De uitkomsten van een scan",
    description="Gemiddelden per vraag, waarmee je kunt beginnen, en hoe het van jaar tot jaar "
    "gaat. Pas na het sluiten en vanaf vijf antwoorden, zodat niemand te herkennen is.",
)
def get_scan_results(request: SignedInRequest, scan_id: Id) -> Any:
    return _results_reply(scan_results(by=request.auth, scan_id=scan_id))
