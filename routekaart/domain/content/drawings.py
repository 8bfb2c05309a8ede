"""Drawings beside the year strip: preparation per week, and what sources say of evidence and cost.

Each says in `alt` what it draws. Neither ranks anything: a grid places, it does not add up.
"""

from datetime import date, timedelta

from courses.dutch import listed
from courses.entities import Claim, DurationBasis
from routekaart.domain.content.blocks import Bar, BarChart, GridPoint, PointGrid
from routekaart.domain.content.claims import COST_STEPS, EVIDENCE_STEPS, shown_claims
from routekaart.domain.content.outline import Outline
from routekaart.domain.content.wording import duration, short_date

_WEEK = timedelta(days=7)


def preparation_per_week(outline: Outline) -> BarChart | None:
    """Minutes of preparation per week, averaged over who prepares; None when nothing is planned.

    What stands on an assumed duration is drawn lighter. It shows no single person: the caller
    leaves it out where a team is too small for averages.
    """
    plan = outline.given.plan
    weeks = plan.preparation_weeks if plan else ()
    if not weeks:
        return None
    people = len({week.member_id for week in weeks})
    total: dict[date, int] = {}
    assumed: dict[date, int] = {}
    courses = outline.given.catalogue.course_by_slug
    for week in weeks:
        total[week.week] = total.get(week.week, 0) + week.minutes
        course = courses.get(week.course)
        if course is None or course.duration_basis is DurationBasis.ASSUMED:
            assumed[week.week] = assumed.get(week.week, 0) + week.minutes
    bars = []
    monday = min(total)
    while monday <= max(total):
        mean = round(total.get(monday, 0) / people)
        lighter = min(mean, round(assumed.get(monday, 0) / people))
        bars.append(Bar(str(monday.isocalendar().week), mean, duration(mean), lighter))
        monday += _WEEK
    return BarChart(
        title="Voorbereiding per week, gemiddeld per collega die zich voorbereidt",
        bars=tuple(bars),
        limit=max(bar.value for bar in bars),
        limit_label=f"drukste week: {max(bars, key=lambda bar: bar.value).shown} per collega",
        alt=_weeks_alt(total, people),
    )


def _weeks_alt(total: dict[date, int], people: int) -> str:
    busiest = max(sorted(total), key=lambda monday: total[monday])
    return (
        f"Staafdiagram met de gemiddelde voorbereiding per week, van de week van "
        f"{short_date(min(total))} tot en met die van {short_date(max(total))}. "
        f"De drukste week is die van {short_date(busiest)}, met gemiddeld "
        f"{duration(round(total[busiest] / people))} per collega. "
        "Lichte staven berusten op een aangenomen cursusduur."
    )


def evidence_and_cost(outline: Outline) -> PointGrid | None:
    """Where sources place the interventions of each goal; None when there is nothing to place.

    Only what holds for all is placed: averages, no narrower claims. Where sources differ a goal
    stands at each of them.
    """
    found: dict[tuple[int, int], dict[int, list[str]]] = {}
    for number, goal in enumerate(outline.given.goals, start=1):
        for intervention in outline.interventions(goal):
            claims = [
                claim
                for claim in shown_claims(intervention, outline.given.sector)
                if not claim.scope
            ]
            evidence = _steps(claims, "evidence", EVIDENCE_STEPS)
            cost = _steps(claims, "cost", COST_STEPS)
            if evidence == cost == (-1,):
                continue
            for across in cost:
                for up in evidence:
                    titles = found.setdefault((across, up), {}).setdefault(number, [])
                    if intervention.title not in titles:
                        titles.append(intervention.title)
    if not found:
        return None
    points = tuple(
        GridPoint(across, up, f"D{number}", listed(titles))
        for (across, up), goals in sorted(found.items())
        for number, titles in sorted(goals.items())
    )
    return PointGrid(
        title="Bewijs en kosten van wat bij elk doel (D) is gekozen, volgens de bronnen",
        across_title="Kosten",
        across=COST_STEPS,
        up_title="Bewijs",
        up=EVIDENCE_STEPS,
        unknown="geen cijfer",
        points=points,
        alt=_grid_alt(points),
    )


def _steps(claims: list[Claim], parameter: str, names: tuple[str, ...]) -> tuple[int, ...]:
    """The places on a scale that sources give, lowest first; -1 where none gives one."""
    places = {
        names.index(claim.label.lower())
        for claim in claims
        if claim.parameter == parameter and claim.label.lower() in names
    }
    return tuple(sorted(places)) or (-1,)


def _grid_alt(points: tuple[GridPoint, ...]) -> str:
    told = [
        f"Doel {point.symbol.removeprefix('D')}, {point.text}: "
        f"bewijs {_named(point.up, EVIDENCE_STEPS)}, kosten {_named(point.across, COST_STEPS)}."
        for point in points
    ]
    return " ".join(["Raster van bewijs tegen kosten.", *told])


def _named(step: int, names: tuple[str, ...]) -> str:
    return names[step] if step >= 0 else "zonder cijfer"
