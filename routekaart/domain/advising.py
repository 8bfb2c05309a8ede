"""Advice on a bare selection: the mapping, plus the rules that can already be applied to it."""

from dataclasses import replace

from courses.advice import Advice, AdviceRequest
from courses.entities import Catalogue
from courses.findings import sorted_findings
from courses.matching import match
from routekaart.domain.rules.check import check_selection
from routekaart.domain.rules.view import Choice, RoutekaartView


def advise(catalogue: Catalogue, request: AdviceRequest) -> Advice:
    """The advice with every finding about this selection; broken rules do not stop it.

    Nothing has been answered, so each "consider first" and each required question shows up. An
    intervention counts as trained when a course for it is offered to this team. Links, goals and
    money are no part of a selection, so the rules about those stay silent. Raises `UnknownSlug`.
    """
    advice = match(catalogue, request)
    view = RoutekaartView(
        today=request.today,
        choices=tuple(Choice(one.slug) for one in advice.interventions),
        functions=request.functions,
        trained=frozenset(one.slug for one in advice.interventions if one.offered_courses),
    )
    rules = check_selection(catalogue, view)
    return replace(advice, findings=sorted_findings([*advice.findings, *rules]))
