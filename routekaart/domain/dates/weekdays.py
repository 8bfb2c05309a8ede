"""How the study days of a team fall over the weekdays."""

from collections.abc import Iterator
from dataclasses import dataclass

from courses.dutch import listed
from routekaart.domain.content.wording import WEEKDAYS
from routekaart.domain.dates.part_timers import burden_of
from routekaart.domain.dates.reasons import Light, Reason, ReasonCode, reason
from routekaart.domain.dates.rules import RuleSlug
from routekaart.domain.dates.situation import ASSUMED_MINUTES, Situation, TeamDay
from routekaart.domain.people import FULL_WEEK
from routekaart.domain.planner.problem import StudyDayKind


@dataclass(frozen=True, slots=True)
class WeekdayView:
    """A weekday of a team. `people_back`: how many work on other days only, and would come back.

    `fairest`: one more day there is spread most fairly; on none of them where it is all one.
    """

    weekday: int
    study_days: int
    people_back: int
    fairest: bool


def weekday_counts(situation: Situation) -> tuple[int, ...]:
    """How many of the team's study days that stand fall on Monday to Friday."""
    days = [day.date.isoweekday() for day in situation.fixed_days]
    return tuple(days.count(weekday) for weekday in FULL_WEEK)


def weekday_views(situation: Situation) -> tuple[WeekdayView, ...]:
    """Monday to Friday: what is there, and what one more whole study day would ask."""
    burden, minutes = burden_of(situation), ASSUMED_MINUTES[StudyDayKind.DAY]
    fairest = burden.best_weekday(minutes)
    return tuple(
        WeekdayView(weekday, days, burden.strain(weekday, minutes)[1], weekday == fairest)
        for weekday, days in zip(FULL_WEEK, weekday_counts(situation), strict=True)
    )


def weekday_reasons(situation: Situation, day: TeamDay) -> Iterator[Reason]:
    """Whether an open day makes the team meet on the same weekday too often."""
    rule = situation.rule(RuleSlug.WEEKDAY_SPREAD, day.date)
    if rule is None:
        return
    counts = weekday_counts(situation.with_day(day))
    here = counts[day.date.weekday()]
    name = WEEKDAYS[day.date.weekday()]
    if here - min(counts) >= rule.number:
        free = [WEEKDAYS[place] for place, count in enumerate(counts) if count == min(counts)]
        text = (
            # The date may be a study day already: then it becomes nothing.
            f"Met deze dag vallen {here} van de {sum(counts)} studiedagen in dit schooljaar op "
            f"een {name}. "
            f"Wissel van weekdag: kies liever een {listed(free, 'of')}."
        )
        yield reason(ReasonCode.WEEKDAY_OFTEN, Light.AMBER, text, rule, day.date)
    else:
        fall = "valt er 1" if here == 1 else f"vallen er {here}"
        text = f"Van de {sum(counts)} studiedagen in dit schooljaar {fall} op een {name}."
        if sum(counts) == 1:
            text = f"Dit is de enige studiedag van dit schooljaar, op een {name}."
        yield reason(ReasonCode.WEEKDAY_FITS, Light.GREEN, text, rule, day.date)
