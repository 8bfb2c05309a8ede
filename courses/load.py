"""Data files → tables: idempotent, in one transaction; retires what vanished, never deletes."""

import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from pydantic import TypeAdapter

from courses import entities, models
from courses.catalogue import forget_catalogue
from courses.files import SHIPPED, read_catalogue
from courses.problems import CatalogueError
from courses.sync import Synchroniser

_PLG = TypeAdapter(entities.Plg)
_WELLBEING = TypeAdapter(entities.WellbeingFrame)
_INSTRUMENTS = TypeAdapter(tuple[entities.Instrument, ...])


@dataclass(frozen=True, slots=True)
class LoadResult:
    """How many rows a load created, updated (or brought back), retired and left as they were."""

    created: int
    updated: int
    retired: int
    unchanged: int
    version: str

    @property
    def changed(self) -> bool:
        return bool(self.created or self.updated or self.retired)


def load_catalogue(folder: Path = SHIPPED) -> LoadResult:
    """Reads the files of a folder and writes them to the tables.

    Raises `CatalogueError` with every mistake; the tables are then as they were.
    """
    return write_catalogue(read_catalogue(folder))


def write_catalogue(catalogue: entities.Catalogue) -> LoadResult:
    """Writes a catalogue to the tables, in one transaction; a second time changes nothing.

    Raises `CatalogueError` when a slug is already in use by a school's own row.
    """
    with transaction.atomic():
        state = _locked_state()
        sync = Synchroniser(timezone.now())
        _write(sync, catalogue)
        if sync.taken:
            raise CatalogueError(sync.taken)
        result = LoadResult(
            created=sync.created,
            updated=sync.updated,
            retired=sync.retired,
            unchanged=sync.unchanged,
            version=catalogue.version,
        )
        if result.changed or state.version != catalogue.version:
            state.version = catalogue.version
            state.stamp = uuid.uuid4()
            state.loaded_at = timezone.now()
            state.save()
    forget_catalogue()
    return result


def mark_changed() -> None:
    """To be called in the transaction that writes own rows: processes then read them anew."""
    models.CatalogueState.objects.filter(pk=models.CatalogueState.ROW).update(stamp=uuid.uuid4())


def _locked_state() -> models.CatalogueState:
    # Two loads at once wait for each other here: the first to make or lock the row goes first.
    models.CatalogueState.objects.get_or_create(
        pk=models.CatalogueState.ROW,
        defaults={"stamp": uuid.uuid4(), "loaded_at": timezone.now()},
    )
    return models.CatalogueState.objects.select_for_update().get(pk=models.CatalogueState.ROW)


def _write(sync: Synchroniser, catalogue: entities.Catalogue) -> None:
    _write_vocabulary(sync, catalogue)
    categories = _write_frameworks(sync, catalogue.frameworks)
    _write_interventions(sync, catalogue.interventions, categories)
    _write_claims(sync, catalogue.interventions)
    _write_points(sync, catalogue.interventions)
    _write_mentions(sync, catalogue, categories)
    general = catalogue.general_offer
    sync.section(
        "general_offer",
        {
            "category": general.category,
            "notes": list(general.notes),
            "external_references": list(general.external_references),
        },
    )
    sync.section("plg", _PLG.dump_python(catalogue.plg, mode="json"))
    sync.section("instruments", _INSTRUMENTS.dump_python(catalogue.instruments, mode="json"))


def _write_vocabulary(sync: Synchroniser, catalogue: entities.Catalogue) -> None:
    sync.rows(
        models.Source,
        ("slug",),
        [
            models.Source(
                slug=item.slug, position=place, title=item.title, publisher=item.publisher,
                published=item.published, url=item.url, kind=item.kind, note=item.note,
            )
            for place, item in enumerate(catalogue.sources, start=1)
        ],
    )  # fmt: skip
    sync.rows(
        models.Parameter,
        ("slug",),
        [
            models.Parameter(slug=item.slug, position=place, title=item.title, unit=item.unit)
            for place, item in enumerate(catalogue.parameters, start=1)
        ],
    )
    sync.rows(
        models.Function,
        ("slug",),
        [
            models.Function(
                slug=item.slug, position=place, title=item.title, plural=item.plural,
                level=item.level, allowed_tasks=list(item.allowed_tasks),
                not_allowed_tasks=list(item.not_allowed_tasks), vog_required=item.vog_required,
                source_id=item.source or None, note=item.note,
            )
            for place, item in enumerate(catalogue.functions, start=1)
        ],
    )  # fmt: skip
    sync.links(
        models.FunctionInclusion,
        ("function", "included"),
        models.Function,
        {item.slug: item.includes for item in catalogue.functions},
    )
    sync.rows(
        models.Package,
        ("slug",),
        [
            models.Package(
                slug=item.slug, position=place, title=item.title, note=item.note,
                always_available=item.always_available, in_default=item.in_default,
                assumed=item.assumed,
            )
            for place, item in enumerate(catalogue.packages, start=1)
        ],
    )  # fmt: skip
    sync.rows(
        models.Course,
        ("slug",),
        [
            models.Course(
                slug=item.slug, position=place, title=item.title, kind=item.kind.value,
                printed_titles=list(item.printed_titles), duration_minutes=item.duration_minutes,
                duration_basis=item.duration_basis.value, tools=list(item.tools), note=item.note,
                availability_confirmed_on=item.availability_confirmed_on,
            )
            for place, item in enumerate(catalogue.courses, start=1)
        ],
    )  # fmt: skip


def _write_frameworks(
    sync: Synchroniser, frameworks: Iterable[entities.Framework]
) -> dict[tuple[str, str], int]:
    """Writes frameworks and categories; gives the ids of the categories."""
    sync.rows(
        models.Framework,
        ("slug",),
        [
            models.Framework(
                slug=item.slug, position=place, title=item.title, source_id=item.source or None,
                valid_from=item.valid_from, valid_until=item.valid_until, note=item.note,
            )
            for place, item in enumerate(frameworks, start=1)
        ],
    )  # fmt: skip
    rows = sync.rows(
        models.Category,
        ("framework_id", "code"),
        [
            models.Category(
                framework_id=item.slug, position=place, code=category.code, title=category.title,
                requires_other_category=category.requires_other_category,
            )
            for item in frameworks
            for place, category in enumerate(item.categories, start=1)
        ],
    )  # fmt: skip
    return {(row.framework_id, row.code): row.pk for row in rows}


def _write_interventions(
    sync: Synchroniser,
    interventions: Iterable[entities.Intervention],
    categories: dict[tuple[str, str], int],
) -> None:
    places: Counter[int] = Counter()
    wanted: list[models.Intervention] = []
    for item in interventions:
        category = categories[item.framework, item.category]
        places[category] += 1
        wanted.append(
            models.Intervention(
                slug=item.slug, position=places[category], title=item.title, summary=item.summary,
                category_id=category, has_card=item.has_card,
                training_required=item.training_required,
                no_specific_offer=item.no_specific_offer, advice=list(item.advice),
                external_references=list(item.external_references),
                checklist=list(item.checklist), steps=list(item.steps),
                wellbeing=item.wellbeing and _WELLBEING.dump_python(item.wellbeing, mode="json"),
            )
        )  # fmt: skip
    sync.rows(models.Intervention, ("slug",), wanted)
    sync.links(
        models.CrossReference,
        ("intervention", "target"),
        models.Intervention,
        {item.slug: item.cross_references for item in interventions},
    )
    sync.rows(
        models.Programme,
        ("slug",),
        [
            models.Programme(
                slug=programme.slug, position=place, title=programme.title,
                summary=programme.summary, intervention_id=item.slug,
            )
            for item in interventions
            for place, programme in enumerate(item.programmes, start=1)
        ],
    )  # fmt: skip


def _write_claims(sync: Synchroniser, interventions: Iterable[entities.Intervention]) -> None:
    wanted: list[models.Claim] = []
    for item in interventions:
        wanted += _claim_rows(item.claims, {"intervention_id": item.slug})
        for programme in item.programmes:
            wanted += _claim_rows(programme.claims, {"programme_id": programme.slug})
    sync.rows(models.Claim, ("origin", "intervention_id", "programme_id", "key"), wanted)


def _claim_rows(claims: Iterable[entities.Claim], owner: dict[str, str]) -> Iterable[models.Claim]:
    keys = _Keys()
    for place, item in enumerate(claims, start=1):
        yield models.Claim(
            **owner, position=place, key=keys.of(item.parameter, item.source, item.scope),
            parameter_id=item.parameter, source_id=item.source, minimum=item.minimum,
            maximum=item.maximum, label=item.label, text=item.text, note=item.note,
            scope=dict(item.scope), approximate=item.approximate,
        )  # fmt: skip


def _write_points(sync: Synchroniser, interventions: Iterable[entities.Intervention]) -> None:
    identity = ("origin", "intervention_id", "slug")
    sync.rows(
        models.AttentionPoint,
        identity,
        [
            models.AttentionPoint(
                intervention_id=item.slug, position=place, slug=point.slug, kind=point.kind.value,
                text=point.text, source_id=point.source, required=point.required,
            )
            for item in interventions
            for place, point in enumerate(item.attention_points, start=1)
        ],
    )  # fmt: skip
    wanted = [
        (item.slug, place, first)
        for item in interventions
        for place, first in enumerate(item.consider_first, start=1)
    ]
    rows = sync.rows(
        models.ConsiderFirst,
        identity,
        [
            models.ConsiderFirst(
                intervention_id=slug, position=place, slug=first.slug, text=first.text,
                source_id=first.source,
            )
            for slug, place, first in wanted
        ],
    )  # fmt: skip
    sync.links(
        models.Alternative,
        ("consider_first", "intervention"),
        models.ConsiderFirst,
        {row.pk: first.alternatives for row, (_, _, first) in zip(rows, wanted, strict=True)},
    )


def _write_mentions(
    sync: Synchroniser,
    catalogue: entities.Catalogue,
    categories: dict[tuple[str, str], int],
) -> None:
    general = catalogue.general_offer
    # The general offer names only its letter; the first framework that has it is meant.
    category = next(pk for (_, code), pk in categories.items() if code == general.category)
    lists: list[tuple[dict[str, Any], tuple[entities.Mention, ...]]] = [
        *(({"intervention_id": item.slug}, item.mentions) for item in catalogue.interventions),
        ({"category_id": category}, general.mentions),
    ]
    wanted: list[models.Mention] = []
    audiences: list[tuple[str, ...]] = []
    for owner, mentions in lists:
        keys = _Keys()
        for place, item in enumerate(mentions, start=1):
            audiences.append(item.audience)
            wanted.append(
                models.Mention(
                    **owner, position=place,
                    key=keys.of(item.course, item.provider, item.platform, item.audience),
                    course_id=item.course, printed_title=item.printed_title,
                    provider=item.provider, package_id=item.package,
                    platform=item.platform or "", available_from=item.available_from,
                    step=item.step.value if item.step else "", phases=list(item.phases),
                )
            )  # fmt: skip
    rows = sync.rows(models.Mention, ("origin", "intervention_id", "category_id", "key"), wanted)
    sync.links(
        models.MentionAudience,
        ("mention", "function"),
        models.Mention,
        {row.pk: audience for row, audience in zip(rows, audiences, strict=True)},
    )


class _Keys:
    """Digests for rows without a slug; equal ones in one list are numbered."""

    def __init__(self) -> None:
        self._used: Counter[str] = Counter()

    def of(self, *parts: object) -> str:
        text = json.dumps(parts)
        self._used[text] += 1
        numbered = f"{text}{self._used[text]}"
        return hashlib.blake2b(numbered.encode(), digest_size=16).hexdigest()
