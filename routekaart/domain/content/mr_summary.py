"""The summary of one team's plan for the MR, on a page or two: input → content. Pure.

Hours and tasks are totals; nobody is named, and there is no chapter per person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from courses.dutch import dutch_date, listed
from routekaart.domain.content.blocks import (
    Block,
    BlockDocument,
    Bullets,
    Chapter,
    Facts,
    Heading,
    Paragraph,
)
from routekaart.domain.content.inputs import ScholingsplanInput
from routekaart.domain.content.mr_changed import Changed, changes_for_mr
from routekaart.domain.content.mr_days import CheckedDay, days_against_rules
from routekaart.domain.content.mr_goals import BRIEF, USUAL, learning
from routekaart.domain.content.mr_input import MrTeamInput
from routekaart.domain.content.mr_parts import (
    MOST_PAGES,
    MR_KIND,
    asks,
    names_fact,
    signing,
    still_open_in,
)
from routekaart.domain.content.outline import Outline, shortened
from routekaart.domain.content.overview_words import FEW, hours_sources, hours_words
from routekaart.domain.content.pages import pages
from routekaart.domain.content.parts import Fact, Meta
from routekaart.domain.content.still_open import not_counted, open_in_short
from routekaart.domain.content.wording import (
    counted,
    duration,
    marked_duration,
    sentence,
    weekday_date,
)
from routekaart.domain.dates.legal import DayCheck
from routekaart.domain.overview import team_hours
from routekaart.domain.planner.plan import Plan
from routekaart.domain.privacy import hides

_LONGEST_NAME = 80
_LONGEST_HEAD = 45
# More goals are named below the table, or counted; the plan has them all.
_MOST_GOALS = 8
_ASKING, _ASKED = "Wat we de MR vragen", "Wat we de MR vroegen"
_DAYS_NOT_KEPT = (
    "Wat de regels van deze studiedagen zeggen, is niet bewaard toen dit plan werd vastgesteld."
)


def mr_summary(given: MrTeamInput) -> BlockDocument:
    """What the MR reads of the plan of one team: as much of it as two pages hold."""
    return BlockDocument(
        kind="mr-summary", meta=_meta(given.plan), front="head", blocks=_on_two_pages(given)
    )


def _on_two_pages(given: MrTeamInput) -> tuple[Block, ...]:
    """As many goals as fit, then what changed, then the open points. Leaner it cannot be made."""
    outline = Outline(given.plan)
    around = _around(outline, given)
    told = changes_for_mr(given.plan)
    *richer, leanest = still_open_in(tuple(open_in_short(outline)))
    blocks: tuple[Block, ...] = ()
    for goals in _goals(outline, given.reason):
        for changed in told:
            blocks = around.with_(goals, leanest, changed)
            if pages(blocks) > MOST_PAGES:
                continue
            fuller = (around.with_(goals, points, changed) for points in richer)
            return next((one for one in fuller if pages(one) <= MOST_PAGES), blocks)
    return blocks


def _goals(outline: Outline, reason: str | None) -> Iterator[tuple[Block, ...]]:
    """All that there is room for, then in fewer words, then fewer of them."""
    for most in range(max(1, min(len(outline.given.goals), _MOST_GOALS)), 0, -1):
        for size in (USUAL, BRIEF):
            yield tuple(learning(outline, reason, most, size))


@dataclass(frozen=True, slots=True)
class _Around:
    """What always stands there, on both sides of what is told at more or at less length."""

    question: tuple[Block, ...]
    work: tuple[Block, ...]
    signing: Block

    def with_(
        self, goals: tuple[Block, ...], points: tuple[Block, ...], changed: Changed
    ) -> tuple[Block, ...]:
        return (
            *self.question,
            *changed.beside_question,
            Heading(2, "Wat het team wil leren, en waarom"),
            *goals,
            *self.work,
            *points,
            *changed.before_signing,
            self.signing,
        )


def _around(outline: Outline, given: MrTeamInput) -> _Around:
    days = tuple(_checked(outline, check) for check in given.checks or ())
    consent = given.plan.consent
    return _Around(
        question=(
            Chapter("", _ASKED if consent.mr_consent_on else _ASKING),
            *_question(given, days),
        ),
        work=(
            Heading(2, "Uren en taken"),
            Facts(tuple(_work(outline, given))),
            *_days(outline, given.checks, days),
        ),
        signing=signing(
            (
                Fact("Instemming MR", _date(consent.mr_consent_on, "Nog niet gegeven.")),
                Fact("Vastgesteld", _date(consent.approved_on, "Nog niet vastgesteld.")),
            ),
            consent.signers,
        ),
    )


def _meta(plan: ScholingsplanInput) -> Meta:
    year = plan.calendar.year.label
    team, school = (
        shortened(" ".join(name.split()), _LONGEST_NAME) for name in (plan.team, plan.school)
    )
    return Meta(
        kind=MR_KIND,
        title=MR_KIND,
        school_year=year,
        subject=team,
        organisation=school,
        status="Vastgesteld" if plan.adopted else "Concept",
        version=f"versie {plan.version}",
        made_on=plan.made_on.isoformat(),
        running_head=f"{shortened(school, _LONGEST_HEAD)} · {shortened(team, _LONGEST_HEAD)}",
        language="nl",
        facts=(
            Fact("Schooljaar", year),
            Fact("Team", plan.team),
            Fact("School", plan.school),
            Fact("Versie van het plan", f"{plan.version}, van {dutch_date(plan.made_on)}"),
            Fact("Versie van de catalogus", plan.catalogue.version[:12]),
        ),
    )


def _question(given: MrTeamInput, days: tuple[CheckedDay, ...]) -> Iterator[Block]:
    plan = given.plan
    agreed = plan.consent.mr_consent_on
    if agreed is not None:
        yield Paragraph(f"De MR heeft op {dutch_date(agreed)} ingestemd met dit plan.", "note")
    version = f"versie {plan.version} van {dutch_date(plan.made_on)}"
    team = shortened(" ".join(plan.team.split()), _LONGEST_NAME)
    yield from asks(f"het scholingsplan van {team}, {version}", days)


def _checked(outline: Outline, check: DayCheck) -> CheckedDay:
    planned = next((day for day in outline.days if day.study_day_id == check.day.id), None)
    return CheckedDay(check, outline.goal_labels(planned.goal_ids) if planned else "")


def _days(
    outline: Outline, checks: tuple[DayCheck, ...] | None, days: tuple[CheckedDay, ...]
) -> Iterator[Block]:
    if checks is not None:
        yield from days_against_rules(days, sector=outline.given.sector)
        yield from _moved(outline, checks)
        return
    yield Heading(2, "Studiedagen en de regels")
    if outline.days:
        yield Bullets(
            tuple(
                ": ".join(filter(None, (weekday_date(day.date), outline.goal_labels(day.goal_ids))))
                for day in outline.days
            )
        )
    yield Paragraph(_DAYS_NOT_KEPT, "missing")


def _moved(outline: Outline, checks: tuple[DayCheck, ...]) -> Iterator[Block]:
    """Days on which the plan and the routekaart no longer agree: nobody can judge these."""
    now = {check.day.id: check.day.date for check in checks}
    for day in outline.days:
        if now.get(day.study_day_id) != day.date:
            yield Paragraph(
                f"Het plan noemt ook {weekday_date(day.date)}. Die studiedag staat niet meer zo in "
                "de routekaart: er is een nieuw plan nodig.",
                "missing",
            )


def _work(outline: Outline, given: MrTeamInput) -> Iterator[Fact]:
    plan = outline.given.plan
    hours = team_hours(plan.hours) if plan else None
    told = [sentence(hours_words(hours)), hours_sources(hours, outline.given.version)]
    if hours is not None and not hours.hidden:
        told.append(not_counted(outline))
    yield Fact("Uren, samen", " ".join(part for part in told if part))
    if plan is not None:
        yield from _together(plan, assumed=outline.given.settings.meetings_assumed)
    yield Fact("Cursussen", _courses(outline))
    yield names_fact(given.names_since)


def _together(plan: Plan, *, assumed: bool) -> Iterator[Fact]:
    days, meetings = plan.study_days, plan.plg_meetings
    number = counted(len(days), "studiedag", "studiedagen")
    yield Fact("Studiedagen", f"{number}, samen {duration(sum(day.minutes for day in days))}.")
    if meetings:
        dates = sorted(meeting.date for meeting in meetings)
        number = counted(len(meetings), "bijeenkomst", "bijeenkomsten")
        minutes = sum(one.minutes for one in meetings)
        when = f"van {dutch_date(dates[0])} tot en met {dutch_date(dates[-1])}"
        yield Fact(
            "Leren in de PLG",
            f"{number}, samen {marked_duration(minutes, assumed=assumed)}, {when}.",
        )
    follow_ups = [one.date for one in plan.follow_ups]
    moments = sorted({*follow_ups, *(one.date for one in plan.evaluations)})
    if moments:
        yield Fact("Terugkijken", f"{listed([dutch_date(day) for day in moments])}.")


def _courses(outline: Outline) -> str:
    """How many are assigned to how many people: of a few people only how many courses."""
    assignments = outline.given.assignments
    if not assignments:
        return "Er zijn nog geen cursussen toegewezen."
    courses = counted(len({one.course for one in assignments}), "cursus", "cursussen")
    people = {one.member_id for one in assignments}
    if hides(len(people)):
        return f"{courses}. Voor hoeveel mensen laten we niet zien, want het zijn {FEW}."
    mandatory = {one.course for one in assignments if one.mandatory}
    return f"{courses} voor {len(people)} mensen, waarvan {len(mandatory)} verplicht voor iemand."


def _date(day: date | None, otherwise: str) -> str:
    return otherwise if day is None else dutch_date(day)
