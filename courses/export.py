"""The catalogue as plain data for JSON: printed order, mention by mention. Pure."""

from dataclasses import asdict
from enum import Enum
from typing import Any

from courses.entities import Catalogue, Claim, Course, Framework, Intervention, Mention, Programme

Json = dict[str, Any]


def export(catalogue: Catalogue) -> Json:
    """The whole catalogue; keys in a fixed order, dates as ISO texts, null where absent."""
    titles = {course.slug: course.title for course in catalogue.courses}
    general = catalogue.general_offer
    return {
        "version": catalogue.version,
        "frameworks": [_framework(item) for item in catalogue.frameworks],
        "interventions": [_intervention(item, titles) for item in catalogue.interventions],
        "courses": [_course(item, catalogue) for item in catalogue.courses],
        "general_offer": [_mention(item, titles) for item in general.mentions],
        "plg": _plain(catalogue.plg),
        "general_offer_category": general.category,
        "general_offer_notes": list(general.notes),
        "general_offer_external_references": list(general.external_references),
        "instruments": [_plain(item) for item in catalogue.instruments],
        "functions": [_plain(item) for item in catalogue.functions],
        "packages": [_plain(item) for item in catalogue.packages],
        "parameters": [_plain(item) for item in catalogue.parameters],
        "sources": [_plain(item) for item in catalogue.sources],
    }


def _framework(item: Framework) -> Json:
    return {
        "slug": item.slug,
        "title": item.title,
        "source": item.source,
        "valid_from": item.valid_from.isoformat(),
        "valid_until": item.valid_until.isoformat() if item.valid_until else None,
        "categories": [_plain(category) for category in item.categories],
        "note": item.note,
    }


def _intervention(item: Intervention, titles: dict[str, str]) -> Json:
    return {
        "slug": item.slug,
        "title": item.title,
        "category": item.category,
        "framework": item.framework,
        "summary": item.summary,
        "has_card": item.has_card,
        "effect_months": item.effect_months,
        "effect_label": item.effect_label,
        "evidence_label": item.evidence_label,
        "cost_label": item.cost_label,
        "requires_other_category": item.requires_other_category,
        "training_required": item.training_required,
        "advice": list(item.advice),
        "attention_points": [_plain(point) for point in item.attention_points],
        "consider_first": [_plain(first) for first in item.consider_first],
        "cross_references": list(item.cross_references),
        "external_references": list(item.external_references),
        "no_specific_offer": item.no_specific_offer,
        "claims": [_claim(claim) for claim in item.claims],
        "programmes": [_programme(programme) for programme in item.programmes],
        "checklist": list(item.checklist),
        "steps": list(item.steps),
        "wellbeing": _plain(item.wellbeing) if item.wellbeing else None,
        "courses": [_mention(mention, titles) for mention in item.mentions],
    }


def _mention(item: Mention, titles: dict[str, str]) -> Json:
    return {
        "slug": item.course,
        "title": titles[item.course],
        "printed_title": item.printed_title,
        "provider": item.provider,
        "package": item.package,
        "platform": item.platform,
        "audience": list(item.audience),
        "available_from": item.available_from.isoformat() if item.available_from else None,
        "step": item.step.value if item.step else None,
        "phases": list(item.phases),
    }


def _course(item: Course, catalogue: Catalogue) -> Json:
    confirmed = item.availability_confirmed_on
    return {
        "slug": item.slug,
        "title": item.title,
        "printed_titles": list(item.printed_titles),
        "kind": item.kind.value,
        "duration_minutes": item.duration_minutes,
        "duration_basis": item.duration_basis.value,
        "tools": list(item.tools),
        "note": item.note,
        "availability_confirmed_on": confirmed.isoformat() if confirmed else None,
        "interventions": [
            intervention.slug
            for intervention in catalogue.interventions
            if any(mention.course == item.slug for mention in intervention.mentions)
        ],
    }


def _programme(item: Programme) -> Json:
    return {
        "slug": item.slug,
        "title": item.title,
        "summary": item.summary,
        "claims": [_claim(claim) for claim in item.claims],
    }


def _claim(item: Claim) -> Json:
    return {
        "parameter": item.parameter,
        "source": item.source,
        "value": _number(item.minimum) if item.minimum == item.maximum else None,
        "minimum": _number(item.minimum),
        "maximum": _number(item.maximum),
        "label": item.label,
        "text": item.text,
        "note": item.note,
        "scope": dict(item.scope),
        "approximate": item.approximate,
    }


def _number(value: float | None) -> float | int | None:
    """Whole numbers without a decimal point, as the files have them."""
    return int(value) if value is not None and value.is_integer() else value


def _plain(item: Any) -> Json:
    """A dataclass that holds texts, numbers, words of a closed list, and lists of those."""
    return {name: _listed(value) for name, value in asdict(item).items()}


def _listed(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_listed(item) for item in value]
    if isinstance(value, dict):
        return {name: _listed(item) for name, item in value.items()}
    return value.value if isinstance(value, Enum) else value
