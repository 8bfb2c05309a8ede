"""Changes of a trainer, applied one after another to what the mapping proposes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from courses.advice import (
    Advice,
    AdviceItem,
    Availability,
    DroppedItem,
    GoalReason,
    Reason,
    UnknownSlug,
)
from courses.advice_items import availability_text
from courses.entities import Catalogue
from courses.lookup import checked_slugs
from courses.offers import course_route
from routekaart.domain.advice_desk.changes import (
    AddCourse,
    ChangeCourse,
    CourseNote,
    DeskChange,
    DropCourse,
)
from routekaart.domain.advice_desk.recount import recounted
from routekaart.domain.errors import BadInput, DomainError

_OWN_TEXT = "Te volgen buiten jullie academie."
_PREFIX = "omdat: "


@dataclass(frozen=True, slots=True)
class School:
    """What the school and the team bring along. `catalogue` is the school's own sight of it,
    `goals` are those of the routekaart, `providers` those of the school's own courses."""

    catalogue: Catalogue
    today: date
    goals: Collection[str] = ()
    platforms: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    providers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A change that does not fit what the mapping proposes now, and why, in Dutch."""

    change: DeskChange
    why: str


def apply_changes(advice: Advice, changes: Sequence[DeskChange], school: School) -> Advice:
    """The advice with all changes, in their order.

    Raises `BadInput` for the first that cannot be made; its field is `changes.N`.
    """
    desk = _Desk(advice, school)
    for number, change in enumerate(changes):
        try:
            desk.make(change)
        except _Refused as refused:
            raise BadInput(f"changes.{number}", refused.message, code=refused.code) from None
    return desk.result()


def apply_what_fits(
    advice: Advice, changes: Iterable[DeskChange], school: School
) -> tuple[Advice, tuple[LeftOut, ...]]:
    """The advice with the changes that can be made, and the others with why they cannot."""
    desk = _Desk(advice, school)
    left: list[LeftOut] = []
    for change in changes:
        try:
            desk.make(change)
        except _Refused as refused:
            left.append(LeftOut(change, refused.message))
    return desk.result(), tuple(left)


class _Refused(DomainError):
    """This change cannot be made."""


class _Desk:
    """An advice under the trainer's hands."""

    def __init__(self, advice: Advice, school: School) -> None:
        self._advice = advice
        self._school = school
        self._items = {item.course: item for item in advice.items}
        self._dropped = {item.course: item for item in advice.dropped}
        self._chosen = {one.slug for one in advice.interventions}
        self._team = tuple(one.function for one in advice.saving.per_function)
        self._touched = False

    def make(self, change: DeskChange) -> None:
        match change:
            case DropCourse():
                self._drop(change)
            case AddCourse():
                self._add(change)
            case ChangeCourse():
                self._change(change)
            case CourseNote():
                item = self._present(change.course)
                self._items[change.course] = replace(item, trainer_note=change.text)
        self._touched = True

    def result(self) -> Advice:
        if not self._touched:
            return self._advice
        made = recounted(self._advice, tuple(self._items.values()))
        return replace(made, dropped=tuple(self._dropped.values()))

    def _present(self, course: str) -> AdviceItem:
        item = self._items.get(course)
        if item is None:
            raise _Refused(
                f"De cursus ‘{course}’ staat niet in dit advies. Haal deze wijziging weg.",
                code="not_in_advice",
            )
        return item

    def _drop(self, change: DropCourse) -> None:
        item = self._present(change.course)
        del self._items[change.course]
        self._dropped[change.course] = DroppedItem(change.course, item.title, change.reason)

    def _change(self, change: ChangeCourse) -> None:
        item = self._present(change.course)
        if change.mandatory and not item.is_offered:
            raise _Refused(
                f"‘{item.title}’ is nog niet zeker te volgen en kan daarom niet verplicht zijn. "
                "Laat de cursus vrijwillig, of kies een andere.",
                code="not_offered",
            )
        self._items[change.course] = replace(
            item,
            voluntary=not change.mandatory,
            required=item.required or change.mandatory,
            trainer_reason=change.reason,
        )

    def _add(self, change: AddCourse) -> None:
        catalogue = self._school.catalogue
        try:
            checked_slugs(catalogue, "courses", [change.course])
            checked_slugs(catalogue, "functions", change.functions)
        except UnknownSlug as error:
            raise _Refused(str(error), code="unknown_slug") from None
        if change.course in self._items:
            raise _Refused(
                f"‘{self._items[change.course].title}’ staat al in dit advies. "
                "Wijzig de cursus daar.",
                code="already_in_advice",
            )
        if not change.interventions and not change.goals:
            raise _Refused(
                "Zeg bij welke interventie of welk doel deze cursus hoort.", code="serves_nothing"
            )
        for slug in change.interventions:
            if slug not in self._chosen:
                raise _Refused(
                    f"De interventie ‘{slug}’ is niet gekozen in deze routekaart. Kies een andere.",
                    code="intervention_not_chosen",
                )
        if not set(change.goals) <= set(self._school.goals):
            raise _Refused(
                "Een van deze doelen hoort niet bij deze routekaart. Kies uit haar eigen doelen.",
                code="unknown_goal",
            )
        self._items[change.course] = self._new_item(change)
        self._dropped.pop(change.course, None)

    def _new_item(self, change: AddCourse) -> AdviceItem:
        course = self._school.catalogue.course_by_slug[change.course]
        functions = tuple(dict.fromkeys(change.functions)) or self._team
        because = _because(change.reason)
        interventions = tuple(dict.fromkeys(change.interventions))
        way = self._way(change.course)
        return AdviceItem(
            course=course.slug,
            title=course.title,
            kind=course.kind,
            because=because,
            reasons=tuple(
                Reason(
                    intervention=slug,
                    functions=functions,
                    everyone=not change.functions,
                    platform=None,
                    general_offer=False,
                    step=None,
                    phases=(),
                    text=because,
                )
                for slug in interventions
            ),
            interventions=interventions,
            functions=functions,
            provider=way.provider,
            package=way.package,
            packages=way.packages,
            platform=way.platform,
            group=way.group,
            availability=way.availability,
            available_from=way.available_from,
            availability_text=way.text,
            step=None,
            order=None,
            phases=(),
            duration_minutes=course.duration_minutes,
            duration_basis=course.duration_basis,
            # Who adds a course wants it done, not weighed against others.
            required=way.availability is Availability.OFFERED,
            in_smallest_set=False,
            goal_reasons=tuple(
                GoalReason(goal, functions, not change.functions)
                for goal in dict.fromkeys(change.goals)
            ),
            added_by_trainer=True,
            trainer_reason=change.reason,
        )

    def _way(self, course: str) -> "_Way":
        school = self._school
        route = course_route(
            school.catalogue,
            course,
            platforms=school.platforms,
            packages=school.packages,
            today=school.today,
        )
        if route is None:
            return _Way(provider=school.providers.get(course, ""))
        availability, best, fitting = route
        return _Way(
            provider=best.provider,
            package=best.package,
            packages=tuple(dict.fromkeys(way.package for way in fitting)),
            platform=best.platform,
            group=best.group,
            availability=availability,
            available_from=best.available_from,
            text=availability_text(school.catalogue, availability, best),
        )


@dataclass(frozen=True, slots=True)
class _Way:
    """How a school gets a course; without more, it is in no list of the catalogue."""

    provider: str
    package: str = ""
    packages: tuple[str, ...] = ()
    platform: str | None = None
    group: str | None = None
    availability: Availability = Availability.OFFERED
    available_from: date | None = None
    text: str = _OWN_TEXT


def _because(reason: str) -> str:
    """The trainer's reason as the reason of an item: omdat: …"""
    words = reason.strip()
    if words.casefold().startswith("omdat"):
        words = words[len("omdat") :].lstrip(" :")
    return _PREFIX + words
