"""Advice on a selection, for everyone: nothing is stored, the same question gives the same bytes.

This is the operation that visitors ask most. An answer depends on nothing but the catalogue, the
day and the question, so finished answers are kept: first under the body as it came in, which
costs no parsing at all, then under what it means.
"""

import json
from collections.abc import Hashable
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.errors import ValidationError
from pydantic import Field
from pydantic import ValidationError as ShapeError

from courses.advice import AdviceRequest, UnknownSlug
from courses.catalogue import public_catalogue
from courses.entities import Catalogue
from courses.lookup import Kind, known_slugs
from routekaart import clock
from routekaart.api.advice.replies import SelectionAdvice, advice_content
from routekaart.api.answer_cache import AnswerCache
from routekaart.api.catalogue.public import Sector
from routekaart.api.errors import Refused, field_error
from routekaart.api.parser import read_json
from routekaart.api.shapes import Shape, Slug
from routekaart.domain.advising import advise

router = Router(tags=["Advies"])

# Some hundreds of answers of the usual size.
_answers = AnswerCache(capacity=32_000_000)
# A body that no honest question reaches is not worth keeping as a key.
_LONGEST_KEY = 8_000

Slugs = Annotated[list[Slug], Field(max_length=50)]


class AdviceQuestion(Shape):
    """What a team chose. The order of `interventions` is the order of the advice.

    Naming something twice is the same as naming it once. No `functions`: the offer for every
    function; no `platforms`: both; no `packages`: those that every academy has.
    """

    # With examples, because the documentation otherwise invents slugs that do not exist.
    interventions: Annotated[list[Slug], Field(min_length=1, max_length=50)] = Field(
        examples=[["feedback", "directe-instructie"]]
    )
    functions: Slugs = Field(default=[], examples=[["leerkracht", "onderwijsassistent"]])
    platforms: Annotated[list[Literal["google", "microsoft"]], Field(max_length=50)] = Field(
        default=[], examples=[["microsoft"]]
    )
    packages: Slugs | None = Field(default=None, examples=[["academie", "leerblokken"]])
    sector: Sector | None = Field(default=None, examples=["po"])


@router.post(
    "/advice",
    response={200: SelectionAdvice},
    auth=None,
    operation_id="advise_on_selection",
    summary="Advies bij gekozen interventies",
    openapi_extra={
        # The view reads the body itself: an answer that is known needs no parsing.
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/AdviceQuestion"}}
            },
        }
    },
)
def advise_on_selection(request: HttpRequest) -> HttpResponse:
    catalogue = public_catalogue()
    today = clock.today()
    body = request.body
    key: Hashable = (catalogue.version, today, request.content_type, body)
    answer = _answers.get(key)
    if answer is None:
        answer = _answer(catalogue, today, _question(read_json(request)))
        if len(body) <= _LONGEST_KEY:
            _answers.put(key, answer)
    return HttpResponse(answer, content_type="application/json; charset=utf-8")


def _question(content: Any) -> AdviceQuestion:
    try:
        return AdviceQuestion.model_validate(content)
    except ShapeError as error:
        # As ninja reports it: where it is, and under which name the view knows the body.
        raise ValidationError(
            [
                {**one, "loc": ("body", "question", *one["loc"])}
                for one in error.errors(include_url=False, include_input=False)
            ]
        ) from None


def _answer(catalogue: Catalogue, today: date, question: AdviceQuestion) -> bytes:
    _check_slugs(catalogue, question)
    request = AdviceRequest(
        interventions=tuple(dict.fromkeys(question.interventions)),
        functions=_sorted(question.functions),
        today=today,
        platforms=_sorted(question.platforms),
        packages=None if question.packages is None else _sorted(question.packages),
        sector=question.sector,
    )
    key = (catalogue.version, request)
    answer = _answers.get(key)
    if answer is None:
        content = advice_content(advise(catalogue, request), catalogue.version)
        answer = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        _answers.put(key, answer)
    return answer


def _sorted(values: list[Any]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


_CHECKED: tuple[Kind, ...] = ("interventions", "functions", "packages")


def _check_slugs(catalogue: Catalogue, question: AdviceQuestion) -> None:
    """Names every slug that is not in the catalogue, with its place and what comes near."""
    errors = []
    for kind in _CHECKED:
        known = known_slugs(catalogue, kind)
        for place, slug in enumerate(getattr(question, kind) or ()):
            if slug not in known:
                detail = str(UnknownSlug(kind, slug, known))
                errors.append(field_error(f"{kind}.{place}", "unknown_slug", detail))
    if errors:
        raise Refused(422, "unknown_slug", errors[0]["detail"], errors)
