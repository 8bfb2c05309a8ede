"""Brings tables in line with wanted rows: creates, updates, retires, brings back. Never deletes.

Only rows with origin "shipped" are written. A row that is wanted under a slug that a school
already uses is a mistake that is reported, not a row that is taken over.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from courses.models import CatalogueRow, CatalogueSection, Origin
from courses.problems import Problem

_R = TypeVar("_R", bound=CatalogueRow)
# What makes a row the same row after an edit.
Identity = tuple[object, ...]

_NOT_COMPARED = frozenset({"origin", "retired_at"})


class Synchroniser:
    """One run over all tables. Counts rows; a row whose links changed counts as updated."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._seen: set[Identity] = set()
        self._created: set[Identity] = set()
        self._updated: set[Identity] = set()
        self._retired = 0
        self.taken: list[Problem] = []

    @property
    def created(self) -> int:
        return len(self._created)

    @property
    def updated(self) -> int:
        return len(self._updated)

    @property
    def retired(self) -> int:
        return self._retired

    @property
    def unchanged(self) -> int:
        return len(self._seen - self._created - self._updated)

    def rows(self, model: type[_R], identity: tuple[str, ...], wanted: Iterable[_R]) -> list[_R]:
        """The saved rows, in the wanted order; `identity` names what a row is recognised by."""
        manager = model._default_manager
        fields = _fields(model, identity)
        present = {_key(row, identity): row for row in manager.all()}
        result: list[_R] = []
        created: list[_R] = []
        updated: list[_R] = []
        for row in wanted:
            key = _key(row, identity)
            old = present.pop(key, None)
            if old is None:
                created.append(row)
                result.append(row)
                continue
            result.append(old)
            if old.origin != Origin.SHIPPED:
                self.taken.append(_taken(model, key))
            elif _take_over(old, row, fields):
                updated.append(old)
        retired = [
            row
            for row in present.values()
            if row.origin == Origin.SHIPPED and row.retired_at is None
        ]
        for row in retired:
            row.retired_at = self._now
        if created:
            manager.bulk_create(created)
        if updated or retired:
            manager.bulk_update([*updated, *retired], [*fields, "retired_at"])
        self._seen |= {(model, row.pk) for row in result}
        self._created |= {(model, row.pk) for row in created}
        self._updated |= {(model, row.pk) for row in updated}
        self._retired += len(retired)
        return result

    def links(
        self,
        through: type[models.Model],
        names: tuple[str, str],
        owner: type[CatalogueRow],
        wanted: Mapping[object, tuple[object, ...]],
    ) -> None:
        """Replaces the ordered links of owners where they differ; nothing else refers to links."""
        owner_id, target_id = (f"{name}_id" for name in names)
        manager = through._default_manager
        present: dict[object, list[object]] = {}
        for row in manager.filter(**{f"{owner_id}__in": list(wanted)}).order_by("position"):
            present.setdefault(getattr(row, owner_id), []).append(getattr(row, target_id))
        changed = [pk for pk in wanted if tuple(present.get(pk, ())) != wanted[pk]]
        if not changed:
            return
        manager.filter(**{f"{owner_id}__in": changed}).delete()
        manager.bulk_create(
            [
                through(**{owner_id: pk, target_id: target, "position": place})
                for pk in changed
                for place, target in enumerate(wanted[pk], start=1)
            ]
        )
        self._updated |= {(owner, pk) for pk in changed} - self._created

    def section(self, key: str, content: Any) -> None:
        """One part of the catalogue that is kept as a whole."""
        row, created = CatalogueSection.objects.get_or_create(
            key=key, defaults={"content": content}
        )
        self._seen.add((CatalogueSection, key))
        if created:
            self._created.add((CatalogueSection, key))
        elif row.content != content:
            row.content = content
            row.save(update_fields=["content"])
            self._updated.add((CatalogueSection, key))


def _fields(model: type[CatalogueRow], identity: tuple[str, ...]) -> list[str]:
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    return [name for name in names if name not in _NOT_COMPARED and name not in identity]


def _key(row: CatalogueRow, identity: tuple[str, ...]) -> Identity:
    return tuple(getattr(row, name) for name in identity)


def _take_over(old: CatalogueRow, new: CatalogueRow, fields: list[str]) -> bool:
    """Copies what differs onto the old row and brings it back into use; true if anything did."""
    differs = old.retired_at is not None
    old.retired_at = None
    for name in fields:
        value = getattr(new, name)
        if getattr(old, name) != value:
            setattr(old, name, value)
            differs = True
    return differs


def _taken(model: type[CatalogueRow], key: Identity) -> Problem:
    noun = model._meta.verbose_name
    name = " / ".join(str(part) for part in key)
    return Problem(
        "databestanden",
        f"{noun} '{name}' bestaat al als eigen rij van een school; kies een andere slug.",
        key=name,
    )
