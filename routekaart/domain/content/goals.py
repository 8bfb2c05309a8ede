"""The chapter of goals: learning, what pupils notice, interventions with claims, answers."""

from collections.abc import Iterator
from dataclasses import dataclass

from courses.dutch import dutch_date, listed
from courses.entities import Intervention, PointKind
from routekaart.domain.content.blocks import Answer
from routekaart.domain.content.claims import (
    CLAIM_COLUMNS,
    STANDING,
    caveats,
    claim_lines,
    source_line,
)
from routekaart.domain.content.document import (
    GoalContent,
    GoalsContent,
    InterventionContent,
)
from routekaart.domain.content.drawings import evidence_and_cost
from routekaart.domain.content.inputs import ChosenIntervention, PlanGoal, PointAnswer
from routekaart.domain.content.outline import Outline, heading_of
from routekaart.domain.content.parts import Fact, Section
from routekaart.domain.content.wording import sentence, weekday_date

NO_NOTICEABLE = "Nog niet ingevuld: wat leerlingen van dit doel merken."


@dataclass(frozen=True, slots=True)
class AskedPoint:
    """A question of a source to the school about one intervention, with the answer if there is."""

    intervention: str
    question: str
    answer: str


def goals_chapter(outline: Outline, number: str) -> GoalsContent:
    return GoalsContent(
        section=Section(
            number,
            "Doelen",
            "Waarin het team zich dit jaar ontwikkelt, wat leerlingen ervan merken en welke "
            "interventies daarbij zijn gekozen.",
        ),
        standing=STANDING,
        evidence_and_cost=evidence_and_cost(outline),
        claim_columns=CLAIM_COLUMNS,
        goals=tuple(_goal(outline, goal) for goal in outline.given.goals),
        missing="" if outline.given.goals else "Dit team heeft nog geen doelen gekozen.",
    )


def asked_points(outline: Outline, goal: PlanGoal) -> tuple[AskedPoint, ...]:
    """Every question about the chosen interventions, in the order of the catalogue.

    Answers to other points, and to questions that the catalogue dropped, stay at the end.
    """
    answers = {
        (item.intervention, item.point): item for item in goal.answers if item.answer.strip()
    }
    asked: list[AskedPoint] = []
    for intervention in outline.interventions(goal):
        for slug, question in _questions(intervention):
            given = answers.pop((intervention.slug, slug), None)
            answer = given.answer.strip() if given else ""
            asked.append(AskedPoint(intervention.title, question, answer))
    asked.extend(_answer_to_other_point(outline, item) for item in answers.values())
    return tuple(asked)


def _answer_to_other_point(outline: Outline, item: PointAnswer) -> AskedPoint:
    """An answer to a fact, a warning, or something that the catalogue no longer holds."""
    intervention = outline.given.catalogue.intervention_by_slug.get(item.intervention)
    points = intervention.attention_points if intervention else ()
    text = next((point.text for point in points if point.slug == item.point), "")
    return AskedPoint(
        intervention=intervention.title if intervention else item.intervention,
        question=text or item.question.strip() or "Een vraag die niet meer in de catalogus staat.",
        answer=item.answer.strip(),
    )


def _questions(intervention: Intervention) -> Iterator[tuple[str, str]]:
    for first in intervention.consider_first:
        yield first.slug, first.text
    for point in intervention.attention_points:
        if point.kind is PointKind.QUESTION:
            yield point.slug, point.text


def _goal(outline: Outline, goal: PlanGoal) -> GoalContent:
    heading, learning = heading_of(goal)
    points = asked_points(outline, goal)
    answered = tuple(
        Answer(f"{point.intervention}: {point.question}", point.answer)
        for point in points
        if point.answer
    )
    still_open = tuple(
        f"{point.intervention}: {point.question}" for point in points if not point.answer
    )
    return GoalContent(
        label=outline.goal_label(goal.id),
        heading=heading,
        learning=learning,
        noticeable_label="Merkbaar bij leerlingen",
        noticeable=goal.noticeable.strip() or NO_NOTICEABLE,
        facts=tuple(_goal_facts(outline, goal)),
        interventions=tuple(
            _intervention(outline, item)
            for item in goal.interventions
            if item.slug in outline.given.catalogue.intervention_by_slug
        ),
        interventions_missing=_interventions_missing(outline, goal),
        answers_title="Wat het team heeft afgewogen",
        answers=answered,
        answers_missing=_answers_missing(points, answered),
        open_title="Open vragen" if points else "",
        open_questions=still_open,
        nothing_open="" if still_open or not points else "Er staan geen vragen open.",
    )


def _answers_missing(points: tuple[AskedPoint, ...], answered: tuple[Answer, ...]) -> str:
    if answered:
        return ""
    if points:
        return "Er is nog geen vraag van de bronnen beantwoord."
    return "De bronnen stellen bij deze keuze geen vragen."


def _goal_facts(outline: Outline, goal: PlanGoal) -> Iterator[Fact]:
    plan = outline.given.plan
    placed = [item for item in plan.placements if item.goal_id == goal.id] if plan else []
    if placed:
        days = [
            f"{outline.day_labels.get(item.study_day_id, 'Studiedag')}, "
            f"{weekday_date(item.study_day_date)}"
            for item in placed
        ]
        yield Fact("Samen verdiepen", listed(days))
        yield Fact("Waarom dan", " ".join(item.reason for item in placed))
    else:
        yield Fact("Samen verdiepen", "Nog niet op een studiedag gepland.")


def _interventions_missing(outline: Outline, goal: PlanGoal) -> str:
    known = outline.given.catalogue.intervention_by_slug
    unknown = [item.slug for item in goal.interventions if item.slug not in known]
    if unknown:
        return f"Niet meer in de catalogus: {listed(unknown)}."
    if not goal.interventions:
        return "Bij dit doel is geen interventie gekozen; cursussen zijn met de hand gekozen."
    return ""


def _intervention(outline: Outline, chosen: ChosenIntervention) -> InterventionContent:
    catalogue, sector = outline.given.catalogue, outline.given.sector
    intervention = catalogue.intervention_by_slug[chosen.slug]
    claims = claim_lines(catalogue, intervention, sector)
    return InterventionContent(
        title=intervention.title,
        category=_category(outline, intervention),
        why=_why(outline, chosen),
        claims=claims,
        claims_missing="" if claims else "Geen bron geeft hier een schatting van effect of kosten.",
        remarks=tuple(_remarks(outline, intervention)),
    )


def _category(outline: Outline, intervention: Intervention) -> str:
    framework = outline.given.catalogue.framework_by_slug.get(intervention.framework)
    if framework is None:
        return ""
    titles = {category.code: category.title for category in framework.categories}
    code = intervention.category
    title = titles.get(code, "")
    until = framework.valid_until
    historic = framework.is_historic(outline.given.made_on)
    ended = f" (liep tot en met {dutch_date(until)})" if historic and until else ""
    return f"{framework.title}{ended} · {code} {title}".rstrip()


def _why(outline: Outline, chosen: ChosenIntervention) -> str:
    known = outline.given.catalogue.intervention_by_slug
    serves = listed([known[slug].title if slug in known else slug for slug in chosen.serves])
    parts = [f"Ondersteunt {serves}." if serves else "", sentence(chosen.why)]
    return " ".join(part for part in parts if part)


def _remarks(outline: Outline, intervention: Intervention) -> Iterator[str]:
    sources = outline.given.catalogue.source_by_slug
    for point in intervention.attention_points:
        if point.kind is PointKind.WARNING:
            yield f"Let op: {point.text} Bron: {source_line(sources[point.source])}."
    for claim in caveats(intervention, outline.given.sector):
        said = " ".join(sentence(part) for part in (claim.text or claim.label, claim.note) if part)
        yield f"Kanttekening: {said} Bron: {source_line(sources[claim.source])}."
