"""The hours of one person: individual and assigned apart, with what rests on an assumption."""

from collections import defaultdict
from collections.abc import Iterator

from routekaart.domain.budget_words import (
    BASES,
    basis_lines,
    lapsing_line,
    year_line,
)
from routekaart.domain.content import as_blocks
from routekaart.domain.content.blocks import Block, Facts, Paragraph
from routekaart.domain.content.own_hours import doubts, own_hours_source
from routekaart.domain.content.parts import Column, Fact, Table
from routekaart.domain.content.person_input import PersonPlanInput
from routekaart.domain.content.still_open import not_counted
from routekaart.domain.content.wording import OF_WHICH_ASSUMED, compact, duration
from routekaart.domain.hours import Activity, HoursKind, own_hours_rule
from routekaart.domain.people import is_present

_COLUMNS = (
    Column("Waarvoor", 10),
    Column("Individueel", 5, "end"),
    Column("Opgedragen", 5, "end"),
    Column("Waarvan aanname", 6, "end"),
)
_NAMES = {
    Activity.PREPARATION: "Cursussen",
    Activity.STUDY_DAY: "Studiedagen",
    Activity.PLG: "PLG-bijeenkomsten",
    Activity.FOLLOW_UP: "Vervolgbijeenkomsten",
    Activity.EVALUATION: "Evaluaties",
}
_TWICE = (
    "Een cursus die twee teams vragen, doe je één keer, maar telt in dit overzicht bij allebei."
)
_NO_BUDGET = "Hoeveel je te besteden hebt, is niet bekend."


def hours(given: PersonPlanInput) -> Iterator[Block]:
    """Hours and minutes in the school year, of all teams of the school together."""
    mine = [item for outline in given.outlines for item in outline.hours.values()]
    if not mine:
        yield from as_blocks.missing("Je uren zijn nog niet berekend: er is geen planning.")
        yield from _money(given)
        return
    sums: dict[tuple[Activity, HoursKind], int] = defaultdict(int)
    assumed: dict[Activity, int] = defaultdict(int)
    for line in (line for item in mine for line in item.lines):
        sums[line.activity, line.kind] += line.minutes
        assumed[line.activity] += line.assumed_minutes
    rows = [
        (
            _NAMES[activity],
            *(compact(sums[activity, kind]) for kind in HoursKind),
            compact(assumed[activity]),
        )
        for activity in Activity
        if any(sums[activity, kind] for kind in HoursKind)
    ]
    totals = [sum(item.minutes(kind) for item in mine) for kind in HoursKind]
    rows.append(("Samen", *map(compact, totals), compact(sum(assumed.values()))))
    yield from as_blocks.table(
        Table(_COLUMNS, tuple(rows), "", totals=True),
        "Je uren en minuten in dit schooljaar, per soort en per onderdeel.",
    )
    yield from _made_meetings(given)
    if sum(assumed.values()):
        yield Paragraph(OF_WHICH_ASSUMED, "soft")
    for outline in given.outlines:
        if told := not_counted(outline, own=True):
            yield Paragraph(given.of_team(outline, told), "soft")
    if any(len(items) > 1 for items in given.asked.values()):
        yield Paragraph(_TWICE, "soft")
    yield Facts((Fact("Je eigen uren", _budget(given, totals[0])),))
    yield from _money(given)
    agreed = sorted(
        {
            outline.course_title(item)
            for outline, team in zip(given.outlines, given.teams, strict=True)
            for item in outline.given.assignments
            if item.course in team.on_own_hours
        }
    )
    if agreed:
        yield Paragraph("Op je eigen uren, zoals met je is afgesproken:")
        yield from as_blocks.bullets(agreed)


def _made_meetings(given: PersonPlanInput) -> Iterator[Block]:
    """That the meetings a PLG made itself take more or less than the plan reckoned with."""
    for outline, team in zip(given.outlines, given.teams, strict=True):
        meetings = [one for plg in team.plgs for one in plg.meetings]
        lines = [line for item in outline.hours.values() for line in item.lines]
        reckoned = sum(line.minutes for line in lines if line.activity is Activity.PLG)
        # As the plan counts: without those on days on which this person does not work.
        made = sum(one.minutes for one in meetings if is_present(given.member, one.on))
        if not meetings or made == reckoned:
            continue
        there = (
            f"duren voor jou samen {duration(made)}"
            if made
            else "zijn op dagen waarop je niet werkt"
        )
        planned = f"{duration(reckoned)} gerekend" if reckoned else "geen uren gerekend"
        told = (
            f"De bijeenkomsten van je PLG in hoofdstuk 4 {there}. Het plan van het team had "
            f"daarvoor {planned}, en daarmee telt dit overzicht."
        )
        yield Paragraph(given.of_team(outline, told), "note")


def _money(given: PersonPlanInput) -> Iterator[Block]:
    """The own budget of the year: only in the plan that the person asks for."""
    budget = given.budget
    if budget is None:
        return
    now, on = budget.now, given.teams[0].plan.calendar.year.first_day
    rules = basis_lines(budget.basis, on) if budget.basis else (_NO_BUDGET,)
    how = f"{BASES[now.basis].capitalize()}."
    texts = [year_line(now), lapsing_line(now), how, *rules]
    yield Facts((Fact("Je scholingsbudget", " ".join(filter(None, texts))),))


def _budget(given: PersonPlanInput, planned: int) -> str:
    """What the CAO gives, with its source, beside what the plan takes of it."""
    plan = given.teams[0].plan
    first_day = plan.calendar.year.first_day
    rule = own_hours_rule(plan.sector, first_day)
    # Two teams of one school share one budget.
    budgets = [
        item.budget_minutes
        for outline in given.outlines
        for item in outline.hours.values()
        if item.budget_minutes is not None
    ]
    taken = f"{duration(planned) if planned else 'Niets'} in dit plan"
    if rule is None or not budgets:
        return f"{taken}. Hoeveel je er hebt, is niet bekend."
    whole = duration(max(budgets))
    known = f"{taken}, van de {whole} die je hebt volgens {own_hours_source(rule)}."
    return " ".join((known, *doubts(rule, first_day)))
