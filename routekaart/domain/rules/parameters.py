"""What a team plans beside what the sources name (S10). It warns, it never blocks."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.dutch import dutch_number, listed
from courses.entities import Catalogue, Claim, Intervention, Parameter
from courses.findings import Finding, Severity
from routekaart.domain.rules.view import Choice, RoutekaartView

# How far "ongeveer" reaches in both directions: our own reading (aanname).
_ABOUT = 0.2
# What a team plans itself; all other figures in the sources are findings, not choices.
_PLANNED = (
    "sessions-per-week",
    "session-minutes",
    "hours-per-week",
    "lessons-per-week",
    "duration-weeks",
    "group-size",
    "class-size",
    "start-age",
    "mastery-threshold",
    "tutor-age-difference",
)


@dataclass(frozen=True, slots=True)
class Plannable:
    """A figure that a team may plan, with what the sources name: 3 tot 5 (Bron)."""

    parameter: Parameter
    named: tuple[str, ...]


def plannable(catalogue: Catalogue, choice: Choice) -> tuple[Plannable, ...]:
    """The figures of a chosen intervention for which some source names a number."""
    intervention = catalogue.intervention_by_slug.get(choice.intervention)
    if intervention is None:
        return ()
    known = (catalogue.parameter_by_slug.get(slug) for slug in _PLANNED)
    return tuple(
        Plannable(parameter, _named(catalogue, claims))
        for parameter in known
        if parameter and (claims := _claims(intervention, choice, parameter.slug))
    )


def parameter_findings(catalogue: Catalogue, view: RoutekaartView) -> list[Finding]:
    """A warning for each planned figure that lies outside what every source names.

    Sources may differ; who follows one of them needs no warning. A chosen programme that the
    catalogue knows is measured by its own figures.
    """
    found: list[Finding] = []
    for choice in view.choices:
        intervention = catalogue.intervention_by_slug.get(choice.intervention)
        if intervention is None:
            continue
        for parameter, value in choice.parameters:
            claims = _claims(intervention, choice, parameter)
            if claims and not any(_fits(value, claim) for claim in claims):
                found.append(_out_of_range(catalogue, intervention, parameter, value, claims))
    return found


def _claims(intervention: Intervention, choice: Choice, parameter: str) -> tuple[Claim, ...]:
    """The claims to measure by: in numbers, and the general ones where there are any."""
    wanted = choice.programme.strip().casefold()
    programme = next(
        (one for one in intervention.programmes if wanted in (one.slug, one.title.casefold())),
        None,
    )
    for claims in (programme.claims if programme else (), intervention.claims):
        numeric = [claim for claim in claims if claim.parameter == parameter and _is_numeric(claim)]
        general = [claim for claim in numeric if not claim.scope]
        if numeric:
            return tuple(general or numeric)
    return ()


def _is_numeric(claim: Claim) -> bool:
    return claim.minimum is not None or claim.maximum is not None


def _fits(value: float, claim: Claim) -> bool:
    slack = _ABOUT if claim.approximate else 0.0
    if claim.minimum is not None and value < claim.minimum * (1 - slack):
        return False
    return claim.maximum is None or value <= claim.maximum * (1 + slack)


def _out_of_range(
    catalogue: Catalogue,
    intervention: Intervention,
    slug: str,
    value: float,
    claims: Iterable[Claim],
) -> Finding:
    parameter = catalogue.parameter_by_slug.get(slug)
    name = slug if parameter is None else parameter.title.lower()
    named = listed(_named(catalogue, claims), "of")
    return Finding(
        "parameter_out_of_range",
        Severity.WARNING,
        f"{intervention.title}, {name}: jullie plannen {dutch_number(value)}, de bron noemt "
        f"{named}. Pas het aan, of schrijf op waarom jullie afwijken.",
        intervention=intervention.slug,
        field=f"parameters.{slug}",
    )


def _named(catalogue: Catalogue, claims: Iterable[Claim]) -> tuple[str, ...]:
    """3 tot 5 (Bron), each once."""
    said = (f"{_range(claim)} ({_source(catalogue, claim)})" for claim in claims)
    return tuple(dict.fromkeys(said))


def _source(catalogue: Catalogue, claim: Claim) -> str:
    source = catalogue.source_by_slug.get(claim.source)
    return claim.source if source is None else source.title


def _range(claim: Claim) -> str:
    about = "ongeveer " if claim.approximate else ""
    if claim.minimum is None:
        return f"hoogstens {about}{dutch_number(claim.maximum or 0)}"
    if claim.maximum is None:
        return f"minstens {about}{dutch_number(claim.minimum)}"
    if claim.minimum == claim.maximum:
        return f"{about}{dutch_number(claim.minimum)}"
    return f"{about}{dutch_number(claim.minimum)} tot {dutch_number(claim.maximum)}"
