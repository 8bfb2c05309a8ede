"""Rows → entities: a fixed number of queries, one per table, put together in memory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from pydantic import TypeAdapter

from courses import entities, models
from courses.files import with_version

_PLG = TypeAdapter(entities.Plg)
_INSTRUMENTS = TypeAdapter(tuple[entities.Instrument, ...])
_WELLBEING = TypeAdapter(entities.WellbeingFrame)
_R = TypeVar("_R", bound=models.CatalogueRow)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows in use of all tables, shipped before own, in printed order."""

    sources: list[models.Source]
    parameters: list[models.Parameter]
    functions: list[models.Function]
    packages: list[models.Package]
    courses: list[models.Course]
    frameworks: list[models.Framework]
    categories: list[models.Category]
    interventions: list[models.Intervention]
    programmes: list[models.Programme]
    claims: list[models.Claim]
    attention_points: list[models.AttentionPoint]
    consider_first: list[models.ConsiderFirst]
    mentions: list[models.Mention]
    # Links per owner, in order.
    includes: Mapping[str, tuple[str, ...]]
    cross_references: Mapping[str, tuple[str, ...]]
    alternatives: Mapping[int, tuple[str, ...]]
    audiences: Mapping[int, tuple[str, ...]]
    sections: Mapping[str, Any]

    def has_own(self) -> bool:
        """Whether schools added anything."""
        return any(row.origin == models.Origin.OWN for rows in self._lists() for row in rows)

    def shipped(self) -> "Tables":
        """The same without what schools added."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        for name, value in values.items():
            if isinstance(value, list):
                values[name] = [row for row in value if row.origin == models.Origin.SHIPPED]
        return Tables(**values)

    def _lists(self) -> Iterable[list[models.CatalogueRow]]:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, list):
                yield value


def read_tables() -> Tables:
    """Everything in use, in 18 queries whatever the number of rows."""
    sections = models.CatalogueSection.objects.values_list("key", "content")
    return Tables(
        sources=_in_use(models.Source),
        parameters=_in_use(models.Parameter),
        functions=_in_use(models.Function),
        packages=_in_use(models.Package),
        courses=_in_use(models.Course),
        frameworks=_in_use(models.Framework),
        categories=_in_use(models.Category),
        interventions=_in_use(models.Intervention),
        programmes=_in_use(models.Programme),
        claims=_in_use(models.Claim),
        attention_points=_in_use(models.AttentionPoint),
        consider_first=_in_use(models.ConsiderFirst),
        mentions=_in_use(models.Mention),
        includes=_links(
            models.FunctionInclusion.objects.order_by("position").values_list(
                "function_id", "included_id"
            )
        ),
        cross_references=_links(
            models.CrossReference.objects.order_by("position").values_list(
                "intervention_id", "target_id"
            )
        ),
        alternatives=_links(
            models.Alternative.objects.order_by("position").values_list(
                "consider_first_id", "intervention_id"
            )
        ),
        audiences=_links(
            models.MentionAudience.objects.order_by("position").values_list(
                "mention_id", "function_id"
            )
        ),
        sections=dict(sections),
    )


def _in_use(model: type[_R]) -> list[_R]:
    manager = model._default_manager
    rows = manager.filter(retired_at=None).order_by("position", "pk")
    return sorted(rows, key=lambda row: row.origin == models.Origin.OWN)


def _links(pairs: Iterable[tuple[_T, str]]) -> dict[_T, tuple[str, ...]]:
    grouped: dict[_T, list[str]] = {}
    for owner, target in pairs:
        grouped.setdefault(owner, []).append(target)
    return {owner: tuple(targets) for owner, targets in grouped.items()}


def _by(rows: Iterable[_R], owner: str) -> dict[object, list[_R]]:
    grouped: dict[object, list[_R]] = {}
    for row in rows:
        grouped.setdefault(getattr(row, owner), []).append(row)
    return grouped


def assemble(tables: Tables) -> entities.Catalogue:
    """The catalogue of these rows. What points at a retired row is left out of own rows' lists."""
    return _Assembly(tables).catalogue()


class _Assembly:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._sources = {row.slug for row in tables.sources}
        self._parameters = {row.slug for row in tables.parameters}
        self._functions = {row.slug for row in tables.functions}
        self._packages = {row.slug for row in tables.packages}
        self._courses = {row.slug for row in tables.courses}
        self._interventions = {row.slug for row in tables.interventions}
        self._claims = _by(tables.claims, "intervention_id")
        self._programme_claims = _by(tables.claims, "programme_id")
        self._programmes = _by(tables.programmes, "intervention_id")
        self._points = _by(tables.attention_points, "intervention_id")
        self._consider_first = _by(tables.consider_first, "intervention_id")
        self._mentions = _by(tables.mentions, "intervention_id")
        self._general = _by(tables.mentions, "category_id")
        self._categories = _by(tables.categories, "framework_id")

    def catalogue(self) -> entities.Catalogue:
        tables = self._tables
        return with_version(
            entities.Catalogue(
                version="",
                frameworks=tuple(self._framework(row) for row in tables.frameworks),
                sources=tuple(
                    entities.Source(
                        slug=row.slug, title=row.title, publisher=row.publisher,
                        published=row.published, url=row.url, kind=row.kind, note=row.note,
                    )
                    for row in tables.sources
                ),
                parameters=tuple(
                    entities.Parameter(row.slug, row.title, row.unit) for row in tables.parameters
                ),
                functions=tuple(self._function(row) for row in tables.functions),
                packages=tuple(
                    entities.Package(
                        slug=row.slug, title=row.title, always_available=row.always_available,
                        in_default=row.in_default, assumed=row.assumed, note=row.note,
                    )
                    for row in tables.packages
                ),
                courses=tuple(_course(row) for row in tables.courses),
                interventions=tuple(self._in_printed_order()),
                general_offer=self._general_offer(),
                plg=_PLG.validate_python(tables.sections["plg"]),
                instruments=_INSTRUMENTS.validate_python(tables.sections["instruments"]),
            )
        )  # fmt: skip

    def _framework(self, row: models.Framework) -> entities.Framework:
        return entities.Framework(
            slug=row.slug,
            title=row.title,
            source=row.source_id or "",
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            categories=tuple(
                entities.Category(item.code, item.title, item.requires_other_category)
                for item in self._categories.get(row.slug, ())
            ),
            note=row.note,
        )

    def _function(self, row: models.Function) -> entities.Function:
        included = self._tables.includes.get(row.slug, ())
        return entities.Function(
            slug=row.slug,
            title=row.title,
            plural=row.plural,
            includes=tuple(slug for slug in included if slug in self._functions),
            level=row.level,
            allowed_tasks=tuple(row.allowed_tasks),
            not_allowed_tasks=tuple(row.not_allowed_tasks),
            vog_required=row.vog_required,
            source=row.source_id or "",
            note=row.note,
        )

    def _in_printed_order(self) -> Iterable[entities.Intervention]:
        interventions = _by(self._tables.interventions, "category_id")
        for framework in self._tables.frameworks:
            for category in self._categories.get(framework.slug, ()):
                for row in interventions.get(category.pk, ()):
                    yield self._intervention(row, framework, category)

    def _intervention(
        self, row: models.Intervention, framework: models.Framework, category: models.Category
    ) -> entities.Intervention:
        slug = row.slug
        return entities.Intervention(
            slug=slug,
            framework=framework.slug,
            category=category.code,
            title=row.title,
            summary=row.summary,
            has_card=row.has_card,
            requires_other_category=category.requires_other_category,
            training_required=row.training_required,
            no_specific_offer=row.no_specific_offer,
            advice=tuple(row.advice),
            claims=self._claims_of(self._claims.get(slug, ())),
            attention_points=tuple(
                entities.AttentionPoint(
                    slug=point.slug,
                    kind=entities.PointKind(point.kind),
                    text=point.text,
                    source=point.source_id,
                    required=point.required,
                )
                for point in self._points.get(slug, ())
            ),
            consider_first=tuple(
                self._first(first) for first in self._consider_first.get(slug, ())
            ),
            cross_references=self._known(self._tables.cross_references.get(slug, ())),
            external_references=tuple(row.external_references),
            mentions=self._mentions_of(self._mentions.get(slug, ())),
            programmes=tuple(
                entities.Programme(
                    slug=programme.slug,
                    title=programme.title,
                    summary=programme.summary,
                    claims=self._claims_of(self._programme_claims.get(programme.slug, ())),
                )
                for programme in self._programmes.get(slug, ())
            ),
            checklist=tuple(row.checklist),
            steps=tuple(row.steps),
            wellbeing=row.wellbeing and _WELLBEING.validate_python(row.wellbeing),
            card_source=framework.source_id or "",
        )

    def _first(self, row: models.ConsiderFirst) -> entities.ConsiderFirst:
        return entities.ConsiderFirst(
            slug=row.slug,
            text=row.text,
            source=row.source_id,
            alternatives=self._known(self._tables.alternatives.get(row.pk, ())),
        )

    def _known(self, interventions: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(slug for slug in interventions if slug in self._interventions)

    def _claims_of(self, rows: Iterable[models.Claim]) -> tuple[entities.Claim, ...]:
        return tuple(
            entities.Claim(
                parameter=row.parameter_id,
                source=row.source_id,
                minimum=row.minimum,
                maximum=row.maximum,
                label=row.label,
                text=row.text,
                note=row.note,
                scope=tuple(sorted(row.scope.items())),
                approximate=row.approximate,
            )
            for row in rows
            if row.parameter_id in self._parameters and row.source_id in self._sources
        )

    def _mentions_of(self, rows: Iterable[models.Mention]) -> tuple[entities.Mention, ...]:
        return tuple(
            entities.Mention(
                course=row.course_id,
                printed_title=row.printed_title,
                provider=row.provider,
                package=row.package_id,
                platform=row.platform or None,
                audience=self._audience(row),
                available_from=row.available_from,
                step=entities.Step(row.step) if row.step else None,
                phases=tuple(row.phases),
            )
            for row in rows
            if row.course_id in self._courses
            and row.package_id in self._packages
            # An audience of retired functions only must not turn into "everyone".
            and (self._audience(row) or row.pk not in self._tables.audiences)
        )

    def _audience(self, row: models.Mention) -> tuple[str, ...]:
        slugs = self._tables.audiences.get(row.pk, ())
        return tuple(slug for slug in slugs if slug in self._functions)

    def _general_offer(self) -> entities.GeneralOffer:
        section = self._tables.sections["general_offer"]
        rows = [
            row
            for category in self._tables.categories
            for row in self._general.get(category.pk, ())
        ]
        return entities.GeneralOffer(
            category=section["category"],
            mentions=self._mentions_of(rows),
            notes=tuple(section["notes"]),
            external_references=tuple(section["external_references"]),
        )


def _course(row: models.Course) -> entities.Course:
    return entities.Course(
        slug=row.slug,
        title=row.title,
        kind=entities.CourseKind(row.kind),
        printed_titles=tuple(row.printed_titles),
        duration_minutes=row.duration_minutes,
        duration_basis=entities.DurationBasis(row.duration_basis),
        tools=tuple(row.tools),
        note=row.note,
        availability_confirmed_on=row.availability_confirmed_on,
    )
