"""The scholingsplan of a team: input → content. Pure: the same input gives the same content.

What is not known is said to be missing; nothing is filled in here.
"""

from courses.dutch import dutch_date, listed
from routekaart.domain.content.blocks import NumberedLine
from routekaart.domain.content.closing import (
    consent_chapter,
    dates_chapter,
    sources_chapter,
)
from routekaart.domain.content.course_lists import courses_chapter
from routekaart.domain.content.document import Scholingsplan, SummaryContent
from routekaart.domain.content.goals import goals_chapter
from routekaart.domain.content.inputs import ScholingsplanInput
from routekaart.domain.content.outline import Outline, heading_of, shortened
from routekaart.domain.content.parts import Fact, KeyFigure, Meta, Section
from routekaart.domain.content.people import hours_chapter, people_chapter, shows_team_hours
from routekaart.domain.content.still_open import NOTHING_OPEN, open_chapter, open_count
from routekaart.domain.content.timeline import year_timeline
from routekaart.domain.content.together import plg_chapter, study_days_chapter
from routekaart.domain.content.what_changed import what_changed_chapter
from routekaart.domain.content.wording import counted, duration, weekday_date
from routekaart.domain.planner.plan import PlannedDay

_LINES_IN_SUMMARY = 4
_LONGEST_LINE = 110
_LONGEST_DETAIL = 90
_LONGEST_NAME = 80
_LONGEST_HEAD = 45
_VERSION_LENGTH = 12


def build_scholingsplan(given: ScholingsplanInput) -> Scholingsplan:
    """The whole document, in reading order."""
    outline = Outline(given)
    changed = given.changed_by_name if given.with_persons else given.changed_in_numbers
    return Scholingsplan(
        kind="scholingsplan",
        meta=_meta(outline),
        summary=_summary(outline, "1"),
        goals=goals_chapter(outline, "2"),
        courses=courses_chapter(outline, "3"),
        study_days=study_days_chapter(outline, "4"),
        plg=plg_chapter(outline, "5"),
        people=people_chapter(outline, "6"),
        hours=hours_chapter(outline, "7"),
        dates=dates_chapter(outline, "8"),
        consent=consent_chapter(outline, "9"),
        sources=sources_chapter(outline, "10"),
        open_points=open_chapter(outline, "11"),
        changes=what_changed_chapter(changed, "12") if changed else (),
        changed=changed,
    )


def _meta(outline: Outline) -> Meta:
    given = outline.given
    year = given.calendar.year.label
    team, school = (
        shortened(" ".join(name.split()), _LONGEST_NAME) for name in (given.team, given.school)
    )
    return Meta(
        kind="Scholingsplan",
        title="Scholingsplan",
        school_year=year,
        subject=team,
        organisation=school,
        status="Vastgesteld" if given.adopted else "Concept",
        version=f"versie {given.version}",
        made_on=given.made_on.isoformat(),
        running_head=f"{shortened(school, _LONGEST_HEAD)} · {shortened(team, _LONGEST_HEAD)}",
        language="nl",
        facts=(
            Fact("Schooljaar", year),
            Fact("Team", f"{given.team}, {counted(len(given.members), 'collega', 'collega’s')}"),
            Fact("School", given.school),
            Fact("Bestuur", given.board or "Niet ingevuld."),
            Fact("Opgesteld door", listed(given.prepared_by) or "Niet ingevuld."),
            Fact("Versie van het plan", f"{given.version}, van {dutch_date(given.made_on)}"),
            Fact("Versie van de catalogus", given.catalogue.version[:_VERSION_LENGTH]),
        ),
    )


def _summary(outline: Outline, number: str) -> SummaryContent:
    given = outline.given
    goals = given.goals
    more_goals = len(goals) - _LINES_IN_SUMMARY
    more_days = len(outline.days) - _LINES_IN_SUMMARY
    still_open = open_count(outline)
    return SummaryContent(
        section=Section(number, "Samenvatting", ""),
        figures=_figures(outline),
        assumed_line=_assumed_line(outline),
        timeline_title=f"Het schooljaar {given.calendar.year.label}",
        timeline=year_timeline(given.calendar, given.plan),
        goals_title="Wat we leren",
        goals=tuple(
            _goal_line(outline, place) for place in range(min(len(goals), _LINES_IN_SUMMARY))
        ),
        goals_missing="" if goals else "Dit team heeft nog geen doelen gekozen.",
        more_goals=(f"En nog {counted(more_goals, 'doel', 'doelen')}." if more_goals > 0 else ""),
        days_title="Wanneer we samenkomen",
        days=tuple(
            _day_line(outline, number, day)
            for number, day in enumerate(outline.days[:_LINES_IN_SUMMARY], start=1)
        ),
        days_missing="" if outline.days else "Er zijn nog geen studiedagen gepland.",
        more_days=(
            f"En nog {counted(more_days, 'studiedag', 'studiedagen')}." if more_days > 0 else ""
        ),
        open_line=(
            f"Er {'staat' if still_open == 1 else 'staan'} nog "
            f"{counted(still_open, 'punt', 'punten')} open."
            if still_open
            else NOTHING_OPEN
        ),
    )


def _goal_line(outline: Outline, place: int) -> NumberedLine:
    goal = outline.given.goals[place]
    heading, _whole = heading_of(goal)
    titles = listed([item.title for item in outline.interventions(goal)])
    return NumberedLine(
        number=str(place + 1),
        text=shortened(heading, _LONGEST_LINE),
        detail=shortened(titles, _LONGEST_DETAIL) or "Nog zonder interventie.",
    )


def _day_line(outline: Outline, number: int, day: PlannedDay) -> NumberedLine:
    goals = outline.goal_labels(day.goal_ids)
    return NumberedLine(
        number=str(number),
        text=weekday_date(day.date).capitalize(),
        detail=shortened(goals, _LONGEST_DETAIL) or "Nog vrij: er staat geen doel op.",
    )


def _figures(outline: Outline) -> tuple[KeyFigure, ...]:
    given, plan = outline.given, outline.given.plan

    def figure(number: int, one: str, many: str) -> KeyFigure:
        return KeyFigure(str(number), one if number == 1 else many)

    figures = [
        figure(len(given.goals), "doel", "doelen"),
        figure(len(given.members), "collega", "collega’s"),
    ]
    if plan is None:
        return (*figures, KeyFigure("–", "nog niet gepland"))
    figures += [
        figure(len(plan.study_days), "studiedag", "studiedagen"),
        figure(len(plan.plg_meetings), "PLG-bijeenkomst", "PLG-bijeenkomsten"),
    ]
    if not shows_team_hours(outline):
        return tuple(figures)
    individual = round(sum(item.individual_minutes for item in plan.hours) / 60)
    assigned = round(sum(item.assigned_minutes for item in plan.hours) / 60)
    return (
        *figures,
        figure(individual, "individueel uur, samen", "individuele uren, samen"),
        figure(assigned, "opgedragen uur, samen", "opgedragen uren, samen"),
    )


def _assumed_line(outline: Outline) -> str:
    """Which part of the hours among the figures is assumed, as the summary for the MR says it."""
    plan = outline.given.plan
    if plan is None or not shows_team_hours(outline):
        return ""
    assumed = sum(item.assumed_minutes for item in plan.hours)
    return f"Van deze uren is {duration(assumed)} een aanname." if assumed else ""
