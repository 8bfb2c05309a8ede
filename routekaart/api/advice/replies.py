"""Advice as the API gives it: the documented shape, and the same content written directly.

Building and validating the shape for every answer would cost more than the advice itself. So the
content is written straight from the domain, and a test holds it against the shape.
"""

from datetime import date
from typing import Any

from courses.advice import Advice, AdviceItem, InterventionSummary, PlgActivity, Reason, Saving
from courses.entities import Claim
from courses.findings import Finding
from routekaart.api.shapes import FindingReply, Reply


class ReasonReply(Reply):
    """Why a course is advised for one intervention. `everyone`: no audience is named."""

    intervention: str
    functions: list[str]
    everyone: bool
    platform: str | None
    general_offer: bool
    step: str | None
    phases: list[str]
    text: str


class AdviceItemReply(Reply):
    """One course, once, with everything it serves and why.

    `availability` is offered, unconfirmed, not_yet or locked; only an offered course may be made
    mandatory. `order` is 1, 2 or 3 where a source advises a sequence. `group` is google,
    microsoft, or null for both. `duration_basis` is stated (by a source) or assumed.
    """

    course: str
    title: str
    kind: str
    because: str
    reasons: list[ReasonReply]
    interventions: list[str]
    functions: list[str]
    provider: str
    package: str
    packages: list[str]
    platform: str | None
    group: str | None
    availability: str
    available_from: date | None
    availability_text: str
    may_be_mandatory: bool
    step: str | None
    order: int | None
    phases: list[str]
    duration_minutes: int
    duration_basis: str
    required: bool
    in_smallest_set: bool


class PlgActivityReply(Reply):
    """Something to do together; `kind` is agenda, trait or form. `minutes` is an assumption."""

    slug: str
    intervention: str | None
    kind: str
    basis: str
    title: str
    text: str
    reason: str
    questions: list[str]
    minutes: int | None
    replaces_courses: bool


class FunctionSavingReply(Reply):
    function: str
    all_minutes: int
    set_minutes: int


class SavingReply(Reply):
    """What the smallest set saves one person, in minutes; `per_function` says it by function."""

    minutes: int
    all_minutes: int
    set_minutes: int
    per_function: list[FunctionSavingReply]


class SectorEffectReply(Reply):
    """What one source says of the effect in the sector that was asked for, in months."""

    source: str
    minimum: float | None
    maximum: float | None
    label: str
    text: str


class InterventionSummaryReply(Reply):
    slug: str
    title: str
    category: str
    courses: int
    offered_courses: int
    effect_months: int | None
    sector_effect: list[SectorEffectReply]


class UncoveredReply(Reply):
    """For this function nothing is offered right now that serves this intervention."""

    intervention: str
    function: str


class SelectionAdvice(Reply):
    """The advice on a selection. Broken rules are findings here and stop nothing."""

    catalogue_version: str
    items: list[AdviceItemReply]
    smallest_set: list[str]
    saving: SavingReply
    plg_activities: list[PlgActivityReply]
    interventions: list[InterventionSummaryReply]
    uncovered: list[UncoveredReply]
    findings: list[FindingReply]


def advice_content(advice: Advice, catalogue_version: str) -> dict[str, Any]:
    """The content of an `SelectionAdvice`, ready for JSON."""
    return {
        "catalogue_version": catalogue_version,
        "items": [_item(item) for item in advice.items],
        "smallest_set": advice.smallest_set,
        "saving": _saving(advice.saving),
        "plg_activities": [_activity(activity) for activity in advice.plg_activities],
        "interventions": [_summary(summary) for summary in advice.interventions],
        "uncovered": [
            {"intervention": intervention, "function": function}
            for intervention, function in advice.uncovered
        ],
        "findings": [_finding(finding) for finding in advice.findings],
    }


def _item(item: AdviceItem) -> dict[str, Any]:
    return {
        "course": item.course,
        "title": item.title,
        "kind": item.kind,
        "because": item.because,
        "reasons": [_reason(reason) for reason in item.reasons],
        "interventions": item.interventions,
        "functions": item.functions,
        "provider": item.provider,
        "package": item.package,
        "packages": item.packages,
        "platform": item.platform,
        "group": item.group,
        "availability": item.availability,
        "available_from": item.available_from.isoformat() if item.available_from else None,
        "availability_text": item.availability_text,
        "may_be_mandatory": item.may_be_mandatory,
        "step": item.step,
        "order": item.order,
        "phases": item.phases,
        "duration_minutes": item.duration_minutes,
        "duration_basis": item.duration_basis,
        "required": item.required,
        "in_smallest_set": item.in_smallest_set,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "intervention": reason.intervention,
        "functions": reason.functions,
        "everyone": reason.everyone,
        "platform": reason.platform,
        "general_offer": reason.general_offer,
        "step": reason.step,
        "phases": reason.phases,
        "text": reason.text,
    }


def _activity(activity: PlgActivity) -> dict[str, Any]:
    return {
        "slug": activity.slug,
        "intervention": activity.intervention,
        "kind": activity.kind,
        "basis": activity.basis,
        "title": activity.title,
        "text": activity.text,
        "reason": activity.reason,
        "questions": activity.questions,
        "minutes": activity.minutes,
        "replaces_courses": activity.replaces_courses,
    }


def _saving(saving: Saving) -> dict[str, Any]:
    return {
        "minutes": saving.minutes,
        "all_minutes": saving.all_minutes,
        "set_minutes": saving.set_minutes,
        "per_function": [
            {
                "function": one.function,
                "all_minutes": one.all_minutes,
                "set_minutes": one.set_minutes,
            }
            for one in saving.per_function
        ],
    }


def _summary(summary: InterventionSummary) -> dict[str, Any]:
    return {
        "slug": summary.slug,
        "title": summary.title,
        "category": summary.category,
        "courses": summary.courses,
        "offered_courses": summary.offered_courses,
        "effect_months": summary.effect_months,
        "sector_effect": [_effect(claim) for claim in summary.sector_effect],
    }


def _effect(claim: Claim) -> dict[str, Any]:
    return {
        "source": claim.source,
        "minimum": claim.minimum,
        "maximum": claim.maximum,
        "label": claim.label,
        "text": claim.text,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "intervention": finding.intervention,
        "goal": finding.goal,
        "course": finding.course,
        "point": finding.point,
        "field": finding.field,
    }
