"""The menu of interventions as a team sees it: what it chose on top, and what it may choose."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.entities import Category, Intervention, PointKind
from courses.findings import Finding
from routekaart.domain.rules import (
    QuestionProgress,
    check_selection,
    parameter_findings,
    question_progress,
)
from routekaart.queries.catalogue.public import InterventionFilter, interventions
from routekaart.queries.routekaarten.choices import Choices
from routekaart.web.evidence import Evidence, evidence_of

ORDERS = {
    "": "zoals op de menukaart",
    "maanden": "meeste maanden leerwinst eerst",
    "bewijs": "sterkste bewijs eerst",
    "kosten": "laagste kosten eerst",
}
_EVIDENCE = ("sterk", "gemiddeld", "beperkt")
_COST = ("zeer laag", "laag", "gemiddeld", "hoog", "zeer hoog")
_LAST = 99
# About the choice as a whole; what is asked about one intervention stands with that one.
_OF_ALL = ("framework_historic",)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A chosen intervention. `to_consider`, `needed`: what must be answered before submitting.

    `known` is false for what the catalogue no longer holds.
    """

    slug: str
    title: str
    facility: bool
    asked: int
    answered: int
    to_consider: int
    needed: int
    warnings: tuple[str, ...]
    known: bool = True

    @property
    def open(self) -> int:
        """How much there is still to answer."""
        return self.asked - self.answered + self.to_consider


@dataclass(frozen=True, slots=True)
class Offer:
    """An intervention that can be chosen."""

    slug: str
    title: str
    summary: str
    training: bool
    consider_first: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Group:
    """Offers under one heading; `code` of the category, empty for one list in another order.

    `with_another`: never chosen on its own.
    """

    code: str
    title: str
    offers: tuple[Offer, ...]
    with_another: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    chosen: tuple[Chosen, ...]
    groups: tuple[Group, ...]
    progress: QuestionProgress
    notes: tuple[str, ...]


def category_title(category: Category) -> str:
    """The heading without what stands between brackets after it."""
    return category.title.partition(" (")[0]


def categories(choices: Choices) -> tuple[Category, ...]:
    """The categories to choose from."""
    return tuple(
        category for framework in choices.catalogue.frameworks for category in framework.categories
    )


def menu_of(choices: Choices, *, category: str = "", order: str = "") -> Menu:
    """`category`: only that one; `order`: a key of `ORDERS`."""
    findings = _findings(choices)
    return Menu(
        chosen=chosen_of(choices, findings),
        groups=tuple(_groups(choices, category, order)),
        progress=question_progress(choices.catalogue, choices.view),
        notes=tuple(one.message for one in findings if one.code in _OF_ALL),
    )


def chosen_of(choices: Choices, findings: tuple[Finding, ...] | None = None) -> tuple[Chosen, ...]:
    """What was chosen, in the order of the team."""
    known = _findings(choices) if findings is None else findings
    return tuple(_chosen(choices, one.intervention, known) for one in choices.view.choices)


def _findings(choices: Choices) -> tuple[Finding, ...]:
    catalogue, view = choices.catalogue, choices.view
    return (*check_selection(catalogue, view), *parameter_findings(catalogue, view))


def _chosen(choices: Choices, slug: str, findings: Iterable[Finding]) -> Chosen:
    intervention = choices.catalogue.intervention_by_slug.get(slug)
    if intervention is None:
        return Chosen(slug, slug, False, 0, 0, 0, 0, (), known=False)
    own = [one for one in findings if one.intervention == slug]
    questions = [
        point for point in intervention.attention_points if point.kind is PointKind.QUESTION
    ]
    return Chosen(
        slug=slug,
        title=intervention.title,
        facility=intervention.requires_other_category,
        asked=len(questions),
        answered=sum(choices.view.is_answered(slug, point.slug) for point in questions),
        to_consider=sum(one.code == "consider_first_unanswered" for one in own),
        needed=sum(one.code.endswith("question_unanswered") for one in own),
        warnings=tuple(one.message for one in own if one.code == "parameter_out_of_range"),
    )


def _groups(choices: Choices, category: str, order: str) -> Iterable[Group]:
    taken = set(choices.view.interventions)
    known = {one.code: one for one in categories(choices)}
    wanted = InterventionFilter(category=category if category in known else None)
    fitting = [
        one
        for one in interventions(choices.catalogue, wanted)
        if one.category in known and one.slug not in taken
    ]
    if order:
        ordered = sorted(fitting, key=lambda one: _rank(one, order))
        yield Group("", ORDERS[order].capitalize(), tuple(_offer(choices, one) for one in ordered))
        return
    for code, heading in known.items():
        offers = tuple(_offer(choices, one) for one in fitting if one.category == code)
        if offers:
            with_another = heading.requires_other_category
            yield Group(code, category_title(heading), offers, with_another)


def _rank(intervention: Intervention, order: str) -> int:
    """By what the framework itself prints; without it, last."""
    if order == "maanden":
        months = intervention.effect_months
        return _LAST if months is None else -months
    if order == "bewijs":
        return _place(_EVIDENCE, intervention.evidence_label)
    return _place(_COST, intervention.cost_label)


def _place(words: tuple[str, ...], label: str | None) -> int:
    word = (label or "").lower()
    return words.index(word) if word in words else _LAST


def _offer(choices: Choices, intervention: Intervention) -> Offer:
    return Offer(
        slug=intervention.slug,
        title=intervention.title,
        summary=intervention.summary,
        training=intervention.training_required,
        consider_first=bool(intervention.consider_first),
        evidence=evidence_of(choices.catalogue, intervention, choices.sector),
    )
