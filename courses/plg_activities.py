"""What a team does together beside the courses: chosen from the PLG and the four forms (S28–S30).

Per chosen intervention three kinds, each with its reason: an agenda of the four questions, one
activity of the trait that this intervention asks for most, and the form that makes the learning
last. Which trait and form fit is our own choice (aanname); the traits, questions and forms
themselves, and their texts, are the catalogue's and can be edited there. What a catalogue does
not hold is left out.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from courses.advice import ActivityKind, PlgActivity
from courses.entities import EffectiveForm, Function, Intervention, Plg, PlgTrait
from courses.findings import Finding, Severity

SHARED_GOALS = "gedeelde-missie-visie-waarden-en-doelen"
COLLABORATION = "samenwerkingscultuur-gericht-op-leren"
INQUIRY = "samen-onderzoeken"
ACTION = "actiegericht-leren-door-te-doen"
IMPROVEMENT = "voortdurend-verbeteren"
RESULTS = "resultaatgericht-werken"

COACHING = "coaching"
TRAINING = "gerichte-scholing"
TEAMS = "lerende-en-reflecterende-teams"
PEERS = "peer-learning"

_WEAK_EVIDENCE = frozenset({None, "Beperkt"})


@dataclass(frozen=True, slots=True)
class Served:
    """What the courses do for one intervention and this team.

    `courses` are the advised ones, `offered` those of them that can be opened now; `has_list`:
    the source lists courses at all, be it for other functions or platforms. `named` are the
    functions of the team that its list names.
    """

    intervention: Intervention
    courses: int
    offered: int
    has_list: bool
    named: tuple[Function, ...]


def plg_activities(
    plg: Plg, served: Sequence[Served], team: Sequence[Function]
) -> tuple[PlgActivity, ...]:
    """The activities per intervention, in the order given, then what the team needs as a whole."""
    traits = {trait.slug: trait for trait in plg.traits}
    forms = {form.slug: form for form in plg.forms}
    uses: Counter[str] = Counter()
    activities: list[PlgActivity] = []
    for one in served:
        if plg.questions:
            activities.append(_agenda(plg, one.intervention, forms.get(TEAMS)))
        slug, reason = _fitting_trait(one)
        if slug in traits:
            activities.append(_trait(traits[slug], one.intervention, reason, uses))
        activities.extend(
            _form(forms[slug], one, reason) for slug, reason in _fitting_forms(one) if slug in forms
        )
    if served and len(team) > 1 and COLLABORATION in traits:
        reason = "omdat: jullie team heeft verschillende functies, en samen leren jullie meer"
        activities.append(_trait(traits[COLLABORATION], None, reason, uses))
    return tuple(activities)


def only_courses(courses: int, forms: Iterable[str], goal: str | None = None) -> Finding | None:
    """The balance check (S30): courses alone rarely change what happens in class."""
    if not courses or any(form != TRAINING for form in forms):
        return None
    return Finding(
        "only_courses",
        Severity.INFO,
        "Er staan alleen cursussen. Kies er iets naast waarin je samen leert, zoals coaching, "
        "lesbezoek of een vast groepje: zo blijft het geleerde hangen.",
        goal=goal,
    )


def _agenda(plg: Plg, intervention: Intervention, form: EffectiveForm | None) -> PlgActivity:
    questions = " ".join(f"{n}. {q.title}" for n, q in enumerate(plg.questions, start=1))
    return PlgActivity(
        slug=f"{intervention.slug}--vragen",
        intervention=intervention.slug,
        kind=ActivityKind.AGENDA,
        basis="",
        title=f"PLG-bijeenkomst over {intervention.title}",
        text=f"Zet deze vragen op de agenda en leg de antwoorden vast: {questions}",
        reason="omdat: deze vragen houden het gesprek bij het leren van leerlingen",
        questions=tuple(question.slug for question in plg.questions),
        minutes=None if form is None else form.minutes,
    )


def _fitting_trait(one: Served) -> tuple[str, str]:
    """The first that applies, from what is missing to what can still be better."""
    chosen = one.intervention
    if not one.courses:
        return INQUIRY, "omdat: er is geen cursus voor jullie, dus begin bij je eigen praktijk"
    if not one.offered:
        return INQUIRY, "omdat: de cursussen zijn er nu nog niet, je eigen praktijk wel"
    if chosen.requires_other_category:
        return (
            SHARED_GOALS,
            "omdat: deze keuze helpt een andere interventie, dus spreek af waarvoor",
        )
    if chosen.has_card and chosen.evidence_label in _WEAK_EVIDENCE:
        return RESULTS, "omdat: het bewijs is beperkt of onbekend, dus kijk zelf of het werkt"
    if chosen.training_required:
        return ACTION, "omdat: dit vraagt scholing, en wat je leert moet je ook doen"
    return IMPROVEMENT, "omdat: je doet hier vaak al iets aan, en het kan steeds iets beter"


def _fitting_forms(one: Served) -> list[tuple[str, str]]:
    if not one.courses:
        why = "omdat: voor deze interventie is er geen cursus"
        forms = [(COACHING, why), (TEAMS, why)]
        if one.intervention.training_required:
            forms.append(
                (TRAINING, "omdat: deze interventie vraagt scholing, en er is geen cursus")
            )
        return forms
    if not one.offered:
        why = "omdat: de cursussen bij deze interventie zijn er nu nog niet voor jullie"
        return [(COACHING, why), (TEAMS, why)]
    if not one.intervention.training_required:
        return [(TEAMS, "omdat: je vergelijkt wat je met de cursus hebt uitgeprobeerd")]
    forms = [(PEERS, "omdat: bij deze interventie is scholing nodig, en lesbezoek laat die landen")]
    assisting = [function.title.lower() for function in one.named if function.not_allowed_tasks]
    if assisting:
        forms.append((COACHING, f"omdat: begeleiding helpt wie assisteert ({assisting[0]})"))
    return forms


def _trait(
    trait: PlgTrait, intervention: Intervention | None, reason: str, uses: Counter[str]
) -> PlgActivity:
    """The trait's next activity, so that two interventions do not get the same one at once."""
    text = trait.activities[uses[trait.slug] % len(trait.activities)]
    uses[trait.slug] += 1
    owner = "team" if intervention is None else intervention.slug
    return PlgActivity(
        slug=f"{owner}--{trait.slug}",
        intervention=None if intervention is None else intervention.slug,
        kind=ActivityKind.TRAIT,
        basis=trait.slug,
        title=trait.title,
        text=text,
        reason=reason,
    )


def _form(form: EffectiveForm, one: Served, reason: str) -> PlgActivity:
    return PlgActivity(
        slug=f"{one.intervention.slug}--{form.slug}",
        intervention=one.intervention.slug,
        kind=ActivityKind.FORM,
        basis=form.slug,
        title=form.title,
        text=form.activity if one.has_list else form.activity_without_offer,
        reason=reason,
        minutes=form.minutes,
        replaces_courses=not one.offered,
    )
