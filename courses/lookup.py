"""Checking that slugs which come from outside are in the catalogue."""

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from courses.advice import UnknownSlug
from courses.entities import Catalogue

Kind = Literal["interventions", "courses", "functions", "packages"]


def known_slugs(catalogue: Catalogue, kind: Kind) -> Collection[str]:
    """All slugs of a kind."""
    tables: Mapping[Kind, Collection[str]] = {
        "interventions": catalogue.intervention_by_slug,
        "courses": catalogue.course_by_slug,
        "functions": catalogue.function_by_slug,
        "packages": catalogue.package_by_slug,
    }
    return tables[kind]


def checked_slugs(catalogue: Catalogue, kind: Kind, slugs: Iterable[str]) -> None:
    """Raises `UnknownSlug`, with near matches, for the first slug that the catalogue lacks."""
    known = known_slugs(catalogue, kind)
    for slug in slugs:
        if slug not in known:
            raise UnknownSlug(kind, slug, known)
