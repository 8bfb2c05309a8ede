"""The preparation of one person by week, in a table and drawn as hours per week."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from courses.entities import DurationBasis
from routekaart.domain.calendar import ONE_WEEK
from routekaart.domain.content import as_blocks
from routekaart.domain.content.blocks import Bar, BarChart, Block, Paragraph, Together
from routekaart.domain.content.outline import Outline
from routekaart.domain.content.parts import Column, Table
from routekaart.domain.content.person_input import PersonPlanInput
from routekaart.domain.content.wording import counted, duration, short_date
from routekaart.domain.people import weekly_minutes
from routekaart.domain.planner.plan import PreparationWeek

_COLUMNS = (
    Column("Week", 8),
    Column("Wat", 12, lead=True),
    Column("Hoelang", 5),
    Column("Voor", 6),
)
_NO_PLAN = "Er is nog geen planning. Daarom staat hier nog niet wat je in welke week doet."
_LIGHTER = "Bij een lichte staaf noemt geen bron hoelang de cursus duurt: die duur is een aanname."
_NOTHING = "Er is voor jou geen voorbereiding ingepland."


def weeks(given: PersonPlanInput) -> Iterator[Block]:
    planned = sorted(
        _planned(given), key=lambda item: (item[1].week, item[1].course_title, item[1].course)
    )
    if not planned:
        has_plan = any(team.plan.plan for team in given.teams)
        yield from as_blocks.missing(_NOTHING if has_plan else _NO_PLAN)
        return
    chart = _chart(given, [week for _, week in planned])
    if any(week.duration_basis is DurationBasis.ASSUMED for _, week in planned):
        yield Together((chart, Paragraph(_LIGHTER, "soft")))
    else:
        yield chart
    yield from as_blocks.table(
        Table(_COLUMNS, tuple(_row(given, *item) for item in planned), _NOTHING),
        "Wat je in welke week voorbereidt, hoelang dat duurt en voor welke studiedag het is.",
    )


def _planned(given: PersonPlanInput) -> Iterator[tuple[Outline, PreparationWeek]]:
    """What the team that needs a course first has planned of it: it is done once."""
    for course, items in given.asked.items():
        outline = items[0][0]
        for week in outline.preparation_weeks.get((given.member.id, course), ()):
            yield outline, week


def _row(given: PersonPlanInput, outline: Outline, item: PreparationWeek) -> tuple[str, ...]:
    names = {week.monday: week.name for week in outline.given.calendar.weeks}
    name = names.get(item.week) or f"week van {short_date(item.week)}"
    day = outline.day_labels.get(item.study_day_id, "Studiedag")
    return (
        name.capitalize(),
        item.course_title,
        duration(item.minutes),
        given.of_team(outline, day),
    )


def _chart(given: PersonPlanInput, planned: list[PreparationWeek]) -> BarChart:
    minutes: dict[date, int] = defaultdict(int)
    assumed: dict[date, int] = defaultdict(int)
    for week in planned:
        minutes[week.week] += week.minutes
        if week.duration_basis is DurationBasis.ASSUMED:
            assumed[week.week] += week.minutes
    first, last = min(minutes), max(minutes)
    mondays = [first + number * ONE_WEEK for number in range((last - first).days // 7 + 1)]
    limit = max(
        weekly_minutes(given.member, team.plan.settings.team_weekly_minutes) for team in given.teams
    )
    busiest = max(minutes, key=lambda monday: (minutes[monday], -monday.toordinal()))
    return BarChart(
        title="Hoelang je je voorbereidt, per week",
        bars=tuple(
            Bar(
                str(monday.isocalendar().week),
                minutes.get(monday, 0),
                duration(minutes.get(monday, 0)),
                assumed.get(monday, 0),
            )
            for monday in mondays
        ),
        limit=limit,
        limit_label=f"Je studietijd: {duration(limit)} per week",
        alt=(
            f"Je voorbereiding in {counted(len(minutes), 'week', 'weken')}, van week "
            f"{first.isocalendar().week} tot en met week {last.isocalendar().week}. De drukste is "
            f"week {busiest.isocalendar().week}, met {duration(minutes[busiest])}. De tabel "
            "hieronder heeft alle weken. Lichte staven berusten op een aangenomen duur."
        ),
    )
