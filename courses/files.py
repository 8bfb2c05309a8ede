"""The data files → the catalogue as frozen entities. Pure: no Django, no tables."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from courses import entities, schema
from courses.crosscheck import cross_problems
from courses.data_folder import DataFolder, read_folder
from courses.problems import CatalogueError

SHIPPED = Path(__file__).resolve().parent / "data"

_S = TypeVar("_S", bound=schema.Shape)


def read_catalogue(folder: Path = SHIPPED) -> entities.Catalogue:
    """The catalogue that the files of a folder describe.

    Raises `CatalogueError` with every mistake in the files; there is no half catalogue.
    """
    found = read_folder(folder)
    problems = [*found.problems, *cross_problems(found)]
    if problems:
        raise CatalogueError(problems)
    return _Assembly(found).catalogue()


def with_version(catalogue: entities.Catalogue) -> entities.Catalogue:
    """The same catalogue, its version set to the hash of everything else in it."""
    content = asdict(replace(catalogue, version=""))
    text = json.dumps(content, sort_keys=True, default=str, ensure_ascii=False)
    return replace(catalogue, version=hashlib.sha256(text.encode()).hexdigest())


class _Assembly:
    """Turns the checked shapes of a folder into entities, in printed order."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._courses = self._file("courses.toml", schema.CoursesFile)
        self._frameworks = self._file("frameworks.toml", schema.FrameworksFile).frameworks
        self._titles = {course.slug: course.title for course in self._courses.courses}
        self._interventions = self._in_printed_order()

    def _file(self, name: str, kind: type[_S]) -> _S:
        shape = self._folder.shape(name, kind)
        if shape is None:
            raise AssertionError(f"{name} was not checked before assembly")
        return shape

    def catalogue(self) -> entities.Catalogue:
        interventions = tuple(self._intervention(shape) for shape in self._interventions)
        general_offer = self._general_offer()
        mentions = [mention for item in interventions for mention in item.mentions]
        sources = self._file("sources.toml", schema.SourcesFile).sources
        parameters = self._file("parameters.toml", schema.ParametersFile).parameters
        packages = self._file("packages.toml", schema.PackagesFile).packages
        instruments = self._file("instruments.toml", schema.InstrumentsFile).instruments
        return with_version(
            entities.Catalogue(
                version="",
                frameworks=tuple(_framework(item) for item in self._frameworks),
                sources=tuple(entities.Source(**dict(item)) for item in sources),
                parameters=tuple(entities.Parameter(**dict(item)) for item in parameters),
                functions=self._functions(),
                packages=tuple(entities.Package(**dict(item)) for item in packages),
                courses=self._course_list([*mentions, *general_offer.mentions]),
                interventions=interventions,
                general_offer=general_offer,
                plg=_plg(self._file("plg.toml", schema.PlgFile)),
                instruments=tuple(_instrument(item) for item in instruments),
            )
        )

    def _in_printed_order(self) -> list[schema.InterventionFile]:
        order = {
            (framework.slug, category.code): (place, rank)
            for place, framework in enumerate(self._frameworks)
            for rank, category in enumerate(framework.categories)
        }
        shapes = [shape for _, shape in self._folder.interventions()]
        return sorted(
            shapes, key=lambda shape: (order[shape.framework, shape.category], shape.position)
        )

    def _intervention(self, shape: schema.InterventionFile) -> entities.Intervention:
        framework = next(item for item in self._frameworks if item.slug == shape.framework)
        category = next(item for item in framework.categories if item.code == shape.category)
        return entities.Intervention(
            slug=shape.slug,
            framework=shape.framework,
            category=shape.category,
            title=shape.title,
            summary=shape.summary,
            has_card=shape.has_card,
            requires_other_category=category.requires_other_category,
            training_required=shape.training_required,
            no_specific_offer=shape.no_specific_offer,
            advice=tuple(shape.advice),
            claims=tuple(_claim(item) for item in shape.claims),
            attention_points=tuple(_point(item) for item in shape.attention_points),
            consider_first=tuple(_consider_first(item) for item in shape.consider_first),
            cross_references=tuple(shape.cross_references),
            external_references=tuple(shape.external_references),
            mentions=tuple(self._mentions(shape.offer)),
            programmes=tuple(_programme(item) for item in shape.programmes),
            checklist=tuple(shape.checklist),
            steps=tuple(shape.steps),
            wellbeing=_wellbeing(shape.wellbeing),
            card_source=framework.source,
        )

    def _mentions(self, offers: Iterable[schema.OfferShape]) -> Iterator[entities.Mention]:
        for offer in offers:
            for item in offer.courses:
                yield entities.Mention(
                    course=item.course,
                    printed_title=item.printed or self._titles[item.course],
                    provider=offer.provider,
                    package=schema.PACKAGE_OF_PROVIDER[offer.provider],
                    platform=offer.platform,
                    audience=tuple(offer.audience),
                    available_from=self._star_date() if item.starred else None,
                    step=entities.Step(item.step) if item.step else None,
                    phases=tuple(item.phases),
                )

    def _star_date(self) -> date:
        return self._courses.star_available_from

    def _general_offer(self) -> entities.GeneralOffer:
        shape = self._file("general_offer.toml", schema.GeneralOfferFile)
        return entities.GeneralOffer(
            category=shape.category,
            mentions=tuple(self._mentions(shape.offer)),
            notes=tuple(shape.notes),
            external_references=tuple(shape.external_references),
        )

    def _course_list(self, mentions: list[entities.Mention]) -> tuple[entities.Course, ...]:
        printed: dict[str, list[str]] = {}
        for mention in mentions:
            printed.setdefault(mention.course, []).append(mention.printed_title)
        defaults = self._courses.default_minutes.model_dump()
        stated = entities.DurationBasis.STATED
        assumed = entities.DurationBasis.ASSUMED
        return tuple(
            entities.Course(
                slug=item.slug,
                title=item.title,
                kind=entities.CourseKind(item.kind),
                printed_titles=_without_doubles(
                    # A course that only running text names is printed under its own title.
                    [*printed.get(item.slug, []), *item.also_printed] or [item.title]
                ),
                duration_minutes=item.duration_minutes or defaults[item.kind],
                duration_basis=stated if item.duration_minutes else assumed,
                tools=tuple(item.tools),
                note=item.note,
                availability_confirmed_on=item.availability_confirmed_on,
            )
            for item in self._courses.courses
        )

    def _functions(self) -> tuple[entities.Function, ...]:
        return tuple(
            entities.Function(
                slug=item.slug,
                title=item.title,
                plural=item.plural,
                includes=tuple(item.includes),
                level=item.level,
                allowed_tasks=tuple(item.allowed_tasks),
                not_allowed_tasks=tuple(item.not_allowed_tasks),
                vog_required=item.vog_required,
                source=item.source,
                note=item.note,
            )
            for item in self._file("functions.toml", schema.FunctionsFile).functions
        )


def _framework(shape: schema.FrameworkShape) -> entities.Framework:
    return entities.Framework(
        slug=shape.slug,
        title=shape.title,
        source=shape.source,
        valid_from=shape.valid_from,
        valid_until=shape.valid_until,
        categories=tuple(entities.Category(**dict(item)) for item in shape.categories),
        note=shape.note,
    )


def _claim(shape: schema.ClaimShape) -> entities.Claim:
    exact = shape.value
    return entities.Claim(
        parameter=shape.parameter,
        source=shape.source,
        minimum=_number(shape.minimum if exact is None else exact),
        maximum=_number(shape.maximum if exact is None else exact),
        label=shape.label,
        text=shape.text,
        note=shape.note,
        scope=tuple(sorted(shape.scope.items())),
        approximate=shape.approximate,
    )


def _number(value: float | None) -> float | None:
    # One type for all numbers, so that the tables give back exactly what the files gave.
    return None if value is None else float(value)


def _point(shape: schema.PointShape) -> entities.AttentionPoint:
    return entities.AttentionPoint(
        slug=shape.slug,
        kind=entities.PointKind(shape.kind),
        text=shape.text,
        source=shape.source,
        required=shape.required,
    )


def _consider_first(shape: schema.ConsiderFirstShape) -> entities.ConsiderFirst:
    return entities.ConsiderFirst(
        slug=shape.slug,
        text=shape.text,
        source=shape.source,
        alternatives=tuple(shape.alternatives),
    )


def _programme(shape: schema.ProgrammeShape) -> entities.Programme:
    return entities.Programme(
        slug=shape.slug,
        title=shape.title,
        summary=shape.summary,
        claims=tuple(_claim(item) for item in shape.claims),
    )


def _wellbeing(shape: schema.WellbeingShape | None) -> entities.WellbeingFrame | None:
    if shape is None:
        return None
    return entities.WellbeingFrame(
        domains=tuple(entities.WellbeingDomain(item.slug, item.title) for item in shape.domains),
        intervention_types=tuple(shape.intervention_types),
        databases=tuple(shape.databases),
        short_term=tuple(shape.short_term),
        sustained=tuple(shape.sustained),
    )


def _plg(shape: schema.PlgFile) -> entities.Plg:
    return entities.Plg(
        source=shape.source,
        traits=tuple(
            entities.PlgTrait(item.slug, item.title, tuple(item.activities))
            for item in shape.traits
        ),
        questions=tuple(
            entities.PlgQuestion(item.slug, item.title, tuple(item.prompts))
            for item in shape.questions
        ),
        conditions=tuple(shape.conditions),
        forms=tuple(entities.EffectiveForm(**dict(item)) for item in shape.forms),
        flipped_steps=tuple(entities.FlippedStep(**dict(item)) for item in shape.flipped_steps),
    )


def _instrument(shape: schema.InstrumentShape) -> entities.Instrument:
    return entities.Instrument(
        slug=shape.slug,
        title=shape.title,
        source=shape.source,
        summary=shape.summary,
        principles=tuple(shape.principles),
        steps=tuple(shape.steps),
        times_per_year=shape.times_per_year,
    )


def _without_doubles(titles: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(titles))
