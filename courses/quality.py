"""What in the catalogue deserves a look. Pure: found in the entities, never typed in by hand."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from courses.entities import Catalogue, Claim, Course, Intervention, Mention

# How alike two titles are before somebody should look, from 0 to 1. Found by reading the list
# for the shipped catalogue: lower gives titles that only share a first word.
NEAR_EQUAL = 0.75

# The providers speak of "ruim 200" courses in an academy (S14); the list is not in the sources.
ANNOUNCED_COURSES = 200

# Tools that changed after the sources were written (S55); what still holds is to be checked.
CHANGED_TOOLS = {
    "flipgrid": "heette later Flip en is als los hulpmiddel gestopt",
    "screencast-o-matic": "heet nu ScreenPal",
}

# The label that Leerpunt, the Flemish edition of the same toolkit, gives to months (S03), and
# the label of the card's own three steps that it comes down to.
_LEERPUNT = (
    (6, "Zeer groot", "Groot"),
    (5, "Groot", "Groot"),
    (3, "Middelgroot", "Gemiddeld"),
    (1, "Klein", "Klein"),
)


@dataclass(frozen=True, slots=True)
class SourceDifference:
    """Two or more sources that say something else about the same; all their claims stand."""

    intervention: str
    parameter: str
    scope: tuple[tuple[str, str], ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class LabelDeviation:
    """A printed effect label that does not fit its months. `derived` is Leerpunt's word."""

    intervention: str
    months: int
    printed: str
    derived: str


@dataclass(frozen=True, slots=True)
class NearEqualTitles:
    """Two courses with almost the same title; `ratio` from 0 to 1."""

    first: str
    second: str
    first_title: str
    second_title: str
    ratio: float


@dataclass(frozen=True, slots=True)
class StarredCourse:
    """A course whose star date has passed without anybody confirming that it is there."""

    course: str
    available_from: date
    interventions: tuple[str, ...]
    without_star: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TwoPackages:
    """A course that one list has in one package and another list in another."""

    course: str
    packages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedTool:
    """A course about a tool that has changed since the source was written."""

    course: str
    tool: str
    reason: str


@dataclass(frozen=True, slots=True)
class SpellingVariants:
    """A course that the sources print in more than one way."""

    course: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All findings about one catalogue on one day. Slugs refer to that catalogue."""

    version: str
    on: date
    interventions: int
    cards: int
    known_courses: int
    academy_courses: int
    announced_courses: int
    source_differences: tuple[SourceDifference, ...]
    label_deviations: tuple[LabelDeviation, ...]
    near_equal_titles: tuple[NearEqualTitles, ...]
    starred_courses: tuple[StarredCourse, ...]
    two_packages: tuple[TwoPackages, ...]
    changed_tools: tuple[ChangedTool, ...]
    spelling_variants: tuple[SpellingVariants, ...]


def report(catalogue: Catalogue, *, today: date) -> Report:
    """Everything that deserves a look on a day."""
    return Report(
        version=catalogue.version,
        on=today,
        interventions=len(catalogue.interventions),
        cards=sum(item.has_card for item in catalogue.interventions),
        known_courses=len(catalogue.courses),
        academy_courses=academy_courses(catalogue),
        announced_courses=ANNOUNCED_COURSES,
        source_differences=source_differences(catalogue),
        label_deviations=label_deviations(catalogue),
        near_equal_titles=near_equal_titles(catalogue),
        starred_courses=starred_courses(catalogue, today=today),
        two_packages=courses_in_two_packages(catalogue),
        changed_tools=changed_tools(catalogue),
        spelling_variants=spelling_variants(catalogue),
    )


def source_differences(catalogue: Catalogue) -> tuple[SourceDifference, ...]:
    """Claims about the same intervention, parameter and scope where sources differ (K01–K24)."""
    return tuple(
        difference for item in catalogue.interventions for difference in differences_of(item)
    )


def differences_of(intervention: Intervention) -> tuple[SourceDifference, ...]:
    """The differences between sources about one intervention, in the order of its claims."""
    groups: dict[tuple[str, tuple[tuple[str, str], ...]], list[Claim]] = {}
    for claim in intervention.claims:
        groups.setdefault((claim.parameter, claim.scope), []).append(claim)
    return tuple(
        SourceDifference(intervention.slug, parameter, scope, tuple(claims))
        for (parameter, scope), claims in groups.items()
        if any(_contradict(one, other) for one, other in combinations(claims, 2))
    )


def _contradict(one: Claim, other: Claim) -> bool:
    """Whether two sources differ: on numbers and labels where both have them, else on words."""
    if one.source == other.source:
        return False
    compared = False
    if _has_number(one) and _has_number(other):
        compared = True
        if (one.minimum, one.maximum) != (other.minimum, other.maximum):
            return True
    if one.label and other.label:
        compared = True
        if one.label.casefold() != other.label.casefold():
            return True
    return not compared and one.value != other.value


def _has_number(claim: Claim) -> bool:
    return claim.minimum is not None or claim.maximum is not None


def label_deviations(catalogue: Catalogue) -> tuple[LabelDeviation, ...]:
    """Cards whose printed effect label is another step than their months give (K01).

    The card knows three steps and Leerpunt four: "Zeer groot" counts as the card's "Groot".
    """
    return tuple(_deviations(catalogue))


def _deviations(catalogue: Catalogue) -> Iterator[LabelDeviation]:
    for item in catalogue.interventions:
        months, printed = item.effect_months, item.effect_label
        if months is None or printed is None:
            continue
        for least, derived, step in _LEERPUNT:
            if months >= least:
                if printed != step:
                    yield LabelDeviation(item.slug, months, printed, derived)
                break


def near_equal_titles(catalogue: Catalogue) -> tuple[NearEqualTitles, ...]:
    """Pairs of different courses with almost the same title, the most alike first (K15, K21)."""
    titles = [(course.slug, _titles(course)) for course in catalogue.courses]
    found: list[NearEqualTitles] = []
    for place, (first, own) in enumerate(titles):
        best: dict[str, NearEqualTitles] = {}
        for plain, title in own.items():
            # The matcher prepares its second text once, so that one goes in the outer loop.
            matcher = difflib.SequenceMatcher(None, "", plain, autojunk=False)
            for second, others in titles[place + 1 :]:
                for other_plain, other_title in others.items():
                    matcher.set_seq1(other_plain)
                    ratio = _ratio(matcher)
                    if ratio > (best[second].ratio if second in best else NEAR_EQUAL):
                        best[second] = NearEqualTitles(first, second, title, other_title, ratio)
        found += best.values()
    return tuple(sorted(found, key=lambda pair: (-pair.ratio, pair.first, pair.second)))


def _titles(course: Course) -> dict[str, str]:
    """What is compared → the title it stands for; of equal ones the canonical title."""
    titles: dict[str, str] = {}
    for title in (course.title, *course.printed_titles):
        titles.setdefault(_plain(title), title)
    return titles


def _plain(title: str) -> str:
    return re.sub(r"[\W_]+", " ", title.casefold()).strip()


def _ratio(matcher: "difflib.SequenceMatcher[str]") -> float:
    # The first two are cheap upper bounds, which most pairs do not even reach.
    if matcher.real_quick_ratio() <= NEAR_EQUAL or matcher.quick_ratio() <= NEAR_EQUAL:
        return 0.0
    return round(matcher.ratio(), 3)


def starred_courses(catalogue: Catalogue, *, today: date) -> tuple[StarredCourse, ...]:
    """Courses that should be there by now, but nobody confirmed it (S19, K12)."""
    return tuple(_starred(catalogue, today))


def _starred(catalogue: Catalogue, today: date) -> Iterator[StarredCourse]:
    lines = _mentions(catalogue)
    for course in catalogue.courses:
        own = [(owner, item) for owner, item in lines if item.course == course.slug]
        dates = [item.available_from for _, item in own if item.available_from is not None]
        if not dates or max(dates) > today or course.availability_confirmed_on is not None:
            continue
        yield StarredCourse(
            course=course.slug,
            available_from=max(dates),
            interventions=_distinct(owner for owner, item in own if item.available_from),
            without_star=_distinct(owner for owner, item in own if not item.available_from),
        )


def courses_in_two_packages(catalogue: Catalogue) -> tuple[TwoPackages, ...]:
    """Courses that the sources place in more than one package (K13)."""
    packages: dict[str, list[str]] = {}
    for _, mention in _mentions(catalogue):
        packages.setdefault(mention.course, []).append(mention.package)
    return tuple(
        TwoPackages(course.slug, _distinct(iter(packages.get(course.slug, ()))))
        for course in catalogue.courses
        if len(set(packages.get(course.slug, ()))) > 1
    )


def changed_tools(catalogue: Catalogue) -> tuple[ChangedTool, ...]:
    """Courses about a tool that has changed since (S55)."""
    return tuple(
        ChangedTool(course.slug, tool, CHANGED_TOOLS[tool.casefold()])
        for course in catalogue.courses
        for tool in course.tools
        if tool.casefold() in CHANGED_TOOLS
    )


def spelling_variants(catalogue: Catalogue) -> tuple[SpellingVariants, ...]:
    """Courses printed in more than one way, or otherwise than their canonical title (K21)."""
    return tuple(
        SpellingVariants(course.slug, course.printed_titles)
        for course in catalogue.courses
        if course.printed_titles != (course.title,)
    )


def academy_courses(catalogue: Catalogue) -> int:
    """How many of the academy's announced courses the catalogue knows by name (K17)."""
    outside = {package.slug for package in catalogue.packages if package.always_available}
    packages: dict[str, set[str]] = {}
    for _, mention in _mentions(catalogue):
        packages.setdefault(mention.course, set()).add(mention.package)
    return sum(_is_of_academy(course, packages, outside) for course in catalogue.courses)


def _is_of_academy(course: Course, packages: dict[str, set[str]], outside: set[str]) -> bool:
    # A course that no list mentions is named in the text about the academy itself.
    return not (packages.get(course.slug) or {""}) <= outside


def _mentions(catalogue: Catalogue) -> list[tuple[str, Mention]]:
    """Every printed line with its owner: an intervention, or the letter of the general offer."""
    general = catalogue.general_offer
    return [
        *((item.slug, mention) for item in catalogue.interventions for mention in item.mentions),
        *((general.category, mention) for mention in general.mentions),
    ]


def _distinct(slugs: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slugs))
