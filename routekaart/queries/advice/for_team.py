"""The advice as the team reads it, in few queries."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from courses.advice import Advice
from courses.catalogue import current_catalogue
from courses.entities import Catalogue
from routekaart.access import Access, Permission
from routekaart.domain.advice_desk import Line, changes_between
from routekaart.domain.advice_reading import Answer, ReadAdvice, read_advice
from routekaart.models import AdviceDecision, AdviceVersion, QuoteRequest, Routekaart
from routekaart.queries.advice.stored import advice_from_json
from routekaart.queries.organisation.names import called_at
from routekaart.queries.routekaarten.goals import goal_choices


@dataclass(frozen=True, slots=True)
class TeamAdvice:
    """The latest advice. `lines`: what it changed about the version before.

    `quotes` are the packages for which the school asked a quote.
    """

    version: AdviceVersion
    advice: Advice
    read: ReadAdvice
    lines: tuple[Line, ...]
    answers: dict[str, Answer]
    quotes: frozenset[str]


def routekaart_of_advice(*, by: Access, routekaart_id: UUID) -> Routekaart:
    """The routekaart with its team and school, for who may see it."""
    return by.fetch(Routekaart, routekaart_id, Permission.VIEW_ROUTEKAART, along=("team__school",))


def team_advice(*, by: Access, routekaart: Routekaart) -> TeamAdvice | None:
    """None before the first advice. `routekaart` is one that `by` may see."""
    with by.entered():
        versions = list(
            called_at(
                AdviceVersion.objects.filter(routekaart=routekaart),
                "made_by",
                school="routekaart__team__school",
            ).order_by("-version")[:2]
        )
        if not versions:
            return None
        latest = versions[0]
        advice = advice_from_json(latest.content)
        answers = {
            row.course_id: Answer(row.accepted, row.reason)
            for row in AdviceDecision.objects.filter(advice=latest)
        }
        wordings: dict[str, str] = {
            str(pk): wording for pk, wording in routekaart.goals.values_list("pk", "wording")
        }
        choices = goal_choices(routekaart)
        quotes = frozenset(
            QuoteRequest.objects.filter(school=routekaart.team.school_id).values_list(
                "package_id", flat=True
            )
        )
    catalogue = current_catalogue()
    return TeamAdvice(
        version=latest,
        advice=advice,
        read=read_advice(
            advice=advice,
            goals=[(wordings[choice.id], choice) for choice in choices],
            answers=answers,
            functions={one.slug: one.plural for one in catalogue.functions},
            titles=_titles(catalogue, choices),
        ),
        lines=_lines(versions),
        answers=answers,
        quotes=quotes,
    )


def _titles(catalogue: Catalogue, choices: Any) -> dict[str, str]:
    """Of the courses that the team picked itself; one that was retired keeps its slug."""
    return {
        slug: catalogue.course_by_slug[slug].title
        for choice in choices
        for slug in choice.courses
        if slug in catalogue.course_by_slug
    }


def _lines(versions: list[AdviceVersion]) -> tuple[Line, ...]:
    if len(versions) == 1:
        return ()
    after, before = (advice_from_json(one.content) for one in versions)
    return changes_between(before, after)
