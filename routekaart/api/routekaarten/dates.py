"""The date adviser over HTTP: ask about dates, or for the best ones. Nothing is stored."""

from dataclasses import replace
from typing import Any

from ninja import Router

from routekaart import clock
from routekaart.api.auth import SignedInRequest
from routekaart.api.routekaarten.date_shapes import (
    CandidateDate,
    DateAdviceReply,
    DateQuestion,
    DateReply,
    SuggestShape,
    date_reply,
    rule_reply,
    weekday_reply,
)
from routekaart.api.shapes import Id, problems
from routekaart.domain.dates import (
    DateAdvice,
    TeamDay,
    Wish,
    advise,
    suggest,
    weekday_views,
    with_own_numbers,
)
from routekaart.domain.errors import BadInput
from routekaart.domain.planner.problem import StudyDayKind
from routekaart.queries.routekaarten.dates import (
    ConsideredDay,
    considered_day,
    situation_with_sight,
)

router = Router(tags=["Doelen en studiedagen"])


@router.post(
    "/routekaarten/{routekaart_id}/date-advice",
    response={200: DateAdviceReply, **problems(404)},
    operation_id="advise_on_dates",
    summary="Advies over datums voor studiedagen",
    description=(
        "Per datum een stoplicht met redenen en bron. Elke datum wordt los bekeken, alsof alleen "
        "die erbij komt. Er wordt niets opgeslagen en niets tegengehouden."
    ),
)
def post_date_advice(request: SignedInRequest, routekaart_id: Id, body: DateQuestion) -> Any:
    by = request.auth
    found, sees_persons = situation_with_sight(
        by=by,
        routekaart_id=routekaart_id,
        today=clock.today(),
        instead_of=body.instead_of,
    )
    situation = replace(found, rules=with_own_numbers(body.own_numbers.by_slug(), found.rules))
    days = [considered_day(situation, _given(one), body.instead_of) for one in body.dates]
    if body.instead_of is not None:
        situation = situation.without(str(body.instead_of))
    suggested = suggest(situation, _wish(body.suggest)) if body.suggest else ()

    def reply(advice: DateAdvice) -> DateReply:
        me = str(by.person.pk)
        shown = (item for item in advice.part_timers if sees_persons or item.member_id == me)
        return date_reply(advice, tuple(shown))

    return DateAdviceReply(
        persons_shown=sees_persons,
        dates=[reply(advice) for advice in advise(situation, days)],
        suggestions=[reply(advice) for advice in suggested],
        weekdays=[weekday_reply(view) for view in weekday_views(situation)],
        rules=[rule_reply(rule) for rule in situation.rules_here()],
    )


def _given(one: CandidateDate) -> ConsideredDay:
    return ConsideredDay(
        date=one.date,
        kind=StudyDayKind(one.kind),
        free_groups=tuple(sorted(one.free_groups)),
        starts_at=one.starts_at,
        minutes=one.minutes,
        room=one.room,
        trainer=one.trainer,
    )


def _wish(asked: SuggestShape) -> Wish:
    if asked.until < asked.first:
        raise BadInput(
            "suggest.until", "De laatste dag ligt voor de eerste dag.", code="wrong_order"
        )
    like = TeamDay(
        asked.first,
        StudyDayKind(asked.kind),
        tuple(sorted(asked.free_groups)),
        minutes=asked.minutes,
    )
    return Wish(asked.first, asked.until, asked.count, like)
