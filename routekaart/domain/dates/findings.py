"""What the rules about dates have to say of the study days that stand: warnings, never errors."""

from collections.abc import Iterator

from courses.findings import Finding, Severity
from routekaart.domain.content.wording import weekday_date
from routekaart.domain.dates.advice import Prepared, advise_on
from routekaart.domain.dates.free_days import free_day_counts
from routekaart.domain.dates.reasons import ReasonCode, these_groups
from routekaart.domain.dates.rules import RuleSlug
from routekaart.domain.dates.school_weeks import SchoolWeeks, school_weeks
from routekaart.domain.dates.situation import Situation, TeamDay
from routekaart.domain.dates.week_rules import four_day_counts
from routekaart.domain.planner.problem import StudyDayKind

FIELD = "study_days"
# Which reasons about a date are worth a warning once the day stands, and under which code.
_CODES = {
    ReasonCode.CLOSED: "study_day_closed",
    ReasonCode.WEEKEND: "study_day_closed",
    ReasonCode.OUTSIDE_YEAR: "study_day_closed",
    ReasonCode.IN_PAST: "study_day_in_past",
    ReasonCode.THREE_DAY_WEEK: "three_day_week",
    ReasonCode.SHARED_PEOPLE: "people_in_two_places",
    ReasonCode.SHARED_PEOPLE_SAME_DAY: "people_twice_a_day",
    ReasonCode.SHARED_RESOURCES: "room_or_trainer_taken",
}


def study_day_findings(situation: Situation, *, only: str | None = None) -> tuple[Finding, ...]:
    """Warnings about the team's own study days, by date; `only`: about the day with this id.

    Candidates are judged as dates; only days that stand count for the number of short weeks.
    """
    weeks = school_weeks(situation.calendar)
    days = sorted(situation.own_days, key=lambda day: (day.date, day.id))
    asked = [day for day in days if only is None or day.id == only]
    found: list[Finding] = []
    for day in asked:
        found += _of_day(situation, weeks, day)
    found += _short_weeks(situation, weeks, asked)
    found += _free_days(situation, asked)
    return tuple(found)


def _of_day(situation: Situation, weeks: SchoolWeeks, day: TeamDay) -> Iterator[Finding]:
    prepared = Prepared.of(situation.without_date(day.date), weeks)
    for item in advise_on(prepared, day).reasons:
        code = _CODES.get(item.code)
        if code is not None:
            text = item.text[0].lower() + item.text[1:]
            message = f"Studiedag op {weekday_date(day.date)}: {text}"
            yield Finding(code, Severity.WARNING, message, field=FIELD)


def _short_weeks(
    situation: Situation, weeks: SchoolWeeks, days: list[TeamDay]
) -> Iterator[Finding]:
    """Once for the year: the year groups of these days that have too many short weeks."""
    rule = situation.rule(RuleSlug.FOUR_DAY_WEEKS, situation.calendar.year.first_day)
    ours = _freed(days)
    if rule is None or not ours:
        return
    counts = four_day_counts(situation, weeks, situation.calendar.year.first_day)
    over = {group: counts[group] for group in counts if counts[group] > rule.number}
    groups = tuple(group for group in over if group in ours)
    if groups:
        most = max(over[group] for group in groups)
        yield Finding(
            "four_day_weeks_exceeded",
            Severity.WARNING,
            f"Door de studiedagen {these_groups('krijgt', 'krijgen', groups)} dit schooljaar "
            f"{most} weken van vier dagen; er mogen er {rule.number} zijn. Verplaats een dag naar "
            "een week die al kort is door een feestdag, of maak er een studiemiddag van.",
            field=FIELD,
        )


def _free_days(situation: Situation, days: list[TeamDay]) -> Iterator[Finding]:
    rule = situation.rule(RuleSlug.FREE_DAYS, situation.calendar.year.first_day)
    ours = _freed(days)
    if rule is None or not ours:
        return
    counts = free_day_counts(situation, tuple(sorted(ours & set(rule.groups))))
    groups = tuple(group for group in counts if counts[group] > rule.number)
    if groups:
        most = max(counts[group] for group in groups)
        yield Finding(
            "free_days_exceeded",
            Severity.WARNING,
            f"Door de studiedagen {these_groups('krijgt', 'krijgen', groups, secondary=True)} dit "
            f"schooljaar {most} roostervrije dagen; er mogen er {rule.number} zijn. Maak van een "
            "dag een studiemiddag, of geef op die dag wel les.",
            field=FIELD,
        )


def _freed(days: list[TeamDay]) -> frozenset[int]:
    """The year groups that lose lessons by these days."""
    return frozenset(
        group
        for day in days
        if day.fixed and day.kind is StudyDayKind.DAY
        for group in day.free_groups
    )
