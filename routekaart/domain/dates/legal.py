"""What the law and its inspectors say of the study days that stand: for the MR, without people.

What our own preferences and the other teams say of a date is left out here.
"""

from dataclasses import dataclass, replace

from routekaart.domain.dates.closed_days import closed_reasons, not_published_reasons
from routekaart.domain.dates.free_days import free_day_reasons
from routekaart.domain.dates.reasons import Light, Reason, ReasonCode, sorted_reasons, worst
from routekaart.domain.dates.school_weeks import SchoolWeeks, school_weeks
from routekaart.domain.dates.situation import Situation, TeamDay
from routekaart.domain.dates.week_rules import week_reasons

# A date that the rule itself puts before the MR. Of one that is not allowed consent makes no
# exception, so that is not among them.
_CONSENT = frozenset(
    {
        ReasonCode.THREE_DAY_TEAM_MEETING,
        ReasonCode.THREE_DAY_BESIDE_HOLIDAY,
        ReasonCode.FREE_DAYS_FIT,
    }
)


@dataclass(frozen=True, slots=True)
class DayCheck:
    """A study day against the rules, without who and where it needs: no rule here asks that.

    `asks_consent`: a rule puts this date before the MR.
    """

    day: TeamDay
    light: Light
    reasons: tuple[Reason, ...]

    @property
    def asks_consent(self) -> bool:
        return any(reason.code in _CONSENT for reason in self.reasons)

    @property
    def telling(self) -> tuple[Reason, ...]:
        """What there is to know: of a date that asks for attention only why, and what is asked."""
        return tuple(
            reason
            for reason in self.reasons
            if reason.light is self.light or reason.code in _CONSENT
        )


def legal_checks(situation: Situation) -> tuple[DayCheck, ...]:
    """The team's own days by date, the dates that it only considers too.

    Each is judged as the last one that was chosen. That a day has passed does not matter.
    """
    situation = replace(situation, today=None)
    weeks = school_weeks(situation.calendar)
    days = sorted(situation.own_days, key=lambda day: (day.date, day.id))
    return tuple(_check(situation.without_date(day.date), weeks, day) for day in days)


def _check(situation: Situation, weeks: SchoolWeeks, day: TeamDay) -> DayCheck:
    reasons = sorted_reasons(list(closed_reasons(situation, day)))
    if not reasons:
        reasons = sorted_reasons(
            [
                *not_published_reasons(situation, day),
                *week_reasons(situation, weeks, day),
                *free_day_reasons(situation, day),
            ]
        )
    return DayCheck(replace(day, resources=()), worst(reasons), reasons)
