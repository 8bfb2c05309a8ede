"""Rules about what was chosen (S06–S09, S11): they hold for a bare selection as well."""

from collections.abc import Iterable, Iterator

from courses.dutch import dutch_date
from courses.entities import Catalogue, Intervention, PointKind
from courses.findings import Finding, Severity
from routekaart.domain.rules.view import Funding, RoutekaartView

# The option of category F that is professionalisation itself: linking it links training.
PROFESSIONALISATION = "professionalisering"
# How the databanks rate a programme; only this rating shuts out NPO money (S08).
WELL_FOUNDED = "goed onderbouwd"


def choice_findings(catalogue: Catalogue, view: RoutekaartView) -> Iterator[Finding]:
    """Everything about the choice itself, without goals or links."""
    chosen = _chosen(catalogue, view)
    yield from _frameworks(catalogue, view, chosen)
    yield from _only_facilities(chosen)
    for intervention in chosen:
        yield from _consider_first(catalogue, view, intervention)
        yield from _required_questions(view, intervention)
        if intervention.training_required and not _has_training(view, intervention.slug):
            yield Finding(
                "no_training_linked",
                Severity.WARNING,
                f"'{intervention.title}' vraagt scholing en die is nog niet gekoppeld. Kies een "
                "cursus, coaching of een andere vorm van scholing bij deze interventie.",
                intervention=intervention.slug,
            )


def link_findings(catalogue: Catalogue, view: RoutekaartView) -> Iterator[Finding]:
    """Every facility needs a chosen intervention of another category that asks for it (S07)."""
    chosen = _chosen(catalogue, view)
    askers = {one.slug for one in chosen if not one.requires_other_category}
    if not askers:
        return  # `f_requires_a_to_e` says it already: there is nothing yet to link to.
    linked = {
        link.facility
        for link in view.facility_links
        if link.intervention in askers and link.reason.strip()
    }
    for facility in chosen:
        if facility.requires_other_category and facility.slug not in linked:
            yield Finding(
                "f_not_linked",
                Severity.ERROR,
                f"'{facility.title}' is nog niet gekoppeld. Kies de interventie die hierom vraagt "
                "en schrijf op waarom.",
                intervention=facility.slug,
            )


def funding_findings(catalogue: Catalogue, view: RoutekaartView) -> Iterator[Finding]:
    """NPO money pays for programmes rated effective, not for those rated well founded (S08)."""
    for choice in view.choices:
        if " ".join(choice.recognition.split()).casefold() != WELL_FOUNDED:
            continue
        intervention = catalogue.intervention_by_slug.get(choice.intervention)
        name = choice.programme.strip() or (intervention.title if intervention else "dit programma")
        if view.funding == Funding.NPO:
            yield Finding(
                "not_fundable",
                Severity.ERROR,
                f"'{name}' is erkend als 'goed onderbouwd'. Dat mag niet van NPO-geld: kies een "
                "programma dat als effectief is erkend, of betaal het uit andere middelen.",
                intervention=choice.intervention,
            )
        else:
            yield Finding(
                "programme_well_founded",
                Severity.INFO,
                f"'{name}' is erkend als 'goed onderbouwd', nog niet als effectief. Van NPO-geld "
                "zou het niet mogen; uit deze middelen wel. Meet zelf of het werkt.",
                intervention=choice.intervention,
            )


def _chosen(catalogue: Catalogue, view: RoutekaartView) -> tuple[Intervention, ...]:
    """What the catalogue knows of the choice. What was retired has no rules any more."""
    known = catalogue.intervention_by_slug
    return tuple(known[slug] for slug in view.interventions if slug in known)


def _frameworks(
    catalogue: Catalogue, view: RoutekaartView, chosen: Iterable[Intervention]
) -> Iterator[Finding]:
    for slug in dict.fromkeys(intervention.framework for intervention in chosen):
        framework = catalogue.framework_by_slug.get(slug)
        if framework is None or framework.valid_until is None:
            continue
        if framework.is_historic(view.today):
            yield Finding(
                "framework_historic",
                Severity.WARNING,
                f"{framework.title} liep tot en met {dutch_date(framework.valid_until)}: de "
                "subsidie is gestopt. Kiezen mag, maar reken op andere middelen.",
                field="framework",
            )


def _only_facilities(chosen: tuple[Intervention, ...]) -> Iterator[Finding]:
    if chosen and all(intervention.requires_other_category for intervention in chosen):
        yield Finding(
            "f_requires_a_to_e",
            Severity.ERROR,
            "Een keuze uit F hoort altijd bij een interventie uit A tot en met E. Kies daar "
            "minstens één van, en koppel de keuze uit F daaraan.",
            field="interventions",
        )


def _consider_first(
    catalogue: Catalogue, view: RoutekaartView, intervention: Intervention
) -> Iterator[Finding]:
    for point in intervention.consider_first:
        if view.is_answered(intervention.slug, point.slug):
            continue
        known = [catalogue.intervention_by_slug.get(slug) for slug in point.alternatives]
        titles = ", ".join(f"'{one.title}'" for one in known if one is not None)
        instead = f", of kies liever {titles}" if titles else ""
        yield Finding(
            "consider_first_unanswered",
            Severity.QUESTION,
            f"Overweeg eerst bij '{intervention.title}': {point.text} Schrijf op waarom jullie "
            f"hiervoor kiezen{instead}.",
            intervention=intervention.slug,
            point=point.slug,
        )


def _required_questions(view: RoutekaartView, intervention: Intervention) -> Iterator[Finding]:
    """The five of wellbeing; any other intervention may have questions that must be answered."""
    of_wellbeing = intervention.wellbeing is not None
    code = "wellbeing_question_unanswered" if of_wellbeing else "required_question_unanswered"
    for point in intervention.attention_points:
        if point.kind is not PointKind.QUESTION or not point.required:
            continue
        if not view.is_answered(intervention.slug, point.slug):
            yield Finding(
                code,
                Severity.QUESTION,
                f"Beantwoord bij '{intervention.title}' eerst deze vraag: {point.text}",
                intervention=intervention.slug,
                point=point.slug,
            )


def _has_training(view: RoutekaartView, intervention: str) -> bool:
    if intervention in view.trained:
        return True
    if any(
        link.facility == PROFESSIONALISATION and link.intervention == intervention
        for link in view.facility_links
    ):
        return True
    return any(
        intervention in goal.interventions and (goal.courses or goal.mandatory or goal.forms)
        for goal in view.goals
    )
