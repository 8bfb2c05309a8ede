"""The hours of a group: what each of them is asked, and by name for who may see persons."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from routekaart.domain.content import as_blocks
from routekaart.domain.content.blocks import Block, Heading
from routekaart.domain.content.course_lists import assumed as is_assumed
from routekaart.domain.content.group_input import planned_together
from routekaart.domain.content.inputs import PlanAssignment
from routekaart.domain.content.outline import Outline
from routekaart.domain.content.parts import Column, Table
from routekaart.domain.content.people import hours_chapter
from routekaart.domain.content.wording import OF_WHICH_ASSUMED, compact
from routekaart.domain.hours import Activity, HoursKind, preparation_kind
from routekaart.domain.privacy import MINIMUM_GROUP, hides

_COLUMNS = (
    Column("Wat we van ieder vragen", 12),
    Column("Individueel", 5, "end"),
    Column("Opgedragen", 5, "end"),
    Column("Waarvan aanname", 6, "end"),
)
_TOGETHER = {
    Activity.STUDY_DAY: "Studiedagen",
    Activity.PLG: "PLG-bijeenkomsten",
    Activity.FOLLOW_UP: "Vervolgbijeenkomsten",
    Activity.EVALUATION: "Evaluaties",
}
_HIDDEN = f"Van minder dan {MINIMUM_GROUP} mensen laten we hier geen uren zien."


@dataclass(frozen=True, slots=True)
class _Asked:
    """Minutes that somebody is asked, by the pot they come from. `assumed` is a part of them."""

    individual: int = 0
    assigned: int = 0
    assumed: int = 0

    def plus(self, item: PlanAssignment) -> "_Asked":
        # An agreement to use own hours is between somebody and the school: no matter of a group.
        kind = preparation_kind(mandatory=item.mandatory, on_individual_hours=False)
        assumed = self.assumed + (item.minutes if is_assumed(item) else 0)
        if kind is HoursKind.INDIVIDUAL:
            return _Asked(self.individual + item.minutes, self.assigned, assumed)
        return _Asked(self.individual, self.assigned + item.minutes, assumed)

    def cells(self) -> tuple[str, str, str]:
        return compact(self.individual), compact(self.assigned), compact(self.assumed)


def group_hours(outline: Outline, assumed: Mapping[Activity, int]) -> Iterator[Block]:
    """Per person without a name; small groups are hidden for who may not see persons.

    `assumed` are the minutes of what all do together of which the length is assumed.
    """
    given = outline.given
    if not given.members:
        yield from as_blocks.missing("Zonder mensen in deze groep zijn er geen uren.")
        return
    if not given.with_persons and hides(len(given.members)):
        yield from as_blocks.missing(_HIDDEN)
        return
    rows = tuple(_rows(outline, assumed))
    yield from as_blocks.table(
        Table(_COLUMNS, rows, ""),
        "Wat ieder in deze groep aan uren gevraagd wordt, per onderdeel.",
    )
    some = any(row[-1] != compact(0) for row in rows)
    yield from as_blocks.bullets((*_notes(outline), *([OF_WHICH_ASSUMED] if some else [])))
    if given.with_persons:
        content = hours_chapter(outline, "", whole="Hele groep")
        yield Heading(2, "Per persoon, zoals gepland")
        if content.per_week is not None:
            yield content.per_week
        yield from as_blocks.bullets(content.notes)
        yield from as_blocks.table(content.table, "De geplande uren per persoon.")


def _rows(outline: Outline, assumed: Mapping[Activity, int]) -> Iterator[tuple[str, ...]]:
    everyone, most = _courses(outline)
    yield "Cursussen voor iedereen", *everyone.cells()
    if most != _Asked():
        yield "Andere cursussen, hoogstens", *most.cells()
    plan = outline.given.plan
    for activity, minutes in planned_together(plan).items() if plan else ():
        yield _TOGETHER[activity], *_Asked(0, minutes, assumed.get(activity, 0)).cells()


def _courses(outline: Outline) -> tuple[_Asked, _Asked]:
    """What everybody in the group is asked, and the most of the rest that one of them is."""
    people = len(outline.given.members)
    who: dict[tuple[str, bool], set[str]] = {}
    for item in outline.given.assignments:
        who.setdefault((item.course, item.mandatory), set()).add(item.member_id)
    everyone = _Asked()
    rest: dict[str, _Asked] = {}
    counted: set[str] = set()
    for item in outline.given.assignments:
        if len(who[item.course, item.mandatory]) < people:
            rest[item.member_id] = rest.get(item.member_id, _Asked()).plus(item)
        elif item.course not in counted:
            counted.add(item.course)
            everyone = everyone.plus(item)
    most = _Asked(
        max((one.individual for one in rest.values()), default=0),
        max((one.assigned for one in rest.values()), default=0),
        max((one.assumed for one in rest.values()), default=0),
    )
    return everyone, most


def _notes(outline: Outline) -> Iterator[str]:
    if outline.given.plan is None:
        yield "Er is nog geen planning: studiedagen en bijeenkomsten zijn niet meegeteld."
    else:
        yield (
            "Wie op een dag van een bijeenkomst niet werkt, doet daar anders aan mee; dan is het "
            "minder."
        )
    yield "Een cursus naar keuze telt bij individueel, een verplichte cursus bij opgedragen."
