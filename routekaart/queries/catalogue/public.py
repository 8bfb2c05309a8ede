"""Searching the catalogue that everyone may see."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from courses.advice import UnknownSlug
from courses.entities import Catalogue, Course, Intervention, Mention
from courses.lookup import Kind, checked_slugs
from courses.offers import PLATFORMS
from routekaart.domain.errors import BadInput

# A mention of a course together with the intervention whose list it stands in; the general offer
# of a category belongs to none.
Lines = tuple[tuple[str, Mention], ...]


class InterventionOrder(StrEnum):
    """The orders that a reader can ask for. `words` says it; what has no figure comes last."""

    MENU = "menukaart"
    TITLE = "titel"
    MONTHS = "leerwinst"
    COST = "kosten"

    @property
    def words(self) -> str:
        return _ORDER_WORDS[self]


_ORDER_WORDS = {
    InterventionOrder.MENU: "zoals op de menukaart",
    InterventionOrder.TITLE: "op titel",
    InterventionOrder.MONTHS: "op maanden leerwinst, meeste eerst",
    InterventionOrder.COST: "op kosten, laagste eerst",
}
_COSTS = ("Zeer laag", "Laag", "Gemiddeld", "Hoog", "Zeer hoog")


@dataclass(frozen=True, slots=True)
class InterventionFilter:
    """None leaves a filter out. Labels are the printed words."""

    category: str | None = None
    evidence: str | None = None
    cost: str | None = None
    order: InterventionOrder = InterventionOrder.MENU


@dataclass(frozen=True, slots=True)
class CourseFilter:
    """None leaves a filter out. The filters together must fit one and the same printed line.

    `audience`: what is meant for everyone or for a wider function counts too. `platform`: a
    platform as printed, or google or microsoft for all that fits a team there.
    """

    words: str | None = None
    audience: str | None = None
    provider: str | None = None
    package: str | None = None
    platform: str | None = None


def interventions(catalogue: Catalogue, wanted: InterventionFilter) -> tuple[Intervention, ...]:
    """The interventions that fit, in the order wanted; equal ones as printed on the menu."""
    category = wanted.category.upper() if wanted.category else None
    known = _categories(catalogue)
    if category is not None and category not in known:
        raise BadInput("category", f"Kies uit: {', '.join(known)}.", code="unknown_category")
    found = (
        item
        for item in catalogue.interventions
        if category in (None, item.category)
        and wanted.evidence in (None, item.evidence_label)
        and wanted.cost in (None, item.cost_label)
    )
    return tuple(sorted(found, key=_ORDERS[wanted.order]))


def _by_months(item: Intervention) -> int:
    return 1 if item.effect_months is None else -item.effect_months


def _by_cost(item: Intervention) -> int:
    return _COSTS.index(item.cost_label) if item.cost_label in _COSTS else len(_COSTS)


_ORDERS: Mapping[InterventionOrder, Callable[[Intervention], int | str]] = {
    InterventionOrder.MENU: lambda _item: 0,
    InterventionOrder.TITLE: lambda item: item.title.casefold().lstrip("("),
    InterventionOrder.MONTHS: _by_months,
    InterventionOrder.COST: _by_cost,
}


def _categories(catalogue: Catalogue) -> tuple[str, ...]:
    codes = (code.code for framework in catalogue.frameworks for code in framework.categories)
    return tuple(dict.fromkeys(codes))


def courses(catalogue: Catalogue, wanted: CourseFilter) -> tuple[tuple[Course, Lines], ...]:
    """The courses that fit, in the order of the catalogue, each with all its lines.

    Raises `BadInput` for a function or package that the catalogue does not hold.
    """
    _check(catalogue, "audience", "functions", wanted.audience)
    _check(catalogue, "package", "packages", wanted.package)
    lines = _lines(catalogue)
    audiences = _audiences(catalogue, wanted.audience)
    words = _plain(wanted.words or "").split()
    found: list[tuple[Course, Lines]] = []
    for course in catalogue.courses:
        own = tuple(lines.get(course.slug, ()))
        if _has_words(course, words) and _fits(own, wanted, audiences):
            found.append((course, own))
    return tuple(found)


def _check(catalogue: Catalogue, field: str, kind: Kind, slug: str | None) -> None:
    try:
        checked_slugs(catalogue, kind, () if slug is None else (slug,))
    except UnknownSlug as error:
        raise BadInput(field, str(error), code="unknown_slug") from None


def _fits(lines: Lines, wanted: CourseFilter, audiences: frozenset[str]) -> bool:
    if wanted == CourseFilter(words=wanted.words):
        # Without a filter on lines, courses that no list mentions are found too.
        return True
    return any(
        (not audiences or not mention.audience or not audiences.isdisjoint(mention.audience))
        and wanted.provider in (None, mention.provider)
        and wanted.package in (None, mention.package)
        and _fits_platform(mention, wanted.platform)
        for _, mention in lines
    )


def _fits_platform(mention: Mention, platform: str | None) -> bool:
    if platform in PLATFORMS:
        others = {one for name, all_of in PLATFORMS.items() if name != platform for one in all_of}
        return mention.platform not in others
    return platform in (None, mention.platform)


def _audiences(catalogue: Catalogue, function: str | None) -> frozenset[str]:
    """The printed audiences that include `function`; empty without one."""
    if function is None:
        return frozenset()
    return frozenset(
        one.slug for one in catalogue.functions if one.slug == function or function in one.includes
    )


def _lines(catalogue: Catalogue) -> dict[str, list[tuple[str, Mention]]]:
    found: dict[str, list[tuple[str, Mention]]] = {}
    for owner, mention in _mentions(catalogue):
        found.setdefault(mention.course, []).append((owner, mention))
    return found


def _mentions(catalogue: Catalogue) -> Iterable[tuple[str, Mention]]:
    for item in catalogue.interventions:
        for mention in item.mentions:
            yield item.slug, mention
    for mention in catalogue.general_offer.mentions:
        yield "", mention


def _has_words(course: Course, words: list[str]) -> bool:
    if not words:
        return True
    text = _plain(" ".join((course.title, *course.printed_titles)))
    return all(word in text for word in words)


def _plain(text: str) -> str:
    """Without accents and capitals: who searches for "reflecteren" finds "Reflectéren"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))
